"""At night decisions are held against the history: what somebody broke behind the system's back is seen."""

import pytest
from django.db import connection

from accounts import policy
from accounts.roles import ROLES
from core.models import Event, Notification
from decisions.models import Mismatch
from decisions.selectors import mismatches_visible_to
from decisions.services.checking import check
from decisions.tasks import compare_grants
from history.models import Grant
from tests.factories.council import NOW
from tests.factories.history import make_grant
from tests.factories.units import make_person, make_unit, make_user


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _says(desk) -> list[str]:
    return [row.says for row in check(by=desk.office, at=NOW)]


def test_what_the_system_issued_revoked_and_corrected_itself_agrees(desk):
    issued = desk.issued()
    first, second = issued.lines.order_by("order")
    desk.sent_through(desk.revocation(issued, first))
    desk.sent_through(desk.correction(issued, second))
    assert _says(desk) == []


def test_honours_of_the_paper_age_are_no_concern_of_it(desk):
    make_grant(make_person(desk.world.unit))
    assert _says(desk) == []


def test_an_honour_deleted_behind_the_systems_back_is_missed(desk):
    line = desk.issued().lines.first()
    _sql("DELETE FROM history_grant WHERE source_id = %s", line.pk)
    (says,) = _says(desk)
    assert line.name_printed in says
    assert "chưa có trong quá trình" in says


def test_an_honour_put_on_another_name_year_or_standing_is_seen(desk):
    lines = list(desk.issued().lines.order_by("order"))
    stranger = make_person(desk.world.unit)
    _sql("UPDATE history_grant SET person_id = %s WHERE source_id = %s", stranger.pk, lines[0].pk)
    _sql("UPDATE history_grant SET state = 'revoked', state_basis = 'x' WHERE source_id = %s", lines[1].pk)
    assert len(_says(desk)) == 2


@pytest.mark.parametrize(
    "change",
    [
        "award = 'lao_dong_tien_tien'", "type = 'ad_hoc'", "name_printed = 'Người Khác'", "money = money + 1",
        "money = NULL", "achievement_to = '2026-01-31'", "decided_on = '2026-11-22'",
    ],
)  # fmt: skip
def test_whatever_of_an_honour_is_changed_is_seen(desk, change):
    line = desk.issued().lines.first()
    _sql(f"UPDATE history_grant SET {change} WHERE source_id = %s", line.pk)
    (says,) = _says(desk)
    assert "ghi khác" in says


@pytest.mark.parametrize(
    "change",
    [
        "award = 'lao_dong_tien_tien'", "year = 2019", "name_printed = 'Người Khác'", "money = NULL",
        "standing = 'revoked', standing_by_id = decision_id",
    ],
)  # fmt: skip
def test_whatever_of_a_line_is_changed_is_seen(desk, change):
    line = desk.issued().lines.first()
    _sql(f"UPDATE decisions_decisionline SET {change} WHERE id = %s", line.pk)
    (says,) = _says(desk)
    assert "ghi khác" in says


def test_a_decision_put_back_to_draft_leaves_its_honours_without_lines(desk):
    issued = desk.issued()
    _sql("UPDATE decisions_decision SET state = 'draft' WHERE id = %s", issued.pk)
    assert len([says for says in _says(desk) if "không có dòng quyết định" in says]) == 2


def test_money_the_book_does_not_know_is_no_difference(desk):
    line = desk.issued().lines.first()
    _sql("UPDATE history_grant SET money = NULL WHERE source_id = %s", line.pk)
    _sql("UPDATE decisions_decisionline SET money = NULL WHERE id = %s", line.pk)
    assert _says(desk) == []


def test_an_honour_without_its_line_is_told_where_its_holder_works_and_nowhere_else(desk):
    desk.issued()
    away = make_user()
    policy.give(away, ROLES["office"].permissions, make_unit(issuing_code="VKSPT"))
    made = make_grant(make_person(desk.world.unit))
    _sql("UPDATE history_grant SET provenance = 'issued' WHERE id = %s", made.pk)
    check(by=desk.office, at=NOW)
    assert mismatches_visible_to(desk.office).count() == 1
    assert not mismatches_visible_to(away).exists()
    told = set(Notification.objects.filter(kind="grants.compare").values_list("user", flat=True))
    assert desk.office.pk in told
    assert away.pk not in told


def test_an_honour_without_its_line_is_an_orphan(desk):
    issued = desk.issued()
    made = make_grant(make_person(desk.world.unit), decision_number=issued.number_text)
    _sql("UPDATE history_grant SET provenance = 'issued' WHERE id = %s", made.pk)
    (says,) = _says(desk)
    assert "không có dòng quyết định" in says


def test_the_office_hears_once_and_a_second_night_adds_nothing(desk):
    line = desk.issued().lines.first()
    _sql("DELETE FROM history_grant WHERE source_id = %s", line.pk)
    check(by=desk.office, at=NOW)
    entries = Event.objects.filter(kind="grants.compare").count()
    check(by=desk.office, at=NOW)
    assert Mismatch.objects.count() == 1
    assert Event.objects.filter(kind="grants.compare").count() == entries == 1
    assert Notification.objects.filter(kind="grants.compare", user=desk.office).count() == 1


def test_what_agrees_again_is_closed_by_itself(desk):
    line = desk.issued().lines.first()
    grant = Grant.objects.get(source_id=line.pk)
    _sql("UPDATE history_grant SET year = 2019 WHERE id = %s", grant.pk)
    assert len(_says(desk)) == 1
    _sql("UPDATE history_grant SET year = %s WHERE id = %s", line.year, grant.pk)
    assert _says(desk) == []
    assert Mismatch.objects.get().gone_at == NOW


def test_the_clock_runs_it(desk):
    line = desk.issued().lines.first()
    _sql("DELETE FROM history_grant WHERE source_id = %s", line.pk)
    assert compare_grants() == 1


def test_the_cost_does_not_grow_with_the_lines(desk, django_assert_max_num_queries):
    for size in (1, 8):
        desk.session = desk.world.closed(lines=size)
        desk.issued()
        with django_assert_max_num_queries(12):
            check(by=desk.office, at=NOW)
