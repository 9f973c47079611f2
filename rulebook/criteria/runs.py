"""Runs of years: "after that award, so many consecutive years, in them such ratings and titles"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rulebook.codes import RATINGS, at_least
from rulebook.criteria.case import Case, Params, answer
from rulebook.criteria.grants import basis, own_kind, title_in_year, years_that_may_count
from rulebook.criteria.initiatives import enough_initiatives
from rulebook.criteria.restarts import Restart, restart_of
from rulebook.facts import Grant
from rulebook.findings import Finding, either, every, some, together
from rulebook.values import Value

_FARTHEST = 40


@dataclass(frozen=True)
class Run:
    """The unbroken years that end in the year considered: those known to be good, and those not excluded."""

    known: tuple[int, ...]
    possible: tuple[int, ...]
    restart: Restart
    confirmed: bool = True


def merit_run(case: Case, params: Params, value: Value) -> Finding:
    """All that the law asks within one run of years, each as a part of one finding."""
    inside = {award for counts, _ in params.get("sets", ()) for award in counts}
    restart = restart_of(case, params.get("after"), tuple(sorted(inside)))
    run = _run(case, params, restart)
    parts = [_length(case, params, run, value).called("run_length")]
    checks: list[tuple[str, Callable[[Case, Any, Run, Value], Finding]]] = [
        ("excellent_years", _excellent),
        ("titles", _titles),
        ("sets", _sets),
        ("initiatives", _initiatives),
    ]
    parts += [check(case, params[name], run, value).called(name) for name, check in checks if name in params]
    if restart.commended is not None and restart.rule is not None:
        parts.append(_years_since(case, restart.commended, restart.rule, run))
    return parts[0].called("") if len(parts) == 1 else together("", tuple(parts), value.cite)


def _run(case: Case, params: Params, restart: Restart) -> Run:
    floor, titles = params["at_least"], params.get("or_titles")
    lowest = max(restart.first_year or 0, case.year - _FARTHEST)
    key = ("years", floor, titles, titles and own_kind(case, titles), lowest)
    known, possible, confirmed = case.once(key, lambda apart: _good_years(apart, params, lowest))
    return Run(known, possible, restart, restart.confirmed and confirmed)


def _good_years(case: Case, params: Params, lowest: int) -> tuple[tuple[int, ...], tuple[int, ...], bool]:
    """The years known to be good, those not excluded, both back to `lowest`; whether all that is confirmed."""
    known: list[int] = []
    possible: list[int] = []
    confirmed = True
    for year in range(case.year, lowest - 1, -1):
        good, read = _is_good(case, params, year)
        if good is False:
            break
        if good is True and len(known) == len(possible):
            known.append(year)
            confirmed = confirmed and read
        possible.append(year)
    return tuple(reversed(known)), tuple(reversed(possible)), confirmed


def _is_good(case: Case, params: Params, year: int) -> tuple[bool | None, bool]:
    rating = case.rating(year)
    rated = None if rating is None else at_least(RATINGS, rating, params["at_least"])
    if rated is True or "or_titles" not in params:
        return rated, True
    title = title_in_year(case, params["or_titles"], year)
    return some([rated, title.met]), title.confirmed


def _length(case: Case, params: Params, run: Run, value: Value) -> Finding:
    needed, need = params["years"], _need(case, params)
    if run.restart.never:
        return answer(value, False, f"{run.restart.says}; {need}", confirmed=run.confirmed)
    note = f"; {run.restart.says}" if run.restart.says else ""
    if len(run.possible) < needed:
        says = f"Chỉ được {len(run.possible)} năm liên tục đến năm {case.year}{note}; {need}"
        return answer(value, False, says, confirmed=run.confirmed)
    if len(run.known) < needed:
        says = f"Biết chắc {len(run.known)} năm liên tục đến năm {case.year}, các năm trước thiếu dữ liệu; {need}"
        return answer(value, None, says, confirmed=run.confirmed)
    if run.restart.open_question:
        return answer(value, None, f"{run.restart.open_question}; {need}", confirmed=run.confirmed)
    span = f"{run.known[0]}–{run.known[-1]}"
    return answer(value, True, f"{len(run.known)} năm liên tục ({span}){note}; {need}", confirmed=run.confirmed)


def _need(case: Case, params: Params) -> str:
    titles = f" hoặc đạt {case.names(params['or_titles'])}" if "or_titles" in params else ""
    more = " trở lên" if params["at_least"] != "excellent" else ""
    after = f" sau khi được tặng {case.names(params['after'])}" if params.get("after") else ""
    return f"cần {params['years']} năm liên tục {RATINGS[params['at_least']]}{more}{titles}{after}"


def _excellent(case: Case, needed: int, run: Run, value: Value) -> Finding:
    known = [year for year in run.known if case.rating(year) == "excellent"]
    possible = [year for year in run.possible if case.rating(year) in ("excellent", None)]
    years = ", ".join(map(str, known)) or "không có năm nào"
    says = f"{len(known)} năm hoàn thành xuất sắc nhiệm vụ ({years}); cần {needed} năm"
    return answer(value, _reached(len(known), len(possible), needed), says)


def _titles(case: Case, wanted: tuple[tuple[str, ...], int], run: Run, value: Value) -> Finding:
    awards, needed = wanted
    known, possible, confirmed = _count(case, awards, run)
    says = f"{known} lần {case.names(awards)} trong thời gian ấy; cần {needed} lần"
    return answer(value, _reached(known, possible, needed), says, confirmed=confirmed)


def _reached(known: int, possible: int, needed: int) -> bool | None:
    if known >= needed:
        return True
    return False if possible < needed else None


def _count(case: Case, awards: tuple[str, ...], run: Run) -> tuple[int, int, bool]:
    """How often the awards were received in the run: surely, at most, and whether that is confirmed."""
    if case.book.awards[awards[0]]["group"] == "title":  # flags and forms count only once granted
        own = [title_in_year(case, awards, year) for year in years_that_may_count(case, awards, run.possible)]
        counted = [item for item in own if item.met is not False]
        known = sum(item.met is True and item.year in run.known for item in counted)
        return known, len(counted), all(item.confirmed for item in counted)
    if case.grants is None:
        return 0, len(run.possible), True
    grants = [grant for grant in case.grants if grant.award in awards and grant.year in run.possible]
    known = sum(basis(case, grant) is True and grant.year in run.known for grant in grants)
    return known, sum(basis(case, grant) is not False for grant in grants), True


def _sets(case: Case, wanted: tuple[tuple[dict[str, int], bool], ...], run: Run, value: Value) -> Finding:
    return either("sets", tuple(_set(case, one, run, value) for one in wanted), value.cite)


def _set(case: Case, one: tuple[dict[str, int], bool], run: Run, value: Value) -> Finding:
    counts, only_without_flags = one
    parts = tuple(_titles(case, ((award,), count), run, value) for award, count in counts.items())
    if only_without_flags:
        parts += (_not_flag_eligible(case, value),)
    return parts[0] if len(parts) == 1 else together("", parts, value.cite)


def _not_flag_eligible(case: Case, value: Value) -> Finding:
    eligible = case.unit.flag_eligible
    if eligible is None:
        return answer(value, None, "Chưa rõ có thuộc đối tượng được tặng cờ thi đua hay không")
    says = "Thuộc đối tượng được tặng cờ thi đua" if eligible else "Không thuộc đối tượng được tặng cờ thi đua"
    return answer(value, not eligible, says)


def _initiatives(case: Case, wanted: tuple[int, str], run: Run, value: Value) -> Finding:
    count, level = wanted
    years = list(run.known or run.possible or (case.year,))
    return enough_initiatives(case, years, level, count, value)


def _years_since(case: Case, commended: Grant, rule: Value, run: Run) -> Finding:
    """All full years since the previous commendation, not only those of the run, are good (NĐ 152 art 33(7)).

    The facts do not hold the achievement period, so the year in which that decision was signed may stay open.
    """
    others = [year for year in range(commended.year + 1, case.year + 1) if year not in run.known]
    ratings = {year: case.rating(year) for year in others}
    signed = commended.decided_on.year if commended.decided_on else commended.year
    needed = [rating for year, rating in ratings.items() if rating is not None or year > signed]
    met = every(None if rating is None else at_least(RATINGS, rating, "good") for rating in needed)
    lead = f"Từ lần khen trước (năm {commended.year}) đến năm {case.year}"
    says = {
        True: f"{lead} năm nào cũng hoàn thành tốt nhiệm vụ trở lên",
        False: f"{lead} có năm dưới mức hoàn thành tốt nhiệm vụ",
        None: f"{lead} còn năm chưa có xếp loại",
    }
    return Finding("years_since_commendation", met, says[met], rule.cite, rule.confirmed)
