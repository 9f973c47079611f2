"""The box: complete ballots only, once per seat, nothing known before the close."""

import ast
import traceback
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from core.workflow import Refused
from council import box
from council.models import AgendaItem, Recusal, Session
from council.services import ballots
from kiemsat_thidua.bootstrap.environment import ROOT
from tests.architecture.sources import ours
from tests.factories.council import NOW, World, choices

pytestmark = pytest.mark.django_db
SECRET = {"Turnout", "Slip", "Receipt"}


@pytest.fixture
def world():
    return World(3)


def _cast(session, user, votes=None, **values):
    return ballots.cast(session=session, choices=votes or choices(session), by=user, at=NOW, **values)


def test_nobody_but_the_box_touches_what_was_voted():
    allowed = {ROOT / path for path in ("council/box.py", "council/models/__init__.py", "council/models/ballot.py")}
    touching = [
        path
        for path in ours(".py")
        if path not in allowed and ROOT / "tests" not in path.parents and "migrations" not in path.parts
        and _touches(ast.parse(path.read_text()))
    ]  # fmt: skip
    assert touching == []


def _touches(tree: ast.AST) -> bool:
    """Does a module import, read or take one of the three, or name one as text of the council's?"""
    texts = {text.lower() for text in _texts(tree)}
    named = {text.rpartition(".")[2] for text in texts if "." in text or "council" in texts}
    return bool(SECRET & set(_names(tree)) or {name.lower() for name in SECRET} & named)


def _texts(tree: ast.AST) -> Iterator[str]:
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield from node.name.split(".")


@pytest.mark.parametrize(
    "source",
    [
        "from council.models import Slip", "models.Turnout.objects", "get_model('council', 'receipt')",
        "get_model('council.Slip')", "import_string('council.models.ballot.Receipt')",
    ],
)  # fmt: skip
def test_each_way_to_reach_the_votes_would_be_seen(source):
    assert _touches(ast.parse(source))


def test_a_choice_cannot_be_reached_from_another_row():
    for model in (box.Turnout, box.Slip, box.Receipt):
        for field in model._meta.get_fields():
            if field.is_relation:
                assert field.remote_field.hidden, f"{model.__name__}.{field.name}"


def test_a_slip_has_no_column_for_user_time_or_order():
    assert {field.name for field in box.Slip._meta.fields} == {"id", "item", "choice"}
    assert {field.name for field in box.Receipt._meta.fields} == {"id", "session", "code"}
    assert {field.name for field in box.Turnout._meta.fields} == {"id", "session", "seat"}


def test_a_member_votes_once(world):
    session = world.opened()
    _cast(session, world.users[1])
    with pytest.raises(Refused, match="Đồng chí đã bỏ phiếu"):
        _cast(session, world.users[1], choices(session, "no"))
    assert box.turnout_count(session) == 1
    assert box.Slip.objects.count() == 2


def test_the_same_ballot_sent_again_with_its_code_gives_the_same_receipt(world):
    session = world.opened()
    code = box.new_code()
    assert _cast(session, world.users[1], code=code) == code
    assert _cast(session, world.users[1], code=code) == code
    assert box.Slip.objects.count() == 2


def test_another_members_code_is_no_way_to_a_second_vote(world):
    session = world.opened()
    code = _cast(session, world.users[1])
    with pytest.raises(Refused, match="Mã biên nhận đã được dùng"):
        _cast(session, world.users[2], code=code)
    assert not box.has_voted(session, session.seats.get(user=world.users[2]))


def test_a_ballot_with_a_missing_item_is_refused(world):
    session = world.opened()
    first = session.items.first()
    with pytest.raises(Refused, match="thiếu mục"):
        _cast(session, world.users[1], {first.pk: "yes"})
    assert box.turnout_count(session) == 0


def test_a_ballot_with_an_item_of_another_session_is_refused(world):
    session, other = world.opened(), World(3).opened(lines=1)
    foreign = other.items.get()
    with pytest.raises(Refused, match="không thuộc phiên"):
        _cast(session, world.users[1], choices(session) | {foreign.pk: "yes"})


