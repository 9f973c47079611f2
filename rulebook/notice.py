"""Public notice before the council meets: how many working days, and whether they are enough (C-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rulebook.asking import Asking, Override, asking
from rulebook.findings import OverrideUsed
from rulebook.values import Cite, Value
from rulebook.workdays import add_working_days, calendar_of, working_days


@dataclass(frozen=True)
class NoticeResult:
    """Working days counted and needed; None where the book cannot tell."""

    working_days: int | None
    needed: int | None
    enough: bool | None
    cite: tuple[Cite, ...]
    confirmed: bool
    overrides: tuple[OverrideUsed, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As the contract writes it; overrides only where there are any."""
        answer: dict[str, Any] = {
            "working_days": self.working_days,
            "needed": self.needed,
            "enough": self.enough,
            "cite": [cite.as_dict() for cite in self.cite],
            "confirmed": self.confirmed,
        }
        if self.overrides:
            answer["overrides"] = [override.as_dict() for override in self.overrides]
        return answer


def notice(award: str, opens: date, closes: date, overrides: Iterable[Override] = ()) -> NoticeResult:
    """Working days from ``opens`` to ``closes``, both counted, against the law of the day it opens."""
    ask = asking(opens, overrides)
    counted = working_days(ask.book, opens, closes)
    calendars = [calendar_of(ask.book, year, "off") for year in range(opens.year, closes.year + 1)]
    needed, rule = _needed(ask, award)
    parts = [value for value in (rule, *calendars) if value is not None]
    cite = tuple(dict.fromkeys(cite for value in parts for cite in value.cite))
    confirmed = all(value.confirmed for value in parts)
    return NoticeResult(counted, needed, _enough(counted, needed), cite, confirmed, ask.overrides())


def _needed(ask: Asking, award: str) -> tuple[int | None, Value | None]:
    """Working days the law asks for, or those the sector fixed for an award of its own; None: cannot be told."""
    rule, whom = ask.find("notice.working_days"), ask.find("notice.awards")
    own = ask.find(f"notice_days.{award}")
    if own is not None and (whom is None or award not in whom.content):
        return own.content, own
    if rule is None or whom is None:
        return None, rule
    return (rule.content if award in whom.content else 0), rule


def _enough(counted: int | None, needed: int | None) -> bool | None:
    if needed is None:
        return None
    if needed == 0:
        return True
    return None if counted is None else counted >= needed


def earliest_close(award: str, opens: date, overrides: Iterable[Override] = ()) -> date | None:
    """The first day on which a notice opened on ``opens`` has stood long enough; None: cannot be told."""
    ask = asking(opens, overrides)
    needed, _ = _needed(ask, award)
    if not needed:
        return None if needed is None else opens
    opened = working_days(ask.book, opens, opens)
    return None if opened is None else add_working_days(ask.book, opens, needed - opened)
