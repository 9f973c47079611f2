"""Which awards count as held on the governing day, and in which year."""

from __future__ import annotations

from dataclasses import dataclass

from rulebook.criteria.case import Case, Params, answer, vn
from rulebook.facts import Grant
from rulebook.findings import Finding, every, some
from rulebook.values import Value


@dataclass(frozen=True)
class InYear:
    """Whether a title counts in one year, and why."""

    year: int
    met: bool | None
    says: str
    confirmed: bool = True
    parts: tuple[Finding, ...] = ()


def held(case: Case, grant: Grant) -> bool | None:
    """Whether a grant counts: in force, and decided on or before the governing day (C-4)."""
    in_force = None if grant.state is None else grant.state == "in_force"
    if not case.asking.says("readings.grants_count_from_decision"):
        return every([in_force, grant.year <= case.year])
    decided = None if grant.decided_on is None else grant.decided_on <= case.day
    return every([in_force, decided])


def basis(case: Case, grant: Grant) -> bool | None:
    """Whether a held grant may ground a merit award; sudden and thematic ones may not."""
    if not case.asking.says("readings.sudden_and_thematic_are_no_basis"):
        return held(case, grant)
    allowed = None if grant.type is None else grant.type not in ("ad_hoc", "thematic")
    return every([held(case, grant), allowed])


def title_in_year(case: Case, awards: tuple[str, ...], year: int) -> InYear:
    """Whether one of the titles counts in ``year``; the title of the year itself may be inferred (C-5)."""
    inferred = own_kind(case, awards) if year == case.year else awards
    return case.once(("title", awards, inferred, year), lambda apart: _title_in_year(apart, awards, inferred, year))


def _title_in_year(case: Case, awards: tuple[str, ...], inferred: tuple[str, ...], year: int) -> InYear:
    own = [grant for grant in _by_year(case).get(year, ()) if grant.award in awards]
    name = case.names(awards)
    if any(held(case, grant) is True for grant in own):
        return InYear(year, True, f"năm {year} đã được tặng {name}")
    days = [grant.decided_on for grant in own if grant.decided_on is not None and grant.decided_on > case.day]
    later = "".join(f" (quyết định ngày {vn(day)} chưa tính)" for day in days)
    if year == case.year:
        if any(grant.state == "revoked" for grant in own):
            return InYear(year, False, f"năm {year} {name} đã bị hủy bỏ")
        return _inferred(case, awards, inferred, later)
    if case.grants is None:
        return InYear(year, None, f"chưa rõ năm {year} có {name} hay không")
    met = some(held(case, grant) for grant in own)
    says = f"năm {year} chưa rõ quyết định {name}" if met is None else f"năm {year} không có {name}{later}"
    return InYear(year, met, says)


def years_that_may_count(case: Case, awards: tuple[str, ...], years: tuple[int, ...]) -> list[int]:
    """Of `years`, those in which a title may count at all: all others hold none, and nobody need ask."""
    if case.grants is None:
        return list(years)
    granted = _by_year(case)
    return [y for y in years if y == case.year or any(grant.award in awards for grant in granted.get(y, ()))]


def _by_year(case: Case) -> dict[int, list[Grant]]:
    years: dict[int, list[Grant]] | None = case.memory.get("grants")
    if years is None:
        years = case.memory["grants"] = {}
        for grant in case.grants or ():
            years.setdefault(grant.year, []).append(grant)
    return years


def _inferred(case: Case, awards: tuple[str, ...], inferred: tuple[str, ...], later: str) -> InYear:
    verdicts = [case.standard_of(case, award) for award in inferred]
    met = some(every(f.met for f in verdict.findings) for verdict in verdicts)
    verdict = next(v for v in verdicts if every(f.met for f in v.findings) is met)
    confirmed = all(finding.confirmed for finding in verdict.findings)
    name = case.names(awards)
    if met is True:
        return InYear(case.year, True, f"năm {case.year} đủ tiêu chuẩn {name}{later}", confirmed, verdict.findings)
    missing = "; ".join(finding.says for finding in verdict.findings if finding.met is met)
    lead = "chưa đủ dữ liệu về" if met is None else "chưa đạt"
    return InYear(case.year, met, f"năm {case.year} {lead} {name}{later} ({missing})", confirmed, verdict.findings)


def own_kind(case: Case, awards: tuple[str, ...]) -> tuple[str, ...]:
    """Of equivalent titles, those a civilian or a serviceman may hold; only these are inferred."""
    army = case.person.category == "serviceman" or bool(case.book.awards[case.award]["army"])
    own = tuple(award for award in awards if bool(case.book.awards[award]["army"]) == army)
    return own or awards


def holds(case: Case, params: Params, value: Value) -> Finding:
    """Has received one of the awards, in a way that may ground a merit award."""
    name = case.names(params["awards"])
    if case.grants is None:
        return answer(value, None, f"Chưa rõ đã được tặng {name} hay chưa")
    own = [grant for grant in case.grants if grant.award in params["awards"]]
    met = some(basis(case, grant) for grant in own)
    says = {True: f"Đã được tặng {name}", None: f"Chưa rõ quyết định tặng {name} có dùng làm căn cứ được không"}
    return answer(value, met, says.get(met, f"Chưa có {name} dùng làm căn cứ được"))


def years_since_award(case: Case, params: Params, value: Value) -> Finding:
    """So many years have passed since the latest of these awards, by emulation year."""
    name, years = case.names(params["awards"]), params["years"]
    if case.grants is None:
        return answer(value, None, f"Chưa rõ năm được tặng {name}")
    own = [grant for grant in case.grants if grant.award in params["awards"] and basis(case, grant) is not False]
    if not own:
        return answer(value, False, f"Chưa được tặng {name}")
    latest = max(own, key=lambda grant: grant.year)
    met = case.year - latest.year >= years
    says = f"{case.year - latest.year} năm kể từ {name} (năm {latest.year}); cần {years} năm"
    return answer(value, (met and basis(case, latest)) if met else False, says)


def never_granted(case: Case, params: Params, value: Value) -> Finding:
    """Has not received the award before: it is given once."""
    name = case.names(params["awards"])
    if case.grants is None:
        return answer(value, None, f"Chưa rõ đã được tặng {name} hay chưa")
    own = [grant for grant in case.grants if grant.award in params["awards"]]
    received = some(held(case, grant) for grant in own)
    says = {True: f"Đã được tặng {name}; chỉ tặng một lần", None: f"Chưa rõ quyết định tặng {name}"}
    return answer(value, None if received is None else not received, says.get(received, f"Chưa từng được tặng {name}"))
