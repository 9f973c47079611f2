"""What stands in the way of a line beyond its own standard: doubles, caps on numbers, open matters.

Each finding says how severe it is ("block", "warn", "info") and who may waive it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from awards.models import Nomination, Submission
from awards.states import LIVE, ONCE_A_YEAR, NominationState
from history.eligibility import overrides
from history.models import Grant
from history.states import GrantState
from rulebook import catalogue, engine
from rulebook.engine import QuotaResult
from units.models import PendingMatter
from units.selectors import people_of, within

LEAD = "Lãnh đạo thường trực, ghi đè có lý do"
RULES = "Lãnh đạo thường trực, nhập mức riêng có căn cứ"

#: States in which a line counts against the cap: under way, sent up, or decided.
COUNTED = LIVE | {NominationState.FORWARDED, NominationState.DECIDED}

#: The awards whose holders make the base of a cap, as the cap's own meaning names them.
BASES = {
    "chien_si_thi_dua_co_so": ("lao_dong_tien_tien", "chien_si_tien_tien"),
    "tap_the_lao_dong_xuat_sac": ("tap_the_lao_dong_tien_tien",),
}


@dataclass(frozen=True)
class Conflict:
    """One finding. `waived_by` is empty where nobody may waive it; `other` is the line it clashes with."""

    kind: str
    severity: str
    says: str
    cure: str
    waived_by: str = ""
    cite: tuple[dict[str, str], ...] = ()
    other: int | None = None

    @property
    def blocks(self) -> bool:
        """Does the line stop here until it is cured or waived?"""
        return self.severity == "block"


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


def of_lines(lines: Sequence[Nomination], day: date) -> dict[int, list[Conflict]]:
    """The findings on each line by id: doubles, honours already held, open matters. Three queries."""
    found: dict[int, list[Conflict]] = defaultdict(list)
    for source in (_doubles, _held, _pending):
        for pk, conflict in source(lines, day):
            found[pk].append(conflict)
    return found


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


def _doubles(lines: Sequence[Nomination], day: date) -> Iterable[tuple[int, Conflict]]:
    keys = {(line.person_id, line.collective_id, line.award, line.year) for line in lines}
    others = (
        Nomination.objects.filter(_about(lines), state__in=COUNTED, year__in={line.year for line in lines})
        .select_related("submission__unit")
        .order_by("pk")
    )
    rows = [row for row in others if (row.person_id, row.collective_id, row.award, row.year) in keys]
    for line in lines:
        for row in rows:
            if row.pk != line.pk and _same(row, line):
                yield line.pk, _double(line, row)


def _same(row: Nomination, line: Nomination) -> bool:
    return (row.person_id, row.collective_id, row.award, row.year) == (
        line.person_id, line.collective_id, line.award, line.year,
    )  # fmt: skip


def _double(line: Nomination, row: Nomination) -> Conflict:
    once = line.type == row.type and line.type in ONCE_A_YEAR
    severity = "block" if once and row.state in LIVE else "warn"
    says = (
        f"{row.code} của {row.submission.shown_unit} cũng đề nghị {row.entry.label} năm {row.year}, "
        f"trạng thái “{row.get_state_display()}”."
    )
    cure = (
        "Bỏ dòng này, hoặc đề nghị đơn vị kia rút hồ sơ."
        if severity == "block"
        else "Kiểm tra có trùng thành tích không."
    )
    return Conflict("double", severity, says, cure, other=row.pk)


def _held(lines: Sequence[Nomination], day: date) -> Iterable[tuple[int, Conflict]]:
    grants = Grant.objects.filter(
        Q(person__in=_people(lines)) | Q(unit__in=_units(lines)),
        state=GrantState.IN_FORCE, year__in={line.year for line in lines}, award__in={line.award for line in lines},
    ).order_by("pk")  # fmt: skip
    held = {(row.person_id, row.unit_id, row.award, row.year, row.type): row for row in grants}
    for line in lines:
        row = held.get((line.person_id, line.collective_id, line.award, line.year, line.type))
        if row is not None and line.type in ONCE_A_YEAR and line.state != NominationState.DECIDED:
            says = f"Đã được tặng {row.entry.label} năm {row.year} theo quyết định {row.decision_number}".strip()
            yield line.pk, Conflict("held", "block", f"{says}.", "Bỏ dòng này khỏi tờ trình.")


def _pending(lines: Sequence[Nomination], day: date) -> Iterable[tuple[int, Conflict]]:
    matters = PendingMatter.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=day),
        Q(person__in=_people(lines)) | Q(unit__in=_units(lines)),
        opened_on__lte=day,
    ).order_by("opened_on", "pk")
    by_subject: dict[tuple[int | None, int | None], PendingMatter] = {}
    for row in matters:
        by_subject.setdefault((row.person_id, row.unit_id), row)
    for line in lines:
        matter = by_subject.get((line.person_id, line.collective_id))
        if matter is not None:
            says = f"{matter.get_kind_display()} từ ngày {matter.opened_on:%d/%m/%Y}, chưa kết thúc."
            cite = ({"doc": "152/2025/NĐ-CP", "at": "Điều 4 khoản 4"},)
            yield line.pk, Conflict("pending", "block", says, "Chờ kết luận rồi đề nghị.", LEAD, cite)


def _over(cap: Cap) -> Conflict | None:
    if cap.result is None or cap.result.over_by == 0:
        return None
    cite = tuple(item.as_dict() for item in cap.result.cite)
    if cap.base is None or (cap.base == 0 and cap.award in BASES):
        says = f"{cap.label}: chưa có dữ liệu “{cap.result.base_meaning.lower()}” nên chưa tính được giới hạn."
        return Conflict("cap", "warn", says, "Nhập dữ liệu còn thiếu để hệ thống tính.", cite=cite)
    says = f"Đề nghị {cap.proposed} {cap.label}, giới hạn {cap.result.cap} ({cap.result.says}{_laid(cap.result)})."
    severity = "block" if cap.result.confirmed or cap.result.overrides else "warn"
    return Conflict("cap", severity, says, f"Bỏ bớt {cap.result.over_by} dòng để gửi.", RULES, cite)


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


def _about(lines: Sequence[Nomination]) -> Q:
    return Q(person__in=_people(lines)) | Q(collective__in=_units(lines))


def _people(lines: Sequence[Nomination]) -> set[int]:
    return {line.person_id for line in lines if line.person_id}


def _units(lines: Sequence[Nomination]) -> set[int]:
    return {line.collective_id for line in lines if line.collective_id}
