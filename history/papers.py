"""What pages and papers say of a history: events, totals, verdicts in words. Pure: rows in, words out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from history.models import Grant, Provenance
from history.states import GrantState
from rulebook import catalogue
from rulebook.book import load
from rulebook.engine import Finding, Verdict
from rulebook.findings import ELIGIBLE, NOT_ELIGIBLE
from rulebook.nearness import Look
from rulebook.periods import complete_months, in_words
from rulebook.values import Cite
from units.models import Posting, YearlyRating

_KINDS = {
    "law": "Luật",
    "decree": "Nghị định",
    "circular": "Thông tư",
    "resolution": "Nghị quyết",
    "decision": "Quyết định",
}
#: Longer sentences lose their explanation in brackets: the conditions of the lower title say it.
LONG_SENTENCE = 160
_UNCHECKED = {Provenance.UNCHECKED: "unconfirmed", Provenance.DECLARED: "secondary"}


@dataclass
class Event:
    """A line of a timeline (components/timeline.html); `kind` is title, form or life."""

    day: date
    kind: str
    title: str
    note: str = ""
    dot: str = ""
    url_text: str = ""
    status: str = ""
    url: str = ""
    year: int | str = ""


@dataclass
class Step:
    """An award one may come to next: how far the conditions are met, what is missing, when it may be met.

    `start`: the suggestion from which a dossier may be begun, for who may begin it.
    """

    label: str
    kind: str
    status: str
    met: int
    total: int
    findings: list[dict[str, Any]]
    people: list[str]
    confirmed: bool
    award: str
    type: str
    percent: int = 0
    expected_on: date | None = None
    start: int | None = None


@dataclass
class Total:
    """A figure of the row at the top (components/stats.html)."""

    name: str
    value: int
    note: str = ""
    honour: bool = False


def events(
    grants: Iterable[Grant], ratings: Iterable[YearlyRating] = (), postings: Iterable[Posting] = ()
) -> list[Event]:
    """Honours, ratings and postings, newest first; each year is named once."""
    found = [_granted(grant) for grant in grants]
    found += [
        Event(
            row.decided_on or date(row.year, 12, 31),
            "life",
            f"Xếp loại năm {row.year}: {row.get_rating_display()}",
            row.decision,
        )
        for row in ratings
    ]
    found += [
        Event(row.valid_from, "life", row.title or "Công tác", f"{row.unit.short_name}, từ {row.valid_from:%d/%m/%Y}")
        for row in postings
    ]
    return name_years(sorted(found, key=lambda event: (event.day, event.kind != "life", event.title), reverse=True))


def name_years(rows: list[Event]) -> list[Event]:
    """Write the year on the first line of each year only."""
    last: int | None = None
    for event in rows:
        event.year = event.day.year if event.day.year != last else ""
        last = event.day.year
    return rows


def totals(grants: Iterable[Grant]) -> list[Total]:
    """How many of each, with the running streak; corrected and revoked honours do not count."""
    held = [grant for grant in grants if grant.state == GrantState.IN_FORCE]
    base = sorted({grant.year for grant in held if grant.award == "chien_si_thi_dua_co_so"})
    sector = sorted({grant.year for grant in held if grant.award == "chien_si_thi_dua_nganh"})
    praise = [grant for grant in held if grant.award.startswith("bang_khen")]
    high = [grant for grant in held if grant.entry.group in {"order", "medal", "honour", "badge"}]
    return [
        Total("Chiến sĩ thi đua cơ sở", len(base), _streak(base)),
        Total("Chiến sĩ thi đua ngành", len(sector), ", ".join(map(str, sector))),
        Total("Bằng khen", len(praise), _split(praise)),
        Total(
            "Huân chương, Kỷ niệm chương",
            len(high),
            f"{high[0].entry.label} ({high[0].year})" if high else "",
            bool(high),
        ),
    ]


def unit_totals(grants: Iterable[Grant]) -> list[Total]:
    """The same for a unit."""
    held = [grant for grant in grants if grant.state == GrantState.IN_FORCE]
    by_group = {group: [g for g in held if g.entry.group == group] for group in ("flag", "title", "certificate")}
    high = [grant for grant in held if grant.entry.group in {"order", "honour"}]
    return [
        Total("Cờ thi đua", len(by_group["flag"]), _split(by_group["flag"])),
        Total("Danh hiệu tập thể", len(by_group["title"]), _split(by_group["title"])),
        Total("Bằng khen, giấy khen", len(by_group["certificate"]), _split(by_group["certificate"])),
        Total("Huân chương", len(high), f"{high[0].entry.label} ({high[0].year})" if high else "", bool(high)),
    ]


def next_steps(looks: Iterable[Look]) -> list[Step]:
    """One step for each award, in words."""
    return [_step(look) for look in looks]


def rows_of(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as components/findings.html shows them."""
    return [
        {
            "met": finding.met,
            "says": _said(finding),
            "law": cite_text(finding.cite),
            "confirmed": finding.confirmed,
            "any_of": rows_of(finding.any_of or finding.all_of),
        }
        for finding in findings
    ]


