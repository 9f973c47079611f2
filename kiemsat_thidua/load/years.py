"""What each year brought to people and units: classifications, days away, sanctions, open matters."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kiemsat_thidua.load.plan import LAST_YEAR
from kiemsat_thidua.load.staff import Member
from units.models import Absence, Discipline, PendingMatter, Unit, YearlyRating

RATINGS = ("excellent", "good", "completed", "failed")
#: Shares of a year's classifications, out of 1,000.
OF_PEOPLE, OF_UNITS = (190, 690, 110, 10), (250, 620, 120, 10)
AWAY, PUNISHED, OPEN, OPEN_UNITS = 0.012, 0.002, 0.008, 0.004
DECREE = "QĐ-XL-TAI"


@dataclass
class Year:
    """One year of a unit's staff: who was classified how, and who was punished severely."""

    number: int
    ratings: dict[int, str] = field(default_factory=dict)
    punished: set[int] = field(default_factory=set)

    def advanced(self, staff: Sequence[Member]) -> list[Member]:
        """Who did well enough for Lao động tiên tiến."""
        good = {"excellent", "good"}
        return [m for seat, m in enumerate(staff) if self.ratings.get(seat) in good and seat not in self.punished]


def live(staff: Sequence[Member], span: range, draw: random.Random) -> list[Year]:
    """Draw the years of `staff`; only those serve a year who had joined before it."""
    years = []
    for number in span:
        year = Year(number)
        for seat, member in enumerate(staff):
            if member.unit_on(date(number, 1, 1)) is not None:
                year.punished |= {seat} if draw.random() < PUNISHED else set()
                year.ratings[seat] = "completed" if seat in year.punished else draw.choices(RATINGS, OF_PEOPLE)[0]
        years.append(year)
    return years


def ratings(staff: Sequence[Member], years: Sequence[Year]) -> list[YearlyRating]:
    """The classifications of people."""
    return [
        YearlyRating(
            person=staff[seat].person, year=year.number, rating=rating, decision=f"{year.number % 100}/{DECREE}",
            decided_on=date(year.number, 12, 10),
        )
        for year in years
        for seat, rating in year.ratings.items()
    ]  # fmt: skip


def disciplines(staff: Sequence[Member], years: Sequence[Year]) -> list[Discipline]:
    """A warning each; the title of the year is the one it has cost."""
    return [
        Discipline(
            person=staff[seat].person, kind="warning", decision=f"{seat + 1}/QĐ-KL-TAI",
            decided_on=date(year.number, 6, 1), ends_on=date(year.number + 1, 5, 31), misconduct_year=year.number,
            already_counted_in=year.number,
        )
        for year in years
        for seat in sorted(year.punished)
    ]  # fmt: skip


def absences(staff: Sequence[Member], years: Sequence[Year], draw: random.Random) -> Iterator[Absence]:
    """Some months away, for reasons that fit the person."""
    for year in years:
        for seat in year.ratings:
            if draw.random() >= AWAY:
                continue
            person = staff[seat].person
            reasons = ["study", "illness", "personal"] + (["maternity"] * 3 if person.sex == "female" else [])
            reason = draw.choice(reasons)
            begin = date(year.number, draw.randint(1, 6), 1)
            days = 180 if reason == "maternity" else draw.randint(10, 120)
            yield Absence(person=person, reason=reason, valid_from=begin, valid_to=begin + timedelta(days=days))


def matters(staff: Sequence[Member], draw: random.Random) -> Iterator[PendingMatter]:
    """What is still being looked into about a few people."""
    for member in staff:
        if draw.random() < OPEN:
            kind = draw.choice(["complaint", "denunciation", "inspection", "press"])
            yield PendingMatter(person=member.person, kind=kind, opened_on=date(LAST_YEAR, 11, draw.randint(1, 28)))


def unit_matters(units: Sequence[Unit], draw: random.Random) -> Iterator[PendingMatter]:
    """The same about a few units in force."""
    for unit in units:
        if unit.valid_to is None and draw.random() < OPEN_UNITS:
            yield PendingMatter(unit=unit, kind="inspection", opened_on=date(LAST_YEAR, 11, draw.randint(1, 28)))


def unit_ratings(units: Sequence[Unit], span: range, draw: random.Random) -> list[YearlyRating]:
    """Each unit for each year at whose end it stood."""
    return [
        YearlyRating(
            unit=unit, year=number, rating=draw.choices(RATINGS, OF_UNITS)[0], decision=f"{number % 100}/{DECREE}",
            decided_on=date(number, 12, 12),
        )
        for number in span
        for unit in units
        if unit.is_in_force(date(number, 11, 30))
    ]  # fmt: skip
