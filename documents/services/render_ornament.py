"""The ornament of certificates, drawn by formula: woven lines, lozenges, rosettes; all our own.

White ground and no motif at the outer corners, as asked of giấy khen and the certificate of
Chiến sĩ thi đua cơ sở. No emblem of state is drawn here: the stand-in says that it is one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin


@dataclass(frozen=True)
class Tones:
    """The colours of one ornament: woven lines, outlines, the pale field, the frame."""

    label: str
    line: str
    deep: str
    pale: str
    strong: str


GOLD, DEEP, RED = "#b8892b", "#8f6a1d", "#b3121d"
COLOURS = {
    "vang": Tones("Vàng kim, viền đỏ", GOLD, DEEP, "#efe0b9", RED),
    "do": Tones("Đỏ son, viền vàng", "#b8443f", "#8f1d1d", "#f3d9d3", "#9a7615"),
    "xanh": Tones("Xanh lam, viền vàng", "#3f6fa3", "#1f4b7f", "#d8e3ef", "#9a7615"),
    "luc": Tones("Xanh lá, viền vàng", "#4f8a5b", "#2f6b42", "#d9e8da", "#9a7615"),
}
ORNAMENTS = {"van_day": "Dải vân dây đan", "hoa_sen": "Dải hoa sen"}
#: The sheet the motifs were drawn for.
WIDTH, HEIGHT = 297.0, 210.0
#: The band of woven lines: distance of its middle line from the edge, and half its height.
BAND, HALF = 12.8, 3.5
#: Half the side of the squares in the corners; the bands meet them.
CORNER = HALF + 0.25
#: The side of the emblem that the drawing of the flags, 80 wide, was made for.
FLAGS_FOR = 22
#: Where the scrolls in the inner corners begin.
INNER = 18.7


@cache
def border(width: float, height: float, ornament: str = "van_day", colour: str = "vang") -> str:
    """SVG of the whole frame with the pale rosette behind the text; a larger sheet has larger motifs, not more."""
    t, k = COLOURS[colour], min(width / WIDTH, height / HEIGHT)
    width, height = width / k, height / k
    frames = ((7.4, 1.1, t.strong), (8.8, 0.28, t.deep), (16.8, 0.28, t.deep), (17.6, 0.5, t.strong))
    band, corner = (_weave, _corner) if ornament == "van_day" else (_lotus_band, _lotus_corner)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="border" viewBox="0 0 {width:.3f} {height:.3f}">',
        _rosette_field(width / 2, height * 0.56, min(47.0, height * 0.24), t),
        *(_frame(width, height, *line) for line in frames),
        *(band(*side, t) for side in _sides(width, height)),
        *(corner(x, y, t) for x in (BAND, width - BAND) for y in (BAND, height - BAND)),
        *(_scrolls(x, y, dx, dy, t) for x, dx in ((INNER, 1), (width - INNER, -1))
          for y, dy in ((INNER, 1), (height - INNER, -1))),
    ]  # fmt: skip
    return "".join([*parts, "</svg>"])


@cache
def stand_in_emblem() -> str:
    """A plain disc in the place of the emblem, saying that it is only an illustration."""
    rays = "".join(
        f"M{24 + 9 * sin(a):.2f} {24 - 9 * cos(a):.2f}L{24 + 15.5 * sin(a):.2f} {24 - 15.5 * cos(a):.2f}"
        for a in (2 * pi * k / 48 for k in range(48))
    )
    petals = "".join(
        f'<path d="{_petal(24, 24, 2 * pi * k / 12, 3, 12.5, 0.2)}" fill="none" stroke="#fff6df" stroke-width=".5"/>'
        for k in range(12)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f'<circle cx="24" cy="24" r="22.6" fill="#fff" stroke="{DEEP}" stroke-width=".5"/>'
        f'<circle cx="24" cy="24" r="21" fill="none" stroke="{GOLD}" stroke-width="1.7"/>'
        f'<circle cx="24" cy="24" r="18.4" fill="{RED}"/><path d="{rays}" stroke="#e3b64b" stroke-width=".35"/>'
        f'{petals}<circle cx="24" cy="24" r="2.6" fill="#e3b64b"/></svg>'
    )


@cache
def flags() -> str:
    """Two red flags that lean away from the emblem in the middle."""
    cloth = "M.4 0C5 -3 9.5 2.4 15.6 -.8L15.6 9.4C9.5 12.6 5 7.2 .4 10.2Z"
    folds = "M4.6 -1.4C4.4 2 4.8 5.4 4.6 8.8M8.8 .1C8.6 3.4 9 6.8 8.8 10.2M12.6 .3C12.4 3.6 12.8 7 12.6 10.4"
    one = (
        f'<path d="M0 -1.2V18.5" stroke="{DEEP}" stroke-width=".8" stroke-linecap="round"/>'
        f'<path d="{cloth}" fill="{RED}" stroke="#8f0f17" stroke-width=".25"/>'
        f'<path d="{folds}" stroke="#cf4a54" stroke-width=".35" fill="none"/>'
        f'<circle cx="0" cy="-2" r=".95" fill="{GOLD}"/>'
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="flags" viewBox="-40 -8 80 36">'
        f'<g transform="translate(15.5 1) rotate(16)">{one}</g>'
        f'<g transform="translate(-15.5 1) scale(-1 1) rotate(16)">{one}</g></svg>'
    )


def _frame(width: float, height: float, inset: float, stroke: float, colour: str) -> str:
    return (
        f'<rect x="{inset}" y="{inset}" width="{width - 2 * inset:.3f}" height="{height - 2 * inset:.3f}" '
        f'fill="none" stroke="{colour}" stroke-width="{stroke}"/>'
    )


def _sides(width: float, height: float) -> list[tuple[float, float, float, float]]:
    near, right, low = BAND + CORNER, width - BAND, height - BAND
    return [
        (near, BAND, width - near, BAND),
        (near, low, width - near, low),
        (BAND, near, BAND, height - near),
        (right, near, right, height - near),
    ]


def _weave(x0: float, y0: float, x1: float, y1: float, t: Tones) -> str:
    """Two families of sines half a wave apart, so that lenses interlock; a lozenge at each knot.

    A whole number of waves fits each side, so the pattern meets the corners alike.
    """
    length = abs(x1 - x0) + abs(y1 - y0)
    waves = round(length / 9.0)
    across = x1 != x0

    def at(along: float, off: float) -> str:
        x, y = (x0 + along, y0 + off) if across else (x0 + off, y0 + along)
        return f"{x:.2f} {y:.2f}"

    quarter = length / (waves * 4)
    lines = []
    for start in (0, 1):
        for share in range(-6, 7):
            peak = HALF * share / 6
            lines.append(_wave(at, quarter, waves * 4, peak, start))
    woven = f'<path d="{"".join(lines)}" fill="none" stroke="{t.line}" stroke-width=".13"/>'
    edge = "".join(
        f'<path d="M{at(length * k / (waves * 2) - 0.75, 0)}L{at(length * k / (waves * 2), -0.75)}'
        f'L{at(length * k / (waves * 2) + 0.75, 0)}L{at(length * k / (waves * 2), 0.75)}Z"/>'
        for k in range(1, waves * 2)
    )
    return f'{woven}<g fill="{t.strong}">{edge}</g>'


def _wave(at: Callable[[float, float], str], quarter: float, count: int, peak: float, start: int) -> str:
    """A sine of `count` quarters as cubic curves, beginning at 0 or (`start` 1) at the crest."""
    heights = (0.0, 1.0, 0.0, -1.0)
    # The cubic nearest to a quarter of a sine: its handles in shares of a quarter and of the crest.
    rise, reach = 0.326133, 0.638095
    path = ["M" + at(0, peak * heights[start % 4])]
    for k in range(count):
        here, there = heights[(k + start) % 4], heights[(k + start + 1) % 4]
        if here == 0:
            one, two = (rise, 0.512287 * there), (reach, there)
        else:
            one, two = (1 - reach, here), (1 - rise, 0.512287 * here)
        points = ((k + one[0], one[1]), (k + two[0], two[1]), (k + 1, there))
        path.append("C" + " ".join(at(quarter * x, peak * y) for x, y in points))
    return "".join(path)


def _corner(x: float, y: float, t: Tones) -> str:
    """A square of the band's height: two wreaths of eight petals on a disc of woven circles."""
    circles = "".join(_ring(x, y, 2.86 + 0.09 * k, 0.36, 16, k * pi / 48) for k in range(4))
    wreaths = (
        f'<g fill="{fill}" stroke="{t.deep}" stroke-width=".13">'
        + "".join(f'<path d="{_leaf(x, y, pi * (k + turn) / 4, far, wide)}"/>' for k in range(8))
        + "</g>"
        for far, wide, turn, fill in ((2.75, 0.74, 0.5, t.pale), (2.3, 0.56, 0.0, "#fff"), (1.25, 0.34, 0.5, t.line))
    )
    return (
        _square(x, y, 2 * CORNER, t) + f'<path d="{circles}" fill="none" stroke="{t.line}" stroke-width=".12"/>'
        f'{"".join(wreaths)}<circle cx="{x}" cy="{y}" r=".55" fill="{t.strong}" stroke="{t.deep}" stroke-width=".12"/>'
    )


