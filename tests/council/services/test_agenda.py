"""What a session votes on, who may not, and what it needs."""

from datetime import date

import pytest

from awards.states import NominationState
from core.workflow import Refused
from council import facts
from council.models import AgendaItem, Recusal, Session
from council.selectors import candidates_for, items_of
from council.services import agenda, sessions
from history.models import Initiative, InitiativeAuthor
from tests.factories.council import NOW, World, make_line
from tests.factories.units import make_person, make_unit
from units.models import Posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(9)


def _add(world, session, *lines):
    return agenda.add_nominations(session=session, nominations=lines, by=world.secretary, at=NOW)


def _outlook(session, item):
    items, seats = list(items_of(session)), list(session.seats.all())
    return facts.outlooks(session, items, seats)[item.pk]


def test_a_qualified_line_goes_on_the_agenda(world):
    session, line = world.draft(lines=0), make_line(world.unit)
    (item,) = _add(world, session, line)
    line.refresh_from_db()
    assert line.state == NominationState.ON_AGENDA
    assert (item.title, item.detail) == (line.name_printed, line.unit_printed)


@pytest.mark.parametrize("state", ["reviewing", "unqualified", "passed", "on_agenda"])
def test_only_what_is_qualified_or_postponed_comes_before_the_council(world, state):
    session = world.draft(lines=0)
    with pytest.raises(Refused):
        _add(world, session, make_line(world.unit, state=state))
    assert session.items.count() == 0


def test_a_line_of_another_unit_is_refused_and_takes_the_others_with_it(world):
    session, own, foreign = world.draft(lines=0), make_line(world.unit), make_line(make_unit())
    with pytest.raises(Refused, match="không ở đơn vị của Hội đồng"):
        _add(world, session, own, foreign)
    assert not AgendaItem.objects.exists()


def test_candidates_are_the_waiting_lines_of_the_councils_unit(world):
    session = world.draft(lines=0)
    waiting = [make_line(world.unit), make_line(world.unit, state="postponed")]
    make_line(make_unit())
    make_line(world.unit, state="reviewing")
    assert set(candidates_for(session)) == set(waiting)


def test_a_removed_item_waits_for_another_session(world):
    session = world.draft(lines=2)
    item = session.items.first()
    agenda.remove(item=item, by=world.secretary, at=NOW)
    item.nomination.refresh_from_db()
    assert item.nomination.state == NominationState.QUALIFIED
    assert list(session.items.values_list("order", flat=True)) == [1]


@pytest.mark.parametrize("change", ["add", "remove"])
def test_a_locked_list_does_not_change(world, change):
    session = world.locked(lines=1)
    acts = {
        "add": lambda: _add(world, session, make_line(world.unit)),
        "remove": lambda: agenda.remove(item=session.items.get(), by=world.secretary, at=NOW),
    }
    with pytest.raises(Refused, match="Danh sách đã chốt"):
        acts[change]()


def test_a_member_who_is_proposed_does_not_vote_on_it(world):
    session = world.draft(lines=0)
    line = make_line(world.unit, person=make_person(user=world.users[2]))
    (item,) = _add(world, session, line)
    recusal = Recusal.objects.get()
    assert (recusal.item, recusal.seat.user, recusal.automatic) == (item, world.users[2], True)
    assert recusal.reason == "Là người được đề nghị"


def test_the_head_of_a_proposed_collective_does_not_vote_on_it(world):
    session, collective = world.draft(lines=0), make_unit()
    head, deputy = make_person(user=world.users[2]), make_person(user=world.users[3])
    Posting.objects.create(person=head, unit=collective, is_head=True, valid_from=date(2020, 1, 1))
    Posting.objects.create(person=deputy, unit=collective, valid_from=date(2020, 1, 1))
    _add(world, session, make_line(world.unit, award="co_thi_dua_nganh", collective=collective))
    assert [(row.seat.user, row.reason) for row in Recusal.objects.all()] == [
        (world.users[2], "Là thủ trưởng tập thể được đề nghị")
    ]


def test_a_former_head_votes(world):
    session, collective = world.draft(lines=0), make_unit()
    former = make_person(user=world.users[2])
    Posting.objects.create(
        person=former, unit=collective, is_head=True, valid_from=date(2020, 1, 1), valid_to=date(2024, 1, 1)
    )
    _add(world, session, make_line(world.unit, award="co_thi_dua_nganh", collective=collective))
    assert not Recusal.objects.exists()


def test_an_author_does_not_vote_on_their_initiative(world):
    session, person = world.draft(lines=0), make_person(user=world.users[4])
    initiative = Initiative.objects.create(
        code="SK1", title="Số hóa hồ sơ", unit=world.unit, year=2026, state="reviewing"
    )
    InitiativeAuthor.objects.create(initiative=initiative, person=person, share=100, order=1)
    agenda.add_initiative(session=session, initiative=initiative, by=world.secretary, at=NOW)
    assert Recusal.objects.get().reason == "Là tác giả sáng kiến"


