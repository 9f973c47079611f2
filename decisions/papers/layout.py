"""A design as stored (plain numbers) and as the rendering takes it; and what is wrong with one.

The law's part (order of lines, bold, red) comes from the rule book and is not the office's to change;
the office chooses places, sizes of letters, ornament and, on stock, which boxes are printed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from typing import Any

from core.templatetags.vi import vi_number
from decisions.models import CertificateDesign
from documents.papers import STANDARD, Box, CertificateLayout, Spot
from rulebook.certificates import Rule, rule

#: What is printed on stock that carries country, emblem, decider and award already.
ON_STOCK = ("name", "detail", "achievement", "decision", "ordinal", "place", "authority", "signer")
NAMES = tuple(name for name, _ in STANDARD.boxes)
SPOTS = ("emblem", "code")
#: On white paper everything is printed; on stock the code too may be chosen, the emblem never.
PRINTABLE = (*NAMES, "code")
#: A smaller code is read by few telephones.
LEAST_CODE = 15.0
#: Our own frame on A4 ends here; on stock only the edge that no printer reaches counts.
FRAME, EDGE = 18.5, 4.0
FACES = {"bold": "tinos-bold", "bold_italic": "tinos-bolditalic"}
COLOURS = {"black": "#000", "red": "#b3121d"}
#: Boxes may touch; less than this is no overlap.
TOUCH = 0.15
#: The lines that stand one below the other in the middle, and those of the lower corners.
COLUMNS = (
    ("country", "motto", "decider", "verb", "award", "name", "detail", "achievement"),
    ("achievement", "decision", "ordinal"),
    ("achievement", "place", "authority", "signer"),
)
Fault = tuple[str, str]


AXES = {"x": "cách mép trái", "y": "cách mép trên", "width": "rộng", "height": "cao", "size": "cỡ chữ"}
_PLACES = {**{name: (box.label, tuple(AXES)) for name, box in STANDARD.boxes},
           **{name: (getattr(STANDARD, name).label, ("x", "y", "size")) for name in SPOTS}}  # fmt: skip
#: Every number of a design as a field of a form: its name and what it is called.
NUMBERS = {f"{name}_{axis}": f"{label}, {AXES[axis]} (mm)" for name, (label, axes) in _PLACES.items() for axis in axes}


def rows(*, on_stock: bool) -> list[tuple[str, list[str]]]:
    """The fields of each box, in the order of the lines; stock has its emblem already."""
    shown = [name for name in _PLACES if name != "emblem" or not on_stock]
    return [(_PLACES[name][0], [f"{name}_{axis}" for axis in _PLACES[name][1]]) for name in shown]


def choices() -> list[tuple[str, str]]:
    """What may be printed on stock."""
    return [(name, _PLACES[name][0]) for name in PRINTABLE]


def typed(stored: Mapping[str, Any]) -> dict[str, float]:
    """A stored design as the numbers of a form."""
    places = {**stored["boxes"], **{name: stored[name] for name in SPOTS}}
    pairs = ((name, axes) for name, (_, axes) in _PLACES.items())
    numbers = {f"{name}_{axis}": value for name, axes in pairs for axis, value in zip(axes, places[name], strict=True)}
    return {"width": stored["width"], "height": stored["height"], **numbers}


def stored(numbers: Mapping[str, float], *, width: float, height: float) -> dict[str, Any]:
    """The numbers of a form as a design to store."""
    places = {name: [numbers[f"{name}_{axis}"] for axis in axes] for name, (_, axes) in _PLACES.items()}
    spots = {name: places.pop(name) for name in SPOTS}
    return {"width": width, "height": height, "boxes": places, **spots}


def plain(layout: CertificateLayout) -> dict[str, Any]:
    """The layout as numbers to store."""
    spots = {name: _spot(getattr(layout, name)) for name in SPOTS}
    boxes = {name: [_mm(v) for v in (b.x, b.y, b.width, b.height, b.choices[0][0])] for name, b in layout.boxes}
    return {"width": _mm(layout.width), "height": _mm(layout.height), "boxes": boxes, **spots}


def standard(award: str, day: date, *, width: float = 0.0, height: float = 0.0) -> dict[str, Any]:
    """A design to begin with: our own on the given sheet, else on the sheet of the law."""
    sheet = rule(award, day).sheet
    if not (width and height):
        width, height = (sheet.content.width, sheet.content.height) if sheet else (STANDARD.width, STANDARD.height)
    return plain(STANDARD.on(width, height))


def read(
    numbers: Mapping[str, Any], law: Rule, *, ornament: str = "van_day", colour: str = "vang"
) -> CertificateLayout:
    """The stored numbers as a layout, each line set as the law wants it."""
    styles = {line.line: line for line in law.lines.content} if law.lines else {}
    own = STANDARD.by_name
    boxes = tuple((name, _styled(_box(own[name], numbers["boxes"][name]), styles.get(name))) for name in NAMES)
    emblem, code = (Spot(getattr(STANDARD, name).label, *numbers[name]) for name in SPOTS)
    return CertificateLayout(numbers["width"], numbers["height"], boxes, emblem, code, ornament, colour)


def layout_of(design: CertificateDesign, day: date) -> CertificateLayout:
    """A design under the law of `day`."""
    law = rule(design.award, day)
    return read(design.layout, law, ornament=design.ornament, colour=design.colour)


def faults(layout: CertificateLayout, prints: Collection[str], *, on_stock: bool) -> list[Fault]:
    """What must be mended: (name of the field, sentence). Outside the sheet, over another, out of order."""
    places: dict[str, Box | Spot] = {name: box for name, box in layout.boxes if name in prints}
    if not on_stock:
        places["emblem"] = layout.emblem
    if "code" in prints or not on_stock:
        places["code"] = layout.code
    rim = EDGE if on_stock else FRAME * min(layout.width / STANDARD.width, layout.height / STANDARD.height)
    found = [fault for name, place in places.items() for fault in _outside(name, place, layout, rim)]
    found += [fault for pair in combinations(places.items(), 2) for fault in _overlap(*pair)]
    if "code" in places and layout.code.size < LEAST_CODE:
        found.append(("code_size", f"Mã QR nhỏ hơn {LEAST_CODE:g} mm, điện thoại khó đọc. Đồng chí đặt cạnh lớn hơn."))
    return found + list(_order(places))


def remarks(layout: CertificateLayout, law: Rule) -> list[str]:
    """What the office should know but may decide itself: another sheet than the book's, a value nobody has read."""
    found = []
    if law.sheet is None:
        found.append("Sổ luật chưa có cỡ giấy của bằng này; cơ quan tự chọn và ghi căn cứ.")
    elif (layout.width, layout.height) != (law.sheet.content.width, law.sheet.content.height):
        cites = "; ".join(f"{cite.at} {cite.doc}" for cite in law.sheet.cite)
        found.append(f"Cỡ giấy khác sổ luật: {law.sheet.content} ({cites}).")
    if law.sheet is not None and not law.sheet.confirmed:
        found.append("Cỡ giấy trong sổ luật chưa đối chiếu với văn bản.")
    if law.lines is not None and not law.lines.confirmed:
        found.append("Thứ tự, kiểu chữ các dòng trong sổ luật chưa đối chiếu với văn bản đang có hiệu lực.")
    return found


