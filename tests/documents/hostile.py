"""Files to try uploads with: honest ones and hostile ones, all made here, none harmful."""

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = b'<?xml version="1.0"?><Relationships xmlns="r">%s</Relationships>'


def pdf(pages: int = 1, *, active: str = "", password: str = "", signed: bool = False) -> bytes:
    """A PDF of empty pages; `active` names what it would do by itself."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    action = Dictionary(S=Name(f"/{active}")) if active else None
    if active == "JavaScript":
        made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    elif active == "names":
        made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([])))
    elif active == "embedded":
        made.attachments["x.txt"] = pikepdf.AttachedFileSpec(made, b"x", filename="x.txt")
    elif active == "page":
        made.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.URI))
    elif active:
        made.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])
    if signed:
        made.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([]))
    out = BytesIO()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else None
    made.save(out, deterministic_id=not password, encryption=encryption or False)
    return out.getvalue()


def endless_pages() -> bytes:
    """A tree of pages that contains itself."""
    made = pikepdf.new()
    made.add_blank_page()
    root = made.Root.Pages
    root.Kids = Array([root])
    root.Count = 100_000
    out = BytesIO()
    made.save(out, fix_metadata_version=False)
    return out.getvalue()


def bomb_in_a_stream() -> bytes:
    """An object stream that unpacks to 2 GB."""
    packer, packed = zlib.compressobj(9), bytearray()
    block = b" " * (1 << 20)
    for _ in range(2048):
        packed += packer.compress(block)
    packed += packer.flush()
    head = b"%PDF-1.7\n"
    first = (
        b"1 0 obj\n<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
        + bytes(packed)
        + b"\nendstream\nendobj\n"
    )
    table = b"".join(
        struct.pack(">BHH", kind, place, index)
        for kind, place, index in ((0, 0, 0), (1, len(head), 0), (2, 1, 0), (1, 0, 0))
    )
    start = len(head) + len(first)
    last = (
        b"3 0 obj\n<</Type/XRef/Size 4/W[1 2 2]/Root 2 0 R/Length %d>>\nstream\n" % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start
    )
    return head + first + last


def office(kind: str = "docx", extra: dict[str, bytes] | None = None) -> bytes:
    """A minimal DOCX or XLSX with more entries."""
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[kind]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for name, body in {main: b'<?xml version="1.0"?><x/>', **(extra or {})}.items():
            archive.writestr(name, body)
    return out.getvalue()


def overlapping() -> bytes:
    """Two entries of the table that point to the same bytes."""
    data = bytearray(office(extra={"word/aaaa.xml": b"<x/>" * 50, "word/bbbb.xml": b"<x/>" * 50}))
    first = data.index(b"PK\x01\x02")
    entries = []
    while data[first : first + 4] == b"PK\x01\x02":
        entries.append(first)
        name, more, comment = struct.unpack_from("<HHH", data, first + 28)
        first += 46 + name + more + comment
    (offset,) = struct.unpack_from("<I", data, entries[-2] + 42)
    struct.pack_into("<I", data, entries[-1] + 42, offset)
    return bytes(data)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", size, "#b3121d").save(out, kind, **more)
    return out.getvalue()


def picture_with_place() -> bytes:
    """A JPG that tells where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "May anh mau"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif, comment=b"<?php system($_GET['c']); ?>")


def huge_header() -> bytes:
    """A PNG of a few bytes that says it is 20.000 by 20.000."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b"")
