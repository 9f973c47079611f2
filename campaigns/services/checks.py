"""What stands between a registration and sending it: all obstacles at once, and what is only a warning."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from campaigns.models import Registration
from campaigns.selectors.grid import Grid, Row, grid_of
from campaigns.selectors.meters import caps_exceeded
from campaigns.workflow import MOVES, no_line_waits, something_is_registered
from core.workflow import Attempt, Refused

#: Where on the sheet an obstacle is mended.
_PLACES: dict[Callable[[Attempt], None], str] = {something_is_registered: "luoi", no_line_waits: "tu-dang-ky"}
#: Names listed one by one before the rest is counted.
NAMED = 5


@dataclass(frozen=True)
class Remark:
    """One sentence and the part of the page it speaks of ("" for none)."""

    says: str
    place: str = ""


@dataclass
class Check:
    """Obstacles block sending; warnings never do."""

    obstacles: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


def check(registration: Registration, *, by: User, at: datetime, grid: Grid | None = None) -> Check:
    """Every obstacle of sending (the guards of the move, asked one by one) and every warning."""
    attempt = Attempt(registration, by, at)
    found = Check()
    for guard in MOVES["send"].guards:
        try:
            guard(attempt)
        except Refused as reason:
            found.obstacles.append(Remark(str(reason), _PLACES.get(guard, "")))
    shown = grid or grid_of(registration, timezone.localdate(at))
    found.warnings = [*_caps(shown), *_conditions(shown), *_people(shown)]
    return found


def _caps(grid: Grid) -> list[Remark]:
    return [
        Remark(
            f"{cap.award.label}: đăng ký {cap.count}, giới hạn {cap.result.cap} ({cap.result.says}). "
            "Khi đề nghị sẽ phải bỏ bớt.",
            "chi-tieu",
        )
        for cap in caps_exceeded(grid)
    ]


def _conditions(grid: Grid) -> list[Remark]:
    return [
        Remark(f"Dòng {row.number}, {row.name}: {row.chip.text}.", f"dong-{row.key}")
        for row in grid.warnings
        if row.chip is not None
    ]


def _people(grid: Grid) -> list[Remark]:
    remarks = []
    gone = [row for row in grid.rows if row.is_former and any(cell.on for cell in row.cells)]
    if gone:
        remarks.append(Remark(f"Không còn ở đơn vị nhưng vẫn có đăng ký: {_names(gone)}.", "luoi"))
    nameless = [row for row in grid.rows if not row.post and any(cell.on for cell in row.cells)]
    if nameless:
        remarks.append(Remark(f"Chưa có chức vụ, chức danh: {_names(nameless)}.", "luoi"))
    missing = [row for row in grid.rows if not row.is_former and not any(cell.on for cell in row.cells)]
    if missing:
        remarks.append(Remark(f"Không đăng ký danh hiệu nào: {_names(missing)}.", "luoi"))
    if not grid.registration.targets.exists():
        remarks.append(Remark("Chưa ghi chỉ tiêu thi đua của đơn vị.", "chi-tieu-thi-dua"))
    return remarks


def _names(rows: list[Row]) -> str:
    shown = ", ".join(row.name for row in rows[:NAMED])
    return f"{shown} và {len(rows) - NAMED} người khác" if len(rows) > NAMED else shown
