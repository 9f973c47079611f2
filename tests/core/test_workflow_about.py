"""A body moves what it holds no right on, by the right it holds on its own session."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.permissions import Permission as P
from awards.models import Nomination
from core.act import act
from core.workflow import move, move_many, step
from tests.factories.council import NOW, World, make_line

pytestmark = pytest.mark.django_db
STEP = step("to_agenda", "Đưa vào phiên họp", {"qualified"}, "on_agenda", P.SESSION_PREPARE)


@pytest.fixture
def world():
    return World(3)


@act
def _move(line, **values):
    return move(line, STEP, at=NOW, **values)


@act
def _move_many(lines, **values):
    return move_many(lines, STEP, at=NOW, **values)


def test_the_right_on_what_is_named_decides(world):
    session, line = world.draft(lines=0), make_line(world.unit)
    assert _move(line, by=world.secretary, about=session).state == "on_agenda"


def test_without_naming_it_the_subject_itself_decides(world):
    line = make_line(world.unit)
    with pytest.raises(PermissionDenied):
        _move(line, by=world.secretary)
    assert Nomination.objects.get().state == "qualified"


def test_the_right_on_another_session_does_not_count(world):
    foreign, line = World(3).draft(lines=0), make_line(world.unit)
    with pytest.raises(PermissionDenied):
        _move(line, by=world.secretary, about=foreign)


def test_many_are_moved_by_the_same_right(world):
    session = world.draft(lines=0)
    lines = [make_line(world.unit) for _ in range(3)]
    moved, refused = _move_many(lines, by=world.secretary, about=session)
    assert (len(moved), refused) == (3, [])
    assert _move_many(lines, by=world.users[1], about=session)[0] == []