def test_a_recusal_by_hand_needs_a_reason_and_stands_once(world):
    session = world.draft(lines=1)
    item, seat = session.items.get(), session.seats.get(user=world.users[1])
    with pytest.raises(Refused, match="Nhập lý do"):
        agenda.recuse(item=item, seat=seat, reason=" ", by=world.secretary, at=NOW)
    agenda.recuse(item=item, seat=seat, reason="Là người thân", by=world.secretary, at=NOW)
    with pytest.raises(Refused, match="đã được ghi"):
        agenda.recuse(item=item, seat=seat, reason="Là người thân", by=world.secretary, at=NOW)


def test_what_the_records_show_cannot_be_taken_back(world):
    session = world.draft(lines=0)
    _add(world, session, make_line(world.unit, person=make_person(user=world.users[2])))
    with pytest.raises(Refused, match="Sửa dữ liệu gốc"):
        agenda.withdraw_recusal(recusal=Recusal.objects.get(), by=world.secretary, at=NOW)


def test_a_recusal_by_hand_can_be_taken_back_until_the_vote_opens(world):
    session = world.locked(lines=1)
    recusal = agenda.recuse(
        item=session.items.get(), seat=session.seats.get(user=world.users[1]), reason="x", by=world.secretary, at=NOW
    )
    agenda.withdraw_recusal(recusal=recusal, by=world.secretary, at=NOW)
    assert not Recusal.objects.exists()


def test_nobody_is_recused_once_the_vote_is_open(world):
    session = world.opened(lines=1)
    with pytest.raises(Refused, match="Phiếu đã mở"):
        agenda.recuse(
            item=session.items.get(),
            seat=session.seats.get(user=world.users[1]),
            reason="x",
            by=world.secretary,
            at=NOW,
        )


def test_the_secretary_who_does_not_vote_cannot_be_recused(world):
    session = world.draft(lines=1)
    with pytest.raises(Refused, match="không có quyền bỏ phiếu"):
        agenda.recuse(
            item=session.items.get(),
            seat=session.seats.get(user=world.secretary),
            reason="x",
            by=world.secretary,
            at=NOW,
        )


def test_one_recusal_among_nine_makes_nine_tenths_impossible_and_it_is_said_beforehand(world):
    session = world.draft(lines=1)
    item = session.items.get()
    assert _outlook(session, item).possible
    agenda.recuse(item=item, seat=session.seats.get(user=world.users[1]), reason="x", by=world.secretary, at=NOW)
    outlook = _outlook(session, item)
    assert (outlook.possible, outlook.members, outlook.needed, outlook.voters) == (False, 9, 9, 8)


def test_a_recusal_never_makes_the_base_smaller(world):
    session = world.draft(lines=1)
    agenda.recuse(
        item=session.items.get(), seat=session.seats.get(user=world.users[1]), reason="x", by=world.secretary, at=NOW
    )
    locked = sessions.lock_list(session=session, by=world.secretary, at=NOW)
    assert locked.items.get().members == 9


def test_a_list_that_cannot_pass_may_still_be_locked(world):
    session = world.draft(lines=1)
    agenda.recuse(
        item=session.items.get(), seat=session.seats.get(user=world.users[1]), reason="x", by=world.secretary, at=NOW
    )
    assert sessions.lock_list(session=session, by=world.secretary, at=NOW).state == "locked"


def test_the_formula_is_written_in_words(world):
    session = World(15).draft(lines=1)
    assert _outlook(session, session.items.get()).formula == "90 % × 15 thành viên = 13,5, cần 14 phiếu"


def test_a_cluster_result_is_voted_on_by_the_councils_general_rule(world):
    session = world.draft(lines=0)
    agenda.add_cluster_result(session=session, title="Suy tôn đơn vị dẫn đầu cụm 3", by=world.secretary, at=NOW)
    locked = sessions.lock_list(session=Session.objects.get(pk=session.pk), by=world.secretary, at=NOW)
    assert locked.items.get().share.text == "90 %"


def test_adding_many_lines_costs_no_more_queries_than_adding_few(world, django_assert_max_num_queries):
    few, many = world.draft(lines=0), world.draft(lines=0)
    _count(world, few, 3, django_assert_max_num_queries, 60)
    _count(world, many, 12, django_assert_max_num_queries, 60)


def _count(world, session, number, within, limit):
    lines = [make_line(world.unit) for _ in range(number)]
    with within(limit):
        _add(world, session, *lines)
