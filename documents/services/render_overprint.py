"""Words for stock that carries ornament and fixed words already, moved as its printer needs it.

Beside words there is only the QR code, where the design asks for it.

No picture is ever part of such a file: what the screen shows under the words (a scan of the blank)
is not known here.
"""

from collections.abc import Collection
from functools import lru_cache
from io import BytesIO

import pikepdf

from documents.papers import CertificateLayout, CertificateLine, CertificatePaper, Correction
from documents.services.render_certificates import codes
from documents.services.render_engine import FONTS, fill, lay_out
from documents.services.render_fit import DoesNotFit, Fitted, slot, stacked
from documents.services.render_merge import MM, finish, mark_draft

Words = tuple[tuple[str, Fitted], ...]


def texts(paper: CertificatePaper, line: CertificateLine) -> dict[str, str]:
    """What stands in each box, line by line; the signer's post may have several lines."""
    face = paper.face
    return {
        "country": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "motto": "Độc lập - Tự do - Hạnh phúc",
        "decider": face.decider, "verb": face.verb, "award": face.award, "name": line.name, "detail": line.detail,
        "achievement": line.achievement, "decision": face.decision_line, "ordinal": f"Số sổ vàng: {line.ordinal}",
        "typed": f"Mã tra cứu: {line.mark.typed}" if line.mark else "", "place": face.place_line,
        "authority": "\n".join(face.signature.authority), "signer": face.signature.name,
    }  # fmt: skip


def words(paper: CertificatePaper, line: CertificateLine, prints: Collection[str]) -> Words:
    """The words of one sheet in their boxes. Raises DoesNotFit with the sentence for the clerk."""
    return tuple(
        _fitted(paper.placed, name, text) for name, text in texts(paper, line).items() if text and name in prints
    )


def misfits(paper: CertificatePaper, prints: Collection[str]) -> list[tuple[int, str]]:
    """The places of lines whose words do not fit, with the sentence that says so and the cure."""
    found = []
    for place, line in enumerate(paper.lines):
        try:
            words(paper, line, prints)
        except DoesNotFit as reason:
            found.append((place, str(reason)))
    return found


def overprint(paper: CertificatePaper, *, prints: Collection[str], correction: Correction | None = None) -> bytes:
    """One page of the size of the stock for each line, every place corrected. Raises RenderError."""
    sheets = [{"words": words(paper, line, prints)} for line in paper.lines]
    pdf = lay_out(fill("certificate.html", paper=paper, sheets=sheets), css=_css(paper.placed))
    drawn = codes(paper) if "code" in prints else [b""] * len(sheets)
    with pikepdf.open(BytesIO(pdf)) as joint:
        moved = joint.make_stream(placing(correction or Correction(), paper.placed.height))
        for page, code in zip(joint.pages, drawn, strict=True):
            if code:
                page.contents_add(joint.make_stream(code), prepend=True)
            page.contents_add(moved, prepend=True)
        if paper.draft:
            mark_draft(joint, [page.obj for page in joint.pages])
        return finish(joint, paper)


def placing(correction: Correction, height: float) -> bytes:
    """The operator that moves a page of `height` mm; PDF counts from the lower left corner, we from the upper."""
    a, b, c, d, e, f = correction.matrix
    x, y = (c * height + e) * MM, (height - d * height - f) * MM
    return f"{a:.7f} {-b:.7f} {-c:.7f} {d:.7f} {x:.4f} {y:.4f} cm\n".encode()


def _fitted(layout: CertificateLayout, name: str, text: str) -> tuple[str, Fitted]:
    box = layout.by_name[name]
    return name, stacked(box, text.split("\n")) if name == "authority" else slot(box).fit(text)


@lru_cache(maxsize=8)
def _css(layout: CertificateLayout) -> str:
    return fill("overprint.css", layout=layout, boxes=[(name, box, *FONTS[box.face]) for name, box in layout.boxes])
