"""The rule book to read: the catalogue of awards, each award regime beside regime, the documents cited."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission
from core.templatetags.vi import money as dong
from history.eligibility import overrides
from history.views import regimes
from rulebook import catalogue, engine
from rulebook.book import load
from rulebook.catalogue import Award
from rulebook.engine import Override
from rulebook.findings import OverrideUsed
from rulebook.regimes import columns
from rulebook.sources import Source

NONE_IN_FORCE = "Không có quy định đang áp dụng"


@dataclass(frozen=True)
class Fact:
    """One line of what holds today, with its citation and the overrides it rests on."""

    name: str
    text: str
    cites: tuple[regimes.CiteLink, ...] = ()
    confirmed: bool = True
    overrides: tuple[OverrideUsed, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One award in the list."""

    award: Award
    holder: str
    item: str
    decider: str
    vote: Fact
    cap: Fact
    money: str


@dataclass(frozen=True)
class Document:
    """One source as a row; `place` makes its anchor."""

    place: int
    source: Source
    kind: str
    is_in_force: bool


@requires(Permission.GRANT_VIEW)
@require_GET
def rulebook(request: HttpRequest) -> HttpResponse:
    """Every award with what holds for it today."""
    today, laid = timezone.localdate(), overrides()
    entries = [_entry(award, today, laid) for award in catalogue.awards().values()]
    groups = [(label, [e for e in entries if e.award.group == group]) for group, label in regimes.GROUPS.items()]
    return render(request, "history/rulebook.html", {"groups": groups, **_frame(today)})


@requires(Permission.GRANT_VIEW)
@require_GET
def award(request: HttpRequest, award: str) -> HttpResponse:
    """One award: what holds today, then regime beside regime; `?che-do=` picks the one a phone shows."""
    entry, today = catalogue.awards().get(award), timezone.localdate()
    if entry is None:
        raise Http404(NOT_FOUND)
    chosen = _chosen(request, today)
    context = {
        "award": entry,
        "award_cites": regimes.links(entry.cite),
        "facts": _facts(entry, today, overrides()),
        "groups": regimes.groups_of(award, chosen),
        **_frame(today),
        **_columns(request, chosen),
    }
    return render(request, "history/award.html", context)


@requires(Permission.GRANT_VIEW)
@require_GET
def common(request: HttpRequest) -> HttpResponse:
    """What holds for all awards: how votes, time, discipline, money and notices are counted."""
    today = timezone.localdate()
    chosen = _chosen(request, today)
    groups = [regimes.Group("Quy định chung", regimes.common_rows(chosen))]
    context = {"groups": groups, **_frame(today), **_columns(request, chosen)}
    return render(request, "history/rulebook_common.html", context)


@requires(Permission.GRANT_VIEW)
@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """Every document the book cites, with its days and where it was read."""
    today = timezone.localdate()
    rows = [
        Document(place, source, regimes.kind_of(source), source.in_force(today))
        for place, source in enumerate(load().sources.values(), 1)
    ]
    return render(request, "history/sources.html", {"documents": rows, **_frame(today)})


def _frame(today: date) -> dict[str, Any]:
    return {"today": today, "version": load().version[:12]}


def _chosen(request: HttpRequest, today: date) -> Any:
    found, asked = columns(), request.GET.get("che-do", "")
    place = int(asked) if asked.isdecimal() and len(asked) < 3 else 0
    return found[place - 1] if 1 <= place <= len(found) else regimes.column_on(today)


def _columns(request: HttpRequest, chosen: Any) -> dict[str, Any]:
    tabs = [
        {"label": column.name, "url": f"?che-do={place}", "count": None, "is_current": column == chosen}
        for place, column in enumerate(columns(), 1)
    ]
    heads = [(column, regimes.links(column.cite), column == chosen) for column in columns()]
    return {"columns": heads, "regime_tabs": tabs}


def _entry(award: Award, day: date, laid: tuple[Override, ...]) -> Entry:
    return Entry(
        award=award,
        holder=regimes.HOLDERS[award.holder],
        item=regimes.ITEMS[award.item],
        decider=engine.authority(award.code, day, laid).decider,
        vote=_vote(award, day, laid),
        cap=_cap(award, day, laid),
        money=_money(award, day, laid).text,
    )


def _facts(award: Award, day: date, laid: tuple[Override, ...]) -> list[Fact]:
    decided = engine.authority(award.code, day, laid)
    types = ", ".join(regimes.TYPES[kind] for kind in award.types)
    return [
        Fact("Đối tượng", regimes.HOLDERS[award.holder]),
        Fact("Loại hình", types[:1].upper() + types[1:]),
        Fact("Người đề nghị", award.proposer),
        Fact("Người quyết định", decided.decider, regimes.links(decided.cite), decided.confirmed, decided.overrides),
        _vote(award, day, laid),
        _cap(award, day, laid),
        _notice(award, day, laid),
        _money(award, day, laid),
        Fact("Hiện vật", regimes.ITEMS[award.item]),
    ]


def _vote(award: Award, day: date, laid: tuple[Override, ...]) -> Fact:
    rule = engine.vote_rule(award.code, day, laid)
    if rule is None:
        return Fact("Tỷ lệ phiếu", "Theo quy chế của Hội đồng")
    written = "; tính cả ý kiến bằng văn bản của người vắng" if rule.written_count else ""
    text = f"{rule.share.percent} tổng số thành viên Hội đồng{written}"
    return Fact("Tỷ lệ phiếu", text, regimes.links(rule.cite), rule.confirmed, rule.overrides)


def _cap(award: Award, day: date, laid: tuple[Override, ...]) -> Fact:
    found = engine.quota(award.code, day, 0, 0, laid)
    if found.cap is None:
        return Fact("Giới hạn số lượng", "Không có giới hạn đang áp dụng")
    share = found.says.partition(" × ")[0]
    text = f"{share} của: {found.base_meaning[:1].lower()}{found.base_meaning[1:]}; làm tròn xuống"
    return Fact("Giới hạn số lượng", text, regimes.links(found.cite), found.confirmed, found.overrides)


def _notice(award: Award, day: date, laid: tuple[Override, ...]) -> Fact:
    found = engine.notice(award.code, day, day, laid)
    if not found.needed:
        return Fact("Công khai trước phiên họp", "Không bắt buộc" if found.needed == 0 else NONE_IN_FORCE)
    text = f"Ít nhất {found.needed} ngày làm việc"
    return Fact("Công khai trước phiên họp", text, regimes.links(found.cite[:1]), found.confirmed, found.overrides)


def _money(award: Award, day: date, laid: tuple[Override, ...]) -> Fact:
    holders = ("individual", "collective") if award.holder == "both" else (award.holder,)
    found = {holder: engine.money(award.code, holder, day, laid) for holder in holders}
    said = []
    for holder, result in found.items():
        if result.amount is not None:
            ceiling = "tối đa " if result.ceiling else ""
            who = f"{regimes.HOLDERS[holder].lower()} " if len(found) > 1 else ""
            said.append(f"{who}{ceiling}{dong(result.amount)}")
    first = next(iter(found.values()))
    text, cites = "; ".join(said), regimes.links(first.cite)
    if not text:
        return Fact("Tiền thưởng", NONE_IN_FORCE)
    return Fact("Tiền thưởng", text[:1].upper() + text[1:], cites, first.confirmed, first.overrides)
