"""Working days of state bodies: weekends, public holidays, compensatory days and swapped Saturdays."""

from __future__ import annotations

from datetime import date, timedelta

from rulebook.values import Book, Value


def calendar_of(book: Book, year: int, name: str) -> Value | None:
    """The days off (``off``) or the Saturdays worked instead (``worked``) of a year; None: no calendar."""
    code = f"calendar_{year}.{name}"
    return book.find(code, date(year, 1, 1)) if code in book.parameters else None


def is_working_day(book: Book, day: date) -> bool | None:
    """Whether state bodies work on that day; None where the year has no calendar."""
    off, worked = calendar_of(book, day.year, "off"), calendar_of(book, day.year, "worked")
    if off is None:
        return None
    if worked is not None and day in worked.content:
        return True
    return day.weekday() < 5 and day not in off.content


def working_days(book: Book, first: date, last: date) -> int | None:
    """Working days from ``first`` to ``last``, both counted; None where a year has no calendar."""
    if any(calendar_of(book, year, "off") is None for year in range(first.year, last.year + 1)):
        return None
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(is_working_day(book, day) is True for day in days)


def add_working_days(book: Book, start: date, count: int) -> date | None:
    """The day on which ``count`` working days after ``start`` have passed; None without a calendar."""
    day = start
    while count:
        day += timedelta(days=1)
        works = is_working_day(book, day)
        if works is None:
            return None
        count -= works
    return day