def _square(x: float, y: float, side: float, t: Tones) -> str:
    return (
        f'<rect x="{x - side / 2:.3f}" y="{y - side / 2:.3f}" width="{side}" height="{side}" fill="#fff" '
        f'stroke="{t.deep}" stroke-width=".28"/>'
    )


def _lotus_band(x0: float, y0: float, x1: float, y1: float, t: Tones) -> str:
    """Lotus flowers in a row, turned to and fro, on two stems that wind about each other."""
    across, length = x1 != x0, abs(x1 - x0) + abs(y1 - y0)
    count = round(length / 8.2)
    step = length / count

    def at(along: float, off: float) -> str:
        x, y = (x0 + along, y0 + off) if across else (x0 + off, y0 + along)
        return f"{x:.2f} {y:.2f}"

    stems = "".join(_wave(at, step / 2, count * 2, peak, 1) for peak in (2.9, 2.5, -2.9, -2.5))
    flowers = []
    for k in range(count):
        along, up = step * (k + 0.5), k % 2 * 2 - 1
        x, y = (x0 + along, y0 - up * 2.0) if across else (x0 - up * 2.0, y0 + along)
        angle = (pi / 2 if up > 0 else -pi / 2) if across else (0.0 if up > 0 else pi)
        flowers.append(_lotus(x, y, angle, 1.12, t))
    buds = "".join(_dot(at(step * k, 0), t) for k in range(1, count))
    return f'<path d="{stems}" fill="none" stroke="{t.line}" stroke-width=".17"/>{buds}{"".join(flowers)}'


