"""Every kind of paper, also with words that strain its boxes, keeps to Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from dataclasses import replace

import pytest

from documents.papers import official
from documents.services import render, render_merge
from tests.documents.decree import faults
from tests.documents.hard import CASES, KINDS, with_paragraphs
from tests.factories import documents as make

pytestmark = pytest.mark.once


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_paper_differs_nowhere_from_the_decree(kind, case):
    paper = case(kind())
    assert faults(render.render_pdf(paper), paper) == []


@pytest.mark.parametrize("extra", [8, 9, 10, 11, 24, 25, 26, 27])
@pytest.mark.parametrize("kind", ["decision", "submission", "minutes of two", "minutes of four", "invitation"])
def test_wherever_the_page_ends_the_signature_has_text_above_it(kind, extra):
    paper = with_paragraphs(KINDS[kind](), extra)
    assert faults(render.render_pdf(paper), paper) == []


def test_a_list_by_itself_and_one_on_its_side_differ_nowhere():
    for paper in (make.annex(60, 20), make.annex(40, landscape=True), make.annex(270)):
        assert faults(render.render_pdf(paper), paper) == []


def test_two_lists_have_their_labels_and_numbers():
    annexes = tuple(replace(make.annex(30), label=f"Phụ lục {number}") for number in ("I", "II"))
    paper = make.decision_paper(annexes=annexes)
    assert faults(render.render_pdf(paper), paper) == []


#: What is spoilt in the style sheet, so that the measuring is seen to find it.
SPOILT = {
    "left margin": ("margin: 20mm 15mm 20mm 30mm }\n@page wide", "margin: 20mm 15mm 20mm 29mm }\n@page wide"),
    "right margin": ("margin: 20mm 15mm 20mm 30mm }\n@page wide", "margin: 20mm 14mm 20mm 30mm }\n@page wide"),
    "top margin": ("margin: 20mm 15mm 20mm 30mm }\n@page wide", "margin: 19mm 15mm 20mm 30mm }\n@page wide"),
    "sheet": ("size: 210mm 297mm", "size: 216mm 279mm"),
    "body's size": ("font-size: 14pt; line-height: 1.25", "font-size: 12.5pt; line-height: 1.25"),
    "body's lines too close": ("line-height: 1.25; color", "line-height: 1.0; color"),
    "body's lines too wide": ("line-height: 1.25; color", "line-height: 1.8; color"),
    "ink": ("color: #000", "color: #222"),
    "country's size": (".country { font-size: 13pt", ".country { font-size: 13.5pt"),
    "country's weight": (".country { font-size: 13pt; font-weight: bold", ".country { font-size: 13pt"),
    "motto's size": ("14pt; font-weight: bold; white-space", "12.5pt; font-weight: bold; white-space"),
    "motto's rule": ('.motto::after { content: "";', '.motto::after { content: ""; width: 90%;'),
    "no rule under the motto": ('.motto::after { content: ""', ".motto::after { content: none"),
    "rule of body and summary": ("width: 40%", "width: 60%"),
    "rule of body and summary to one side": ("margin: 0.8mm auto 0", "margin: 0.8mm 0 0"),
    "issuer's weight": (".body { font-weight: bold }", ""),
    "issuer's size": (".parent, .body { font-size: 13pt }", ".parent, .body { font-size: 11.5pt }"),
    "number's size": (".number { font-size: 13pt }", ".number { font-size: 14pt }"),
    "place upright": ("font-style: italic }\n\n/* Box 5a", "}\n\n/* Box 5a"),
    "number and place on two heights": (".number {", ".number { padding-top: 6mm !important;"),
    "kind to the left": (".kind { margin-top: 8mm; text-align: center", ".kind { margin-top: 8mm; text-align: left"),
    "kind's weight": ("font-weight: bold; font-size: 14pt }\n.summary", "font-size: 14pt }\n.summary"),
    "summary's weight": (".summary { text-align: center; font-weight: bold", ".summary { text-align: center"),
    "indent": ("text-indent: 12.7mm; text-align: justify", "text-indent: 8mm; text-align: justify"),
    "ragged right": ("text-align: justify", "text-align: left"),
    "room between paragraphs": ("margin: 6pt 0 0", "margin: 2pt 0 0"),
    "grounds upright": (".text p.ground { font-style: italic }", ""),
    "articles' weight": (".lead { font-weight: bold }", ""),
    "authority's weight": (".authority { font-size: 14pt; font-weight: bold", ".authority { font-size: 14pt"),
    "authority's size": (".authority { font-size: 14pt", ".authority { font-size: 12.5pt"),
    "signer's weight": (".signer { font-size: 14pt; font-weight: bold", ".signer { font-size: 14pt"),
    "no room to sign": (".room { display: block; height: 26mm }", ".room { display: block; height: 8mm }"),
    "signature to one side": (".close .by { text-align: center", ".close .by { text-align: left"),
    "recipients lower": (".close .sent {", ".close .sent { padding-top: 5mm;"),
    "recipients' label": (".sent .label { font-size: 12pt; font-weight: bold", ".sent .label { font-size: 12pt"),
    "recipients' size": (".sent .line { font-size: 11pt", ".sent .line { font-size: 12pt"),
    "recipients indented": (".close .sent {", ".close .sent { padding-left: 3mm;"),
    "list's title": (".annex .title { text-align: center; font-weight: bold", ".annex .title { text-align: left"),
    "list's reference": ("center; font-style: italic; font-size: 14pt }\n.list", "center; font-size: 14pt }\n.list"),
    "list's size": ("table-layout: fixed; font-size: 13pt", "table-layout: fixed; font-size: 11pt"),
    "head of a list only once": ("display: table-header-group", "display: table-row-group"),
    "rows cut": (".list tr { break-inside: avoid }", ""),
    "list too wide": (".list { width: 100%", ".list { width: 104%"),
}  # fmt: skip


@pytest.fixture(scope="module")
def watched():
    """A decision and a list whose rows are of many heights, so that one meets the end of a page."""
    rows = tuple(replace(row, cells=(*row.cells[:4], "Viện kiểm sát nhân dân " * (n % 7 + 1)))
                 for n, row in enumerate(make.rows(40)))  # fmt: skip
    paper = make.decision_paper(more_text=2, annexes=(replace(make.annex(1), rows=rows),), mark=make.MARK,
                                letterhead=make.provincial_letterhead("QĐ-VKS"))  # fmt: skip
    assert faults(render.render_pdf(paper), paper) == []
    return paper


@pytest.mark.parametrize("old_new", SPOILT.values(), ids=SPOILT.keys())
def test_what_is_spoilt_in_the_style_sheet_is_found(watched, monkeypatch, old_new):
    real = render.fill

    def spoilt(template, **context):
        css = real(template, **context)
        assert template != "paper.css" or old_new[0] in css
        return css.replace(*old_new) if template == "paper.css" else css

    monkeypatch.setattr(render, "fill", spoilt)
    assert faults(render.render_pdf(watched), watched) != []


@pytest.mark.parametrize(
    ("place", "name", "value"),
    [
        (render_merge, "NUMBER_SIZE", 12),
        (render_merge, "TOP_MARGIN", 30 * render_merge.MM),
        (render_merge, "LEFT_MARGIN", 20 * render_merge.MM),
        (official, "ended", tuple),
    ],
)
def test_what_is_spoilt_elsewhere_is_found(watched, monkeypatch, place, name, value):
    monkeypatch.setattr(place, name, value)
    assert faults(render.render_pdf(watched), watched) != []


def test_a_close_torn_from_its_text_is_found(monkeypatch):
    real = render.fill
    torn = "break-inside: avoid; break-before: page"
    monkeypatch.setattr(render, "fill", lambda template, **more: real(template, **more).replace(
        "break-inside: avoid; break-before: avoid", torn))  # fmt: skip
    paper = make.decision_paper()
    assert "chữ ký đứng một mình trên trang" in faults(render.render_pdf(paper), paper)
