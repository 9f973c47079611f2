"""What the book is made of: citations, dated values, parameters, and the book itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from rulebook.errors import NoValue
from rulebook.shapes import Shapes
from rulebook.sources import Source


@dataclass(frozen=True)
class Cite:
    """Where in which document."""

    doc: str
    at: str

    def as_dict(self) -> dict[str, str]:
        """As the contract writes it."""
        return {"doc": self.doc, "at": self.at}


@dataclass(frozen=True)
class Value:
    """A value with the days it is in force (``end`` is the last day); None means repealed."""

    content: Any
    start: date
    end: date | None
    cite: tuple[Cite, ...]
    status: str
    note: str = ""
    override: str = ""

    @property
    def confirmed(self) -> bool:
        """False while nobody has read the provision."""
        return self.status != "unconfirmed"

    def covers(self, day: date) -> bool:
        """Whether the value is in force on that day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Parameter:
    """One thing the law fixes, over time."""

    code: str
    meaning: str
    shape: str
    values: tuple[Value, ...]
    subject: str = ""
    types: tuple[str, ...] = ()
    awards: tuple[str, ...] = ()

    def find(self, day: date) -> Value | None:
        """The value in force on ``day``; None where none is, or it is repealed."""
        for value in self.values:
            if value.covers(day):
                return None if value.content is None else value
        return None

    def applies(self, subject: str, kind: str) -> bool:
        """Whether the parameter speaks of that subject and that type of commendation."""
        return self.subject in ("", subject) and (not self.types or kind in self.types)


@dataclass(frozen=True)
class Book:
    """All parameters and documents, and the hash of the files they were read from."""

    parameters: Mapping[str, Parameter]
    sources: Mapping[str, Source]
    awards: Mapping[str, Mapping[str, Any]]
    posts: Mapping[str, str]
    version: str
    shapes: Shapes
    #: What `rulebook.law` has laid out of this book, by day; a copy of the book begins with none.
    laws: dict[date, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def find(self, code: str, day: date) -> Value | None:
        """The value of a parameter in force on ``day``, or None; an unknown code raises."""
        return self.parameter(code).find(day)

    def parameter(self, code: str) -> Parameter:
        """The parameter with that code; an unknown code raises NoValue."""
        if code not in self.parameters:
            raise NoValue(f"Sổ luật không có tham số {code}")
        return self.parameters[code]

    def value(self, code: str, day: date) -> Value:
        """The value of a parameter in force on ``day``; raises where nothing is in force."""
        found = self.find(code, day)
        if found is None:
            raise NoValue(f"Sổ luật không có giá trị của {code} vào ngày {day:%d/%m/%Y}")
        return found

    def section(self, prefix: str, shape: str) -> tuple[Parameter, ...]:
        """The parameters of one file that have that shape, in the order written."""
        return self._sections.get((prefix, shape), ())

    @cached_property
    def _sections(self) -> dict[tuple[str, str], tuple[Parameter, ...]]:
        found: dict[tuple[str, str], tuple[Parameter, ...]] = {}
        for code, parameter in self.parameters.items():
            place = (code.rpartition(".")[0], parameter.shape)
            found[place] = (*found.get(place, ()), parameter)
        return found

    def replacing(self, code: str, value: Value) -> Book:
        """A copy in which ``value`` holds on its days and the written values on all others."""
        old = self.parameters[code]
        kept = [part for written in old.values for part in _without(written, value)]
        values = tuple(sorted([*kept, value], key=lambda item: item.start))
        return replace(self, parameters={**self.parameters, code: replace(old, values=values)})


def _without(written: Value, other: Value) -> list[Value]:
    """What is left of ``written`` on the days on which ``other`` is not in force."""
    parts = []
    before = other.start - timedelta(days=1)
    if written.start < other.start:
        parts.append(replace(written, end=before if written.end is None else min(written.end, before)))
    if other.end is not None and (written.end is None or written.end > other.end):
        parts.append(replace(written, start=max(written.start, other.end + timedelta(days=1))))
    return parts
