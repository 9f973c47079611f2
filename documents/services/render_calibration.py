"""Sheets for setting up a printer: true rulers, four marks to measure, and where the words fall.

The trial sheet is printed without correction on plain paper; the marks are measured with a ruler from
the left and the upper edge. The check sheet is the same with the correction: its marks must measure
what is printed beside them. Laid over the stock against the light, the boxes show where words will be.
"""

from collections.abc import Sequence
from io import BytesIO

import pikepdf

from documents.papers import Box, Correction
from documents.services.correction import marks
from documents.services.render_engine import fill, lay_out
from documents.services.render_overprint import placing


def trial_sheet(
    width: float, height: float, *, boxes: Sequence[Box] = (), correction: Correction | None = None, title: str = ""
) -> bytes:
    """The sheet as PDF; with `correction` everything on it is moved as a print would be."""
    places = [_mark(number, x, y, width) for number, (x, y) in enumerate(marks(width, height), 1)]
    html = fill(
        "calibration.html", width=width, height=height, boxes=boxes, marks=places, across=_ticks(width),
        down=_ticks(height), title=title,
        says="Tờ kiểm tra: đã áp dụng bù lệch" if correction else "Tờ in thử: chưa bù lệch",
    )  # fmt: skip
    pdf = lay_out(html, css=fill("calibration.css", width=f"{width}mm", height=f"{height}mm"))
    if correction is None:
        return pdf
    with pikepdf.open(BytesIO(pdf)) as sheet:
        sheet.pages[0].contents_add(sheet.make_stream(placing(correction, height)), prepend=True)
        out = BytesIO()
        sheet.save(out, deterministic_id=True)
        return out.getvalue()


def _mark(number: int, x: float, y: float, width: float) -> dict[str, object]:
    """A mark and what is written beside it, towards the middle of the sheet."""
    left = x < width / 2
    label = f"Dấu {number}: {x:g} × {y:g} mm".replace(".", ",")
    return {"x": x, "y": y, "label": label, "anchor": "start" if left else "end", "dx": 4 if left else -4}


def _ticks(length: float) -> list[tuple[int, int]]:
    """Millimetre and length of each stroke: long at tens, middle at fives."""
    return [(mm, 6 if mm % 10 == 0 else 4 if mm % 5 == 0 else 2) for mm in range(int(length) + 1)]
