"""Parts into one file: pages numbered as Nghị định 30/2020/NĐ-CP asks, metadata, the mark of a draft.

Page numbers are written here and not by the layout, since a part does not know how many pages the
parts before it have. Everything is drawn *before* a page's own content: that content begins with a
flip of the axes outside any q/Q, so whatever follows it would stand on its head.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, ObjectStreamMode

from documents.papers import Paper
from documents.services.render_engine import fill, font_path, lay_out

MM = 72 / 25.4
#: PDF/A-3 is built on this version of PDF.
ARCHIVAL_VERSION = "1.7"
#: Size of page numbers (13 to 14 pt) and where they stand: the middle of the top margin.
NUMBER_SIZE = 13
#: Drawn beside the text and not read aloud with it.
ARTIFACT = b"/Artifact BMC\n%sEMC\n"
TOP_MARGIN = 20 * MM
LEFT_MARGIN, RIGHT_MARGIN = 30 * MM, 15 * MM


def join(paper: Paper, pieces: Sequence[tuple[bool, bytes]]) -> bytes:
    """One PDF; numbers start anew at each piece that opens a text or an annex (True), and 1 is not shown."""
    sources = [pikepdf.open(BytesIO(piece)) for _, piece in pieces]  # their streams are read when all is saved
    joint = sources[0] if len(sources) == 1 else _joined(sources)
    numbers: list[int] = []
    count = 0
    for (opens, _), source in zip(pieces, sources, strict=True):
        count = 0 if opens else count
        numbers.extend(range(count + 1, count + len(source.pages) + 1))
        count += len(source.pages)
    _write_numbers(joint, numbers)
    if paper.draft:
        mark_draft(joint, [page.obj for page in joint.pages])
    return finish(joint, paper)


def finish(joint: pikepdf.Pdf, paper: Paper) -> bytes:
    """Described and saved: the same bytes each time the same paper is rendered."""
    describe(joint, paper)
    out = BytesIO()
    joint.save(out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True, min_version=ARCHIVAL_VERSION)
    return out.getvalue()


def describe(joint: pikepdf.Pdf, paper: Paper) -> None:
    """Name, language, and what makes PDF/A-3b of a file whose fonts are embedded: metadata and output intent.

    A claim only: no validator outside has confirmed it.
    """
    joint.Root.Lang = pikepdf.String("vi")
    joint.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    # The engine's own metadata carries numbers drawn by lot; the same paper must give the same bytes.
    if "/Metadata" in joint.Root:
        del joint.Root.Metadata
    with joint.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as meta:
        meta["dc:title"] = paper.title
        meta["dc:language"] = ["vi"]
        meta["pdf:Producer"] = str(joint.docinfo.get("/Producer", "pikepdf"))
        meta["pdfaid:part"], meta["pdfaid:conformance"] = "3", "B"
    if "/OutputIntents" not in joint.Root:
        joint.Root.OutputIntents = Array([_output_intent(joint)])


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has; none of them is read."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return int(opened.Root.Pages.Count)


def mark_draft(joint: pikepdf.Pdf, pages: Sequence[Any]) -> None:
    """“DỰ THẢO” across each page, one drawing shared by all pages of a size."""
    forms: dict[tuple[float, float], Any] = {}
    for page in pages:
        left, bottom, right, top = (float(edge) for edge in page.MediaBox)
        size = (round(right - left, 2), round(top - bottom, 2))
        if size not in forms:
            forms[size] = draft_form(joint, *size)
        handle = pikepdf.Page(page)
        name = handle.add_resource(forms[size], Name.XObject, Name.DuThao)
        handle.contents_add(joint.make_stream(ARTIFACT % f"q {name} Do Q\n".encode()), prepend=True)


def draft_form(joint: pikepdf.Pdf, width: float, height: float) -> Any:
    """“DỰ THẢO” across a page of this size (points), to be drawn with Do."""
    with pikepdf.open(BytesIO(_draft_sheet(round(width, 2), round(height, 2)))) as source:
        return joint.copy_foreign(source.pages[0].as_form_xobject())


def _joined(sources: Sequence[pikepdf.Pdf]) -> pikepdf.Pdf:
    """The pages of all; their tags are left behind, since each part's structure is a tree of its own."""
    joint = pikepdf.new()
    for source in sources:
        joint.pages.extend(source.pages)
    for page in joint.pages:
        for key in ("/StructParents", "/Tabs"):
            if key in page.obj:
                del page.obj[key]
    return joint


def _output_intent(joint: pikepdf.Pdf) -> Any:
    """The colours are meant as sRGB; the profile is the one that comes with the layout engine."""
    profile = joint.make_stream(_srgb(), N=3)
    name = pikepdf.String("sRGB2014.icc")
    return joint.make_indirect(
        Dictionary(
            Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=name, Info=name,
            DestOutputProfile=profile,
        )
    )  # fmt: skip


@cache
def _srgb() -> bytes:
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


def _write_numbers(joint: pikepdf.Pdf, numbers: Sequence[int]) -> None:
    if all(number == 1 for number in numbers):
        return
    with pikepdf.open(BytesIO(_digit_sheet())) as source:
        font = joint.copy_foreign(source.make_indirect(next(iter(source.pages[0].Resources.Font.values()))))
    for page, number in zip(joint.pages, numbers, strict=True):
        if number > 1:
            name = page.add_resource(font, Name.Font, Name.SoTrang)
            page.contents_add(joint.make_stream(ARTIFACT % _number(page.mediabox, number, name)), prepend=True)


def _number(box: Any, number: int, font: Name) -> bytes:
    """Centred over the text, its middle in the middle of the top margin."""
    _, _, right, top = (float(edge) for edge in box)
    glyphs, advance, height = _digits()
    text = str(number)
    width = advance * len(text) * NUMBER_SIZE
    x = (LEFT_MARGIN + right - RIGHT_MARGIN - width) / 2
    y = top - TOP_MARGIN / 2 - height * NUMBER_SIZE / 2
    codes = "".join(f"{glyphs[digit]:04x}" for digit in text)
    return f"q BT {font} {NUMBER_SIZE} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{codes}> Tj ET Q\n".encode()


@lru_cache(maxsize=1)
def _digits() -> tuple[dict[str, int], float, float]:
    """Glyph of each digit, their common width, and their height, in ems."""
    with TTFont(font_path("tinos-regular")) as font:
        names, order, em = font.getBestCmap(), font.getReverseGlyphMap(), font["head"].unitsPerEm
        width, height = font["hmtx"][names[ord("1")]][0], font["glyf"][names[ord("1")]].yMax
        return {digit: order[names[ord(digit)]] for digit in "0123456789"}, width / em, height / em


@lru_cache(maxsize=1)
def _digit_sheet() -> bytes:
    return lay_out(fill("_digits.html"), css="")


@lru_cache(maxsize=8)
def _draft_sheet(width: float, height: float) -> bytes:
    css = fill("draft.css", width=f"{width:.2f}pt", height=f"{height:.2f}pt")
    return lay_out(fill("_draft.html"), css=css)
