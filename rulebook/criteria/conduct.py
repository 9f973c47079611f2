"""Discipline, absence, matters under examination: what keeps an award away."""

from __future__ import annotations

from datetime import date

from rulebook.codes import ABSENCES, CATEGORIES, DISCIPLINE, PENDING
from rulebook.criteria.case import Case, Params, answer, vn
from rulebook.facts import Absence, Discipline
from rulebook.findings import Finding
from rulebook.periods import clipped, in_words, months_in
from rulebook.values import Value


def category(case: Case, params: Params, value: Value) -> Finding | None:
    """The title is for these kinds of staff; silent where the kind is not known."""
    own = case.person.category
    if own is None:
        return None
    wanted = ", ".join(CATEGORIES[code] for code in params["categories"])
    return answer(value, own in params["categories"], f"Đối tượng là {CATEGORIES[own]}; danh hiệu dành cho {wanted}")


def no_open_matter(case: Case, _params: Params, value: Value) -> Finding:
    """No matter with signs of violation, or being verified, is open on the governing day (C-7)."""
    if case.facts.pending is None:
        return answer(
            value, None, "Chưa rõ có đang bị xem xét kỷ luật, điều tra, thanh tra, xác minh đơn thư hay không"
        )
    still = [m for m in case.facts.pending if m.closed_on is None or m.closed_on > case.day]
    if not still:
        return answer(value, True, f"Không có việc đang xem xét, xác minh vào ngày {vn(case.day)}")
    named = "; ".join(PENDING.get(m.matter or "", "việc đang xem xét, xác minh") for m in still)
    return answer(value, False, f"Chưa xét vào ngày {vn(case.day)}: {named}")


def no_discipline_in_year(case: Case, _params: Params, value: Value) -> Finding:
    """No disciplinary decision counts in the year (C-8)."""
    if case.person.discipline is None:
        return answer(value, None, f"Chưa rõ có bị kỷ luật trong năm {case.year} hay không")
    own = [entry for entry in case.person.discipline if _discipline_year(case, entry) == case.year]
    counted = [e for e in own if e.already_counted_in is None or e.already_counted_in >= case.year]
    if counted:
        named = "; ".join(f"{_measure(e)} ngày {vn(e.decided_on)}" for e in counted)
        return answer(value, False, f"Bị kỷ luật trong năm {case.year}: {named}")
    if own:
        earlier = ", ".join(str(e.already_counted_in) for e in own)
        return answer(value, True, f"Kỷ luật trong năm {case.year} đã tính vào năm {earlier}, không tính lần nữa")
    return answer(value, True, f"Không có quyết định kỷ luật tính vào năm {case.year}")


def _discipline_year(case: Case, entry: Discipline) -> int:
    if case.asking.says("readings.discipline_counts_when_decided"):
        return entry.decided_on.year
    return entry.misconduct_year or entry.decided_on.year


def _measure(entry: Discipline) -> str:
    return DISCIPLINE.get(entry.measure or "", "kỷ luật")


def absent_less_than(case: Case, params: Params, value: Value) -> Finding:
    """Away from work for less than so many months of the year, the excused kinds left out (C-9)."""
    if case.person.absences is None:
        return answer(value, None, f"Chưa rõ thời gian nghỉ trong năm {case.year}")
    excused = case.asking.value("readings.absences_never_counted").content
    unsettled = case.asking.value("readings.absences_unsettled").content
    plain = [a for a in case.person.absences if a.reason not in excused and a.reason not in unsettled]
    others = [a for a in case.person.absences if a.reason in unsettled]
    months, limit = _months_away(case, plain), params["months"]
    with_others = _months_away(case, plain + others)
    need = f"cần dưới {limit} tháng"
    if months >= limit:
        read = months < params["read_up_to"]
        return answer(value, False, f"Nghỉ {in_words(months)} trong năm {case.year}; {need}", confirmed=read)
    if with_others >= limit:
        named = ", ".join(sorted({ABSENCES[a.reason] for a in others}))
        says = f"Nghỉ {in_words(with_others)} trong năm {case.year}, trong đó có {named}; {need}; cần người kết luận"
        return answer(value, None, says, confirmed=False)
    return answer(value, True, f"Nghỉ {in_words(with_others)} tính vào năm {case.year}; {need}")


def _months_away(case: Case, absences: list[Absence]) -> int:
    first, last = date(case.year, 1, 1), date(case.year, 12, 31)
    still = min(case.day, last)
    periods = [clipped(a.start, a.end or still, first, last) for a in absences]
    if case.asking.says("readings.absences_are_added_up"):
        return months_in(periods)
    return max((months_in([period]) for period in periods), default=0)
