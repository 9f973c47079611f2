"""What a unit makes of suggestions: put off, declined, taken up again; by whom, and with what words."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Event
from core.workflow import Refused
from history.models import Discovery
from history.selectors import discoveries_visible_to, waiting_on
from history.services import discoveries
from tests.factories.history import make_discovery
from tests.factories.units import make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
LATER = date(2026, 12, 1)


@pytest.fixture
def row(region):
    return make_discovery(make_person(region, full_name="Nguyễn Văn An"))


def waits(row, day):
    return Discovery.objects.filter(waiting_on(day), pk=row.pk).exists()


def postpone(row, by, at, **values):
    return discoveries.postpone(
        discoveries=[row], by=by, at=at, **{"until": LATER, "reason": "Chờ nghiệm thu", **values}
    )


def test_a_postponed_one_is_quiet_until_its_day(row, lan, now):
    moved, refused = postpone(row, lan, now)
    assert (len(moved), refused) == (1, [])
    row.refresh_from_db()
    assert (row.state, row.reason, row.until, row.by, row.at) == ("postponed", "Chờ nghiệm thu", LATER, lan, now)
    assert not waits(row, LATER - timedelta(days=1))
    assert waits(row, LATER)


@pytest.mark.parametrize("until", [TODAY, TODAY - timedelta(days=1)])
def test_nothing_is_put_off_until_today_or_before(row, lan, now, until):
    with pytest.raises(Refused, match="sau hôm nay"):
        postpone(row, lan, now, until=until)


def test_a_head_declines_with_a_reason_for_the_year(row, hung, now):
    discoveries.decline(discoveries=[row], reason="Cá nhân xin nhường", by=hung, at=now)
    row.refresh_from_db()
    assert (row.state, row.reason, row.until) == ("declined", "Cá nhân xin nhường", None)
    assert not waits(row, date(2027, 12, 31))


def test_nobody_is_declined_in_silence(row, hung, now):
    _, refused = discoveries.decline(discoveries=[row], reason="  ", by=hung, at=now)
    assert [reason for _, reason in refused] == ["Đồng chí ghi rõ lý do."]
    row.refresh_from_db()
    assert (row.state, row.reason, row.by) == ("open", "", None)


def test_a_clerk_puts_off_but_does_not_decline(row, lan, now):
    _, refused = discoveries.decline(discoveries=[row], reason="Không đề nghị", by=lan, at=now)
    assert len(refused) == 1
    row.refresh_from_db()
    assert (row.state, row.reason, row.by) == ("open", "", None)


@pytest.mark.parametrize("who", ["minh", "nam"])
def test_the_office_and_other_units_leave_it_alone(row, request, who, now):
    stranger = request.getfixturevalue(who)
    _, refused = postpone(row, stranger, now)
    assert len(refused) == 1
    row.refresh_from_db()
    assert (row.state, row.until) == ("open", None)


def test_what_was_set_aside_is_looked_at_again_and_its_words_stay_in_the_journal(row, hung, now):
    discoveries.decline(discoveries=[row], reason="Cá nhân xin nhường", by=hung, at=now)
    discoveries.reopen(discoveries=[row], by=hung, at=now)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("open", "")
    entries = Event.objects.filter(kind__startswith="discovery.").order_by("seq")
    assert [(entry.kind, entry.note) for entry in entries] == [
        ("discovery.decline", "Cá nhân xin nhường"), ("discovery.reopen", "")
    ]  # fmt: skip


def test_what_no_longer_holds_is_not_put_off(row, hung, now):
    Discovery.objects.filter(pk=row.pk).update(ended_on=TODAY)
    _, refused = postpone(row, hung, now)
    assert "không còn thấy" in refused[0][1]


def test_of_many_those_that_cannot_come_back_by_name_and_unchanged(region, other_province, hung, now):
    ours, theirs = make_discovery(make_person(region)), make_discovery(make_person(other_province))
    moved, refused = discoveries.decline(discoveries=[ours, theirs], reason="Lý do", by=hung, at=now)
    assert ([row.pk for row in moved], [row.pk for row, _ in refused]) == ([ours.pk], [theirs.pk])
    theirs.refresh_from_db()
    assert (theirs.state, theirs.reason, theirs.by) == ("open", "", None)


def test_many_take_as_many_queries_as_one(region, hung, now):
    def counted(number):
        rows = [make_discovery(make_person(region)) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            discoveries.decline(discoveries=rows, reason="Lý do", by=hung, at=now)
        return len(queries)

    counted(1)  # rights and content types are looked up once
    assert counted(1) == counted(8)


def test_a_unit_sees_its_own_and_the_office_all(row, other_province, lan, hung, minh, nam):
    theirs = make_discovery(make_person(other_province))
    for user, seen in ((lan, {row}), (hung, {row}), (minh, {row, theirs}), (nam, {theirs})):
        assert set(discoveries_visible_to(user)) == seen
