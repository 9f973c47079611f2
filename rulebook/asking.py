"""One act of asking the book: the day that governs, the overrides laid over it, and which were used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from rulebook.book import load
from rulebook.errors import NoValue
from rulebook.findings import OverrideUsed
from rulebook.law import Law, law_of
from rulebook.nodes import Reader
from rulebook.values import Book, Cite, Value


@dataclass(frozen=True)
class Override:
    """A dated value the office lays over the book; a citation is obligatory.

    ``content`` is plain JSON, written as the data files write it: "90/100", 6, true,
    {"test": "months_in_service", "months": 4}; None takes the value out of force.
    """

    parameter: str
    start: date
    content: Any = field(hash=False)
    cite: tuple[Cite, ...]
    by: str
    end: date | None = None
    status: str = "confirmed"

    def as_value(self, book: Book) -> Value:
        """The value as the book keeps it; BookError where the content is of the wrong type."""
        shape = book.parameter(self.parameter).shape
        plain = Reader.of_plain(self.content, f"quy định riêng {self.parameter}")
        content = None if self.content is None else book.shapes.read(shape, plain)
        return Value(content, self.start, self.end, self.cite, self.status, override=self.by)


class Asking:
    """The law of one day for one question; remembers which overrides it met."""

    def __init__(self, law: Law) -> None:
        self.law, self.book, self.day = law, law.book, law.day
        self.used: dict[str, OverrideUsed] = {}

    def find(self, code: str) -> Value | None:
        """The value in force, or None."""
        value = self.law.find(code)
        if value is not None and value.override:
            self.meet(code, value)
        return value

    def value(self, code: str) -> Value:
        """The value in force; raises NoValue where there is none."""
        value = self.find(code)
        if value is None:
            raise NoValue(f"Sổ luật không có giá trị của {code} vào ngày {self.day:%d/%m/%Y}")
        return value

    def says(self, code: str) -> bool:
        """A yes-or-no value; what is not in force is no."""
        value = self.find(code)
        return value is not None and value.content is True

    def meet(self, code: str, value: Value) -> None:
        """Remember an override on which the answer rests; a value of the book itself is nothing to remember."""
        if value.override:
            self.used[code] = OverrideUsed(code, value.override, value.cite)

    def overrides(self) -> tuple[OverrideUsed, ...]:
        """The overrides met so far."""
        return tuple(self.used.values())


def asking(day: date, overrides: Iterable[Override] = ()) -> Asking:
    """The book on ``day`` with the overrides laid over it; an unknown parameter raises NoValue."""
    return Asking(law_on(day, overrides))


def law_on(day: date, overrides: Iterable[Override] = ()) -> Law:
    """The law of ``day`` with the overrides laid over it, which many questions may share."""
    laid = tuple(overrides)
    return law_of(_overlaid(laid) if laid else load(), day)


@lru_cache(maxsize=32)
def _overlaid(overrides: tuple[Override, ...]) -> Book:
    book = load()
    for override in overrides:
        book = book.replacing(override.parameter, override.as_value(book))
    return book
