"""The book as it stands on one day, each value looked up once: what a thousand verdicts share."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import NamedTuple

from rulebook.findings import ForPeople
from rulebook.values import Book, Parameter, Value

#: Days kept at hand for one book; the days a server asks about are few.
DAYS = 64


class Spoken(NamedTuple):
    """A value in force with the code of its parameter."""

    code: str
    value: Value


class Law:
    """The values in force on one day. Nothing in it depends on a subject."""

    def __init__(self, book: Book, day: date) -> None:
        self.book, self.day = book, day
        self._found: dict[str, Value | None] = {}
        self._spoken: dict[tuple[str, str, str, str, str], tuple[Spoken, ...]] = {}
        self._names: dict[tuple[str, ...], str] = {}
        self._people: dict[tuple[str, str, str], tuple[ForPeople, ...]] = {}

    def find(self, code: str) -> Value | None:
        """The value in force, or None; an unknown code raises NoValue."""
        if code not in self._found:
            self._found[code] = self.book.parameter(code).find(self.day)
        return self._found[code]

    def spoken(self, section: str, shape: str, award: str, subject: str, kind: str) -> tuple[Spoken, ...]:
        """The values of one file that speak of that award, subject and type, in the order written."""
        key = (section, shape, award, subject, kind)
        if key not in self._spoken:
            wanted = (p for p in self.book.section(section, shape) if _speaks_of(p, award, subject, kind))
            found = ((parameter.code, self.find(parameter.code)) for parameter in wanted)
            self._spoken[key] = tuple(Spoken(code, value) for code, value in found if value is not None)
        return self._spoken[key]

    def people(self, award: str, subject: str, kind: str) -> tuple[ForPeople, ...]:
        """What people confirm of that award: by its own file, then by the file of all awards."""
        key = (award, subject, kind)
        if key not in self._people:
            own = self.spoken(f"{award}.people", "text", award, subject, kind)
            texts = own + self.spoken("bars.people", "text", award, subject, kind)
            self._people[key] = tuple(
                ForPeople(t.code.rpartition(".")[2], t.value.content, t.value.cite) for t in texts
            )
        return self._people[key]

    def names(self, awards: tuple[str, ...]) -> str:
        """The short Vietnamese names of awards, joined by a slash."""
        if awards not in self._names:
            self._names[awards] = "/".join(str(self.book.awards[award]["short"]) for award in awards)
        return self._names[awards]

    @cached_property
    def overlaid(self) -> bool:
        """Whether the office has laid anything over the book, on whatever day."""
        return any(value.override for parameter in self.book.parameters.values() for value in parameter.values)


def law_of(book: Book, day: date) -> Law:
    """The law of a day, laid out the first time it is asked for."""
    law: Law | None = book.laws.get(day)
    if law is None:
        if len(book.laws) >= DAYS:
            book.laws.clear()
        law = book.laws[day] = Law(book, day)
    return law


def _speaks_of(parameter: Parameter, award: str, subject: str, kind: str) -> bool:
    return parameter.applies(subject, kind) and (not parameter.awards or award in parameter.awards)
