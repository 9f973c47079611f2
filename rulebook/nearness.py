"""What a subject may come to next: which awards stand above, how near they are, when the rest may be met.

A suggestion to look, never a verdict: every answer rests on `judge` and only sums it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from rulebook.asking import Override, asking
from rulebook.catalogue import Award, award, awards
from rulebook.facts import Facts, Grant, Individual
from rulebook.findings import ELIGIBLE, Finding, Verdict
from rulebook.judging import judge
from rulebook.shapes import Condition

#: How near: everything met; one condition wanting; one fact not known and nothing wanting.
ONE_MISSING, DATA_MISSING = "one_missing", "data_missing"
#: Types under which somebody comes to an award by years and titles; the others need a deed or an occasion.
BY_YEARS = ("merit", "long_service", "tenure")
#: Criteria that a deed or another's act may meet any day; all others are met by years and yearly titles, or never.
DEEDS = frozenset({
    "initiative_of_year", "initiative_in_run", "initiative_in_pair", "holds", "no_open_matter", "leads_cluster",
    "everyone_completed", "share_of_members", "number_of_members",
})  # fmt: skip
#: Criteria that look at several years or titles at once.
RUNS = frozenset({"title_run", "title_pair", "merit_run"})
#: Criteria that nothing but the calendar meets.
CALENDAR = frozenset({"posts_held", "months_in_service", "years_of_service", "years_of_existence", "years_since_award"})
#: Groups of forms given once: who has one is not shown it again, nor a lower class.
_ONCE = frozenset({"order", "medal", "honour", "badge"})


class Step(NamedTuple):
    """An award and the type (loại hình) under which it may be asked for."""

    award: str
    type: str


@dataclass(frozen=True)
class Near:
    """How near a verdict is to “eligible”; `missing` is the one condition not met or not known."""

    outcome: str
    missing: Finding | None = None


class Look(NamedTuple):
    """An award above what the subject holds, its verdict, and how near it is (None: more than one step away).

    `expected_on`: the day on which the missing condition may be met at the earliest, where time alone (and at most
    one more good year) can meet it.
    """

    subject: str
    pk: int
    step: Step
    verdict: Verdict
    near: Near | None
    expected_on: date | None = None


def steps_up(
    subject: str, *, army: bool, held: Iterable[tuple[str, int]], year: int, day: date, kinds: Iterable[str] = BY_YEARS
) -> list[Step]:
    """The awards above what the subject holds (`held`: award and year, in force), in the order of the law.

    Titles above the highest one of the year, without the lowest, which stands above nothing; forms not received
    yet (certificates: not in the year) and not below one received. Only what the book can judge on `day`.
    """
    own = list(held)
    return [
        step
        for step in possible_steps(subject, army, day)
        if step.type in tuple(kinds) and _is_above(award(step.award), own, year)
    ]


@lru_cache(maxsize=256)
def possible_steps(subject: str, army: bool, day: date) -> tuple[Step, ...]:
    """Every award that may be somebody's next one, whatever they hold."""
    found = [a for a in awards().values() if a.may_be_held_by(subject) and (army or not a.army)]
    lowest = {max((a.order for a in found if a.kind == "title" and a.army == own), default=0) for own in (False, True)}
    return tuple(
        Step(a.code, kind)
        for a in found
        if a.order not in lowest
        for kind in BY_YEARS
        if kind in a.types and any(_conditions(a.code, subject, kind, day, ()))
    )


def near(verdict: Verdict) -> Near | None:
    """Eligible, or one condition short; None where more than one is not met or not known."""
    left = gaps(verdict.findings)
    if not left:
        return Near(ELIGIBLE)
    if len(left) > 1:
        return None
    return Near(ONE_MISSING if left[0].met is False else DATA_MISSING, left[0])


