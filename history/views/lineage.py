"""The diagram of forerunners and successors: boxes and curves of an SVG, laid out by the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from units.models import Unit, UnitEvent

BOX_WIDTH, BOX_HEIGHT, GAP, BETWEEN = 226, 42, 12, 190


@dataclass
class Box:
    """One unit of the diagram."""

    unit: Unit
    x: int
    y: int
    is_subject: bool = False
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT

    @property
    def lines(self) -> list[str]:
        """The short name in at most two lines that fit the box."""
        words, lines = self.unit.short_name.split(), [""]
        for word in words:
            if lines[-1] and len(lines[-1]) + len(word) > 30:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        return lines[:2]

    @property
    def span(self) -> str:
        """The days the unit existed."""
        first = f"{self.unit.valid_from:%d/%m/%Y}" if self.unit.valid_from else "chưa rõ"
        last = f"{self.unit.valid_to:%d/%m/%Y}" if self.unit.valid_to else "nay"
        return f"{first} đến {last}"


@dataclass
class Curve:
    """From a forerunner to its successor, with the day on it."""

    path: str
    arrow: str
    day: date
    label_x: int
    label_y: int
    shows_day: bool


@dataclass
class Diagram:
    """All of it, with the words for those who do not see it."""

    width: int
    height: int
    boxes: list[Box]
    curves: list[Curve]
    says: str


def diagram(unit: Unit) -> Diagram | None:
    """Direct forerunners left, the unit in the middle, direct successors right; None if it has none."""
    events = UnitEvent.objects.select_related("predecessor", "successor")
    before = list(events.filter(successor=unit).order_by("predecessor__sort_key"))
    after = list(events.filter(predecessor=unit, successor__isnull=False).order_by("successor__sort_key"))
    if not before and not after:
        return None
    rows = max(len(before), len(after), 1)
    height = rows * (BOX_HEIGHT + GAP) + GAP
    columns = bool(before) + 1 + bool(after)
    left = (BOX_WIDTH + BETWEEN) if before else 0
    subject = Box(unit, 1 + left, (height - BOX_HEIGHT) // 2, is_subject=True)
    olds = _column([event.predecessor for event in before], 1, height)
    news = _column([event.successor for event in after if event.successor], left + BOX_WIDTH + BETWEEN + 1, height)
    curves = [_curve(box, subject, event.date) for box, event in zip(olds, before, strict=True)]
    curves += [_curve(subject, box, event.date) for box, event in zip(news, after, strict=True)]
    _name_days_once(curves)
    return Diagram(
        columns * BOX_WIDTH + (columns - 1) * BETWEEN + 2,
        height,
        [*olds, subject, *news],
        curves,
        _says(unit, before, after),
    )


def _column(units: Sequence[Unit], x: int, height: int) -> list[Box]:
    top = (height - len(units) * (BOX_HEIGHT + GAP) + GAP) // 2
    return [Box(unit, x, top + place * (BOX_HEIGHT + GAP)) for place, unit in enumerate(units)]


def _curve(start: Box, end: Box, day: date) -> Curve:
    x1, y1 = start.x + start.width, start.y + start.height // 2
    x2, y2 = end.x - 8, end.y + end.height // 2
    middle = (x1 + x2) // 2
    path = f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
    return Curve(path, f"m{x2 - 2} {y2 - 5} 9 5-9 5z", day, middle, (y1 + y2) // 2, shows_day=False)


def _name_days_once(curves: list[Curve]) -> None:
    """One label per day and side, on the curve in the middle."""
    groups: dict[tuple[date, int], list[Curve]] = {}
    for curve in curves:
        groups.setdefault((curve.day, curve.label_x), []).append(curve)
    for group in groups.values():
        group[len(group) // 2].shows_day = True


def _says(unit: Unit, before: Sequence[UnitEvent], after: Sequence[UnitEvent]) -> str:
    parts = []
    if before:
        olds = ", ".join(f"{event.predecessor.short_name} ({event.date:%d/%m/%Y})" for event in before)
        parts.append(f"{unit.short_name} kế thừa {olds}")
    if after:
        news = ", ".join(f"{event.successor.short_name} ({event.date:%d/%m/%Y})" for event in after if event.successor)
        parts.append(f"{unit.short_name} được kế thừa bởi {news}")
    return "; ".join(parts)
