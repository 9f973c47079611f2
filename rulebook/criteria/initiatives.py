"""Initiatives, accepted research and recognised combat ingenuity; each may ground one award (C-3)."""

from __future__ import annotations

from rulebook.codes import LEVELS, at_least
from rulebook.criteria.case import Case, Params, answer
from rulebook.criteria.titles import first_year_of_pair
from rulebook.facts import Initiative
from rulebook.findings import Finding
from rulebook.values import Value


def initiative_of_year(case: Case, params: Params, value: Value) -> Finding:
    """One initiative of at least that level, recognised in the year."""
    return enough_initiatives(case, [case.year], params["level"], 1, value)


def initiative_in_run(case: Case, params: Params, value: Value) -> Finding:
    """One initiative of at least that level, recognised in any year of the run of titles."""
    return _since(case, case.year - params["count"] + 1, params["level"], value)


def initiative_in_pair(case: Case, params: Params, value: Value) -> Finding:
    """One initiative of at least that level, recognised from the earlier of two consecutive titles on."""
    return _since(case, first_year_of_pair(case, params["awards"]), params["level"], value)


def _since(case: Case, first: int, level: str, value: Value) -> Finding:
    return enough_initiatives(case, list(range(first, case.year + 1)), level, 1, value)


def enough_initiatives(case: Case, years: list[int], level: str, needed: int, value: Value) -> Finding:
    """So many initiatives of at least that level in those years, not spent on another award."""
    span = f"năm {years[0]}" if len(years) == 1 else f"các năm {years[0]}–{years[-1]}"
    need = f"cần {needed} sáng kiến cấp {LEVELS[level]} trở lên được công nhận trong {span}"
    if case.initiatives is None:
        return answer(value, None, f"Chưa rõ sáng kiến; {need}")
    found = [i for i in case.initiatives if _fits(case, i, years, level)]
    free = [i for i in found if not _spent(case, i)]
    listed = ", ".join(i.code for i in free) or "không có"
    reused = [i.code for i in free if i.used_for]
    note = f" ({', '.join(reused)} đã dùng cho danh hiệu khác)" if reused else ""
    if len(free) >= needed:
        return answer(value, True, f"Có {len(free)} sáng kiến: {listed}{note}; {need}")
    if len(found) >= needed:
        rule = case.asking.value("readings.one_initiative_one_use")
        used = ", ".join(i.code for i in found if _spent(case, i))
        finding = answer(value, False, f"Sáng kiến {used} đã dùng cho lần khen khác; {need}", confirmed=rule.confirmed)
        return Finding("", False, finding.says, value.cite + rule.cite, finding.confirmed)
    return answer(value, False, f"Có {len(found)} sáng kiến phù hợp; {need}")


def _fits(case: Case, initiative: Initiative, years: list[int], level: str) -> bool:
    in_time = initiative.recognised_on.year in years and initiative.recognised_on <= case.day
    return in_time and at_least(LEVELS, initiative.level, level)


def _spent(case: Case, initiative: Initiative) -> bool:
    if not case.asking.says("readings.one_initiative_one_use"):
        return False
    kinds = {
        "form" if use == "form" or (use != "title" and case.is_form(use)) else "title"
        for use in initiative.used_for or ()
    }
    return bool(kinds) if case.is_form(case.award) else "form" in kinds
