"""Titles of one year and runs of titles."""

from __future__ import annotations

from dataclasses import replace

from rulebook.criteria.case import Case, Params, answer
from rulebook.criteria.grants import InYear, held, title_in_year
from rulebook.findings import Finding, every, some
from rulebook.values import Cite, Value


def title_of_year(case: Case, params: Params, value: Value) -> Finding:
    """Holds a lower title of the same year, or the same facts satisfy its standard, shown part by part."""
    found = title_in_year(case, params["awards"], case.year)
    finding = answer(value, found.met, _sentence(found.says), confirmed=found.confirmed)
    return replace(finding, cite=_cites(value, [found]), all_of=found.parts)


def title_run(case: Case, params: Params, value: Value) -> Finding:
    """So many consecutive titles, the last of the year under consideration, without a gap (C-5)."""
    awards, count = params["awards"], params["count"]
    years = [title_in_year(case, awards, year) for year in range(case.year - count + 1, case.year + 1)]
    return _of_years(value, years, f"{count} lần liên tục {case.names(awards)}")


def title_pair(case: Case, params: Params, value: Value) -> Finding:
    """Two "consecutive" titles that are given at wider intervals: adjacent years are met, other spacing is open."""
    awards = params["awards"]
    last, before = title_in_year(case, awards, case.year), title_in_year(case, awards, case.year - 1)
    lead = f"2 lần liên tục {case.names(awards)}"
    older = [g for g in case.grants or () if g.award in awards and g.year < case.year - 1]
    older_held = some(held(case, grant) for grant in older)
    if before.met is True or older_held is False:
        return _of_years(value, [before, last], lead)
    if last.met is False:
        return _of_years(value, [last], lead)
    years = ", ".join(str(grant.year) for grant in older if held(case, grant) is not False)
    says = f"{lead}: lần trước là năm {years}; khoảng cách giữa hai lần chưa rõ có phải liên tục không; {last.says}"
    return answer(value, None, says, confirmed=False)


def first_year_of_pair(case: Case, awards: tuple[str, ...]) -> int:
    """The year of the earlier of two consecutive titles, the later being of the year under consideration."""
    earlier = [g.year for g in case.grants or () if g.award in awards and g.year < case.year and held(case, g) is True]
    return max(earlier, default=case.year - 1)


def _of_years(value: Value, years: list[InYear], lead: str) -> Finding:
    met = every(year.met for year in years)
    shown = years if met is True else [year for year in years if year.met is met]
    confirmed = all(year.confirmed for year in years)
    finding = answer(value, met, f"{lead}: " + "; ".join(year.says for year in shown), confirmed=confirmed)
    return replace(finding, cite=_cites(value, shown))


def _cites(value: Value, years: list[InYear]) -> tuple[Cite, ...]:
    """The provision itself, then those that keep a title of the year away."""
    parts = [part for year in years for part in year.parts if part.met is not True]
    return tuple(dict.fromkeys([*value.cite, *(cite for part in parts for cite in part.cite)]))


def _sentence(says: str) -> str:
    return says[:1].upper() + says[1:]