def _said(finding: Finding) -> str:
    """The sentence without what its parts, listed below it, say again."""
    if finding.any_of:
        return finding.says.partition(": ")[0]
    if finding.all_of:
        return "Đồng thời các điều kiện:"
    return finding.says.partition(" (")[0] if len(finding.says) > LONG_SENTENCE else finding.says


def cite_text(cites: Iterable[Cite]) -> str:
    """“Điều 22 Luật 06/2022/QH15; Điều 16 Thông tư 01/2019/TT-VKSTC”."""
    sources = load().sources
    kinds = {cite.doc: _KINDS.get(sources[cite.doc].kind, "") if cite.doc in sources else "" for cite in cites}
    return "; ".join(" ".join(part for part in (cite.at, kinds[cite.doc], cite.doc) if part) for cite in cites)


def service_text(joined_on: date, day: date) -> str:
    """“25 năm 2 tháng” from the first day to `day`, both counted."""
    return in_words(complete_months(joined_on, day))


def _granted(grant: Grant) -> Event:
    entry = grant.entry
    high = not entry.sector_decides or entry.group == "badge"
    dot = "gold" if high else "title" if entry.kind == "title" else ""
    gone = "" if grant.state == GrantState.IN_FORCE else f"{grant.get_state_display().lower()}: {grant.state_basis}"
    note = " · ".join(part for part in (grant.unit_printed, _span(grant), gone) if part)
    return Event(
        day=date(grant.year, 12, 31) if grant.type == "merit" else grant.decided_on,
        kind=entry.kind,
        title=entry.label,
        note=note,
        dot="err" if gone else dot,
        url_text=grant.decision_number,
        status=_UNCHECKED.get(Provenance(grant.provenance), ""),
    )


def _span(grant: Grant) -> str:
    if grant.achievement_from and grant.achievement_to and grant.achievement_from.year != grant.achievement_to.year:
        return f"thành tích {grant.achievement_from.year}-{grant.achievement_to.year}"
    return ""


def _streak(years: Sequence[int]) -> str:
    """“liên tục 6 năm: 2020 đến 2025”, the run that ends with the last year."""
    if not years:
        return ""
    first = last = years[-1]
    while first - 1 in years:
        first -= 1
    if first == last:
        return f"gần nhất: {last}"
    return f"liên tục {last - first + 1} năm: {first} đến {last}"


def _split(grants: Sequence[Grant]) -> str:
    counts: dict[str, int] = {}
    for grant in grants:
        counts[grant.entry.short] = counts.get(grant.entry.short, 0) + 1
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _step(look: Look) -> Step:
    met = [finding.met for finding in look.verdict.findings]
    done, total = met.count(True), len(met)
    kind, status = _status(look.verdict, met)
    return Step(
        label=catalogue.award(look.step.award).label, kind=kind, status=status, met=done, total=total,
        findings=rows_of(look.verdict.findings), people=[item.says for item in look.verdict.people],
        confirmed=look.verdict.confirmed, award=look.step.award, type=look.step.type,
        percent=100 * done // total if total else 0, expected_on=look.expected_on,
    )  # fmt: skip


def _status(verdict: Verdict, met: Sequence[bool | None]) -> tuple[str, str]:
    if verdict.outcome == ELIGIBLE:
        return "ok", "Đủ điều kiện"
    if verdict.outcome == NOT_ELIGIBLE:
        waiting = f", chờ {met.count(None)}" if None in met else ""
        return "warn", f"Thiếu {met.count(False)}{waiting}"
    return "warn", f"Chờ xác minh {met.count(None)}"
