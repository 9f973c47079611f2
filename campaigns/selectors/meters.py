"""The quota meters above the grid: caps of the governing day, warnings that never block.

Registering above a cap is allowed; the meter says by how much, and where the cap is written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from campaigns.selectors import sheet
from campaigns.selectors.grid import Grid
from campaigns.selectors.verdicts import law_words
from core.templatetags.vi import vi_number
from history.eligibility import overrides
from rulebook import catalogue
from rulebook.asking import Override
from rulebook.book import load
from rulebook.quota import QuotaResult, quota

BASIS = "#can-cu"
#: Titles of individuals shown above the grid; the fourth meter is that of collectives.
SHOWN = 3
TTLDTT, TTLDXS = "tap_the_lao_dong_tien_tien", "tap_the_lao_dong_xuat_sac"


@dataclass(frozen=True)
class Meter:
    """One meter as components/meter.html draws it."""

    key: str
    name: str
    short: str
    count: int
    note: str
    says: str
    share: float | None = None
    tick: float | None = None
    tone: str = ""
    link: str = ""
    link_text: str = "Căn cứ"


@dataclass(frozen=True)
class Cap:
    """A cap asked for what is registered, over the base that the law names."""

    award: catalogue.Award
    count: int
    result: QuotaResult


#: What a cap is a share of, where a registration can tell.
_BASES: dict[str, Callable[[Grid], int]] = {
    "chien_si_thi_dua_co_so": lambda grid: grid.count(sheet.LDTT) + grid.count(sheet.CSTT),
    TTLDXS: lambda grid: sum(
        any(cell.on and cell.award.code in {TTLDTT, TTLDXS} for cell in row.cells) for row in grid.collectives
    ),
}


def meters_of(grid: Grid) -> list[Meter]:
    """Up to three titles of individuals, then the collectives."""
    laid = overrides()
    titles = [award for award in grid.columns if award.kind == "title"][:SHOWN]
    meters = [_base(grid, award) if _is_base(award) else _title(grid, award, laid) for award in titles]
    return [*meters, _collectives(grid, laid)] if grid.collective_columns else meters


def caps_exceeded(grid: Grid) -> list[Cap]:
    """Every cap in force that the registration goes beyond: warnings before sending."""
    laid = overrides()
    awards = [*grid.columns, *grid.collective_columns]
    caps = [_cap(grid, award, laid) for award in awards if award.code in _BASES]
    return [cap for cap in caps if cap.result.over_by]


def bases_of(grid: Grid) -> list[str]:
    """Where each cap shown is written, or that none is in force and when the last one ended."""
    laid = overrides()
    awards = [*grid.columns, *grid.collective_columns]
    return [_source(_cap(grid, award, laid), grid.day) for award in awards if award.code in _BASES]


def _is_base(award: catalogue.Award) -> bool:
    return award.code in {sheet.LDTT, sheet.CSTT}


def _name(award: catalogue.Award) -> str:
    """The title without the name of the sector, which everybody here knows."""
    return award.label.removesuffix(" Kiểm sát nhân dân")


def _cap(grid: Grid, award: catalogue.Award, laid: tuple[Override, ...]) -> Cap:
    count = grid.count(award.code)
    return Cap(award, count, quota(award.code, grid.day, _BASES[award.code](grid), count, laid))


def _base(grid: Grid, award: catalogue.Award) -> Meter:
    count, people = grid.count(award.code), grid.headcount
    share = count * 100 / people if people else 0
    return Meter(
        award.code, _name(award), award.short, count, f"/ {vi_number(people)} người",
        f"{vi_number(share, 0 if share == int(share) else 1)} % số người của đơn vị đăng ký", share,
    )  # fmt: skip


def _title(grid: Grid, award: catalogue.Award, laid: tuple[Override, ...]) -> Meter:
    """A title with a cap over a base of the sheet, or without: then how many cannot reach it."""
    cap = _cap(grid, award, laid) if award.code in _BASES else None
    if cap and cap.result.cap is not None:
        return _capped(cap)
    count = grid.count(award.code)
    lost = [row for row in grid.rows if any(item.award.code == award.code and item.failed for item in row.judged)]
    if lost and count:
        says = f"Xem giải thích ở dòng {', '.join(str(row.number) for row in lost[:3])}"
        note = f"người · {vi_number(len(lost))} chưa đủ điều kiện"
        share = (count - len(lost)) * 100 / count
        return Meter(award.code, _name(award), award.short, count, note, says, share, tone="warn")
    if cap:
        return Meter(
            award.code, _name(award), award.short, count, "đăng ký", "Không có giới hạn đang áp dụng.", link=BASIS
        )
    says = "Chưa thấy điều kiện nào không thể đạt." if count else "Chưa ai đăng ký."
    return Meter(award.code, _name(award), award.short, count, "người", says)


def _capped(cap: Cap) -> Meter:
    limit = cap.result.cap or 0
    whole = max(limit, cap.count, 1)
    unread = "" if cap.result.confirmed else " Mức này chưa đối chiếu văn bản."
    unread += "".join(f" Mức riêng do {used.by} nhập." for used in cap.result.overrides)
    if cap.result.over_by:
        says, tone = f"Vượt {cap.result.over_by} ({cap.result.says}). Vẫn gửi được.{unread}", "warn"
    else:
        says, tone = f"Trong giới hạn ({cap.result.says}).{unread}", "ok" if cap.count == limit else ""
    return Meter(
        cap.award.code, _name(cap.award), cap.award.short, cap.count,
        f"đăng ký · công nhận tối đa {vi_number(limit)}", says,
        cap.count * 100 / whole, limit * 100 / whole if cap.result.over_by else None, tone, BASIS,
    )  # fmt: skip


def _collectives(grid: Grid, laid: tuple[Override, ...]) -> Meter:
    own, sections = grid.collectives[0], grid.collectives[1:]
    count = sum(cell.on for row in grid.collectives for cell in row.cells)
    names = {award.code for award in grid.collective_columns}
    cap = _cap(grid, catalogue.award(TTLDXS), laid) if TTLDXS in names else None
    if cap and cap.result.over_by:
        says, tone = f"{cap.award.short}: vượt {cap.result.over_by} ({cap.result.says}). Vẫn gửi được.", "warn"
    else:
        parts = [f"{own.name}: {', '.join(cell.award.short for cell in own.cells if cell.on)}"] if _any(own) else []
        for award in grid.collective_columns:
            units = sum(cell.on for row in sections for cell in row.cells if cell.award.code == award.code)
            parts += [f"{vi_number(units)} phòng: {award.short}"] if units else []
        says, tone = "; ".join(parts) or "Chưa đăng ký danh hiệu tập thể.", ""
    short = f"{vi_number(len(sections))} phòng" if sections else ""
    editable = grid.registration.is_editable
    return Meter(
        "tap-the", "Tập thể", short, count, "danh hiệu, hình thức", says, tone=tone, link="#tap-the",
        link_text="Sửa" if editable else "Xem",
    )  # fmt: skip


def _any(row: object) -> bool:
    return any(cell.on for cell in getattr(row, "cells", ()))


def _source(cap: Cap, day: date) -> str:
    """“CSTĐ cơ sở: không có giới hạn đang áp dụng; mức 15 % của … hết hiệu lực ngày …”."""
    if cap.result.cap is not None:
        return f"{cap.award.short}: {cap.result.says} ({law_words(cap.result.cite)})"
    values = load().parameters[f"quotas.{cap.award.code}"].values
    ended = [value for value in values if value.end is not None and value.end < day and value.content is not None]
    if not ended:
        return f"{cap.award.short}: không có giới hạn đang áp dụng"
    last = max(ended, key=lambda value: value.start)
    return (
        f"{cap.award.short}: không có giới hạn đang áp dụng; mức {last.content.percent} ({law_words(last.cite)}) "
        f"hết hiệu lực sau ngày {last.end:%d/%m/%Y}"
    )
