"""What a criterion is given: the facts, the question, the book on that day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rulebook.asking import Asking
from rulebook.facts import Collective, Facts, Grant, Individual, Initiative
from rulebook.findings import Finding, Verdict
from rulebook.values import Book, Value

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One subject considered for one award in one year under the law of one day."""

    asking: Asking
    award: str
    subject: str
    type: str
    year: int
    facts: Facts
    standard_of: Callable[[Case, str], Verdict]

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
        return self.facts if isinstance(self.facts, Individual) else Individual()

    @property
    def unit(self) -> Collective:
        """The facts of a collective; empty where the subject is a person."""
        return self.facts if isinstance(self.facts, Collective) else Collective()

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
        return "/".join(self.name(award) for award in awards)


def answer(value: Value, met: bool | None, says: str, *, confirmed: bool = True) -> Finding:
    """A finding that rests on ``value``; its rule is named by the caller of the criterion."""
    return Finding("", met, says, value.cite, confirmed and value.confirmed)


def vn(day: date) -> str:
    """A day as Vietnamese papers write it."""
    return f"{day:%d/%m/%Y}"
