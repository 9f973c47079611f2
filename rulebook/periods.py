"""Counting time as the law's readers do: complete months and years, both ends included."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

Period = tuple[date, date]


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later; where that month lacks the day, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def complete_months(start: date, end: date) -> int:
    """Complete months from ``start`` to ``end``, both ends counted; 0 where end precedes start."""
    if end < start:
        return 0
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if add_months(start, months) <= after else months - 1


def joined(periods: Iterable[Period]) -> list[Period]:
    """The periods in order, those that touch or overlap made one, so that no day counts twice."""
    merged: list[Period] = []
    for start, end in sorted(period for period in periods if period[0] <= period[1]):
        if merged and start <= merged[-1][1] + timedelta(days=1):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def months_in(periods: Iterable[Period]) -> int:
    """Complete months of several periods added up."""
    return sum(complete_months(start, end) for start, end in joined(periods))


def clipped(start: date, end: date, first: date, last: date) -> Period:
    """The part of a period that lies between ``first`` and ``last``; empty where end precedes start."""
    return max(start, first), min(end, last)


def in_words(months: int) -> str:
    """A number of months as people say it."""
    years, rest = divmod(months, 12)
    parts = [f"{years} năm"] if years else []
    if rest or not years:
        parts.append(f"{rest} tháng")
    return " ".join(parts)
