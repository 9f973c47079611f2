"""The same certificates in Typst's own language: every line of words in its box, over the same ornament."""

import json

from documents.papers import Box, CertificatePaper
from documents.services import render_certificates as certificates
from documents.services.render_fit import Fitted


def source(paper: CertificatePaper) -> str:
    """One page a certificate."""
    layout = paper.placed
    pages = [
        f"#set page(width: {layout.width}mm, height: {layout.height}mm, margin: 0mm,"
        ' background: image("nen.svg", width: 100%, height: 100%))\n'
        '#set text(font: "Tinos", lang: "vi")\n'
    ]
    ground = certificates.face_words(paper.face, layout)
    for line in paper.lines:
        words = (*ground, *certificates.fitted(paper, line).words)
        pages.append("".join(_placed(layout.by_name[name], fitted) for name, fitted in words))
    return "#pagebreak()\n".join([pages[0] + pages[1], *pages[2:]])


def _placed(box: Box, fitted: Fitted) -> str:
    weight = "bold" if "bold" in box.face else "regular"
    style = "italic" if "italic" in box.face else "normal"
    return "".join(
        f"#place(dx: {box.x}mm, dy: {fitted.top + place * fitted.size * box.leading:.3f}mm,"
        f' box(width: {box.width}mm, align({box.align}, text(size: {fitted.size}mm, weight: "{weight}",'
        f' style: "{style}", fill: rgb("{_colour(box.colour)}"), {json.dumps(text, ensure_ascii=False)}))))\n'
        for place, text in enumerate(fitted.lines)
    )


def _colour(colour: str) -> str:
    return "#000000" if colour == "#000" else colour
