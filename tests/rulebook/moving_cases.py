"""A case asked again in another regime: all its days and years moved by the same distance."""

import re
from datetime import date, timedelta
from typing import Any

from rulebook.regimes import Column

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_YEARS = {"year", "misconduct_year", "already_counted_in"}


def moved(question: dict[str, Any], column: Column) -> dict[str, Any]:
    """The question with its governing day in `column`: at the same time of the year where that is possible."""
    day = date.fromisoformat(question["governing_day"])
    target = _nearest(day, column)
    return _moved(question, (target - day).days, target.year - day.year)


def _nearest(day: date, column: Column) -> date:
    last = column.end or date(2027, 2, 28)
    same = [_in_year(day, year) for year in range(column.start.year, last.year + 1)]
    fitting = [one for one in same if column.start <= one <= last]
    return fitting[-1] if fitting else last


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _moved(value: Any, days: int, years: int, key: str = "") -> Any:
    if isinstance(value, dict):
        return {_year(name, years): _moved(item, days, years, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, days, years) for item in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return (date.fromisoformat(value) + timedelta(days=days)).isoformat()
    return value + years if key in _YEARS and isinstance(value, int) else value


def _year(name: str, years: int) -> str:
    return str(int(name) + years) if _YEAR.fullmatch(name) else name
