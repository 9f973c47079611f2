"""Days after a decision: to give back what was annulled, to hand over what was awarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rulebook.asking import Asking, asking
from rulebook.values import Cite, Value
from rulebook.workdays import add_working_days


@dataclass(frozen=True)
class Clock:
    """The last day, and the working days counted to it; None where the book has no rule or no calendar."""

    due: date | None
    days: int | None
    cite: tuple[Cite, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True)
class Ground:
    """A case in which the law lets a decision be annulled."""

    code: str
    text: str
    cite: tuple[Cite, ...]


def recovery(annulled_on: date) -> Clock:
    """Until when money and item of an annulled award come back."""
    ask = asking(annulled_on)
    return _clock(ask, ask.find("recovery.working_days"), annulled_on)


def hand_over(decided_on: date, cases: int) -> Clock:
    """Until when the items of a decision on `cases` recipients reach them."""
    ask = asking(decided_on)
    many = ask.find("hand_over.many_from")
    name = "working_days_many" if many is not None and cases >= many.content else "working_days"
    return _clock(ask, ask.find(f"hand_over.{name}"), decided_on)


def grounds(day: date) -> tuple[Ground, ...]:
    """The cases of annulment in force on `day`, in the order of the law."""
    ask = asking(day)
    found = []
    for parameter in ask.book.section("recovery", "text"):
        value = ask.find(parameter.code)
        if value is not None:
            found.append(Ground(parameter.code.partition(".")[2], value.content, value.cite))
    return tuple(found)


def ceremony_order(day: date) -> Value | None:
    """In which order honours are announced and presented."""
    return asking(day).find("hand_over.ceremony_order")


def _clock(ask: Asking, rule: Value | None, start: date) -> Clock:
    if rule is None:
        return Clock(None, None)
    return Clock(add_working_days(ask.book, start, rule.content), rule.content, rule.cite, rule.confirmed)
