"""Files made to slip past the checks: hidden from patterns, nested, renamed, cut, or with a byte turned over."""

import random
import zipfile
from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from documents.services import uploads_office
from documents.services.uploads import Accepted, accept
from documents.services.uploads_verdict import UploadRefused
from tests.documents import hostile

pytestmark = pytest.mark.once
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DDE = " DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc&quot; "


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(UploadRefused) as refused:
        accept(BytesIO(data), name=name)
    return str(refused.value)


def relations(row: str, part: str = "word/_rels/settings.xml.rels") -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    text = f'<?xml version="1.0"?><Relationships xmlns="{space}" xmlns:x="{space}">{row}</Relationships>'
    return hostile.office(extra={part: text.encode()})


def text(body: str, part: str = "word/header1.xml") -> bytes:
    return hostile.office(extra={part: f'<?xml version="1.0"?><w:hdr {W}>{body}</w:hdr>'.encode()})


def field(*pieces: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


MODE = 'TargetMode="External"'
TEMPLATE = f'Id="a" Type="{R}/attachedTemplate" Target="http://x/"'
OUTSIDE = {
    "a bracket inside the address": f'<Relationship Id="a" Type="{R}/attachedTemplate" Target="http://x/?a>b" {MODE}/>',
    "another prefix": f"<x:Relationship {TEMPLATE} {MODE}/>",
    "a letter as its number": f'<Relationship {TEMPLATE} TargetMode="&#69;xternal"/>',
    "a decoy type": f'<Relationship x:Type="{R}/hyperlink" {TEMPLATE} {MODE}/>',
    "a decoy mode": f'<Relationship {TEMPLATE} x:TargetMode="Internal" {MODE}/>',
    "after a comment": f"<!-- <Relationship> --><Relationship {TEMPLATE} {MODE}/>",
}
MAIL = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'
WIDE = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16")
LINK = b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'
OFFICE = {
    **{f"outside part, {name}": (relations(row), "bên ngoài") for name, row in OUTSIDE.items()},
    "list of parts with capitals": (relations(OUTSIDE["another prefix"], "word/_RELS/settings.xml.RELS"), "bên ngoài"),
    "macro under another name": (
        relations('<Relationship Id="a" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                  'Target="anh.bin"/>', "word/_rels/document.xml.rels"), "macro",
    ),
    "main part under another ending": (
        hostile.office(extra={"word/document.foo": b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}),
        "khai báo không được phép",
    ),
    "entities in another alphabet": (hostile.office(extra={"word/a.xml": WIDE}), "khai báo không được phép"),
    "entities in letters of mail": (hostile.office(extra={"word/a.xml": MAIL}), "hỏng"),
    "mark-up that does not close": (hostile.office(extra={"word/a.xml": b"<a><b></a>"}), "hỏng"),
    "program started by a field": (text(field(DDE)), "DDE"),
    "the same in pieces": (text(field(" D", "DE", "AUTO c:\\\\x")), "DDE"),
    "the same inside a field": (text(f'<w:tc>{field(" = ")}{field(" ddeauto excel x")}</w:tc>'), "DDE"),
    "the same in short form": (text(f'<w:fldSimple w:instr="{DDE}"/>'), "DDE"),
    "program started by a sheet": (hostile.office("xlsx", {"xl/externalLinks/externalLink1.xml": LINK}), "DDE"),
    "commands from before VBA": (hostile.office("xlsx", {"xl/macrosheets/sheet1.xml": b"<a/>"}), "macro"),
    "a program in a package": (
        hostile.office(extra={"word/embeddings/oleObject1.bin": OLE + "\x01Ole10Native".encode("utf-16-le") + b"MZ"}),
        "nhúng bên trong",
    ),
    "a shortcut": (hostile.office(extra={"word/embeddings/tai-lieu.LNK": b"L"}), "mã chạy được"),
    "two parts that are one to Office": (hostile.office(extra={"word/Document.xml": b"<a/>"}), "bất thường"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "says"), OFFICE.values(), ids=OFFICE.keys())
def test_what_hides_from_patterns_is_read_by_a_parser(data, says):
    assert says in refusal("a.xlsx" if b"xl/workbook.xml" in data else "a.docx", data)


HONEST = {
    "a link": relations(f'<Relationship Id="a" Type="{R}/hyperlink" Target="https://vksndtc.gov.vn" {MODE}/>'),
    "a number of the page": text(field(" PAGE ")),
    "a field about DDE": text(field(" HYPERLINK &quot;https://x/DDE&quot; ")),
    "an equation of old Word": hostile.office(extra={"word/embeddings/oleObject1.bin": OLE}),
    "a drawing with a declaration": hostile.office(extra={"word/media/a.svg": b"<!DOCTYPE svg><svg/>"}),
}  # fmt: skip


@pytest.mark.parametrize("data", HONEST.values(), ids=HONEST.keys())
def test_ordinary_files_pass(data):
    assert accept(BytesIO(data), name="a.docx").data == data


def test_another_way_of_packing_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, b"<a/>")
    assert "bất thường" in refusal("a.docx", out.getvalue())


def test_large_mark_up_is_read_piece_by_piece(monkeypatch):
    """A part of 30 MB is never asked for whole."""
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *args: pytest.fail("a part was read whole"))
    body = "".join(f"<w:t>{random.Random(n).getrandbits(256):x}</w:t>" for n in range(4000))
    assert uploads_office.check("a.docx", "docx", text(body * 100)) is None


