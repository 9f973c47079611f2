"""Runs of years: "after that award, so many consecutive years, in them such ratings and titles"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rulebook.codes import RATINGS, at_least
from rulebook.criteria.case import Case, Params, answer
from rulebook.criteria.grants import basis, title_in_year
from rulebook.criteria.initiatives import enough_initiatives
from rulebook.findings import Finding, either, some, together
from rulebook.values import Value

_FARTHEST = 40


@dataclass(frozen=True)
class Run:
    """The unbroken years that end in the year considered: those known, and those not excluded."""

    known: tuple[int, ...]
    possible: tuple[int, ...]
    confirmed: bool = True
    restarted: str = ""
    end_unknown: bool = False


def merit_run(case: Case, params: Params, value: Value) -> Finding:
    """All that the law asks within one run of years, each as a part of one finding."""
    after = params.get("after")
    start, start_known = _start(case, after) if after else (None, True)
    run = _run(case, params, start)
    parts = [_length(case, params, run, value, start_known)]
    checks: list[tuple[str, Callable[..., Finding]]] = [
        ("excellent_years", _excellent),
        ("titles", _titles),
        ("sets", _sets),
        ("initiatives", _initiatives),
    ]
    parts += [check(case, params[name], run, value) for name, check in checks if name in params]
    if len(parts) == 1:
        return parts[0]
    return together("", tuple(parts), value.cite)


def _start(case: Case, after: tuple[str, ...]) -> tuple[int | None, bool]:
    """The year of the award the run follows; and whether it is known that there is one."""
    own = [grant for grant in case.grants or () if grant.award in after]
    sure = [grant.year for grant in own if basis(case, grant) is True]
    if sure:
        return min(sure), True
    perhaps = [grant.year for grant in own if basis(case, grant) is None]
    return (min(perhaps) if perhaps else None), False


def _run(case: Case, params: Params, start: int | None) -> Run:
    floor, says, sure, end_unknown = _first_year(case)
    lowest = max([case.year - _FARTHEST] + [year for year in (floor, (start or 0) + 1) if year])
    known: list[int] = []
    possible: list[int] = []
    confirmed = True
    for year in range(case.year, lowest - 1, -1):
        good, read = _year_is_good(case, params, year)
        if good is False:
            break
        if good is True and len(known) == len(possible):
            known.append(year)
            confirmed = confirmed and read
        possible.append(year)
    return Run(tuple(reversed(known)), tuple(reversed(possible)), confirmed and sure, says, end_unknown)


def _year_is_good(case: Case, params: Params, year: int) -> tuple[bool | None, bool]:
    rating = case.rating(year)
    rated = None if rating is None else at_least(RATINGS, rating, params["at_least"])
    if rated is True or "or_titles" not in params:
        return rated, True
    title = title_in_year(case, params["or_titles"], year)
    return some([rated, title.met]), title.confirmed


def _first_year(case: Case) -> tuple[int | None, str, bool, bool]:
    """The first year that may count, why, whether that is confirmed, whether a sanction's end is unknown."""
    joined = case.person.joined_on
    floor = joined.year if joined else None
    rule = case.asking.find("readings.discipline_restarts_year_runs")
    if rule is None or rule.content is not True or not case.is_form(case.award) or case.subject == "collective":
        return floor, "", True, False
    if case.person.discipline is None:
        return floor, "", rule.confirmed, True
    decided = [entry for entry in case.person.discipline if entry.decided_on <= case.day]
    if not decided:
        return floor, "", True, False
    ends = [(entry.ended_on or entry.decided_on).year + 1 for entry in decided]
    end_unknown = any(entry.ended_on is None for entry in decided)
    restart = max(ends)
    says = f"tính lại từ năm {restart} sau khi chấp hành xong kỷ luật"
    return max(restart, floor or restart), says, rule.confirmed, end_unknown


