"""Certificates in batches: ornament and fixed words drawn once, names laid out in hundreds.

The ornament would be redrawn into every page by the layout engine; here it is one Form XObject
that all pages share, and so are the fonts: WeasyPrint keeps the glyph numbers of the font, so the
text of each batch also reads with one common subset, which is checked glyph by glyph.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from documents.papers import CertificateFace, CertificateLayout, CertificateLine, CertificatePaper, Stock
from documents.services.qr import qr_rows
from documents.services.render_engine import FONTS, MissingGlyph, RenderError, fill, lay_out
from documents.services.render_fit import DoesNotFit, Fitted, slot, stacked
from documents.services.render_merge import MM, finish, mark_draft
from documents.services.render_ornament import border, flags, stand_in_emblem

LETTERS = "".join(chr(code) for code in range(33, 127)) + "“”‘’–—…°§№"
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
#: The words of the templates themselves.
FIXED = f"{COUNTRY} {MOTTO} Số sổ vàng: Mã tra cứu: (hình minh họa)"
#: The side of the emblem that the drawing of the flags, 80 wide, was made for.
FLAGS_FOR = 22
BLANKS = " \t\r\n\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Sheet:
    """One recipient's words, fitted."""

    line: CertificateLine
    words: tuple[tuple[str, Fitted], ...]


def fitted(paper: CertificatePaper, line: CertificateLine) -> Sheet:
    """The words of one sheet in their boxes. Raises DoesNotFit with the sentence for the clerk."""
    boxes = paper.placed.by_name
    texts = variable_texts(paper.face, line)
    return Sheet(line, tuple((name, slot(boxes[name]).fit(text)) for name, text in texts.items() if text))


def variable_texts(face: CertificateFace, line: CertificateLine) -> dict[str, str]:
    """What stands in each box that differs from sheet to sheet."""
    return {
        "name": line.name, "detail": line.detail, "achievement": line.achievement, "decision": face.decision_line,
        "ordinal": f"Số sổ vàng: {line.ordinal}", "typed": f"Mã tra cứu: {line.mark.typed}" if line.mark else "",
    }  # fmt: skip


def face_words(face: CertificateFace, layout: CertificateLayout) -> tuple[tuple[str, Fitted], ...]:
    """The words that all sheets share, in their boxes. Raises DoesNotFit."""
    boxes = layout.by_name
    texts = {
        "country": COUNTRY, "motto": MOTTO, "decider": face.decider, "verb": face.verb, "award": face.award,
        "place": face.place_line, "signer": face.signature.name,
    }  # fmt: skip
    words = [(name, slot(boxes[name]).fit(text)) for name, text in texts.items() if text.strip()]
    return (*words, ("authority", stacked(boxes["authority"], face.signature.authority)))


def misfits(paper: CertificatePaper) -> list[tuple[int, str]]:
    """The places of lines whose words are too long, with the sentence that says so: render the others."""
    found = []
    for place, line in enumerate(paper.lines):
        try:
            fitted(paper, line)
        except DoesNotFit as reason:
            found.append((place, str(reason)))
    return found


def lay_out_batch(paper: CertificatePaper) -> bytes:
    """Only what differs from sheet to sheet, one page each."""
    html = fill("certificate.html", paper=paper, sheets=[fitted(paper, line) for line in paper.lines])
    return lay_out(html, css=_css(paper.placed))


def bind(paper: CertificatePaper, batches: Sequence[bytes]) -> bytes:
    """One file of all sheets. Raises MissingGlyph rather than print a letter with a wrong width."""
    joint = pikepdf.new()
    fonts = _shared_fonts(joint, paper)
    have = {name: _glyphs(font) for name, font in fonts.items()}
    resources = joint.make_indirect(Dictionary(Font=fonts, XObject=Dictionary(), ExtGState=Dictionary()))
    under = [joint.make_stream(_shift(paper.stock))]
    if not paper.stock.preprinted:
        resources.XObject.Nen = _face_form(joint, paper, fonts, have)
        under.append(joint.make_stream(b"q /Nen Do Q\n"))
    nodes: list[Any] = []
    lines = iter(paper.lines)
    for batch in batches:
        with pikepdf.open(BytesIO(batch)) as source:
            _check(source, have)
            _carry_states(joint, source, resources)
            for page in source.pages:
                code = _code_stream(joint, next(lines), paper.placed)
                words = joint.copy_foreign(page.obj.Contents)
                nodes.append(_page(joint, page, resources, [*under, *code, words]))
    _grow_tree(joint, nodes)
    if paper.draft:
        mark_draft(joint, nodes)
    return finish(joint, paper)


def one_sheet(joint: bytes, place: int) -> bytes:
    """The page of one recipient cut out of the joint file, to be sent or printed alone."""
    with pikepdf.open(BytesIO(joint)) as source:
        single = pikepdf.new()
        single.pages.append(source.pages[place])
        single.Root.Lang = pikepdf.String("vi")
        with single.open_metadata(set_pikepdf_as_editor=False) as meta, source.open_metadata() as old:
            meta["dc:title"] = old.get("dc:title", "")
            meta["dc:language"] = ["vi"]
        out = BytesIO()
        single.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()


@lru_cache(maxsize=8)
def _css(layout: CertificateLayout) -> str:
    boxes = [(name, box, *FONTS[box.face]) for name, box in layout.boxes]
    k = layout.emblem.size / FLAGS_FOR
    return fill("certificate.css", layout=layout, boxes=boxes, flags=80 * k, left=(40 - FLAGS_FOR / 2) * k, up=4.1 * k)