@limits(max_examples=120, deadline=None)
@given(st.data())
def test_a_byte_turned_over_or_an_end_cut_off_is_accepted_or_refused_and_never_an_error(data):
    name, whole = data.draw(st.sampled_from([("a.docx", HONEST["a link"]), ("a.png", hostile.picture())]))
    broken = bytearray(whole)
    broken[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    broken = broken[: data.draw(st.integers(1, len(whole)))] if data.draw(st.booleans()) else broken
    with suppress(UploadRefused):
        assert isinstance(accept(BytesIO(bytes(broken)), name=name), Accepted)


def pdf(change) -> bytes:
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    change(made)
    made.save(out)
    return out.getvalue()


def script(made):
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def chain(made, length: int):
    """An action that leads to the next, and so on; the last one runs."""
    action = script(made)
    for _ in range(length):
        action = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]), Next=action)
    made.Root.OpenAction = action


def set_root(key, value):
    def change(made):
        made.Root[key] = value(made) if callable(value) else value

    return change


def on_page(**more):
    def change(made):
        made.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], **more)])

    return change


def outside_stream(made):
    made.pages[0].obj.Contents = made.make_stream(b"", F=String("//x/share/a"))


def attached_without_names(made):
    file = Dictionary(F=made.make_stream(b"MZ", Type=Name.EmbeddedFile))
    made.Root.AF = Array([Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=file)])


def vast_proof(made):
    made.Root.DSS = Dictionary(CRLs=Array([made.make_stream(b"\0" * (40 << 20))]))


FORM = Dictionary(Fields=Array([]), XFA=String("<x/>"))
WEB = Dictionary(S=Name.URI, URI=String("http://x"))
SHARE = Dictionary(S=Name.GoToR, F=String("//x/a"))
PDFS = {
    "an action deep in a chain": (pdf(lambda made: chain(made, 28)), "mã tự chạy"),
    "an action deeper than looked for": (pdf(lambda made: chain(made, 80)), "phức tạp"),
    "a form with scripts of its own": (pdf(set_root("/AcroForm", FORM)), "mã tự chạy"),
    "opening leads to the web": (pdf(set_root("/OpenAction", WEB)), "mã tự chạy"),
    "opening leads to a share": (pdf(set_root("/OpenAction", SHARE)), "mã tự chạy"),
    "a link to a share": (pdf(on_page(A=Dictionary(S=Name.GoToR, F=String("//x/a"), D=Array([0])))), "mã tự chạy"),
    "a page kept on a share": (pdf(outside_stream), "mã tự chạy"),
    "a file beside the list of files": (pdf(attached_without_names), "tệp nhúng"),
    "a list of revocations of 40 MB in a few KB": (pdf(vast_proof), "phức tạp"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "says"), PDFS.values(), ids=PDFS.keys())
def test_pdf_that_does_something_by_itself_is_refused_wherever_it_is_hidden(data, says):
    assert says in refusal("a.pdf", data)


def test_opening_at_a_place_and_a_link_to_the_web_are_ordinary():
    def change(made):
        made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])
        on_page(A=Dictionary(S=Name.URI, URI=String("https://vksndtc.gov.vn")))(made)

    assert accept(BytesIO(pdf(change)), name="a.pdf").pages == 1
