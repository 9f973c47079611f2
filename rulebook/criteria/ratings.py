"""Conditions on the yearly rating."""

from __future__ import annotations

from rulebook.codes import RATINGS, at_least
from rulebook.criteria.case import Case, Params, answer
from rulebook.findings import Finding
from rulebook.values import Value


def rating_of_year(case: Case, params: Params, value: Value) -> Finding:
    """The rating of the year under consideration reaches the floor."""
    return _against_floor(case.rating(case.year), case.year, params["at_least"], value)


def latest_rating(case: Case, params: Params, value: Value) -> Finding:
    """The latest rating of a year not after the one under consideration reaches the floor (C-16)."""
    years = [year for year in case.facts.ratings or {} if year <= case.year]
    year = max(years, default=case.year)
    return _against_floor(case.rating(year), year, params["at_least"], value)


def _against_floor(rating: str | None, year: int, floor: str, value: Value) -> Finding:
    if rating is None:
        return answer(value, None, f"Chưa có kết quả xếp loại năm {year}; cần từ {RATINGS[floor]} trở lên")
    met = at_least(RATINGS, rating, floor)
    return answer(value, met, f"Năm {year} {RATINGS[rating]}; cần từ {RATINGS[floor]} trở lên")
