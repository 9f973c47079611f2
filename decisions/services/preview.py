"""A certificate as the screen shows it: the same words, fitted by the same rules, as lines to draw.

The PDF is laid out from the same boxes; here each line has its baseline, so that a page can show it at once.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from documents.papers import Box, CertificateLayout, CertificatePaper, Correction
from documents.services.qr import qr_svg
from documents.services.render_engine import FONTS
from documents.services.render_fit import DoesNotFit, Fitted
from documents.services.render_ornament import FLAGS_FOR, flags, stand_in_emblem
from documents.services.render_overprint import texts, words

#: Of the letters of papers, in ems: what stands above the baseline, and the height of both together.
ASCENT, HEIGHT = 0.891, 1.107
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True)
class Line:
    """One line of words; places in mm."""

    text: str
    x: float
    y: float
    size: float
    anchor: str
    weight: str
    style: str
    colour: str
    spacing: float


@dataclass
class Preview:
    """One sheet to draw, and the sentences on what does not fit."""

    layout: CertificateLayout
    lines: list[Line] = field(default_factory=list)
    boxes: list[tuple[str, Box]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    has_flags: bool = False
    #: The address in the QR code; empty where none is printed.
    url: str = ""

    @property
    def flags(self) -> SafeString:
        """The flags beside the emblem where the law wants them."""
        if not self.has_flags:
            return mark_safe("")
        spot = self.layout.emblem
        k = spot.size / FLAGS_FOR
        left, top = spot.x + spot.size / 2 - 40 * k, spot.y - 4.1 * k
        art = _at(flags().replace(' class="flags"', ""), left, top, 80 * k, 36 * k)
        return mark_safe(art)  # noqa: S308  # numbers and our own drawing

    @property
    def stand_in(self) -> SafeString:
        """What stands for the emblem until the office brings its own."""
        spot = self.layout.emblem
        return mark_safe(_at(stand_in_emblem(), spot.x, spot.y, spot.size, spot.size))  # noqa: S308  # our own drawing

    @property
    def code(self) -> SafeString:
        """The QR code at its place."""
        if not self.url:
            return mark_safe("")
        spot = self.layout.code
        art = _at(qr_svg(self.url).decode().replace(' class="segno"', ""), spot.x, spot.y, spot.size, spot.size)
        return mark_safe(art)  # noqa: S308  # drawn from modules, not from words

    @property
    def middle(self) -> float:
        """Half the width of the sheet."""
        return self.layout.width / 2


def preview(paper: CertificatePaper, prints: Collection[str]) -> Preview:
    """The first sheet of `paper`; a box whose words do not fit stays empty and is named."""
    layout = paper.placed
    drawn = Preview(
        layout, has_flags=paper.face.flags, boxes=[(name, box) for name, box in layout.boxes if name in prints]
    )
    line = paper.lines[0]
    drawn.url = line.mark.url if line.mark and "code" in prints else ""
    for name in texts(paper, line):
        if name not in prints:
            continue
        try:
            for _, fitted in words(paper, line, (name,)):
                drawn.lines += _lines(layout.by_name[name], fitted)
        except DoesNotFit as reason:
            drawn.faults.append(str(reason))
    return drawn


def moved(box: Box, correction: Correction) -> list[tuple[float, float]]:
    """The corners of a box where the printer is told to put them, for the picture of a correction."""
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    return [correction.apply(*corner) for corner in corners]


def _at(drawing: str, x: float, y: float, width: float, height: float) -> str:
    place = f'x="{x:.3f}" y="{y:.3f}" width="{width:.3f}" height="{height:.3f}" '
    return drawing.replace("<svg ", f"<svg {place}", 1)


def _lines(box: Box, fitted: Fitted) -> list[Line]:
    weight, style = FONTS[box.face]
    x = {"left": box.x, "center": box.x + box.width / 2, "right": box.right}[box.align]
    first = fitted.top + fitted.size * ((box.leading - HEIGHT) / 2 + ASCENT)
    step = fitted.size * box.leading
    return [
        Line(text, round(x, 3), round(first + step * n, 3), fitted.size, ANCHORS[box.align], weight, style, box.colour,
             box.spacing)
        for n, text in enumerate(fitted.lines)
    ]  # fmt: skip