def _length(case: Case, params: Params, run: Run, value: Value, start_known: bool) -> Finding:
    needed, floor = params["years"], RATINGS[params["at_least"]]
    titles = f" hoặc {case.names(params['or_titles'])}" if "or_titles" in params else ""
    after = f" sau khi được tặng {case.names(params['after'])}" if params.get("after") else ""
    need = f"cần {needed} năm liên tục {floor}{titles}{after}"
    note = f"; {run.restarted}" if run.restarted else ""
    if len(run.known) >= needed and start_known and not run.end_unknown:
        span = f" ({run.known[0]}–{run.known[-1]})"
        return answer(value, True, f"{len(run.known)} năm liên tục{span}{note}; {need}", confirmed=run.confirmed)
    if len(run.possible) < needed:
        says = f"Chỉ được {len(run.possible)} năm liên tục đến năm {case.year}{note}; {need}"
        return answer(value, False, says, confirmed=run.confirmed)
    if len(run.known) >= needed and run.end_unknown:
        says = f"Chưa rõ ngày chấp hành xong kỷ luật; {need}"
    elif len(run.known) >= needed:
        says = f"Chưa xác định được mốc bắt đầu; {need}"
    else:
        says = f"Biết chắc {len(run.known)} năm, thiếu dữ liệu của các năm trước; {need}"
    return answer(value, None, says, confirmed=run.confirmed)


def _excellent(case: Case, needed: int, run: Run, value: Value) -> Finding:
    known = [year for year in run.known if case.rating(year) == "excellent"]
    possible = [year for year in run.possible if case.rating(year) in ("excellent", None)]
    years = ", ".join(map(str, known)) or "không có"
    met = True if len(known) >= needed else (False if len(possible) < needed else None)
    return answer(value, met, f"Hoàn thành xuất sắc: {len(known)} năm ({years}); cần {needed} năm")


def _titles(case: Case, wanted: tuple[tuple[str, ...], int], run: Run, value: Value) -> Finding:
    awards, needed = wanted
    known, possible, confirmed = _count(case, awards, run)
    met = True if known >= needed else (False if possible < needed else None)
    says = f"{known} lần {case.names(awards)} trong thời gian ấy; cần {needed} lần"
    return answer(value, met, says, confirmed=confirmed)


def _count(case: Case, awards: tuple[str, ...], run: Run) -> tuple[int, int, bool]:
    """How often the awards were received in the run: surely, at most, and whether that is confirmed."""
    if not case.is_form(awards[0]):
        own = [title_in_year(case, awards, year) for year in run.possible]
        known = sum(item.met is True and item.year in run.known for item in own)
        counted = [item for item in own if item.met is not False]
        return known, len(counted), all(item.confirmed for item in counted)
    if case.grants is None:
        return 0, len(run.possible), True
    grants = [grant for grant in case.grants if grant.award in awards and grant.year in run.possible]
    known = sum(basis(case, grant) is True and grant.year in run.known for grant in grants)
    possible = sum(basis(case, grant) is not False for grant in grants)
    return known, possible, True


def _sets(case: Case, wanted: tuple[tuple[dict[str, int], bool], ...], run: Run, value: Value) -> Finding:
    return either("awards_in_run", tuple(_set(case, *one, run, value) for one in wanted), value.cite)


def _set(case: Case, counts: dict[str, int], only_without_flags: bool, run: Run, value: Value) -> Finding:
    parts = tuple(_titles(case, ((award,), count), run, value) for award, count in counts.items())
    if only_without_flags:
        eligible = case.unit.flag_eligible
        met = None if eligible is None else not eligible
        says = {True: "Không thuộc đối tượng xét cờ", False: "Thuộc đối tượng xét cờ nên không dùng cách này"}
        parts += (answer(value, met, says.get(met, "Chưa rõ có thuộc đối tượng xét cờ hay không")),)
    return together("", parts, value.cite)


def _initiatives(case: Case, wanted: tuple[int, str], run: Run, value: Value) -> Finding:
    count, level = wanted
    years = list(run.known or run.possible or (case.year,))
    return enough_initiatives(case, years, level, count, value)
