"""What a criterion is given: the facts, the question, the book on that day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

from rulebook.asking import Asking
from rulebook.facts import Collective, Facts, Grant, Individual, Initiative
from rulebook.findings import Finding, Verdict
from rulebook.values import Book, Value

Params = Mapping[str, Any]
Found = TypeVar("Found")

_NO_PERSON, _NO_UNIT = Individual(), Collective()


@dataclass(frozen=True)
class Case:
    """One subject considered for one award in one year under the law of one day.

    ``memory`` belongs to the subject, the year and the day: all its awards share what was found out for one.
    """

    asking: Asking
    award: str
    subject: str
    type: str
    year: int
    facts: Facts
    standard_of: Callable[[Case, str], Verdict]
    memory: dict[Any, Any] = field(default_factory=dict)

    def about(self, award: str, kind: str, asking: Asking) -> Case:
        """The same subject considered for another award."""
        return Case(asking, award, self.subject, kind, self.year, self.facts, self.standard_of, self.memory)

    def once(self, key: tuple[Any, ...], find: Callable[[Case], Found]) -> Found:
        """What does not depend on the award considered is found out once; the overrides it met are met each time."""
        if key not in self.memory:
            apart = self.about(self.award, self.type, Asking(self.asking.law)) if self.asking.law.overlaid else self
            self.memory[key] = find(apart), apart.asking.used
        found, used = self.memory[key]
        if used:
            self.asking.used.update(used)
        return cast("Found", found)

    @property
    def day(self) -> date:
        """The governing day."""
        return self.asking.day

    @property
    def book(self) -> Book:
        """The book, overrides included."""
        return self.asking.book

    @property
    def person(self) -> Individual:
        """The facts of a person; empty where the subject is a collective."""
        return self.facts if isinstance(self.facts, Individual) else _NO_PERSON

    @property
    def unit(self) -> Collective:
        """The facts of a collective; empty where the subject is a person."""
        return self.facts if isinstance(self.facts, Collective) else _NO_UNIT

    @property
    def grants(self) -> tuple[Grant, ...] | None:
        """Awards received; None: not known."""
        return self.facts.grants

    @property
    def initiatives(self) -> tuple[Initiative, ...] | None:
        """Initiatives; None: not known."""
        return self.person.initiatives

    def rating(self, year: int) -> str | None:
        """The rating of a year; None: not known."""
        if year == self.year and self.unit.rating is not None:
            return self.unit.rating
        return (self.facts.ratings or {}).get(year)

    def is_form(self, award: str) -> bool:
        """Whether the award is a form of commendation (not an emulation title)."""
        return bool(self.book.awards[award]["kind"] == "form")

    def name(self, award: str) -> str:
        """The short Vietnamese name of an award."""
        return str(self.book.awards[award]["short"])

    def names(self, awards: tuple[str, ...]) -> str:
        """Several names joined by a slash."""
        return self.asking.law.names(awards)


def answer(value: Value, met: bool | None, says: str, *, confirmed: bool = True) -> Finding:
    """A finding that rests on ``value``; its rule is named by the caller of the criterion."""
    return Finding("", met, says, value.cite, confirmed and value.confirmed)


@lru_cache(maxsize=4096)
def vn(day: date) -> str:
    """A day as Vietnamese papers write it."""
    return f"{day:%d/%m/%Y}"
