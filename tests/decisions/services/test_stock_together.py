"""Several clerks print from one store at once: each number once, none lost. The control arm prints doubles."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from core.workflow import Refused
from decisions.facts import printing
from decisions.models import Blank, PrintedSheet, PrintRun
from decisions.services import print_runs
from decisions.services.print_runs import Wish
from tests.decisions.conftest import make_desk
from tests.factories.council import NOW
from tests.factories.printing import make_room

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's one writer"),
]
WRITERS, TRIES = 8, 4


@pytest.fixture
def rooms(settings, tmp_path):
    """One store of twenty blanks; one certificate of its own for each clerk would be too slow, two are fought over."""
    settings.FILES_DIR = tmp_path
    desk = make_desk()
    return make_room(desk.signed(), desk.clerk, NOW, blanks=20)


def _all_at_once(work) -> list[str]:
    def writer(seed: int) -> list[str]:
        try:
            return [work(seed, turn) for turn in range(TRIES)]
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return [outcome for outcomes in pool.map(writer, range(WRITERS)) for outcome in outcomes]


def test_eight_clerks_at_once_take_each_number_and_each_certificate_once(rooms):
    def work(seed: int, turn: int) -> str:
        wish = Wish(rooms.kind, rooms.printer, rooms.decision, 1, 1)
        try:
            print_runs.prepare(wish=wish, by=rooms.clerk, at=rooms.now)
        except Refused:
            return "refused"
        return "ok"

    outcomes = _all_at_once(work)
    serials = list(PrintedSheet.objects.values_list("blank__serial", flat=True).order_by("blank__serial"))
    assert outcomes.count("ok") == 2  # two certificates wait
    assert serials == [1, 2]
    assert PrintedSheet.objects.values("certificate").distinct().count() == 2
    assert (rooms.balance().issued, rooms.balance().adds_up) == (2, True)


def test_without_the_lock_clerks_reach_for_the_same_number_and_only_the_constraint_stops_them(rooms):
    """The control arm: read the next number, then write it. The database refuses the doubles."""
    run = PrintRun.objects.create(
        kind=rooms.kind, printer=rooms.printer, design=rooms.design, decision=rooms.decision, by=rooms.clerk, at=NOW
    )
    certificate = rooms.certificates[0]

    def work(seed: int, turn: int) -> str:
        try:
            with transaction.atomic():
                blank = Blank.objects.get(kind=rooms.kind, serial=printing.next_serial(rooms.kind))
                PrintedSheet.objects.create(
                    run=run, order=seed * TRIES + turn, blank=blank, certificate=certificate, result="spoilt",
                    reason="thử",
                )  # fmt: skip
                Blank.objects.filter(pk=blank.pk).update(place="issued")
        except IntegrityError:
            return "collided"
        return "ok"

    outcomes = _all_at_once(work)
    assert outcomes.count("collided") > 0
    used = PrintedSheet.objects.values_list("blank", flat=True)
    assert len(used) == len(set(used))
