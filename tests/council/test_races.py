"""Many at once: casting twice, casting while the vote closes. Real connections, so PostgreSQL only."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from core.workflow import Refused
from council import box
from council.models import Session
from council.services import ballots
from tests.factories.council import NOW, World, choices

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]
ROUNDS = 5


def _together(acts):
    """Run all at the same moment, each on its own connection; what each returned or was refused."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except Refused as reason:
            return reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def _casting(session, user, votes):
    return lambda: ballots.cast(session=session, choices=votes, by=user, at=NOW)


def test_of_nine_sent_at_once_by_one_member_one_ballot_goes_in():
    world = World(9)
    session = world.opened(lines=3)
    answers = _together([_casting(session, world.users[0], choices(session)) for _ in range(9)])
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert box.turnout_count(session) == 1
    assert box.Slip.objects.count() == 3


def test_nine_members_at_once_lose_no_slip():
    world = World(9)
    session = world.opened(lines=3)
    answers = _together([_casting(session, user, choices(session)) for user in world.users])
    assert all(isinstance(answer, str) for answer in answers)
    closed = ballots.close(session=session, by=world.chair, at=NOW)
    assert {count.yes for count in box.totals(closed).values()} == {9}
    assert box.is_intact(closed)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_ballot_is_in_before_the_close_and_counted_or_refused(turn):
    world = World(9)
    session = world.opened(lines=2)
    closing = lambda: ballots.close(session=session, by=world.secretary, at=NOW)  # noqa: E731
    acts = [_casting(session, user, choices(session)) for user in world.users[1:]]
    acts.insert(turn % len(acts), closing)
    answers = _together(acts)
    receipts = [answer for answer in answers if isinstance(answer, str)]
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    closed = Session.objects.get(pk=session.pk)
    assert len(receipts) + len(refused) == 8
    assert all("Phiên đã đóng lúc" in str(reason) for reason in refused)
    assert box.receipt_codes(closed) == sorted(receipts)
    assert {count.slips for count in box.totals(closed).values()} == {len(receipts)}
    assert {item.yes for item in closed.items.all()} == {len(receipts)}
    assert box.is_intact(closed)


def test_without_the_lock_a_late_ballot_would_slip_in_and_the_seal_shows_it():
    world = World(9)
    stale = world.opened(lines=1)
    closed = ballots.close(session=stale, by=world.secretary, at=NOW)
    with transaction.atomic():
        box.cast(stale, stale.seats.first(), choices(stale))
    assert not box.is_intact(closed)
