"""Which law governs a dossier: the day that counts and the text in force on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rulebook.book import load
from rulebook.sources import Source
from rulebook.values import Cite


@dataclass(frozen=True)
class Regime:
    """The law in force on a day; ``read`` is False where nobody has read its text."""

    name: str
    read: bool
    cite: tuple[Cite, ...]
    documents: tuple[Source, ...]


def regime(day: date) -> Regime:
    """The regime of a day; raises NoValue before the first law in the book."""
    book = load()
    name, read = book.value("regimes.name", day), book.value("regimes.text_read", day)
    kinds = ("law", "decree", "circular")
    documents = tuple(
        s for s in book.sources.values() if s.kind in kinds and s.in_force(day) and "decision" in s.purposes
    )
    return Regime(name.content, read.content is True, name.cite, documents)


def governing_day(received_on: date, *, more_favourable: bool = False) -> date:
    """The day whose law governs: that of receipt for appraisal.

    A dossier received before an amending law takes effect stays under the older text, unless the new rule
    is more favourable and a person says so: then the first day of the next regime governs.
    """
    if not more_favourable:
        return received_on
    later = [v.start for v in load().parameters["regimes.text_read"].values if v.start > received_on]
    return min(later, default=received_on)
