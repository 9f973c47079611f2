"""A session from its draft to its minutes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from awards.models import Nomination
from awards.services import outcomes
from awards.states import NominationState
from core.models import Event, Notification
from core.workflow import Conflict, Refused
from council import box
from council.models import AgendaItem, Session
from council.services import agenda, ballots, councils, rules, sessions
from council.states import SessionState
from council.voting import Share
from tests.factories.council import NOW, World, choices, make_line, make_rule
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def _lock(session, by):
    return sessions.lock_list(session=session, by=by, at=NOW)


def test_a_session_goes_from_draft_to_counted(world):
    session = world.closed(lines=2)
    assert session.state == SessionState.CLOSED
    assert session.closed_by == world.chair
    assert len(session.seal) == 64
    assert [
        (item.yes, item.no, item.blank, item.members, item.needed, item.passed) for item in session.items.all()
    ] == [(9, 0, 0, 9, 9, True)] * 2
    assert {item.nomination.state for item in session.items.select_related("nomination")} == {NominationState.PASSED}


def test_the_seats_are_those_of_the_day_of_the_session(world):
    councils_end = world.council.members.get(seat_no=9)
    councils_end.valid_to = (NOW - timedelta(days=30)).date()
    councils_end.save()
    session = world.draft(lines=0)
    assert list(session.seats.values_list("seat_no", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8, 10]


def test_the_lock_takes_the_roll_and_the_rule_as_they_are_then(world):
    session = world.draft(lines=1)
    late = make_user(full_name="Ủy viên mới")
    office = make_user()
    councils.policy.give(office, [councils.Permission.RULE_OVERRIDE], world.unit)
    councils.appoint(
        council=world.council,
        user=late,
        role="council_member",
        post_title="Vụ trưởng",
        valid_from=NOW.date(),
        by=office,
        at=NOW,
    )
    locked = _lock(session, world.secretary)
    item = locked.items.get()
    assert (item.members, item.needed, item.origin) == (10, 9, "council")
    assert item.rule_cite == [{"doc": "Quy chế hoạt động của Hội đồng", "at": "Điều 9"}]
    assert (locked.quorum_num, locked.quorum_den) == (2, 3)


def test_a_rule_that_ends_after_the_lock_still_governs_the_session(world):
    session = world.opened(lines=1)
    office = make_user()
    councils.policy.give(office, [councils.Permission.RULE_OVERRIDE], world.unit)
    rules.end_rule(rule=world.rule, last_day=NOW.date() - timedelta(days=1), by=office, at=NOW)
    for user in world.users[:8]:
        ballots.cast(session=session, choices=choices(session), by=user, at=NOW)
    closed = ballots.close(session=session, by=world.secretary, at=NOW)
    assert closed.items.get().passed is False  # 8 of 9 are less than 90 %


def test_the_law_comes_before_the_councils_own_rule(world):
    session = world.locked(lines=1, award="co_thi_dua_chinh_phu")
    item = session.items.get()
    assert (item.origin, item.share.text, item.needed) == ("law", "80 %", 8)


def test_without_any_rule_the_list_cannot_be_locked_and_says_what_to_do(world):
    world.rule.delete()
    session = world.draft(lines=1)
    with pytest.raises(Refused, match="Lãnh đạo thường trực nhập quy chế Hội đồng có căn cứ"):
        _lock(session, world.secretary)
    assert Session.objects.get(pk=session.pk).state == SessionState.DRAFT


def test_an_empty_list_cannot_be_locked(world):
    with pytest.raises(Refused, match="Chưa có mục biểu quyết nào"):
        _lock(world.draft(lines=0), world.secretary)


def test_a_member_cannot_lock_or_open(world):
    session = world.draft(lines=1)
    with pytest.raises(PermissionDenied):
        _lock(session, world.users[3])
    locked = _lock(session, world.secretary)
    with pytest.raises(PermissionDenied):
        sessions.open_voting(session=locked, by=world.users[3], at=NOW)


def test_the_list_of_another_version_is_not_locked(world):
    session = world.draft(lines=1)
    seen = session.version
    agenda.add_nominations(session=session, nominations=[make_line(world.unit)], by=world.secretary, at=NOW)
    with pytest.raises(Conflict):
        sessions.lock_list(session=session, by=world.secretary, at=NOW, expected_version=seen)


def test_voting_opens_only_with_a_quorum(world):
    session = world.locked(lines=1)
    present = set(session.seats.filter(votes=True).values_list("pk", flat=True)[:5])
    agenda.record_attendance(session=session, present=present, absences={}, by=world.secretary, at=NOW)
    with pytest.raises(Refused, match="có mặt 5/9 thành viên, cần ít nhất 6"):
        sessions.open_voting(session=session, by=world.chair, at=NOW)


def test_only_those_present_are_told_that_voting_is_open(world):
    session = world.locked(lines=1)
    away = session.seats.get(user=world.users[5])
    present = set(session.seats.exclude(pk=away.pk).values_list("pk", flat=True))
    agenda.record_attendance(
        session=session, present=present, absences={away.pk: "công tác"}, by=world.secretary, at=NOW
    )
    sessions.open_voting(session=session, by=world.chair, at=NOW)
    told = set(Notification.objects.filter(kind="ballot").values_list("user", flat=True))
    assert told == {user.pk for user in world.users if user != world.users[5]}


def test_a_late_arrival_raises_a_base_of_those_present(world):
    world.rule.base = "present"
    world.rule.save()
    session = world.locked(lines=1)
    seats = list(session.seats.values_list("pk", flat=True))
    agenda.record_attendance(session=session, present=set(seats[:8]), absences={}, by=world.secretary, at=NOW)
    session = sessions.open_voting(session=session, by=world.chair, at=NOW)
    assert session.items.get().members == 8
    agenda.record_attendance(session=session, present=set(seats), absences={}, by=world.secretary, at=NOW)
    assert session.items.get().members == 9


def test_nobody_is_marked_absent_while_voting_is_open(world):
    session = world.opened(lines=1)
    with pytest.raises(Refused, match="Chỉ ghi thêm người đến muộn"):
        agenda.record_attendance(session=session, present=set(), absences={}, by=world.secretary, at=NOW)


def test_a_cancelled_session_gives_its_lines_back_and_counts_nothing(world):
    session = world.opened(lines=2)
    ballots.cast(session=session, choices=choices(session), by=world.users[1], at=NOW)
    cancelled = sessions.cancel(session=session, reason="Không đủ tài liệu", by=world.secretary, at=NOW)
    assert cancelled.state == SessionState.CANCELLED
    assert {item.nomination.state for item in cancelled.items.select_related("nomination")} == {
        NominationState.QUALIFIED
    }
    with pytest.raises(Refused):
        box.totals(cancelled)
    assert box.Slip.objects.count() == box.Receipt.objects.count() == 0


def test_a_line_postponed_meanwhile_keeps_its_outcome_at_the_close(world):
    session = world.opened(lines=2)
    first, second = (item.nomination for item in session.items.select_related("nomination"))
    outcomes.record_results(postponed=[first], about=session, by=world.secretary, at=NOW)
    for user in world.users:
        ballots.cast(session=session, choices=choices(session), by=user, at=NOW)
    ballots.close(session=session, by=world.secretary, at=NOW)
    states = [Nomination.objects.get(pk=line.pk).state for line in (first, second)]
    assert states == [NominationState.POSTPONED, NominationState.PASSED]


def test_a_session_is_not_cancelled_without_a_reason(world):
    with pytest.raises(Refused, match="Nhập lý do hủy"):
        sessions.cancel(session=world.draft(lines=0), reason=" ", by=world.secretary, at=NOW)


def test_a_counted_session_cannot_be_cancelled(world):
    with pytest.raises(Refused, match="Không thể hủy phiên họp"):
        sessions.cancel(session=world.closed(lines=1), reason="muộn", by=world.secretary, at=NOW)


def test_lines_of_a_cancelled_session_may_come_before_the_next(world):
    session = world.draft(lines=1)
    line = session.items.get().nomination
    sessions.cancel(session=session, reason="Lùi ngày", by=world.secretary, at=NOW)
    again = world.draft(lines=0)
    agenda.add_nominations(session=again, nominations=[line], by=world.secretary, at=NOW)
    assert again.items.get().nomination == line


def test_every_step_leaves_its_entry(world):
    session = world.closed(lines=1)
    kinds = list(
        Event.objects.filter(subject_type__model="session", subject_id=str(session.pk))
        .order_by("seq")
        .values_list("kind", flat=True)
    )
    assert [kind for kind in kinds if kind != "ballot.cast"] == [
        "session.create", "session.add", "session.lock", "session.open", "session.close", "session.count",
    ]  # fmt: skip


def test_editing_the_day_brings_the_seats_of_that_day(world):
    session = world.draft(lines=0)
    member = world.council.members.get(seat_no=9)
    member.valid_to = NOW.date()
    member.save()
    edited = sessions.edit(
        session=session, title=session.title, held_at=NOW + timedelta(days=3), place="Phòng họp 2", by=world.secretary,
        at=NOW, expected_version=session.version,
    )  # fmt: skip
    assert not edited.seats.filter(seat_no=9).exists()


def test_a_locked_session_is_not_edited(world):
    session = world.locked(lines=1)
    with pytest.raises(Refused, match="Danh sách đã chốt"):
        sessions.edit(
            session=session,
            title="x",
            held_at=NOW,
            place="y",
            by=world.secretary,
            at=NOW,
            expected_version=session.version,
        )


def test_the_strictest_quorum_of_the_rules_used_is_asked(world):
    make_rule(world.council, award="co_thi_dua_nganh", quorum_num=80, quorum_den=100, cite_place="Điều 10")
    session = world.draft(lines=1, award="co_thi_dua_nganh", collective=world.unit)
    locked = _lock(session, world.secretary)
    assert Share(locked.quorum_num, locked.quorum_den) == Share(80, 100)


def test_items_stand_in_the_order_of_the_law(world):
    session = world.draft(lines=1, award="bang_khen_vien_truong")
    agenda.add_nominations(
        session=session,
        nominations=[make_line(world.unit, award="chien_si_thi_dua_toan_quoc")],
        by=world.secretary,
        at=NOW,
    )
    assert list(AgendaItem.objects.values_list("order", "award")) == [
        (1, "chien_si_thi_dua_toan_quoc"), (2, "bang_khen_vien_truong"),
    ]  # fmt: skip
