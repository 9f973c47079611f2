"""Certificates in batches: ornament and fixed words drawn once, names stamped or laid out in hundreds.

The ornament would be redrawn into every page by the layout engine; here it is one Form XObject
that all pages share, and so are the fonts: WeasyPrint keeps the glyph numbers of the font, so the
text of each batch also reads with one common subset, which is checked glyph by glyph.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import Any
from unicodedata import normalize

import pikepdf
from pikepdf import Dictionary, Name

from documents.papers import CertificateFace, CertificateLayout, CertificateLine, CertificatePaper, Paper, Picture
from documents.services.qr_batch import qr_rows
from documents.services.render_engine import FONTS, MissingGlyph, RenderError, check_letters, fill, lay_out
from documents.services.render_fit import DoesNotFit, Fitted, slot, stacked
from documents.services.render_merge import MM, describe, draft_form, finish
from documents.services.render_ornament import FLAGS_FOR, border, flags, stand_in_emblem
from documents.services.render_sheets import Sheets, deflated, page_at, unpacked, write
from documents.services.render_stamp import Needs, stamp

#: Sheets that the engine lays out together; within 50 to 100 the time a sheet is least.
BATCH = 75
#: Font's name -> numbers of its glyphs.
Glyphs = Mapping[str, frozenset[int]]

LETTERS = "".join(chr(code) for code in range(33, 127)) + "“”‘’–—…°§№"
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
#: The words of the templates themselves.
FIXED = f"{COUNTRY} {MOTTO} Số sổ vàng: Mã tra cứu: (hình minh họa)"
BLANKS = " \t\r\n\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Sheet:
    """One recipient's words, fitted."""

    line: CertificateLine
    words: tuple[tuple[str, Fitted], ...]

    @property
    def shape(self) -> tuple[tuple[str, float, float, int], ...]:
        """Sheets of one shape differ in their words only."""
        return tuple((name, text.size, text.top, len(text.lines)) for name, text in self.words)

    @property
    def texts(self) -> tuple[str, ...]:
        """The words line by line, in the order of the boxes."""
        return tuple(line for _, text in self.words for line in text.lines)

    @property
    def is_at_best(self) -> bool:
        """Does every word stand at the size its box was designed for?"""
        return all(text.is_best for _, text in self.words)

    def with_texts(self, texts: tuple[str, ...]) -> "Sheet":
        """The same places with other words."""
        left = iter(texts)
        words = ((name, replace(text, lines=tuple(islice(left, len(text.lines))))) for name, text in self.words)
        return replace(self, words=tuple(words))


def fitted(paper: CertificatePaper, line: CertificateLine) -> Sheet:
    """The words of one sheet in their boxes. Raises DoesNotFit with the sentence for the clerk."""
    boxes = paper.placed.by_name
    texts = ((name, normalize("NFC", text)) for name, text in variable_texts(line).items() if text)
    return Sheet(line, tuple((name, slot(boxes[name]).fit(text)) for name, text in texts))


def variable_texts(line: CertificateLine) -> dict[str, str]:
    """What stands in each box that differs from sheet to sheet."""
    return {
        "name": line.name, "detail": line.detail, "achievement": line.achievement,
        "ordinal": f"Số sổ vàng: {line.ordinal}", "typed": f"Mã tra cứu: {line.mark.typed}" if line.mark else "",
    }  # fmt: skip


def decision_text(face: CertificateFace) -> dict[str, str]:
    """The same on every sheet, but not printed on stock yet."""
    return {"decision": face.decision_line}


def face_words(face: CertificateFace, layout: CertificateLayout) -> tuple[tuple[str, Fitted], ...]:
    """The words that all sheets share, in their boxes. Raises DoesNotFit."""
    boxes = layout.by_name
    texts = decision_text(face) | {
        "country": COUNTRY, "motto": MOTTO, "decider": face.decider, "verb": face.verb, "award": face.award,
        "place": face.place_line, "signer": face.signature.name,
    }  # fmt: skip
    words = [(name, slot(boxes[name]).fit(normalize("NFC", text))) for name, text in texts.items() if text.strip()]
    return (*words, ("authority", stacked(boxes["authority"], face.signature.authority)))


def misfits(paper: CertificatePaper) -> list[tuple[int, str]]:
    """The places of lines that cannot be printed (too long, a letter no face has), and why: render the others."""
    found = []
    for place, line in enumerate(paper.lines):
        try:
            check_letters("".join(fitted(paper, line).texts))
        except (DoesNotFit, MissingGlyph) as reason:
            found.append((place, str(reason)))
    return found


