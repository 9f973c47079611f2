"""A sheet for setting up a printer: where the words of a certificate fall on its stock.

Printed on plain paper and laid over the stock against the light; what is off is measured with the
rulers and entered as the correction of that printer and tray.
"""

from dataclasses import dataclass, replace

from documents.papers import STANDARD, VARIABLE, Stock
from documents.services.render_engine import fill, lay_out


@dataclass(frozen=True)
class Box:
    """A place for words, in millimetres from the upper left corner of the sheet."""

    label: str
    x: float
    y: float
    width: float
    height: float

    def corrected(self, stock: Stock) -> "Box":
        """Where the printer will put it once its correction is applied."""
        s = stock.scale
        return replace(
            self, x=self.x * s + stock.right, y=self.y * s + stock.down, width=self.width * s, height=self.height * s
        )


def boxes(stock: Stock) -> tuple[Box, ...]:
    """The boxes printed on pre-printed stock as designed, without correction."""
    layout = STANDARD.on(stock.width, stock.height)
    words = (box for name, box in layout.boxes if name in VARIABLE)
    return tuple(Box(box.label, box.x, box.y, box.width, box.height) for box in words)


def trial_sheet(stock: Stock) -> bytes:
    """The sheet as PDF: rulers, boxes as designed (solid) and after the correction (dashed)."""
    designed = boxes(stock)
    html = fill(
        "calibration.html",
        stock=stock,
        boxes=[(box, box.corrected(stock)) for box in designed],
        across=_ticks(stock.width),
        down=_ticks(stock.height),
    )
    css = fill("calibration.css", width=f"{stock.width}mm", height=f"{stock.height}mm")
    return lay_out(html, css=css)


def _ticks(length: float) -> list[tuple[int, int]]:
    """Millimetre and length of each stroke: long at tens, middle at fives."""
    return [(mm, 6 if mm % 10 == 0 else 4 if mm % 5 == 0 else 2) for mm in range(int(length) + 1)]
