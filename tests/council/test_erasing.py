"""Slips go when nobody may complain any more; what was counted stays, and its seal still fits."""

from datetime import timedelta

import pytest

from council import box
from council.models import Session
from council.services import ballots
from tests.factories.council import NOW

pytestmark = pytest.mark.django_db


def _erase(world, days):
    return ballots.erase_old(by=world.secretary, at=NOW + timedelta(days=days))


def test_slips_are_kept_while_a_complaint_may_come(world):
    world.closed(lines=1)
    assert _erase(world, 365) == 0
    assert box.Slip.objects.count() == 3


def test_afterwards_totals_receipts_and_seal_stay(world):
    closed = world.closed(lines=2)
    assert _erase(world, 367) == 1
    erased = Session.objects.get(pk=closed.pk)
    assert box.Slip.objects.count() == 0
    assert len(box.receipt_codes(erased)) == 3
    assert box.is_intact(erased)
    assert [(item.yes, item.passed) for item in erased.items.all()] == [(3, True)] * 2


def test_nothing_is_erased_twice(world):
    world.closed(lines=1)
    assert (_erase(world, 367), _erase(world, 368)) == (1, 0)


def test_totals_changed_after_the_erasure_no_longer_fit_the_seal(world):
    closed = world.closed(lines=1)
    _erase(world, 367)
    closed.items.update(yes=2, no=1, passed=False)
    assert not box.is_intact(Session.objects.get(pk=closed.pk))


def test_an_open_vote_is_never_erased(world):
    world.opened(lines=1)
    assert _erase(world, 4000) == 0
