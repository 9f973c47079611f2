"""Twelve signatures at once, a third of which fail: the golden book has no gap and no double. The control arm has."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.models import Max

from core.act import act
from decisions.models import Decision, DecisionLine, GoldenBook
from decisions.services import golden
from tests.decisions.conftest import DAY, make_desk
from tests.factories.units import make_person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's one writer"),
]
WRITERS, EACH = 12, 6


class Aborted(Exception):
    """The signature failed after the numbers were drawn."""


def _decisions() -> list[int]:
    """Numbered decisions of one body, each with three recipients of one award."""
    unit, by = make_desk().world.unit, make_desk().clerk
    made = []
    for number in range(WRITERS * EACH):
        decision = Decision.objects.create(
            unit=unit, title="x", year=2026, symbol="QĐ", place="Hà Nội", issuer_name="x", authority_post="x",
            signer_name="x", drafted_by=by, drafted_at="2026-11-21T03:00Z", number=number + 1, dated=DAY,
            numbered_by=by, sort_key="", search_key="",
        )  # fmt: skip
        for order in (1, 2, 3):
            DecisionLine.objects.create(
                decision=decision, order=order, award="giay_khen", person=make_person(), name_printed="x", year=2026,
                achievement_from=DAY, achievement_to=DAY,
            )  # fmt: skip
        made.append(decision.pk)
    return made


def _all_at_once(keys, work):
    def writer(place: int) -> int:
        lot = random.Random(place)
        done = 0
        try:
            for key in keys[place::WRITERS]:
                try:
                    work(key, lot)
                    done += 1
                except Aborted:
                    pass
        finally:
            connection.close()
        return done

    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(writer, range(WRITERS)))


def test_signatures_at_once_with_aborts_leave_neither_gap_nor_double():
    @act
    def sign(key: int, fails: bool) -> None:
        decision = Decision.objects.get(pk=key)
        golden.draw(decision, list(decision.lines.select_related("target").order_by("order")))
        if fails:
            raise Aborted

    done = _all_at_once(_decisions(), lambda key, lot: sign(key, lot.random() < 0.3))
    numbers = sorted(DecisionLine.objects.exclude(golden_book=None).values_list("golden_book_no", flat=True))
    assert 0 < done < WRITERS * EACH
    assert numbers == list(range(1, 3 * done + 1))
    assert GoldenBook.objects.get().last == 3 * done


def test_the_largest_number_plus_one_gives_doubles():
    """The control arm: the same without the locked book."""

    def sign(key: int, lot: random.Random) -> None:
        with transaction.atomic():
            last = DecisionLine.objects.aggregate(last=Max("golden_book_no"))["last"] or 0
            for place, line in enumerate(DecisionLine.objects.filter(decision=key), 1):
                DecisionLine.objects.filter(pk=line.pk).update(golden_book_no=last + place)

    _all_at_once(_decisions(), sign)
    numbers = list(DecisionLine.objects.values_list("golden_book_no", flat=True))
    assert len(set(numbers)) < len(numbers)
