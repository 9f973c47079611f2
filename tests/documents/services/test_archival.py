"""Papers as PDF/A-3b: colours, metadata, fonts and tags. What a program can look at; no validator has."""

from io import BytesIO

import pikepdf
import pytest

from documents.services import render
from documents.services.render_certificates import one_sheet
from tests.factories import documents as make

pytestmark = pytest.mark.once


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


WHOLE = {
    "decision": lambda: render.render_pdf(make.decision_paper(more_text=12)),
    "submission in parts": lambda: render.render_pdf(make.submission_paper()),
    "minutes": lambda: render.render_pdf(make.minutes_paper(4)),
    "invitation": lambda: render.render_pdf(make.invitation_paper()),
    "list in parts": lambda: render.render_pdf(make.annex(260)),
    "draft": lambda: render.render_pdf(make.decision_paper(draft=True)),
    "certificates": lambda: render.render_pdf(make.certificate_paper((make.certificate_line(0),))),
    "one certificate": lambda: one_sheet(render.render_pdf(make.certificate_paper((make.certificate_line(0),))), 0),
}  # fmt: skip


@pytest.fixture(scope="module", params=WHOLE.values(), ids=WHOLE.keys())
def paper(request):
    with opened(request.param()) as pdf:
        yield pdf


def test_the_metadata_says_pdf_a_3b_and_agrees_with_the_document_information(paper):
    meta = paper.open_metadata()
    assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "B")
    assert meta["dc:title"] == str(paper.docinfo["/Title"]) != ""
    assert meta["pdf:Producer"] == str(paper.docinfo["/Producer"])
    assert set(paper.docinfo.keys()) == {"/Title", "/Producer"}
    assert "/Filter" not in paper.Root.Metadata


def test_the_colours_are_meant_as_srgb_by_an_embedded_profile(paper):
    (intent,) = paper.Root.OutputIntents
    profile = intent.DestOutputProfile
    assert (str(intent.S), int(profile.N)) == ("/GTS_PDFA1", 3)
    assert profile.read_bytes()[16:20] == b"RGB "
    assert profile.read_bytes()[36:40] == b"acsp"


def test_every_font_is_embedded_with_its_letters(paper):
    fonts = [each for each in paper.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]
    whole = [font for font in fonts if font.Subtype == "/Type0"]
    assert whole
    for font in whole:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_the_file_is_new_enough_has_an_identity_and_nothing_that_pdf_a_forbids(paper):
    assert paper.pdf_version == "1.7"
    assert len(paper.trailer.ID) == 2
    assert "/Encrypt" not in paper.trailer
    for each in paper.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            assert not {"/JS", "/JavaScript", "/AA", "/EF"} & set(each.keys())
            assert each.get("/Filter") != "/LZWDecode"


def test_no_page_points_into_a_structure_that_is_not_there(paper):
    if "/StructTreeRoot" not in paper.Root:
        assert not any("/StructParents" in page.obj for page in paper.pages)


def test_a_paper_of_one_part_is_tagged_from_its_heading_to_its_signature():
    with opened(render.render_pdf(make.decision_paper(more_text=12))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        kinds = list(_kinds(pdf.Root.StructTreeRoot))
        assert {"/Document", "/H1", "/P", "/Table"} <= set(kinds)
        assert [int(page.obj.StructParents) for page in pdf.pages] == list(range(len(pdf.pages)))


def test_page_numbers_and_the_mark_of_a_draft_are_not_read_with_the_text():
    with opened(render.render_pdf(make.decision_paper(more_text=12, draft=True))) as pdf:
        drawn = pdf.pages[1].Contents
        beside = [bytes(stream.read_bytes()) for stream in drawn][:-1]
    assert len(beside) == 2
    assert all(stream.startswith(b"/Artifact BMC\n") and stream.endswith(b"EMC\n") for stream in beside)


def test_the_engines_own_numbers_drawn_by_lot_are_left_out():
    assert WHOLE["decision"]() == WHOLE["decision"]()


def _kinds(node):
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _kinds(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from _kinds(node.K)
