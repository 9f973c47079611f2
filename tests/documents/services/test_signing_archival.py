"""What a signature appends must keep the paper PDF/A-3b, as far as a program of ours can look; no validator has."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone

from documents.services import signing, signing_check, signing_look
from documents.services.render import render_pdf
from documents.services.signing_keys import keys
from tests.documents.authority import make_folder
from tests.documents.services.test_signing_look import AGENCY, NAME, scrawl, seal
from tests.factories.documents import decision_paper

#: Bits of an annotation's flags.
INVISIBLE, HIDDEN, PRINT, NO_VIEW, TOGGLE_NO_VIEW = 1, 2, 4, 32, 256


@pytest.fixture(scope="module")
def paper():
    return decision_paper()


@pytest.fixture(scope="module")
def rendered(paper):
    return render_pdf(paper)


def sign(settings, place, paper, rendered, *, look, stamped=False):
    """The file prepared, then signed by a person, then by the agency."""
    folder = make_folder(settings, place)
    folder.give("nguoiky", NAME)
    folder.give(AGENCY, "Viện kiểm sát nhân dân tối cao")
    if look == "pictures":
        (place / "nguoiky.png").write_bytes(scrawl())
        (place / f"{AGENCY}.png").write_bytes(seal())
    stamper = None
    if stamped:
        stamper, root = folder.stamps()
        folder.trust(root, "tsa")
        folder.publish(folder.authority, "ca")
        folder.publish(root, "tsa")
    places = signing_look.places(paper, owner=AGENCY, signer="nguoiky")
    steps, at = [signing.prepare(rendered, places)], timezone.now()
    for owner, field, drawn in (
        ("nguoiky", signing_look.PERSON, lambda key, spot: signing_look.person(key, spot, at=at)),
        (AGENCY, signing_look.AGENCY, lambda key, spot: signing_look.agency(key, spot, number="07/QĐ", at=at)),
    ):
        key = keys().key(owner)
        picture = drawn(key, signing.place_of(steps[-1], field))
        steps.append(
            signing.sign(steps[-1], key, field=field, look=picture, reason="Ban hành", timestamper=stamper)
        )  # fmt: skip
    return steps


@pytest.fixture(params=["pictures", "words", "stamped"])
def steps(request, settings, tmp_path, paper, rendered):
    """The file after each step: fields, the person's signature, the agency's."""
    look = "pictures" if request.param == "stamped" else request.param
    return sign(settings, tmp_path / "signing", paper, rendered, look=look, stamped=request.param == "stamped")


@pytest.fixture
def opened(steps):
    files = [pikepdf.open(BytesIO(step)) for step in steps]
    yield files
    for file in files:
        file.close()


def objects(pdf, kind):
    return [each for each in pdf.objects if isinstance(each, kind)]


def widgets(pdf):
    return [note for page in pdf.pages for note in page.obj.get("/Annots", ()) if note.get("/Subtype") == "/Widget"]


def test_the_claim_the_colours_and_the_tags_are_still_there(opened, rendered):
    with pikepdf.open(BytesIO(rendered)) as before:
        title = before.open_metadata()["dc:title"]
    for pdf in opened:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["dc:title"]) == ("3", "B", title)
        assert meta["pdf:Producer"] == str(pdf.docinfo["/Producer"])
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
        assert "/Filter" not in pdf.Root.Metadata
        head = bytes(pdf.Root.Metadata.read_raw_bytes()).split(b"?>")[0]
        assert b"bytes=" not in head
        assert b"encoding=" not in head
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        assert bool(pdf.Root.MarkInfo.Marked)


def test_every_font_also_of_the_appearances_is_embedded(opened):
    for pdf in opened:
        fonts = [each for each in objects(pdf, pikepdf.Dictionary) if each.get("/Type") == "/Font"]
        whole = [font for font in fonts if font.Subtype != "/CIDFontType2"]
        assert whole
        for font in whole:
            assert font.Subtype == "/Type0"
            assert "/ToUnicode" in font
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_the_form_asks_no_viewer_to_draw_and_does_nothing(opened):
    for pdf in opened:
        form = pdf.Root.AcroForm
        assert "/NeedAppearances" not in form
        assert "/XFA" not in form
        assert int(form.SigFlags) == 3
        assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert set(pdf.Root.get("/Perms", {})) <= {"/DocMDP", "/UR3"}
        for each in objects(pdf, pikepdf.Dictionary):
            assert not {"/JS", "/JavaScript", "/AA", "/EF"} & set(each.keys())


def test_each_field_is_printed_and_has_one_appearance_whether_signed_or_not(opened):
    for pdf in opened:
        assert len(widgets(pdf)) == 2
        for note in widgets(pdf):
            flags = int(note.F)
            assert flags & PRINT
            assert not flags & (INVISIBLE | HIDDEN | NO_VIEW | TOGGLE_NO_VIEW)
            assert set(note.AP.keys()) == {"/N"}
            assert isinstance(note.AP.N, pikepdf.Stream)
            assert not {"/A", "/AA"} & set(note.keys())


def test_pictures_are_not_smoothed_and_nothing_drawn_leaves_the_file(opened):
    for pdf in opened:
        for stream in objects(pdf, pikepdf.Stream):
            if stream.get("/Subtype") == "/Image":
                assert not bool(stream.get("/Interpolate", False))
                assert not {"/Alternates", "/OPI"} & set(stream.keys())
                assert stream.ColorSpace in ("/DeviceRGB", "/DeviceGray")
            if stream.get("/Subtype") == "/Form":
                assert not {"/OPI", "/PS", "/Ref"} & set(stream.keys())
            assert not {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys())
            assert "/LZWDecode" not in str(stream.get("/Filter"))


def test_looks_of_graphics_use_only_normal_blending_and_no_transfer_functions(opened):
    for pdf in opened:
        for each in objects(pdf, pikepdf.Dictionary):
            if each.get("/Type") == "/ExtGState":
                assert each.get("/BM", "/Normal") in ("/Normal", "/Compatible")
                assert not {"/TR", "/HTP"} & set(each.keys())


def test_a_signature_holds_its_certificates_and_covers_the_file(steps, opened):
    rows = [row.V for row in opened[-1].Root.AcroForm.Fields]
    assert len(rows) == 2
    for row in rows:
        assert not {"/DigestLocation", "/DigestMethod", "/DigestValue"} & set(row.get("/Reference", [{}])[0].keys())
        assert len(bytes(row.Contents)) > 1000
    start, _, behind, rest = (int(number) for number in rows[-1].ByteRange)
    report = signing_check.examine(steps[-1])
    assert report.is_fine
    assert start == 0
    assert behind + rest <= len(steps[-1])
    if report.signatures[-1].level == "PAdES B-B":
        assert behind + rest == len(steps[-1])


def test_what_is_appended_is_written_as_pdf_a_wants_it(steps, rendered):
    appended = steps[-1][len(rendered) :]
    assert steps[-1].startswith(rendered)
    assert re.search(rb"\d+ \d+ obj\b(?![\r\n])", _without_strings(appended)) is None
    assert re.search(rb"[^\r\n]endobj", _without_strings(appended)) is None
    assert re.search(rb"stream(?!\r\n|\n)", _without_streams(appended)) is None
    assert appended.rstrip(b"\r\n").endswith(b"%%EOF")
    with pikepdf.open(BytesIO(rendered)) as before, pikepdf.open(BytesIO(steps[-1])) as after:
        assert before.trailer.ID[0] == after.trailer.ID[0]
        assert before.pdf_version == after.pdf_version


def _without_streams(data: bytes) -> bytes:
    """Only what stands around the contents of streams."""
    return re.sub(rb"(stream\r?\n).*?(\r?\nendstream)", rb"\1\2", data, flags=re.DOTALL).replace(b"endstream", b"end")


def _without_strings(data: bytes) -> bytes:
    return re.sub(rb"<[0-9a-fA-F]{64,}>", b"<>", _without_streams(data))