def gaps(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The single conditions not met or not known; of alternative routes those of the shortest one, a deed first."""
    return tuple(gap for finding in findings if finding.met is not True for gap in _gaps_of(finding))


def is_deed(finding: Finding) -> bool:
    """May the condition be met any day, by a deed or by what another decides?"""
    return finding.test in DEEDS or finding.rule == "initiatives"


def earliest(
    award_code: str, subject: str, type: str, *, year: int, day: date, facts: Facts,  # noqa: A002 - as in `judge`
    overrides: Iterable[Override] = (), missing: Finding | None = None,
) -> date | None:  # fmt: skip
    """The first day after `day` on which everything would be met, given time and at most one more good year.

    Supposes that the year considered (or, where that is good already, the following one) brings the rating and the
    yearly titles which the standard asks for, nothing else; where `missing`, the one condition wanting, is a matter
    of the calendar, it supposes nothing. None where that is not enough before the end of the following year, or
    where the law of that day cannot be judged.
    """
    laid, start = tuple(overrides), day
    by_calendar = missing is not None and missing.test in CALENDAR

    def is_met(when: date, known: Facts = facts) -> bool:
        asked = max(year, when.year)
        return judge(award_code, subject, type, asked, when, known, laid).outcome == ELIGIBLE

    for last in (year, year + 1):
        end = date(last, 12, 31)
        if end <= start:
            continue
        if is_met(end):
            return _first_day(start, end, is_met)
        if not by_calendar and is_met(end, _after_a_good_year(award_code, subject, type, facts, year, last, day, laid)):
            return end
        start = end
    return None


def lacks_one_year(
    award_code: str, subject: str, type: str, *, year: int, day: date, facts: Facts,  # noqa: A002 - as in `judge`
    overrides: Iterable[Override] = (),
) -> bool:  # fmt: skip
    """Would a good result of the year considered be all that is left to know?"""
    laid, end = tuple(overrides), max(day, date(year, 12, 31))
    supposed = _after_a_good_year(award_code, subject, type, facts, year, year, day, laid)
    return judge(award_code, subject, type, year, end, supposed, laid).outcome == ELIGIBLE


def _first_day(before: date, met: date, is_met: Callable[[date], bool]) -> date:
    """The first day on which it is met, between one on which it is not and one on which it is."""
    while (days := (met - before).days) > 1:
        middle = before + timedelta(days=days // 2)
        before, met = (before, middle) if is_met(middle) else (middle, met)
    return met


def _gaps_of(finding: Finding) -> tuple[Finding, ...]:
    if finding.any_of:
        return min(
            (gaps([route]) for route in finding.any_of), key=lambda left: (len(left), not all(map(is_deed, left)))
        )
    return gaps(finding.all_of) or (finding,)


def _is_above(entry: Award, held: list[tuple[str, int]], year: int) -> bool:
    """Does the catalogue order the award above what was received?"""
    for code, given in held:
        other = award(code)
        alike = other.kind == "title" == entry.kind or (other.group == entry.group and other.army == entry.army)
        counts = given == year or (entry.group in _ONCE and other.group == entry.group)
        if alike and counts and entry.order >= other.order:
            return False
    return True


def _conditions(code: str, subject: str, kind: str, day: date, overrides: tuple[Override, ...]) -> Iterator[Condition]:
    """The award's own conditions in force on `day`."""
    asked = asking(day, overrides)
    for parameter in asked.book.section(code, "condition"):
        if parameter.applies(subject, kind) and (value := parameter.find(day)) is not None:
            yield value.content


def _after_a_good_year(
    code: str, subject: str, kind: str, facts: Facts, year: int, last: int, day: date, overrides: tuple[Override, ...]
) -> Facts:
    """The facts with one more good year: `last`; a title of `year` counts too where its standard is met already."""
    wanted = dict.fromkeys(t for c in _conditions(code, subject, kind, day, overrides) for t in _yearly_titles(c))
    grants = list(facts.grants or ())
    for title in wanted:
        reached = judge(title, subject, "merit", year, day, facts, overrides).outcome == ELIGIBLE
        years = {last} | ({year} if reached else set())
        taken = {grant.year for grant in grants if grant.award == title}
        grants += [Grant(title, y, date(y, 12, 31), "merit", "in_force") for y in sorted(years - taken)]
    ratings = dict(facts.ratings or {})
    rating = ratings.setdefault(last, "excellent")
    if isinstance(facts, Individual):
        return replace(facts, grants=tuple(grants), ratings=ratings)
    return replace(facts, grants=tuple(grants), ratings=ratings, rating=rating)


def _yearly_titles(condition: Condition) -> Iterator[str]:
    """The titles, one for each year, that a condition counts."""
    for part in (*condition.any_of, *condition.all_of):
        yield from _yearly_titles(part)
    counted = condition.params.get("titles", ((), 0))[0]
    named = condition.params.get("awards", ()) if condition.test in ("title_run", "title_pair") else counted
    if named and award(named[0]).group == "title":
        yield named[0]
