"""Recording, correcting and revoking honours."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.journal import history_of
from core.models import Event
from core.workflow import Conflict, Refused
from history.models import Grant
from history.services.grants import GrantRow, check, correct, correct_of, record, revoke, revoke_of
from tests.factories.history import make_grant, make_initiative
from tests.factories.units import make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 20)


def row(subject, **values):
    values = {"award": "chien_si_thi_dua_co_so", "type": "merit", "year": 2025, "decided_on": DAY, **values}
    return GrantRow(subject=subject, **values)


def test_honours_of_people_and_units_are_recorded_with_the_names_of_that_day(minh, region, now):
    person = make_person(region, full_name="Đào Thị Mai")
    grants = record(
        rows=[
            row(person, decision_number="5/QĐ-VKSTC", unit_printed="VKSND khu vực 1"),
            row(region, award="tap_the_lao_dong_tien_tien", name_printed="VKSND khu vực 1 - Phú Thọ"),
        ],
        by=minh, at=now,
    )  # fmt: skip
    assert [grant.name_printed for grant in grants] == ["Đào Thị Mai", "VKSND khu vực 1 - Phú Thọ"]
    assert {grant.state for grant in Grant.objects.all()} == {"in_force"}
    entry = Event.objects.get(kind="grant.record_many")
    assert entry.changes["count"] == 2


def test_recording_the_same_decision_lines_again_changes_nothing(minh, region, now):
    person = make_person(region)
    lines = [row(person, source=person)]
    record(rows=lines, by=minh, at=now)
    assert record(rows=lines, by=minh, at=now) == []
    assert Grant.objects.count() == 1


def test_a_merit_award_held_already_is_refused_with_its_decision_and_nothing_is_saved(minh, region, now):
    person = make_person(region, full_name="Đào Thị Mai")
    make_grant(person, decision_number="9/QĐ-VKSTC")
    with pytest.raises(
        Refused, match="Đào Thị Mai đã được tặng Chiến sĩ thi đua cơ sở năm 2025 theo quyết định 9/QĐ-VKSTC"
    ):
        record(rows=[row(make_person(region)), row(person)], by=minh, at=now)
    with pytest.raises(Refused, match="hai dòng"):
        record(rows=[row(make_person(region), year=2024)] + [row(person, year=2024)] * 2, by=minh, at=now)
    assert Grant.objects.count() == 1


def test_initiatives_on_which_an_honour_rests_are_kept(minh, region, now):
    person = make_person(region)
    made = make_initiative(region, person, recognised_on=date(2025, 10, 1))
    (grant,) = record(rows=[row(person, initiatives=(made,))], by=minh, at=now)
    assert list(grant.initiatives.all()) == [made]


def test_four_hundred_honours_take_as_many_queries_as_two(minh, region, now, django_assert_max_num_queries):
    people = [make_person(region) for _ in range(20)]
    with django_assert_max_num_queries(14):
        record(rows=[row(person) for person in people], by=minh, at=now)


def test_an_honour_is_revoked_with_its_basis_and_leaves_a_trace(minh, region, now):
    grant = make_grant(make_person(region))
    revoke(grant=grant, basis="Quyết định 7/QĐ-VKSTC", expected_version=1, by=minh, at=now)
    grant.refresh_from_db()
    assert (grant.state, grant.state_basis, grant.version) == ("revoked", "Quyết định 7/QĐ-VKSTC", 2)
    assert history_of(grant).get().kind == "grant.revoke"


def test_nothing_is_revoked_without_a_basis_twice_or_by_a_version_not_seen(minh, region, now):
    grant = make_grant(make_person(region))
    with pytest.raises(Refused, match="căn cứ"):
        revoke(grant=grant, basis=" ", expected_version=1, by=minh, at=now)
    with pytest.raises(Conflict):
        revoke(grant=grant, basis="QĐ 7", expected_version=9, by=minh, at=now)
    revoke(grant=grant, basis="QĐ 7", expected_version=1, by=minh, at=now)
    with pytest.raises(Refused, match="Đã thu hồi"):
        revoke(grant=grant, basis="QĐ 7", expected_version=2, by=minh, at=now)
    assert Grant.objects.get().state_basis == "QĐ 7"


def test_a_clerk_of_the_unit_revokes_nothing(lan, region, now):
    grant = make_grant(make_person(region))
    with pytest.raises(PermissionDenied):
        revoke(grant=grant, basis="QĐ 7", expected_version=1, by=lan, at=now)
    assert Grant.objects.get().state == "in_force"


def test_a_correction_keeps_the_wrong_row_and_names_its_successor(minh, region, now):
    person = make_person(region)
    wrong = make_grant(person, year=2024)
    right = correct(grant=wrong, row=row(person, year=2025), basis="QĐ 8", expected_version=1, by=minh, at=now)
    wrong.refresh_from_db()
    assert (wrong.state, right.corrects, wrong.corrected_by) == ("corrected", wrong, right)


def test_a_revocation_takes_its_honours_along_by_the_right_on_the_decision(minh, van, region, root, now):
    people = [make_person(region) for _ in range(3)]
    record(rows=[row(person, source=person) for person in people], by=minh, at=now)
    moved = revoke_of(sources=people[:2], basis="QĐ 7", about=root, by=van, at=now)
    assert len(moved) == 2
    assert sorted(Grant.objects.values_list("state", flat=True)) == ["in_force", "revoked", "revoked"]
    assert revoke_of(sources=people[:2], basis="QĐ 7", about=root, by=van, at=now) == []


def test_who_issues_no_decisions_takes_no_honours_along(minh, region, root, now):
    person = make_person(region)
    record(rows=[row(person, source=person)], by=minh, at=now)
    with pytest.raises(Refused, match="không có quyền"):
        revoke_of(sources=[person], basis="QĐ 7", about=root, by=minh, at=now)
    assert Grant.objects.get().state == "in_force"


def test_a_correcting_decision_puts_right_rows_in_the_place_of_wrong_ones(minh, van, region, root, now):
    people = [make_person(region) for _ in range(2)]
    made = make_initiative(region, people[0], recognised_on=date(2025, 10, 1))
    wrong = record(rows=[row(person, source=person, initiatives=(made,)) for person in people], by=minh, at=now)
    rows = {person: row(person, name_printed="Tên Đúng") for person in people}
    right = correct_of(rows=rows, basis="QĐ 8", about=root, by=van, at=now)
    assert [grant.corrects for grant in right] == wrong
    assert {grant.name_printed for grant in right} == {"Tên Đúng"}
    assert all(list(grant.initiatives.all()) == [made] for grant in right)
    assert sorted(Grant.objects.values_list("state", flat=True)) == ["corrected"] * 2 + ["in_force"] * 2


def test_checking_against_the_paper_raises_the_provenance(minh, region, now):
    grant = make_grant(make_person(region))
    assert check(grant=grant, provenance="original", by=minh, at=now).provenance == "original"
    assert history_of(grant).get().changes == {"provenance": ["unchecked", "original"]}
