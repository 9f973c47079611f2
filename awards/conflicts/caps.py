"""Caps on numbers: what a unit proposes for one award against what the law or the office allows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from awards.conflicts.findings import BLOCK, RULES, WARN, Conflict
from awards.models import Nomination, Submission
from awards.states import COUNTED, NominationState
from history.eligibility import overrides
from history.models import Grant
from history.states import GrantState
from rulebook import catalogue, engine
from rulebook.engine import QuotaResult
from units.selectors import people_of, within

#: The awards whose holders make the base of a cap, as the cap's own meaning names them.
BASES = {
    "chien_si_thi_dua_co_so": ("lao_dong_tien_tien", "chien_si_tien_tien"),
    "tap_the_lao_dong_xuat_sac": ("tap_the_lao_dong_tien_tien",),
}


@dataclass(frozen=True)
class Cap:
    """How a unit's proposals for one award stand against the cap of the day."""

    award: str
    base: int | None
    proposed: int
    result: QuotaResult | None

    @property
    def label(self) -> str:
        """The award's name."""
        return catalogue.award(self.award).label


def of_caps(caps: Iterable[Cap]) -> list[Conflict]:
    """The findings on numbers: over a confirmed cap blocks, over an unconfirmed one warns."""
    return [conflict for cap in caps if (conflict := _over(cap)) is not None]


def caps_of(submission: Submission, lines: Sequence[Nomination], day: date) -> list[Cap]:
    """Every award of these lines against its cap, all lines of the unit that year counted. Constant queries."""
    capped = {
        line.award for line in lines if line.state not in {NominationState.WITHDRAWN, NominationState.UNQUALIFIED}
    }
    if not capped:
        return []
    year = lines[0].year
    bases = {code for award in capped for code in BASES.get(award, ())}
    rows = _counted(submission, year, capped | bases)
    granted = _granted(submission, year, bases)
    laid = overrides()
    caps = []
    for award in sorted(capped, key=lambda code: catalogue.award(code).order):
        base = _base(award, rows, granted)
        proposed = len(rows[award])
        result = engine.quota(award, day, base or 0, proposed, laid)
        caps.append(Cap(award, base, proposed, result if result.cap is not None else None))
    return caps


def _over(cap: Cap) -> Conflict | None:
    if cap.result is None or cap.result.over_by == 0:
        return None
    cite = tuple(item.as_dict() for item in cap.result.cite)
    if cap.base is None or (cap.base == 0 and cap.award in BASES):
        says = f"{cap.label}: chưa có dữ liệu “{cap.result.base_meaning.lower()}” nên chưa tính được giới hạn."
        return Conflict("cap", WARN, says, "Nhập dữ liệu còn thiếu để hệ thống tính.", cite=cite)
    says = f"Đề nghị {cap.proposed} {cap.label}, giới hạn {cap.result.cap} ({cap.result.says}{_laid(cap.result)})."
    severity = BLOCK if cap.result.confirmed or cap.result.overrides else WARN
    return Conflict(
        "cap", severity, says, f"Bỏ bớt {cap.result.over_by} dòng để gửi.", RULES, cite, confirmed=cap.result.confirmed
    )


def _laid(result: QuotaResult) -> str:
    """Who has set the cap, where it is not the law's own."""
    return "".join(f"; mức riêng do {used.by} nhập" for used in result.overrides)


def _counted(submission: Submission, year: int, awards: set[str]) -> dict[str, set[tuple[Any, Any]]]:
    """Subjects by award: lines of the unit that count, and everything in this tờ trình still a draft."""
    own = Q(submission=submission, state=NominationState.DRAFT)
    rows = Nomination.objects.filter(own | Q(submission__unit=submission.unit, state__in=COUNTED), year=year)
    found: dict[str, set[tuple[Any, Any]]] = defaultdict(set)
    for award, person, collective in rows.filter(award__in=awards).values_list("award", "person", "collective"):
        found[award].add((person, collective))
    return found


def _granted(submission: Submission, year: int, awards: set[str]) -> dict[str, set[tuple[Any, Any]]]:
    found: dict[str, set[tuple[Any, Any]]] = defaultdict(set)
    if awards:
        units = within([submission.unit_id])
        rows = Grant.objects.filter(
            Q(unit__in=units) | Q(person__in=people_of(units)), award__in=awards, year=year, state=GrantState.IN_FORCE
        )
        for award, person, unit in rows.values_list("award", "person", F("unit")):
            found[award].add((person, unit))
    return found


def _base(award: str, rows: dict[str, set[Any]], granted: dict[str, set[Any]]) -> int | None:
    if award not in BASES:
        return None
    return len(set().union(*(rows[code] | granted[code] for code in BASES[award])))