def _dot(place: str, t: Tones) -> str:
    x, y = place.split()
    return (
        f'<circle cx="{x}" cy="{y}" r=".95" fill="#fff" stroke="{t.deep}" stroke-width=".16"/>'
        f'<circle cx="{x}" cy="{y}" r=".45" fill="{t.strong}"/>'
    )


def _lotus(x: float, y: float, angle: float, k: float, t: Tones) -> str:
    """A flower seen from the side, opening along `angle`: petals from the back to the front."""
    behind = [(1.42, 2.5, 0.62), (-1.42, 2.5, 0.62), (0.86, 3.15, 0.78), (-0.86, 3.15, 0.78)]
    before = [(0.42, 3.5, 0.74), (-0.42, 3.5, 0.74), (0.0, 3.85, 0.82)]

    def drawn(petals: list[tuple[float, float, float]], fill: str) -> str:
        paths = (f'<path d="{_leaf(x, y, angle + turn, far * k, wide * k)}"/>' for turn, far, wide in petals)
        return f'<g fill="{fill}" stroke="{t.deep}" stroke-width=".14" stroke-linejoin="round">{"".join(paths)}</g>'

    heart = f'<path d="{_leaf(x, y, angle, 2.1 * k, 0.36 * k)}" fill="{t.strong}"/>'
    seat = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{0.5 * k:.2f}" fill="{t.line}" stroke="{t.deep}" stroke-width=".12"/>'
    return drawn(behind, t.pale) + drawn(before, "#fff") + heart + seat


def _leaf(x: float, y: float, angle: float, length: float, wide: float) -> str:
    """A petal with a full belly and a pointed tip, from (x, y) along `angle`; `wide` is half its width."""

    def at(along: float, off: float) -> str:
        return f"{x + along * cos(angle) - off * sin(angle):.2f} {y + along * sin(angle) + off * cos(angle):.2f}"

    tip = at(length, 0)
    return (
        f"M{at(0, 0)}C{at(length * 0.22, wide * 1.25)} {at(length * 0.72, wide * 1.2)} {tip}"
        f"C{at(length * 0.72, -wide * 1.2)} {at(length * 0.22, -wide * 1.25)} {at(0, 0)}Z"
    )


