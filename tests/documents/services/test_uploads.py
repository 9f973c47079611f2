"""The corpus of hostile uploads: what is refused, what is cleaned, what is taken as it is."""

import hashlib
import resource
import unicodedata
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from documents.services.render_engine import lay_out
from documents.services.uploads import Accepted, accept, safe_name
from documents.services.uploads_verdict import UploadRefused
from tests.documents import hostile

pytestmark = pytest.mark.once


def upload(name: str, data: bytes) -> Accepted:
    return accept(BytesIO(data), name=name)


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(UploadRefused) as refused:
        upload(name, data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "data", "mime"),
    [
        ("báo cáo.pdf", hostile.pdf(2), "application/pdf"),
        (
            "tờ trình.docx",
            hostile.office("docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("danh sách.xlsx", hostile.office("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ảnh.JPEG", hostile.picture("JPEG"), "image/jpeg"),
        ("ảnh.png", hostile.picture("PNG"), "image/png"),
    ],
)
def test_honest_files_of_the_five_kinds_are_taken(name, data, mime):
    accepted = upload(name, data)
    assert (accepted.name, accepted.mime) == (name, mime)


def test_pdf_and_office_files_are_kept_byte_for_byte():
    for name, data in (("a.pdf", hostile.pdf(signed=True)), ("a.docx", hostile.office())):
        assert hashlib.sha256(upload(name, data).data).digest() == hashlib.sha256(data).digest()


def test_the_pages_and_the_signature_of_a_pdf_are_noted():
    accepted = upload("a.pdf", hostile.pdf(3, signed=True))
    assert (accepted.pages, accepted.is_signed) == (3, True)
    assert not upload("a.pdf", hostile.pdf()).is_signed


HTML = b"<html><script>alert(1)</script></html>"
DOCX_TARGET = b'<Relationship Id="1" Type="http://x/attachedTemplate" Target="http://h/t.dotm" TargetMode="External"/>'
CASES = {
    "HTML named pdf": ("a.pdf", HTML, "không phải PDF"),
    "SVG named jpg": ("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải JPG"),
    "PDF header not at the start": ("a.pdf", HTML + hostile.pdf(), "không phải PDF"),
    "program": ("QĐ.pdf.exe", hostile.pdf(), "Chỉ nhận PDF"),
    "page of the web": ("anh.jpg.html", hostile.picture("JPEG"), "Chỉ nhận PDF"),
    "right-to-left override": ("bao cao\u202efdp.exe", hostile.pdf(), "Chỉ nhận PDF"),
    "no extension": ("baocao", hostile.pdf(), "Chỉ nhận PDF"),
    "empty": ("a.pdf", b"", "rỗng"),
    "picture named pdf": ("a.pdf", hostile.picture(), "có nội dung PNG nhưng đuôi tên là .pdf"),
    "sheet named docx": ("a.docx", hostile.office("xlsx"), "có nội dung XLSX"),
    "table of values named xlsx": ("a.xlsx", b"a;b\n1;2\n", "không phải XLSX"),
    "old Word": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Office cũ hoặc có mật khẩu"),
    "zip named docx": ("a.docx", b"PK\x03\x04" + b"\0" * 40, "không phải DOCX"),
    "encrypted PDF": ("a.pdf", hostile.pdf(password="x"), "có mật khẩu"),
    "script in PDF": ("a.pdf", hostile.pdf(active="JavaScript"), "mã tự chạy"),
    "named script in PDF": ("a.pdf", hostile.pdf(active="names"), "mã tự chạy"),
    "program started by PDF": ("a.pdf", hostile.pdf(active="Launch"), "mã tự chạy"),
    "form sent by PDF": ("a.pdf", hostile.pdf(active="SubmitForm"), "mã tự chạy"),
    "file inside PDF": ("a.pdf", hostile.pdf(active="embedded"), "tệp nhúng"),
    "page that acts": ("a.pdf", hostile.pdf(active="page"), "mã tự chạy"),
    "too many pages": ("a.pdf", hostile.pdf(501), "hơn 500 trang"),
    "truncated PDF": ("a.pdf", hostile.pdf(3)[:200], "hỏng"),
    "pages without end": ("a.pdf", hostile.endless_pages(), "hỏng"),
    "truncated docx": ("a.docx", hostile.office()[:-30], "không phải DOCX hoặc tệp đã hỏng"),
    "truncated picture": ("a.jpg", hostile.picture("JPEG", (900, 900))[:900], "hỏng"),
    "entry above its folder": ("a.docx", hostile.office(extra={"../../x": b""}), "bất thường"),
    "entry at the root": ("a.docx", hostile.office(extra={"/etc/x": b""}), "bất thường"),
    "entry with backslashes": ("a.docx", hostile.office(extra={"..\\x": b""}), "bất thường"),
    "macro": ("a.docx", hostile.office(extra={"word/vbaProject.bin": b"x"}), "macro"),
    "template from outside": (
        "a.docx", hostile.office(extra={"word/_rels/settings.xml.rels": hostile.RELATIONS % DOCX_TARGET}), "bên ngoài",
    ),
    "archive inside": ("a.docx", hostile.office(extra={"word/x.zip": b"PK"}), "tệp nén"),
    "entity in docx": (
        "a.docx", hostile.office(extra={"word/x.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        "khai báo không được phép",
    ),
    "billion laughs in xlsx": (
        "a.xlsx", hostile.office("xlsx", {"xl/sharedStrings.xml": b"<!DOCTYPE l [<!ENTITY a 'b'>]><l/>"}),
        "khai báo không được phép",
    ),
    "DTD far down": (
        "a.xlsx", hostile.office("xlsx", {"xl/styles.xml": b"<!--" + b"x" * 9000 + b"--><!DOCTYPE a><a/>"}),
        "khai báo không được phép",
    ),
    "mark-up in another encoding": (
        "a.xlsx", hostile.office("xlsx", {"xl/styles.xml": "<!DOCTYPE a><a/>".encode("utf-16")}),
        "khai báo không được phép",
    ),
    "bomb of spaces": ("a.xlsx", hostile.office("xlsx", {"xl/worksheets/s.xml": b" " * 60_000_000}), "quá lớn"),
    "entries that share bytes": ("a.docx", hostile.overlapping(), "bất thường"),
    "picture of 400 million points": ("a.png", hostile.huge_header(), "dưới 40 triệu điểm ảnh"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "says"), CASES.values(), ids=CASES.keys())
def test_hostile_files_are_refused_with_a_sentence(name, data, says):
    assert says in refusal(name, data)


def test_a_truncated_picture_is_refused_also_after_papers_were_rendered():
    lay_out("<p>WeasyPrint has been loaded</p>", css="")
    assert "hỏng" in refusal("a.jpg", hostile.picture("JPEG", (900, 900))[:900])


def test_many_entries_are_refused_from_the_table():
    assert "quá lớn" in refusal("a.docx", hostile.office(extra={f"word/{n}.txt": b"" for n in range(2001)}))


def test_a_stream_that_unpacks_to_2_gb_does_not_fill_the_memory():
    assert refusal("a.pdf", hostile.bomb_in_a_stream())
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 900 * 1024  # KiB, the largest child so far


def test_an_ordinary_link_in_a_text_is_no_reason_to_refuse():
    link = b'<Relationship Id="1" Type="http://x/hyperlink" Target="https://vksndtc.gov.vn" TargetMode="External"/>'
    assert upload("a.docx", hostile.office(extra={"word/_rels/document.xml.rels": hostile.RELATIONS % link}))


def test_more_than_20_mb_is_refused_without_reading_on(settings):
    settings.UPLOAD_MAX_BYTES = 1000

    class Endless(BytesIO):
        def read(self, size=-1, /):
            assert 0 < size <= 1001
            return b"x" * size

    with pytest.raises(UploadRefused, match="lớn hơn"):
        accept(Endless(), name="a.pdf")


def test_a_declared_size_over_the_limit_is_refused_unread():
    class Told:
        name, size = "a.pdf", 20 * 1024 * 1024 + 1

        def read(self, size=-1, /):
            raise AssertionError("read")

    with pytest.raises(UploadRefused, match="lớn hơn 20 MB"):
        accept(Told())


def test_a_picture_is_written_anew_without_place_device_comment_or_tail():
    accepted = upload("a.jpg", hostile.picture_with_place() + b"PK\x03\x04 tep an")
    for secret in (b"May anh mau", b"<?php", b"tep an"):
        assert secret not in accepted.data
    with Image.open(BytesIO(accepted.data)) as picture:
        assert (dict(picture.getexif()), picture.size) == ({}, (40, 30))


def test_a_picture_lying_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(upload("a.jpg", hostile.picture("JPEG", (40, 30), exif=exif)).data)) as picture:
        assert picture.size == (30, 40)


def test_the_name_the_browser_gives_does_not_choose_the_type():
    class Posted(BytesIO):
        name, content_type = "a.pdf", "text/html"

    assert accept(Posted(hostile.pdf())).mime == "application/pdf"


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\win.ini", "win.ini"),
        ("C:\\Users\\a\\tờ trình.pdf", "tờ trình.pdf"),
        ('a"; filename="x.html.pdf', "a filename=x.html.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("bao\u202ecao\u200b.pdf", "baocao.pdf"),
        ("CON.pdf", "tep CON.pdf"),
        (".htaccess", "htaccess"),
        ("...", "tep"),
        ("", "tep"),
        (unicodedata.normalize("NFD", "Quyết định.pdf"), "Quyết định.pdf"),
    ],
)
def test_names_are_made_safe(raw, safe):
    assert safe_name(raw) == safe


@given(st.text(max_size=400))
def test_any_name_becomes_short_plain_and_stays_so(raw):
    safe = safe_name(raw)
    assert 0 < len(safe) <= 121
    assert not set(safe) & set('/\\"<>|:*?;\r\n\0')
    assert safe_name(safe) == safe