def test_blank_is_a_choice_and_any_other_word_is_not(world):
    session = world.opened()
    with pytest.raises(Refused, match="lựa chọn không hợp lệ"):
        _cast(session, world.users[1], choices(session, "maybe"))
    _cast(session, world.users[1], choices(session, "blank"))
    assert box.turnout_count(session) == 1


def test_a_recused_member_casts_a_ballot_without_that_item_only(world):
    session = world.opened()
    item, seat = session.items.first(), session.seats.get(user=world.users[1])
    Recusal.objects.create(item=item, seat=seat, reason="Người thân", by=world.secretary)
    with pytest.raises(Refused, match="không tham gia biểu quyết"):
        _cast(session, world.users[1])
    _cast(session, world.users[1], {session.items.last().pk: "yes"})
    assert box.Slip.objects.filter(item=item).count() == 0


def test_an_absent_member_does_not_vote(world):
    session = world.opened()
    session.seats.filter(user=world.users[1]).update(present=False)
    with pytest.raises(Refused, match="ghi vắng mặt"):
        _cast(session, world.users[1])


@pytest.mark.parametrize("state", ["draft", "locked", "closed", "minuted", "cancelled"])
def test_no_ballot_goes_in_unless_the_session_is_open(world, state):
    session = world.opened()
    Session.objects.filter(pk=session.pk).update(state=state, cancel_reason="x")
    with pytest.raises(Refused, match="Phiếu chưa được gửi"):
        _cast(session, world.users[1])


def test_nothing_is_told_before_the_close(world):
    session = world.opened()
    _cast(session, world.users[1])
    for ask in (box.totals, box.receipt_codes, box.is_intact):
        with pytest.raises(Refused, match="sau khi đóng phiếu"):
            ask(session)
    assert set(AgendaItem.objects.values_list("yes", "no", "blank", "passed")) == {(None, None, None, None)}


def test_each_receipt_is_found_in_the_sorted_list_after_the_close(world):
    session = world.opened()
    codes = [_cast(session, user) for user in world.users]
    closed = ballots.close(session=session, by=world.chair, at=NOW)
    assert box.receipt_codes(closed) == sorted(codes)
    assert box.is_intact(closed)


def test_the_totals_are_what_was_cast(world):
    session = world.opened()
    first, second = session.items.all()
    for place, user in enumerate(world.users):
        _cast(session, user, {first.pk: "yes" if place else "no", second.pk: "blank" if place < 2 else "yes"})
    closed = ballots.close(session=session, by=world.chair, at=NOW)
    assert {pk: (count.yes, count.no, count.blank) for pk, count in box.totals(closed).items()} == {
        first.pk: (2, 1, 0),
        second.pk: (1, 0, 2),
    }


@pytest.mark.parametrize("tamper", ["swap", "drop", "add", "receipt"])
def test_a_box_changed_after_the_close_no_longer_fits_its_seal(world, tamper):
    closed = world.closed(lines=1)
    slip, receipt = box.Slip.objects.first(), box.Receipt.objects.first()
    acts = {
        "swap": lambda: box.Slip.objects.filter(pk=slip.pk).update(choice="no"),
        "drop": slip.delete,
        "add": lambda: box.Slip.objects.create(item=slip.item, choice="yes"),
        "receipt": receipt.delete,
    }
    acts[tamper]()
    assert not box.is_intact(closed)


def test_the_database_itself_refuses_a_second_turnout_of_a_seat(world):
    session = world.opened()
    seat = session.seats.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        box.Turnout.objects.bulk_create([box.Turnout(session=session, seat=seat) for _ in range(2)])


def test_a_code_is_long_enough_not_to_be_guessed_and_reads_well():
    codes = {box.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(box.is_code(code) and len(code) == 14 for code in codes)
    assert not set("01OIL") & set("".join(codes))
    assert not box.is_code("7KQ4-M2XD")
    assert not box.is_code("0000-0000-0000")


def test_a_write_the_database_refuses_does_not_quote_a_slip(world):
    session, no_choice = world.opened(lines=1), "may" + "be"
    with pytest.raises(box.BoxFailure) as failed, transaction.atomic():
        box._rewrite(session, slips=[(session.items.get().pk, no_choice)])
    assert no_choice not in "".join(traceback.format_exception(failed.value))
