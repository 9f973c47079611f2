"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from council.models import AgendaItem, Council, CouncilRule, Member, Recusal, Seat, Session
from tests.factories.council import NOW, SINCE

pytestmark = pytest.mark.django_db


def _refused(name, act):
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        act()
    assert name in str(found.value) or "UNIQUE" in str(found.value)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("council_rule_share_is_a_share", {"share_num": 3, "share_den": 2}),
        ("council_rule_share_is_a_share", {"share_num": 1, "share_den": 1, "over": True}),
        ("council_rule_quorum_is_a_share", {"quorum_num": 0}),
        ("council_rule_cites_its_source", {"cite_document": ""}),
        ("council_rule_cites_its_source", {"cite_place": ""}),
        ("council_rule_ends_after_it_starts", {"valid_to": "2025-12-31"}),
    ],
)
def test_rules(world, name, values):
    _refused(name, lambda: CouncilRule.objects.filter(pk=world.rule.pk).update(**values))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("session_state_known", {"state": "paused"}),
        ("session_quorum_is_a_share", {"quorum_num": 3, "quorum_den": 2}),
        ("session_closed_at_and_by_together", {"closed_at": NOW}),
        ("session_sealed_only_once_closed", {"seal": "abc"}),
        ("session_cancelled_with_a_reason", {"state": "cancelled"}),
    ],
)
def test_sessions(world, name, values):
    session = world.draft(lines=0)
    _refused(name, lambda: Session.objects.filter(pk=session.pk).update(**values))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("agenda_item_points_to_its_kind", {"kind": "song"}),
        ("agenda_item_points_to_its_kind", {"kind": "initiative"}),
        ("item_share_is_a_share", {"share_num": 101, "share_den": 100}),
        ("item_share_is_a_share", {"origin": ""}),
        ("item_counted_wholly", {"yes": 1}),
        ("item_passes_by_its_count", {"yes": 1, "no": 2, "blank": 0, "passed": True}),
    ],
)
def test_items(world, name, values):
    item = world.locked(lines=1).items.get()
    _refused(name, lambda: AgendaItem.objects.filter(pk=item.pk).update(**values))


def test_one_seat_per_user_and_number(world):
    session = world.draft(lines=0)
    seat = session.seats.first()
    copy = {"session": session, "member": seat.member, "full_name": "x", "votes": True, "role": "council_member"}
    _refused("one_seat_per_user", lambda: Seat.objects.create(**copy, seat_no=99, user=seat.user))
    _refused("one_seat_per_number", lambda: Seat.objects.create(**copy, seat_no=seat.seat_no, user=world.rule.by))


def test_only_the_absent_give_a_reason(world):
    session = world.draft(lines=0)
    _refused("only_the_absent_give_a_reason", lambda: session.seats.update(absence="công tác"))


def test_nobody_is_recused_twice_from_one_item(world):
    session = world.draft(lines=1)
    values = {"item": session.items.get(), "seat": session.seats.first(), "reason": "x", "by": world.secretary}
    Recusal.objects.create(**values)
    _refused("recused_once", lambda: Recusal.objects.create(**values))


def test_a_line_stands_once_on_an_agenda(world):
    session = world.draft(lines=1)
    item = session.items.get()
    _refused(
        "nomination_once_per_session",
        lambda: AgendaItem.objects.create(
            session=session, order=9, kind="nomination", nomination=item.nomination, title="x"
        ),
    )


def test_members_and_councils_end_after_they_begin(world):
    _refused("member_leaves_after_joining", lambda: Member.objects.update(valid_to="2025-01-01"))
    _refused("council_ends_after_it_begins", lambda: Council.objects.update(valid_to="2025-01-01"))


def test_one_holder_per_seat(world):
    holder = world.council.members.first()
    values = {"council": world.council, "role": "council_member", "post_title": "x", "valid_from": SINCE}
    _refused("one_holder_per_seat", lambda: Member.objects.create(**values, user=world.rule.by, seat_no=holder.seat_no))
    _refused("one_seat_per_member", lambda: Member.objects.create(**values, user=holder.user, seat_no=98))
