"""Sixteen clerks at once, a third of whom fail: no double, no hole. The control arm has both."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from core.act import act
from documents.models import IssuedNumber, NumberSeries
from documents.services import numbering

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's one writer"),
]
WRITERS, EACH, FAILING = 16, 12, 0.3
DAY = date(2026, 11, 21)


class Aborted(Exception):
    """The clerk's act failed after the number was drawn."""


def _all_at_once(work: Callable[[random.Random], str]) -> list[str]:
    """What became of each attempt: ok, aborted or collided."""

    def writer(seed: int) -> list[str]:
        lot = random.Random(seed)
        try:
            return [work(lot) for _ in range(EACH)]
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return [outcome for outcomes in pool.map(writer, range(WRITERS)) for outcome in outcomes]


def test_sixteen_writers_with_aborts_leave_neither_hole_nor_double(van, region, now):
    @act
    def issue(fails: bool) -> None:
        numbering.take(body="VKSTC", kind="QĐ", dated=DAY, subject=region, by=van, at=now)
        if fails:
            raise Aborted

    def work(lot: random.Random) -> str:
        try:
            issue(lot.random() < FAILING)
        except Aborted:
            return "aborted"
        return "ok"

    outcomes = _all_at_once(work)
    numbers = sorted(IssuedNumber.objects.values_list("number", flat=True))
    assert outcomes.count("aborted") > 20
    assert numbers == list(range(1, outcomes.count("ok") + 1))
    assert NumberSeries.objects.get().last == len(numbers)


def test_the_largest_number_plus_one_collides(van, region, now):
    """The control arm: the same writers without the locked row get in each other's way."""
    series = NumberSeries.objects.create(body="VKSTC", kind="QĐ", year=2026)

    def work(lot: random.Random) -> str:
        try:
            with transaction.atomic():
                following = (series.numbers.aggregate(last=Max("number"))["last"] or 0) + 1
                IssuedNumber.objects.create(
                    series=series, number=following, state="issued", dated=DAY, subject=region, by=van, at=now
                )
        except IntegrityError:
            return "collided"
        return "ok"

    assert _all_at_once(work).count("collided") > 0


def test_a_sequence_leaves_holes_when_acts_fail():
    """The other control arm: what a database's own counter hands out is lost with the act."""
    drawn = []

    def draw(fails: bool) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('test_numbers')")
            number = cursor.fetchone()[0]
        if fails:
            raise Aborted
        drawn.append(number)

    def work(lot: random.Random) -> str:
        try:
            with transaction.atomic():
                draw(lot.random() < FAILING)
        except Aborted:
            return "aborted"
        return "ok"

    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE test_numbers")
    try:
        _all_at_once(work)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SEQUENCE test_numbers")
    assert set(range(1, max(drawn) + 1)) - set(drawn)