def lay_out_batch(paper: CertificatePaper, *, stamped: bool = True) -> bytes:
    """The sheets of `paper` as a piece to bind; `stamped` False has the engine lay out each of them."""
    sheets = [fitted(paper, line) for line in paper.lines]
    needs = Needs()
    drawn: list[bytes | None] = [None] * len(sheets)
    if stamped:
        drawn = stamp(sheets, lambda some: laid_out(paper, some), needs)
    left = [place for place, done in enumerate(drawn) if done is None]
    for start in range(0, len(left), BATCH):
        places = left[start : start + BATCH]
        for place, done in zip(places, _laid(laid_out(paper, [sheets[place] for place in places]), needs), strict=True):
            drawn[place] = done
    under = _under(paper)
    return Sheets(
        box=(0.0, 0.0, round(paper.stock.width * MM, 6), round(paper.stock.height * MM, 6)),
        contents=tuple(deflated(under + code + (done or b"")) for code, done in zip(codes(paper), drawn, strict=True)),
        glyphs={font: frozenset(numbers) for font, numbers in needs.glyphs.items()},
        states=needs.states,
        letters="".join(sorted({letter for sheet in sheets for text in sheet.texts for letter in text})),
    ).packed()


def laid_out(paper: CertificatePaper, sheets: Sequence[Sheet]) -> bytes:
    """PDF of only what differs from sheet to sheet, one page each, by the layout engine."""
    return lay_out(fill("certificate.html", paper=paper, sheets=sheets), css=css_of(paper.placed))


def bind(paper: CertificatePaper, pieces: Iterable[bytes]) -> bytes:
    """One file of all sheets, gone through twice, piece by piece; of `paper` only what all sheets share is looked at.

    Raises MissingGlyph rather than print a letter with a wrong width.
    """
    letters: set[str] = set()
    states: dict[str, str] = {}
    glyphs: dict[str, frozenset[int]] = {}
    for sheets in map(unpacked, pieces):
        letters.update(sheets.letters)
        states.update(sheets.states)
        glyphs.update({name: glyphs.get(name, frozenset()) | numbers for name, numbers in sheets.glyphs.items()})
    joint = pikepdf.new()
    fonts = _shared_fonts(joint, paper, letters)
    have = {name: _glyphs(font) for name, font in fonts.items()}
    _check(glyphs, have)
    resources = Dictionary(Font=fonts, XObject=Dictionary(), ExtGState=Dictionary())
    for name, state in states.items():
        resources.ExtGState[name] = pikepdf.Object.parse(state.encode())
    resources.XObject.Nen = _face_form(joint, paper, fonts, have)
    if paper.draft:
        resources.XObject.DuThao = draft_form(joint, paper.stock.width * MM, paper.stock.height * MM)
    describe(joint, paper)
    pages = ((sheets.box, content) for sheets in map(unpacked, pieces) for content in sheets.contents)
    return write(joint, joint.make_indirect(resources), pages)


def one_sheet(joint: bytes, place: int) -> bytes:
    """The page of one recipient cut out of the joint file, to be sent or printed alone."""
    with pikepdf.open(BytesIO(joint)) as source:
        single, page = pikepdf.new(), page_at(source, place)
        node = Dictionary(Type=Name.Page, MediaBox=page.MediaBox)
        node.Resources, node.Contents = single.copy_foreign(page.Resources), single.copy_foreign(page.Contents)
        single.pages.append(pikepdf.Page(single.make_indirect(node)))
        title = str(source.docinfo.get("/Title", ""))
        return finish(single, Paper(title=title))


@lru_cache(maxsize=8)
def css_of(layout: CertificateLayout) -> str:
    boxes = [(name, box, *FONTS[box.face]) for name, box in layout.boxes]
    k = layout.emblem.size / FLAGS_FOR
    return fill("certificate.css", layout=layout, boxes=boxes, flags=80 * k, left=(40 - FLAGS_FOR / 2) * k, up=4.1 * k)


@lru_cache(maxsize=8)
def _face(face: CertificateFace, layout: CertificateLayout) -> bytes:
    """Ornament, emblem and fixed words; the costly part, once a batch."""
    art = {
        "border": border(layout.width, layout.height, layout.ornament, layout.colour),
        "flags": flags() if face.flags else "",
    }
    emblem = face.emblem or Picture("image/svg+xml", stand_in_emblem().encode())
    html = fill("certificate_face.html", face=face, words=face_words(face, layout), **art)
    return lay_out(html, css=css_of(layout), assets={"emblem": (emblem.mime, emblem.data)})