@lru_cache(maxsize=8)
def _face(face: CertificateFace, layout: CertificateLayout) -> bytes:
    """Ornament, emblem and fixed words; the costly part, once a batch."""
    art = {"border": border(layout.width, layout.height), "flags": flags() if face.flags else ""}
    svg = face.emblem or stand_in_emblem().encode()
    html = fill("certificate_face.html", face=face, words=face_words(face, layout), **art)
    return lay_out(html, css=_css(layout), assets={"emblem": ("image/svg+xml", svg)})


def _face_form(joint: pikepdf.Pdf, paper: CertificatePaper, fonts: Any, have: dict[str, set[int]]) -> Any:
    with pikepdf.open(BytesIO(_face(paper.face, paper.placed))) as source:
        needs = source.pages[0].Resources
        _check_fonts(needs.Font, have)
        del needs["/Font"]
        form = joint.copy_foreign(source.pages[0].as_form_xobject())
    form.Resources.Font = fonts
    return form


def _shared_fonts(joint: pikepdf.Pdf, paper: CertificatePaper) -> Any:
    """One subset with every letter of the whole paper, in the four styles."""
    words = {c for line in paper.lines for c in f"{line.name}{line.detail}{line.achievement}{line.ordinal}"}
    face = paper.face
    fixed = f"{face.decider}{face.verb}{face.award}{face.decision_line}{face.place_line}{face.signature.name}"
    posts = "".join(face.signature.authority)
    letters = "".join(sorted({*LETTERS, *FIXED, *words, *fixed, *posts} - set(BLANKS)))
    data = lay_out(fill("_letters.html", letters=letters), css=_css(paper.placed))
    with pikepdf.open(BytesIO(data)) as source:
        return joint.copy_foreign(source.make_indirect(source.pages[0].Resources.Font))


def _glyphs(font: Any) -> set[int]:
    """The glyphs that have a width in a font made by WeasyPrint."""
    widths = list(font.DescendantFonts[0].W)
    found: set[int] = set()
    for first, row in zip(widths[::2], widths[1::2], strict=True):
        found.update(range(int(first), int(first) + len(row)))
    return found


def _check(source: pikepdf.Pdf, have: dict[str, set[int]]) -> None:
    """What a batch needs must be in what all pages share; a gap would print wrong widths silently."""
    needs = source.pages[0].Resources
    _check_fonts(needs.Font, have)
    for kind in ("/XObject", "/Pattern", "/Shading"):
        if needs.get(kind):
            raise RenderError("Mẫu bằng có hình vẽ trong phần chữ thay đổi; hình phải nằm ở phần nền.")


def _check_fonts(fonts: Any, have: dict[str, set[int]]) -> None:
    for name, font in fonts.items():
        if not _glyphs(font) <= have.get(name, set()):
            raise MissingGlyph("Có chữ không nằm trong bộ chữ của bằng. Đồng chí kiểm tra chữ lạ trong họ tên, đơn vị.")


def _carry_states(joint: pikepdf.Pdf, source: pikepdf.Pdf, resources: Any) -> None:
    """Graphics states are named after their value, so those of all batches may be united."""
    for name, state in source.pages[0].Resources.get("/ExtGState", {}).items():
        if name not in resources.ExtGState:
            resources.ExtGState[name] = joint.copy_foreign(source.make_indirect(state))


def _page(joint: pikepdf.Pdf, page: Any, resources: Any, contents: list[Any]) -> Any:
    return joint.make_indirect(
        Dictionary(Type=Name.Page, MediaBox=page.mediabox, Resources=resources, Contents=Array(contents))
    )


def _shift(stock: Stock) -> bytes:
    """The correction of printer and tray; without a `q`, so that it holds for the whole page."""
    x, y = stock.right * MM, (stock.height * (1 - stock.scale) - stock.down) * MM
    return f"{stock.scale:.5f} 0 0 {stock.scale:.5f} {x:.3f} {y:.3f} cm\n".encode()


def _code_stream(joint: pikepdf.Pdf, line: CertificateLine, layout: CertificateLayout) -> Iterator[Any]:
    """The QR code as a mask of one bit a module over a white square: some 200 bytes a page."""
    if line.mark is None:
        return
    rows = qr_rows(line.mark.url)
    count, spot = len(rows), layout.code
    side, left, bottom = spot.size * MM, spot.x * MM, (layout.height - spot.y - spot.size) * MM
    module = side / (count + 8)
    bits = b"".join(rows).hex()
    yield joint.make_stream(
        f"q 1 g {left:.3f} {bottom:.3f} {side:.3f} {side:.3f} re f 0 g\n"
        f"{module * count:.3f} 0 0 {module * count:.3f} {left + 4 * module:.3f} {bottom + 4 * module:.3f} cm\n"
        f"BI /W {count} /H {count} /IM true /D [1 0] /F /AHx ID {bits}> EI Q\n".encode()
    )


def _grow_tree(joint: pikepdf.Pdf, nodes: Sequence[Any]) -> None:
    """A tree of two levels at once: appending pages one by one grows slower with each page."""
    root, branches = joint.Root.Pages, []
    for start in range(0, len(nodes), 128):
        leaves = list(nodes[start : start + 128])
        branch = joint.make_indirect(Dictionary(Type=Name.Pages, Parent=root, Kids=Array(leaves), Count=len(leaves)))
        for leaf in leaves:
            leaf.Parent = branch
        branches.append(branch)
    root.Kids, root.Count = Array(branches), len(nodes)
