"""One act of asking the book: the day that governs, the overrides laid over it, and which were used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rulebook.errors import NoValue
from rulebook.findings import OverrideUsed
from rulebook.values import Book, Cite, Parameter, Value


@dataclass(frozen=True)
class Override:
    """A dated value the office lays over the book; a citation is obligatory."""

    parameter: str
    start: date
    content: Any
    cite: tuple[Cite, ...]
    by: str
    end: date | None = None

    def as_value(self) -> Value:
        """The value as the book keeps it."""
        return Value(self.content, self.start, self.end, self.cite, "confirmed", override=self.by)


@dataclass(frozen=True)
class Asking:
    """The book as it stands on one day for one question; remembers which overrides it met."""

    book: Book
    day: date
    used: dict[str, OverrideUsed] = field(default_factory=dict)

    def find(self, code: str) -> Value | None:
        """The value in force, or None."""
        return self._noted(code, self.book.find(code, self.day) if code in self.book.parameters else None)

    def value(self, code: str) -> Value:
        """The value in force; raises NoValue where there is none."""
        return self._needed(code, self.find(code))

    def of(self, parameter: Parameter) -> Value | None:
        """The value of a parameter already at hand."""
        return self._noted(parameter.code, parameter.find(self.day))

    def says(self, code: str) -> bool:
        """A yes-or-no value; what is not in force is no."""
        value = self.find(code)
        return value is not None and value.content is True

    def overrides(self) -> tuple[OverrideUsed, ...]:
        """The overrides met so far."""
        return tuple(self.used.values())

    def _noted(self, code: str, value: Value | None) -> Value | None:
        if value is not None and value.override:
            self.used[code] = OverrideUsed(code, value.override, value.cite)
        return value

    def _needed(self, code: str, value: Value | None) -> Value:
        if value is None:
            raise NoValue(f"Sổ luật không có giá trị của {code} vào ngày {self.day:%d/%m/%Y}")
        return value


def asking(book: Book, day: date, overrides: Iterable[Override] = ()) -> Asking:
    """The book on ``day`` with the overrides laid over it; an unknown parameter raises NoValue."""
    for override in overrides:
        book.find(override.parameter, day)
        book = book.replacing(override.parameter, override.as_value())
    return Asking(book, day)
