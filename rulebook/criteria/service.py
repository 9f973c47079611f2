"""Length of service and of existence."""

from __future__ import annotations

from datetime import date

from rulebook.criteria.case import Case, Params, answer, vn
from rulebook.findings import Finding
from rulebook.periods import complete_months, in_words
from rulebook.values import Value


def months_in_service(case: Case, params: Params, value: Value) -> Finding:
    """In service for so many months by the governing day or the end of the year (C-6)."""
    until = case.day
    if case.asking.says("readings.yearly_service_stops_at_year_end"):
        until = min(case.day, date(case.year, 12, 31))
    return _served(case, params["months"], until, value)


def years_of_service(case: Case, params: Params, value: Value) -> Finding:
    """In service for so many years by the governing day (C-6); ``below`` where a higher class takes over."""
    found = _served(case, params["years"] * 12, case.day, value)
    below, joined = params.get("below"), case.person.joined_on
    if below is None or joined is None or complete_months(joined, case.day) < below * 12:
        return found
    return answer(value, False, f"{found.says}, dưới {below} năm; đã đủ thời gian của hạng cao hơn")


def _served(case: Case, needed: int, until: date, value: Value) -> Finding:
    joined = case.person.joined_on
    if joined is None:
        return answer(value, None, f"Chưa rõ ngày vào ngành; cần công tác từ {in_words(needed)} trở lên")
    months = complete_months(joined, until)
    says = f"Công tác {in_words(months)} (từ {vn(joined)} đến {vn(until)}); cần từ {in_words(needed)} trở lên"
    return answer(value, months >= needed, says)


def years_of_existence(case: Case, params: Params, value: Value) -> Finding:
    """A collective has existed for so many years by the governing day."""
    founded = case.unit.founded_on
    if founded is None:
        return answer(value, None, f"Chưa rõ ngày thành lập; cần từ {params['years']} năm xây dựng, phát triển")
    years = complete_months(founded, case.day) // 12
    return answer(
        value, years >= params["years"], f"Thành lập {vn(founded)}, được {years} năm; cần từ {params['years']} năm"
    )
