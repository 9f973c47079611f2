"""Everybody judged for every award in one streamed pass, against the question about one person and one award.

The naive way is the product's own `judge_person`, asked for each person and award; a sample of people spread over
the sector is timed and counted per verdict, for the whole would take an hour. Rounds are paired and alternate in order.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from statistics import median

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.services.users import system_user
from benchmarks import scratch
from history.eligibility import Judgement, judge_person, judge_sector, judge_unit, serving_on
from kiemsat_thidua.load.build import lay
from kiemsat_thidua.load.plan import Plan
from rulebook import catalogue
from rulebook.engine import Verdict
from units.models import Person, Unit
from units.selectors import units_on

SMALL, WHOLE = Plan(1_000, 10), Plan(16_000, 10)
AT, YEAR, DAY = datetime(2026, 11, 21, 3, 0, tzinfo=UTC), 2025, date(2025, 12, 5)
ROUNDS, PEOPLE, UNITS = 5, 20, 6
#: Times as fast at least, cost of a verdict in the large sector, MiB more than before the pass.
AT_LEAST, MOST_GROWTH, MOST_MEMORY = 20, 1.3, 60
PERSONAL = [code for code, _ in catalogue.choices_for("individual")]
COLLECTIVE = [code for code, _ in catalogue.choices_for("collective")]

Verdicts = dict[tuple[int, str], Verdict]


@dataclass
class Pass:
    """What a pass over everybody took: seconds a verdict on the clock and of the processor, MiB above the start."""

    clock: float = 0.0
    processor: float = 0.0
    verdicts: int = 0
    memory: float = 0.0
    kept: Verdicts = field(default_factory=dict)


def run() -> Iterator[str]:
    """Raises when a verdict differs, or when the pass is not fast, even and small enough."""
    costs = {}
    for plan in (SMALL, WHOLE):
        with scratch.database():
            lay(plan=plan, by=system_user(), at=AT, tell=lambda _: None)
            scratch.analyse()
            passes, ratios = _rounds()
            best = min(passes, key=lambda each: each.processor)
            costs[plan.people] = best.processor
            memory = max(each.memory for each in passes)
            yield _said(plan, passes, ratios, memory)
            if plan is WHOLE:
                yield _of_units()
            assert median(ratios) >= AT_LEAST, ratios
            assert memory <= MOST_MEMORY, memory
    growth = costs[WHOLE.people] / costs[SMALL.people]
    loads = "/".join(f"{load:.0f}" for load in os.getloadavg())
    yield f"load of the machine in the last 1/5/15 minutes, this measurement itself being 1 of it: {loads}"
    yield f"processor time of a verdict, least of the rounds, {SMALL.people} → {WHOLE.people} people: ×{growth:.2f}"
    assert growth <= MOST_GROWTH, costs


def _said(plan: Plan, passes: list[Pass], ratios: list[float], memory: float) -> str:
    clock = sorted(each.clock * 1e6 for each in passes)
    return (
        f"{plan.people} people × {len(PERSONAL)} awards: one by one / streamed, time of a verdict: "
        f"{median(ratios):.0f}x [{min(ratios):.0f}..{max(ratios):.0f}]; {passes[0].verdicts} verdicts, "
        f"{median(clock):.0f} µs each ({clock[0]:.0f}–{clock[-1]:.0f}), {_queries()} queries, "
        f"at most {memory:.0f} MiB more; the verdicts on the sample of {PEOPLE} people are the same"
    )


def _rounds() -> tuple[list[Pass], list[float]]:
    people = list(serving_on(DAY).order_by("pk"))
    sample = people[:: len(people) // PEOPLE][:PEOPLE]
    del people
    _one_by_one(sample[:1])  # fills what a running server has filled
    passes, ratios = [], []
    for turn in range(ROUNDS):
        if turn % 2:
            streamed, alone = _streamed(sample), _one_by_one(sample)
        else:
            alone, streamed = _one_by_one(sample), _streamed(sample)
        seconds, verdicts = alone
        assert streamed.kept == verdicts
        passes.append(streamed)
        ratios.append(seconds / len(verdicts) / streamed.clock)
        streamed.kept = {}
    return passes, ratios


def _one_by_one(sample: list[Person]) -> tuple[float, Verdicts]:
    began = time.perf_counter()
    verdicts = {
        (person.pk, award): judge_person(person, [award], YEAR, DAY)[award] for person in sample for award in PERSONAL
    }
    return time.perf_counter() - began, verdicts


def _streamed(sample: list[Person]) -> Pass:
    wanted, done, before = {person.pk for person in sample}, Pass(), scratch.resident_mib()
    clock, processor = time.perf_counter(), time.process_time()
    for done.verdicts, found in enumerate(_everybody(), 1):
        if found.pk in wanted:
            done.kept[found.pk, found.award] = found.verdict
        if done.verdicts % 10_000 == 0:
            done.memory = max(done.memory, scratch.resident_mib() - before)
    done.clock = (time.perf_counter() - clock) / done.verdicts
    done.processor = (time.process_time() - processor) / done.verdicts
    return done


def _everybody() -> Iterator[Judgement]:
    return judge_sector(awards=PERSONAL, year=YEAR, day=DAY, people=serving_on(DAY))


def _queries() -> int:
    with CaptureQueriesContext(connection) as asked:
        for _ in _everybody():
            pass
    return len(asked)


def _of_units() -> str:
    """Collectives the same way; told, not judged: their facts need all their people, so one costs much alone."""
    sample = list(islice(units_on(DAY).order_by("pk").iterator(), 0, None, max(units_on(DAY).count() // UNITS, 1)))
    with _timed() as alone:
        asked = {(unit.pk, award): judge_unit(unit, award, YEAR, DAY) for unit in sample for award in COLLECTIVE}
    with _timed() as streamed:
        found = {(each.pk, each.award): each.verdict for each in _all_units(units_on(DAY))}
    assert asked.items() <= found.items()
    ratio = (alone() / len(asked)) / (streamed() / len(found))
    return f"{units_on(DAY).count()} units × {len(COLLECTIVE)} awards: {ratio:.0f}x, {streamed():.1f} s for all"


def _all_units(units: QuerySet[Unit]) -> Iterator[Judgement]:
    return judge_sector(awards=COLLECTIVE, year=YEAR, day=DAY, units=units)


@contextmanager
def _timed() -> Iterator[Callable[[], float]]:
    began = time.perf_counter()
    ended: list[float] = []
    yield lambda: ended[0]
    ended.append(time.perf_counter() - began)
