"""Which law governs a dossier: the day that counts and the text in force on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rulebook.book import load
from rulebook.sources import Source
from rulebook.values import Cite, Value

TRANSITIONS = "transition.received_before"


@dataclass(frozen=True)
class Regime:
    """The law in force on a day; ``read`` is False where nobody has read its text."""

    name: str
    read: bool
    cite: tuple[Cite, ...]
    documents: tuple[Source, ...]


@dataclass(frozen=True)
class Column:
    """One stretch of time between two texts, as people lay them side by side; ``end`` None: still running."""

    name: str
    start: date
    end: date | None
    cite: tuple[Cite, ...]
    status: str
    note: str


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
    """The day whose law governs: that of receipt for appraisal, whenever the decision comes.

    Where a later law lets dossiers received before it have the new rule if it is more favourable, and a
    person says so, the first day of that law governs. Each such law is a dated entry of the book.
    """
    if not more_favourable:
        return received_on
    entries = load().parameters[TRANSITIONS].values
    allowing = [entry.start for entry in entries if entry.start > received_on and entry.content.more_favourable]
    return min(allowing, default=received_on)


def transition(received_on: date, considered_on: date) -> Value | None:
    """The transitional rule that keeps a dossier under the older law; None where no new law came in between."""
    if considered_on <= received_on:
        return None
    crossed = [
        entry
        for entry in load().parameters[TRANSITIONS].values
        if received_on < entry.start <= considered_on and entry.content.older_law_stays
    ]
    return crossed[0] if crossed else None


def columns() -> tuple[Column, ...]:
    """The regimes laid side by side, the oldest first; each lasts until the day before the next."""
    book = load()
    return tuple(
        Column(value.content, value.start, value.end, value.cite, value.status, value.note)
        for value in book.parameters["regimes.column"].values
    )