def _lotus_corner(x: float, y: float, t: Tones) -> str:
    """A lotus seen from above: three rings of petals on a disc of woven circles."""
    circles = "".join(_ring(x, y, 2.85 + 0.09 * k, 0.34, 16, k * pi / 48) for k in range(4))
    rings = "".join(
        f'<g fill="{fill}" stroke="{t.deep}" stroke-width=".13">'
        + "".join(f'<path d="{_leaf(x, y, 2 * pi * (k + turn) / count, far, wide)}"/>' for k in range(count))
        + "</g>"
        for count, far, wide, turn, fill in (
            (10, 2.85, 0.66, 0, t.pale),
            (10, 2.25, 0.5, 0.5, "#fff"),
            (5, 1.5, 0.46, 0, t.line),
        )
    )
    return (
        _square(x, y, 2 * CORNER, t) + f'<path d="{circles}" fill="none" stroke="{t.line}" stroke-width=".12"/>{rings}'
        f'<circle cx="{x}" cy="{y}" r=".5" fill="{t.strong}"/>'
    )


def _scrolls(x: float, y: float, dx: int, dy: int, t: Tones) -> str:
    """A lotus that opens into an inner corner, and from it a stem with a volute and leaves along each side."""
    stem = "M2.2 1.9C4.2 .5 6.6 .4 8 1.5C9.3 2.6 8.8 4.5 7.3 4.4C6 4.3 5.9 2.8 7.1 2.7M7.4 1.2C9.6 .1 12.4 .2 15.4 .9"
    leaves = ((10.0, 0.5, 0.55, 2.1, 0.44), (12.6, 0.45, 0.45, 1.7, 0.36))
    arm = (
        f'<path d="{stem}" fill="none" stroke="{t.line}" stroke-width=".3" stroke-linecap="round"/>'
        f'<g fill="{t.pale}" stroke="{t.deep}" stroke-width=".14">'
        + "".join(f'<path d="{_leaf(left, top, turn, far, wide)}"/>' for left, top, turn, far, wide in leaves)
        + f'<path d="{_leaf(15.3, 0.9, 0.2, 1.7, 0.5)}" fill="#fff"/></g>'
        f'<circle cx="7.3" cy="3.5" r=".3" fill="{t.strong}"/>'
    )
    beads = "".join(f'<circle cx="{at}" cy="{at}" r="{r}"/>' for at, r in ((5.2, 0.42), (6.4, 0.3), (7.3, 0.2)))
    return (
        f'<g transform="translate({x:.2f} {y:.2f}) scale({dx} {dy})">{arm}<g transform="matrix(0 1 1 0 0 0)">{arm}</g>'
        f'{_lotus(1.1, 1.1, pi / 4, 1.0, t)}<g fill="{t.strong}">{beads}</g></g>'
    )


def _ring(x: float, y: float, radius: float, depth: float, lobes: int, turn: float) -> str:
    points = []
    for k in range(lobes * 16 + 1):
        angle = 2 * pi * k / (lobes * 16)
        r = radius + depth * cos(lobes * angle + turn * lobes)
        points.append(f"{x + r * cos(angle):.2f} {y + r * sin(angle):.2f}")
    return "M" + "L".join(points) + "Z"


def _petal(x: float, y: float, angle: float, near: float, far: float, spread: float) -> str:
    """A leaf from `near` to `far` along `angle`."""

    def at(r: float, a: float) -> str:
        return f"{x + r * cos(a):.2f} {y + r * sin(a):.2f}"

    middle = near + (far - near) * 0.62
    return (
        f"M{at(near, angle)}Q{at(middle, angle - spread)} {at(far, angle)}"
        f"Q{at(middle, angle + spread)} {at(near, angle)}Z"
    )


def _rosette_field(x: float, y: float, radius: float, t: Tones) -> str:
    """The pale rosette behind the text: rings of lobes, each a little turned."""
    rings = "".join(
        _ring(x, y, radius * (0.34 + 0.6 * k / 17), radius * (0.05 + 0.055 * k / 17), 18, pi * k / 18 / 6)
        for k in range(18)
    )
    return f'<path d="{rings}" fill="none" stroke="{t.pale}" stroke-width=".14"/>'
