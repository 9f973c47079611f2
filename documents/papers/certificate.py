"""The words on certificates, and where each of them stands on the sheet.

Places are millimetres from the upper left corner. A layout belongs to one size of sheet; `on()`
carries it over to another. Stock that is printed already gets only the words it lacks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, radians, sin
from typing import TypeVar

from documents.papers.official import Align, Paper, Part, Signature, VerificationMark

#: Certificates of one job; most are stamped, some tenths of a millisecond each.
SHEETS_PER_PART = 500
INK, RED = "#000", "#b3121d"


@dataclass(frozen=True)
class Box:
    """A place for words: millimetres from the upper left corner; words stand in the middle of its height.

    `choices` are (size of letters in mm, lines allowed), from the best to the last resort.
    """

    label: str
    x: float
    y: float
    width: float
    height: float
    choices: tuple[tuple[float, int], ...]
    face: str = "tinos-regular"
    leading: float = 1.25
    colour: str = INK
    align: Align = "center"
    #: Added between letters, in mm.
    spacing: float = 0.0

    def scaled(self, k: float) -> "Box":
        """The same box on a sheet `k` times as large."""
        return replace(
            self, x=self.x * k, y=self.y * k, width=self.width * k, height=self.height * k, spacing=self.spacing * k,
            choices=tuple((size * k, lines) for size, lines in self.choices),
        )  # fmt: skip

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Spot:
    """A square place for a drawing: upper left corner and side, in mm."""

    label: str
    x: float
    y: float
    size: float

    def scaled(self, k: float) -> "Spot":
        """The same place on a sheet `k` times as large."""
        return Spot(self.label, self.x * k, self.y * k, self.size * k)


Place = TypeVar("Place", Box, Spot)


@dataclass(frozen=True)
class CertificateLayout:
    """Where everything stands on one size of sheet; `ornament` and `colour` name our own drawings."""

    width: float
    height: float
    boxes: tuple[tuple[str, Box], ...]
    emblem: Spot
    code: Spot
    ornament: str = "van_day"
    colour: str = "vang"

    @cached_property
    def by_name(self) -> Mapping[str, Box]:
        """The boxes by name."""
        return dict(self.boxes)

    def on(self, width: float, height: float) -> "CertificateLayout":
        """The same design on another sheet: one factor for both directions, centred."""
        k = min(width / self.width, height / self.height)
        dx, dy = (width - self.width * k) / 2, (height - self.height * k) / 2

        def moved(place: Place) -> Place:
            grown: Place = place.scaled(k)
            return replace(grown, x=grown.x + dx, y=grown.y + dy)

        return replace(
            self, width=width, height=height, emblem=moved(self.emblem), code=moved(self.code),
            boxes=tuple((name, moved(box)) for name, box in self.boxes),
        )  # fmt: skip


def _standard() -> CertificateLayout:
    """Our own design for A4; the order of the lines is that of Nghị định 98/2023/NĐ-CP, Điều 104."""
    bold, italic, both = "tinos-bold", "tinos-italic", "tinos-bolditalic"
    boxes = {
        "country": Box("Quốc hiệu", 40, 44.2, 217, 6.2, ((5.0, 1),), bold, 1.2),
        "motto": Box("Tiêu ngữ", 40, 50.4, 217, 7.2, ((5.2, 1),), bold, 1.2),
        "decider": Box("Chức vụ người quyết định", 26, 60.3, 245, 8, ((6.0, 1), (5.4, 1), (4.8, 1)), bold, colour=RED),
        "verb": Box("“Tặng”, “Tặng danh hiệu”", 40, 69.0, 217, 6.4, ((5.4, 1),), bold, 1.2, spacing=0.35),
        "award": Box("Tên hình thức, danh hiệu", 37, 75.5, 223, 18.5,
                     ((15.0, 1), (13.5, 1), (12.0, 1), (10.4, 1), (9.0, 1), (7.6, 2)), bold, 1.2, RED, spacing=0.35),
        "name": Box("Họ tên, tên đơn vị", 36, 94.5, 225, 14.5,
                    ((9.4, 1), (8.6, 1), (7.8, 1), (7.0, 1), (6.0, 2), (5.2, 2)), bold, 1.2),
        "detail": Box("Chức vụ, đơn vị", 36, 109.5, 225, 11, ((5.4, 1), (4.9, 2), (4.4, 2)), italic, 1.12),
        "achievement": Box("Thành tích", 41, 121.5, 215, 18, ((5.4, 2), (4.9, 3), (4.4, 3), (4.0, 3))),
        "decision": Box("Số, ngày quyết định", 30, 144.4, 118, 5.8, ((4.3, 1), (3.9, 1), (3.5, 1)), both, align="left"),
        "ordinal": Box("Số sổ vàng", 30, 150.5, 118, 5.8, ((4.3, 1),), both, align="left"),
        "typed": Box("Mã tra cứu", 30, 183.3, 70, 3.6, ((2.6, 1),), align="left"),
        "place": Box("Địa danh, ngày", 164, 144, 105, 6.2, ((4.9, 1), (4.3, 1)), both),
        "authority": Box("Chức vụ người ký", 164, 150.2, 105, 12.4, ((5.0, 2), (4.5, 2), (4.0, 3)), bold, 1.2),
        "signer": Box("Họ tên người ký", 164, 182.2, 105, 6.4, ((5.2, 1), (4.6, 1)), bold, 1.2),
    }  # fmt: skip
    return CertificateLayout(
        297.0, 210.0, tuple(boxes.items()), Spot("Quốc huy", 137.5, 19.6, 22), Spot("Mã QR", 28.5, 159.4, 24)
    )


#: The layout of a certificate that has no design of its own.
STANDARD = _standard()
#: What differs from recipient to recipient; the other boxes are the same on each sheet of a batch.
VARIABLE = ("name", "detail", "achievement", "decision", "ordinal", "typed")


@dataclass(frozen=True)
class Picture:
    """A drawing of the office as it was let in: SVG or PNG, square."""

    mime: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class CertificateFace:
    """What is the same on every sheet of a batch, in the order of lines of the certificate.

    `verb` is “TẶNG” or “TẶNG DANH HIỆU”, `award` the name of the form or title; `flags` puts two
    flags beside the emblem (Chiến sĩ thi đua cơ sở). `emblem` is the office's own drawing;
    without it a plain stand-in marked “minh họa” fills the place.
    """

    decider: str
    verb: str
    award: str
    decision_line: str
    place_line: str
    signature: Signature
    flags: bool = False
    emblem: Picture | None = None


@dataclass(frozen=True, kw_only=True)
class CertificateLine:
    """One recipient: name, post and unit (or parent body), achievement, place in the decision."""

    name: str
    detail: str
    achievement: str
    ordinal: str
    mark: VerificationMark | None = None


@dataclass(frozen=True)
class Stock:
    """The size in mm of a sheet for certificates."""

    width: float = 297.0
    height: float = 210.0


@dataclass(frozen=True)
class Correction:
    """What is done to every place so that a printer, with one tray, puts it where it was meant to be.

    A place (x, y) in mm from the upper left corner is stretched, turned about that corner (degrees,
    clockwise), then moved to the right and down.
    """

    right: float = 0.0
    down: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    turn: float = 0.0

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """(a, b, c, d, e, f) with x' = ax + cy + e and y' = bx + dy + f."""
        angle = radians(self.turn)
        a, b = self.scale_x * cos(angle), self.scale_x * sin(angle)
        return a, b, -self.scale_y * sin(angle), self.scale_y * cos(angle), self.right, self.down

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Where the place is sent."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f


@dataclass(frozen=True, kw_only=True)
class CertificatePaper(Paper):
    """A batch of certificates, one page each, in the order of `lines`."""

    template = "certificate.html"
    version = "certificate-3"
    stylesheet = "certificate"
    face: CertificateFace
    lines: tuple[CertificateLine, ...]
    stock: Stock = Stock()
    layout: CertificateLayout | None = None

    @property
    def placed(self) -> CertificateLayout:
        """The layout on this stock: the design's own, else the standard one."""
        layout = self.layout or STANDARD
        stock = self.stock
        here = (layout.width, layout.height) == (stock.width, stock.height)
        return layout if here else layout.on(stock.width, stock.height)

    def parts(self) -> tuple[Part, ...]:
        """At most SHEETS_PER_PART sheets each."""
        starts = range(0, len(self.lines), SHEETS_PER_PART)
        return tuple(
            Part(self.template, replace(self, lines=self.lines[start : start + SHEETS_PER_PART]), opens=start == 0)
            for start in starts
        )
