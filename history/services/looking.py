"""Who may come to which award above what they hold, and when: the verdicts behind the nightly pass and the pages.

A read, kept beside the pass because it stands on eligibility and on facts; it writes nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from history.eligibility import judge_person, judge_sector, overrides
from history.facts import facts_of_people, facts_of_units
from history.models import Grant
from history.states import GrantState
from rulebook.catalogue import award
from rulebook.engine import Override
from rulebook.facts import Facts, Individual
from rulebook.nearness import (
    BY_YEARS,
    RUNS,
    Look,
    Step,
    earliest,
    is_deed,
    lacks_one_year,
    near,
    possible_steps,
    steps_up,
)
from units.models import Person, Unit, UnitKind
from units.models.person import Category

#: How many awards the page of a person or unit names at least.
STEPS_SHOWN = 4
MILITARY_KINDS = (UnitKind.MILITARY, UnitKind.MILITARY_ZONE, UnitKind.MILITARY_REGION)


def look_up(
    *, year: int, day: date, people: QuerySet[Person] | None = None, units: QuerySet[Unit] | None = None
) -> Iterator[Look]:
    """Every award above what each of these holds, judged by the law of `day`; streamed like `judge_sector`."""
    for subject, army, rows in _groups(people, units):
        held = _held_awards(subject, rows)
        above: dict[int, frozenset[Step]] = {}
        for kind in BY_YEARS:
            awards = [step.award for step in possible_steps(subject, army, day) if step.type == kind]
            given: dict[str, Any] = {"people" if subject == "individual" else "units": rows}
            for _, pk, code, verdict in judge_sector(awards=awards, year=year, day=day, kind=kind, **given):
                if pk not in above:
                    above[pk] = frozenset(steps_up(subject, army=army, held=held[pk], year=year, day=day))
                if (step := Step(code, kind)) in above[pk]:
                    yield Look(subject, pk, step, verdict, near(verdict))


def find_near(
    *, year: int, day: date, people: QuerySet[Person] | None = None, units: QuerySet[Unit] | None = None
) -> list[Look]:
    """Who has come to a higher award, or is one condition short of it; queries grow with thousands, not with subjects.

    What only years can mend is left out when one more year is not enough.
    """
    found = [look for look in look_up(year=year, day=day, people=people, units=units) if look.near]
    return with_days(found, year=year, day=day)


def steps_of_person(person: Person, *, year: int, day: date) -> list[Look]:
    """The nearest awards above what one person holds: what the nightly pass would find, then the next ones up."""
    army = person.category == Category.SERVICEMAN
    held = _held_awards("individual", Person.objects.filter(pk=person.pk))[person.pk]
    above = steps_up("individual", army=army, held=held, year=year, day=day)
    looks = []
    for kind in BY_YEARS:
        if awards := [step.award for step in above if step.type == kind]:
            verdicts = judge_person(person, awards, year, day, kind)
            looks += [Look("individual", person.pk, Step(code, kind), v, near(v)) for code, v in verdicts.items()]
    return _nearest(looks, year=year, day=day)


def steps_of_unit(unit: Unit, *, year: int, day: date) -> list[Look]:
    """The same for one collective."""
    return _nearest(list(look_up(year=year, day=day, units=Unit.objects.filter(pk=unit.pk))), year=year, day=day)


def _nearest(looks: Sequence[Look], *, year: int, day: date) -> list[Look]:
    """The near ones, eligible first; then, to fill the list, the next rungs up: titles, then forms."""
    found = with_days([look for look in looks if look.near], year=year, day=day)
    found.sort(key=lambda look: look.near is not None and look.near.missing is not None)
    shown = {look.step for look in found}
    rest = [look._replace(near=None) for look in looks if look.step not in shown]
    rest.sort(key=lambda look: (award(look.step.award).kind != "title", -award(look.step.award).order))
    return [*found, *rest[: max(0, STEPS_SHOWN - len(found))]]


def with_days(looks: Sequence[Look], *, year: int, day: date) -> list[Look]:
    """The looks with `expected_on`; those that one good year cannot bring, or would not settle, are left out."""
    people = {look.pk for look in looks if look.subject == "individual" and _asks_for_years(look)}
    units = {look.pk for look in looks if look.subject == "collective" and _asks_for_years(look)}
    facts: dict[tuple[str, int], Facts] = {}
    if people:
        known = facts_of_people(Person.objects.filter(pk__in=people))
        facts |= {("individual", pk): each for pk, each in known.items()}
    if units:
        collectives = facts_of_units(list(Unit.objects.filter(pk__in=units)), year, day)
        facts |= {("collective", pk): each for pk, each in collectives.items()}
    laid = overrides()
    kept = (_dated(look, year, day, facts, laid) if _asks_for_years(look) else look for look in looks)
    return [look for look in kept if look is not None]


def _asks_for_years(look: Look) -> bool:
    """Is the missing condition one that only the coming of years can meet, or the result of a year settle?"""
    missing = look.near.missing if look.near else None
    if missing is None or is_deed(missing):
        return False
    return missing.met is False or missing.test in RUNS


def _dated(
    look: Look, year: int, day: date, facts: dict[tuple[str, int], Facts], laid: Sequence[Override]
) -> Look | None:
    """The look with its day, or None where one good year is not enough."""
    known, missing = facts[look.subject, look.pk], look.near.missing if look.near else None
    code, kind = look.step
    asked: dict[str, Any] = {"year": year, "day": day, "facts": known, "overrides": laid}
    if missing is None or missing.met is None:
        return look if lacks_one_year(code, look.subject, kind, **asked) else None
    if missing.test == "posts_held" and isinstance(known, Individual) and not known.postings:
        return None  # years bring no order for leading to whoever holds no leading post
    expected = earliest(code, look.subject, kind, **asked, missing=missing)
    return look._replace(expected_on=expected) if expected else None


def _groups(people: QuerySet[Person] | None, units: QuerySet[Unit] | None) -> Iterator[tuple[str, bool, QuerySet[Any]]]:
    """Subjects by what awards there are for them: civilians and the military apart."""
    if people is not None:
        soldier = Q(category=Category.SERVICEMAN)
        yield "individual", False, people.exclude(soldier)
        yield "individual", True, people.filter(soldier)
    if units is not None:
        military = Q(kind__in=MILITARY_KINDS)
        yield "collective", False, units.exclude(military)
        yield "collective", True, units.filter(military)


def _held_awards(subject: str, rows: QuerySet[Any]) -> dict[int, list[tuple[str, int]]]:
    """Award and year of every honour in force, by the id of whoever holds it."""
    key = "person" if subject == "individual" else "unit"
    held: dict[int, list[tuple[str, int]]] = defaultdict(list)
    grants = Grant.objects.filter(state=GrantState.IN_FORCE, **{f"{key}__in": rows.values("pk")})
    for pk, code, year in grants.values_list(key, "award", "year"):
        held[pk].append((code, year))
    return held
