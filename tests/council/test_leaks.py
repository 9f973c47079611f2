"""What PostgreSQL itself remembers of a row must not lead from a slip back to its voter.

Each attack runs on two boxes: one written plainly (the control: it must succeed, or the attack
proves nothing) and ours. Claims about the order of rows are made for PostgreSQL only.
"""

import random

import pytest
from django.db import connection, transaction

from core.models import Event
from council.box import Receipt, Slip, Turnout
from council.models import AgendaItem
from council.services import ballots
from tests.factories.council import NOW, World

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row order and xmin are PostgreSQL's"),
]

MEMBERS, LINES = 9, 12
#: Half of the choices are yes, so guessing gets about half; an attack that gets this share works.
WORKS = 0.85


@pytest.fixture
def session():
    return World(MEMBERS).opened(lines=LINES)


@pytest.fixture
def votes(session):
    """Who chose what: {user id: {item id: choice}}, half and half, drawn anew for each test."""
    lot, items = random.Random(20261121), list(session.items.values_list("pk", flat=True))
    return {
        seat.user_id: {item: lot.choice(["yes", "no"]) for item in items}
        for seat in session.seats.filter(votes=True).order_by("?")
    }


def _plainly(session, votes):
    for user, choices in votes.items():
        with transaction.atomic():
            Turnout.objects.create(session=session, seat=session.seats.get(user=user))
            Slip.objects.bulk_create([Slip(item_id=item, choice=choice) for item, choice in choices.items()])


def _plainly_in_two(session, votes):
    for user, choices in votes.items():
        Turnout.objects.create(session=session, seat=session.seats.get(user=user))
        Slip.objects.bulk_create([Slip(item_id=item, choice=choice) for item, choice in choices.items()])


def _by_the_box(session, votes):
    users = {seat.user_id: seat.user for seat in session.seats.select_related("user")}
    return [ballots.cast(session=session, choices=choices, by=users[user], at=NOW) for user, choices in votes.items()]


def _rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _share(found, votes):
    right = sum(
        found.get((user, item)) == choice for user, choices in votes.items() for item, choice in choices.items()
    )
    return right / (MEMBERS * LINES)


def _by_transaction():
    """Join slips to the turnout written in the same transaction."""
    return {
        (user, item): choice
        for user, item, choice in _rows(
            "SELECT seat.user_id, slip.item_id, slip.choice FROM council_turnout turnout"
            " JOIN council_seat seat ON seat.id = turnout.seat_id"
            " JOIN council_slip slip ON slip.xmin::text = turnout.xmin::text"
        )
    }


def _by_nearest_transaction():
    """Give each slip to the last turnout written before or with it."""
    rows = _rows(
        "SELECT DISTINCT ON (slip.id) seat.user_id, slip.item_id, slip.choice FROM council_slip slip"
        " JOIN council_turnout turnout ON turnout.xmin::text::bigint <= slip.xmin::text::bigint"
        " JOIN council_seat seat ON seat.id = turnout.seat_id"
        " ORDER BY slip.id, turnout.xmin::text::bigint DESC"
    )
    return {(user, item): choice for user, item, choice in rows}


def _by_place():
    """Of each item, give the n-th slip in the table to the n-th who voted."""
    seats = "council_turnout turnout JOIN council_seat seat ON seat.id = turnout.seat_id"
    voters = [user for (user,) in _rows(f"SELECT seat.user_id FROM {seats} ORDER BY turnout.ctid")]
    found, seen = {}, {}
    for item, choice in _rows("SELECT item_id, choice FROM council_slip ORDER BY ctid"):
        place = seen[item] = seen.get(item, -1) + 1
        found[voters[place], item] = choice
    return found


#: Each attack with a box on which it must succeed.
ATTACKS = [(_by_transaction, _plainly), (_by_nearest_transaction, _plainly_in_two), (_by_place, _plainly)]


@pytest.mark.parametrize(("attack", "write"), ATTACKS)
def test_the_attack_works_on_a_box_written_plainly(session, votes, attack, write):
    write(session, votes)
    assert _share(attack(), votes) == 1


def test_no_attack_works_on_our_box_open_or_closed(session, votes):
    _by_the_box(session, votes)
    opened = {attack.__name__: _share(attack(), votes) for attack, _ in ATTACKS}
    ballots.close(session=session, by=session.created_by, at=NOW)
    closed = {attack.__name__: _share(attack(), votes) for attack, _ in ATTACKS}
    assert max(opened.values()) < WORKS, opened
    assert max(closed.values()) < WORKS, closed


def test_after_every_ballot_all_slips_and_receipts_share_one_transaction(session, votes):
    users = {seat.user_id: seat.user for seat in session.seats.select_related("user")}
    for count, (user, choices) in enumerate(votes.items(), start=1):
        ballots.cast(session=session, choices=choices, by=users[user], at=NOW)
        slips = _rows("SELECT count(DISTINCT xmin::text), count(*) FROM council_slip")
        receipts = _rows("SELECT count(DISTINCT xmin::text), count(*) FROM council_receipt")
        assert (slips, receipts) == ([(1, count * LINES)], [(1, count)])


def test_after_the_close_no_slip_shares_a_transaction_with_a_voter_or_the_entry_that_they_voted(session, votes):
    _by_the_box(session, votes)
    ballots.close(session=session, by=session.created_by, at=NOW)
    voted = {xid for (xid,) in _rows("SELECT xmin::text FROM council_turnout")}
    voted |= {xid for (xid,) in _rows("SELECT xmin::text FROM core_event WHERE kind = 'ballot.cast'")}
    assert not voted & {
        xid for (xid,) in _rows("SELECT xmin::text FROM council_slip UNION SELECT xmin::text FROM council_receipt")
    }


def test_receipts_do_not_lie_in_the_order_of_voting(session, votes):
    codes = _by_the_box(session, votes)
    stored = [code for (code,) in _rows("SELECT code FROM council_receipt ORDER BY ctid")]
    assert sorted(stored) == sorted(codes)
    assert stored != codes  # by chance once in 362.880


def test_slips_get_new_keys_each_time(session, votes):
    users = {seat.user_id: seat.user for seat in session.seats.select_related("user")}
    (first, one), (second, two), *_ = votes.items()
    ballots.cast(session=session, choices=one, by=users[first], at=NOW)
    before = set(Slip.objects.values_list("pk", flat=True)) | set(Receipt.objects.values_list("pk", flat=True))
    ballots.cast(session=session, choices=two, by=users[second], at=NOW)
    after = set(Slip.objects.values_list("pk", flat=True)) | set(Receipt.objects.values_list("pk", flat=True))
    assert not before & after


def test_the_journal_says_who_voted_and_nothing_of_what(session, votes):
    codes = _by_the_box(session, votes)
    entries = Event.objects.filter(kind="ballot.cast")
    assert {entry.by_id for entry in entries} == set(votes)
    assert {tuple(entry.changes) for entry in entries} == {("seat",)}
    told = " ".join(f"{entry.changes} {entry.note} {entry.subject_label}" for entry in Event.objects.all())
    assert not any(code in told for code in codes)
    assert AgendaItem.objects.filter(yes__isnull=False).count() == 0