def _laid(pdf: bytes, needs: Needs) -> list[bytes]:
    """What the engine drew on each page. Raises RenderError when there is more than words in it."""
    with pikepdf.open(BytesIO(pdf)) as source:
        resources = source.pages[0].obj.Resources
        if any(resources.get(kind) for kind in ("/XObject", "/Pattern", "/Shading")):
            raise RenderError("Mẫu bằng có hình vẽ trong phần chữ thay đổi; hình phải nằm ở phần nền.")
        for name, font in resources.Font.items():
            needs.add(name.lstrip("/"), _glyphs(font))
        needs.add_states(source)
        return [page.obj.Contents.read_bytes() for page in source.pages]


def _under(paper: CertificatePaper) -> bytes:
    """What is drawn before the words."""
    return (b"q /DuThao Do Q\n" if paper.draft else b"") + b"q /Nen Do Q\n"


def _face_form(joint: pikepdf.Pdf, paper: CertificatePaper, fonts: Any, have: Glyphs) -> Any:
    with pikepdf.open(BytesIO(_face(paper.face, paper.placed))) as source:
        needs = source.pages[0].Resources
        _check({name.lstrip("/"): _glyphs(font) for name, font in needs.Font.items()}, have)
        del needs["/Font"]
        _widen_patterns(needs)
        form = joint.copy_foreign(source.pages[0].as_form_xobject())
    form.Resources.Font = fonts
    return form


def _widen_patterns(resources: Any) -> None:
    """Gradients of a drawing: the engine makes each a tile as large as its shape, which viewers lose by rounding.

    The tile is drawn with room around it, a shading goes on there; so exactly one covers the shape.
    """
    for pattern in dict(resources.get("/Pattern", {})).values():
        left, bottom, right, top = (float(edge) for edge in pattern.BBox)
        width, height = right - left, top - bottom
        room = [left - width, bottom - height, right + width, top + height]
        pattern.BBox, pattern.XStep, pattern.YStep = pikepdf.Array(room), 3 * width, 3 * height
        for form in dict(pattern.Resources.get("/XObject", {})).values():
            form.BBox = pikepdf.Array(room)


def _shared_fonts(joint: pikepdf.Pdf, paper: CertificatePaper, words: set[str]) -> Any:
    """One subset with every letter of the whole paper, in the four styles."""
    face = paper.face
    fixed = f"{face.decider}{face.verb}{face.award}{face.decision_line}{face.place_line}{face.signature.name}"
    posts = "".join(face.signature.authority)
    letters = "".join(sorted({*LETTERS, *FIXED, *words, *fixed, *posts} - set(BLANKS)))
    data = lay_out(fill("_letters.html", letters=letters), css=css_of(paper.placed))
    with pikepdf.open(BytesIO(data)) as source:
        return joint.copy_foreign(source.make_indirect(source.pages[0].Resources.Font))


def _glyphs(font: Any) -> frozenset[int]:
    """The glyphs that have a width in a font made by WeasyPrint."""
    widths = list(font.DescendantFonts[0].W)
    found: set[int] = set()
    for first, row in zip(widths[::2], widths[1::2], strict=True):
        found.update(range(int(first), int(first) + len(row)))
    return frozenset(found)


def _check(needs: Glyphs, have: Glyphs) -> None:
    """What some sheets need must be in what all share; a gap would print wrong widths silently."""
    if any(not numbers <= have.get(f"/{name}", frozenset()) for name, numbers in needs.items()):
        raise MissingGlyph("Có chữ không nằm trong bộ chữ của bằng. Đồng chí kiểm tra chữ lạ trong họ tên, đơn vị.")


def codes(paper: CertificatePaper) -> list[bytes]:
    """For each sheet what draws its QR code, nothing where it has none."""
    marks = [line.mark for line in paper.lines]
    rows = iter(qr_rows([mark.url for mark in marks if mark]))
    return [_code(*next(rows), paper.placed) if mark else b"" for mark in marks]


def _code(count: int, bits: bytes, layout: CertificateLayout) -> bytes:
    """The QR code as a mask of one bit a module over a white square: some 200 bytes a page."""
    spot = layout.code
    side, left, bottom = spot.size * MM, spot.x * MM, (layout.height - spot.y - spot.size) * MM
    module = side / (count + 8)
    return (
        f"q 1 g {left:.3f} {bottom:.3f} {side:.3f} {side:.3f} re f 0 g\n"
        f"{module * count:.3f} 0 0 {module * count:.3f} {left + 4 * module:.3f} {bottom + 4 * module:.3f} cm\n"
        f"BI /W {count} /H {count} /IM true /D [1 0] /F /AHx ID {bits.hex()}> EI Q\n"
    ).encode()
