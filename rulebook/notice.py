"""Public notice before the council meets: how many working days, and whether they are enough (C-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rulebook.asking import asking
from rulebook.values import Cite
from rulebook.workdays import add_working_days, calendar_of, working_days


@dataclass(frozen=True)
class NoticeResult:
    """Working days counted and needed; None where the book cannot tell."""

    working_days: int | None
    needed: int | None
    enough: bool | None
    cite: tuple[Cite, ...]
    confirmed: bool

    def as_dict(self) -> dict[str, Any]:
        """As the contract writes it."""
        return {
            "working_days": self.working_days,
            "needed": self.needed,
            "enough": self.enough,
            "cite": [cite.as_dict() for cite in self.cite],
            "confirmed": self.confirmed,
        }


def notice(award: str, opens: date, closes: date) -> NoticeResult:
    """Working days from ``opens`` to ``closes``, both counted, against the law of the day it opens."""
    ask = asking(opens)
    counted = working_days(ask.book, opens, closes)
    calendars = [calendar_of(ask.book, year, "off") for year in range(opens.year, closes.year + 1)]
    rule, whom = ask.find("notice.working_days"), ask.find("notice.awards")
    parts = [value for value in (rule, *calendars) if value is not None]
    needed = None
    if rule is not None and whom is not None:
        needed = rule.content if award in whom.content else 0
    cite = tuple(dict.fromkeys(cite for value in parts for cite in value.cite))
    confirmed = all(value.confirmed for value in parts)
    return NoticeResult(counted, needed, _enough(counted, needed), cite, confirmed)


def _enough(counted: int | None, needed: int | None) -> bool | None:
    if needed is None:
        return None
    if needed == 0:
        return True
    return None if counted is None else counted >= needed


def earliest_close(award: str, opens: date) -> date | None:
    """The first day on which a notice opened on ``opens`` has stood long enough; None: cannot be told."""
    ask = asking(opens)
    rule, whom = ask.find("notice.working_days"), ask.find("notice.awards")
    if rule is None or whom is None:
        return None
    if award not in whom.content:
        return opens
    opened = working_days(ask.book, opens, opens)
    return None if opened is None else add_working_days(ask.book, opens, rule.content - opened)
