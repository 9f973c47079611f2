"""A certificate as the screen shows it: the same words, fitted by the same rules, as lines to draw.

The PDF is laid out from the same boxes; here each line has its baseline, so that a page can show it at once.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from documents.papers import Box, CertificateLayout, CertificatePaper, Correction
from documents.services.render_engine import FONTS
from documents.services.render_fit import DoesNotFit, Fitted
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

    @property
    def emblem(self) -> tuple[float, float, float]:
        """Middle and radius of the place of the emblem."""
        spot = self.layout.emblem
        return spot.x + spot.size / 2, spot.y + spot.size / 2, spot.size / 2

    @property
    def middle(self) -> float:
        """Half the width of the sheet."""
        return self.layout.width / 2


def preview(paper: CertificatePaper, prints: Collection[str]) -> Preview:
    """The first sheet of `paper`; a box whose words do not fit stays empty and is named."""
    layout = paper.placed
    drawn = Preview(layout, boxes=[(name, box) for name, box in layout.boxes if name in prints])
    line = paper.lines[0]
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