def wrong_sheet(layout: CertificateLayout, law: Rule) -> str:
    """The sentence where a confirmed rule fixes another sheet; else empty."""
    sheet = law.sheet
    if sheet is None or not sheet.confirmed:
        return ""
    if (layout.width, layout.height) == (sheet.content.width, sheet.content.height):
        return ""
    return f"{sheet.cite[0].at} {sheet.cite[0].doc} quy định cỡ {sheet.content}."


def _box(own: Box, numbers: Collection[float]) -> Box:
    """The office's place and size; smaller sizes and more lines follow in the steps of our own design."""
    x, y, width, height, size = numbers
    k = size / own.choices[0][0]
    steps = tuple((round(step * k, 4), lines) for step, lines in own.choices)
    return replace(own, x=x, y=y, width=width, height=height, choices=steps, spacing=round(own.spacing * k, 4))


def _styled(box: Box, line: Any) -> Box:
    if line is None:
        return box
    return replace(box, face=FACES.get(line.style, box.face), colour=COLOURS[line.colour])


def _spot(spot: Spot) -> list[float]:
    return [_mm(spot.x), _mm(spot.y), _mm(spot.size)]


def _mm(value: float) -> float:
    return round(value, 2)


def _edges(place: Box | Spot) -> tuple[float, float, float, float]:
    if isinstance(place, Spot):
        return place.x, place.y, place.x + place.size, place.y + place.size
    return place.x, place.y, place.right, place.bottom


def _outside(name: str, place: Box | Spot, layout: CertificateLayout, rim: float) -> Iterator[Fault]:
    left, top, right, bottom = _edges(place)
    wide, high = ("size", "size") if isinstance(place, Spot) else ("width", "height")
    says = f"Ô “{place.label}” vượt ra ngoài khung in ({vi_number(round(rim, 1))} mm từ mép giấy)."
    if left < rim:
        yield f"{name}_x", says
    if top < rim:
        yield f"{name}_y", says
    if right > layout.width - rim:
        yield f"{name}_{wide}", says
    if bottom > layout.height - rim:
        yield f"{name}_{high}", says


def _overlap(one: tuple[str, Box | Spot], other: tuple[str, Box | Spot]) -> Iterator[Fault]:
    a, b = _edges(one[1]), _edges(other[1])
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if across > TOUCH and down > TOUCH:
        upper, lower = (one, other) if a[1] <= b[1] else (other, one)
        by = vi_number(min(across, down), 1)
        yield f"{lower[0]}_y", f"Ô “{lower[1].label}” đè lên ô “{upper[1].label}” {by} mm."


def _order(places: Mapping[str, Box | Spot]) -> Iterator[Fault]:
    for column in COLUMNS:
        held = [name for name in column if name in places]
        for before, after in pairwise(held):
            if places[after].y < places[before].y:
                below, above = places[after].label, places[before].label
                yield f"{after}_y", f"Ô “{below}” phải đứng dưới ô “{above}” theo thứ tự dòng của bằng."
