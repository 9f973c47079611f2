"""Which uploads are accepted: by what they contain, never by their name alone.

PDF, DOCX, XLSX, JPG and PNG. The extension must be one of these, the first bytes must agree with
it, and the inside must open: PDF in a child process with limits, Office files by their table of
entries before anything is unpacked, pictures by their header before they are decoded.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from django.conf import settings

from documents.services import uploads_image, uploads_office, uploads_pdf
from documents.services.uploads_verdict import UploadRefused

MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
SAME = {"jpeg": "jpg"}
LONGEST_NAME = 120
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Upload(Protocol):
    """What a form hands over: bytes, with a name and perhaps a size beside them."""

    def read(self, size: int = -1, /) -> bytes:
        """Bytes of the file."""


@dataclass(frozen=True)
class Accepted:
    """A file that may be stored: its bytes (pictures are written anew) and what is known of it."""

    name: str
    mime: str
    data: bytes
    pages: int | None = None
    is_signed: bool = False


def accept(upload: Upload, *, name: str | None = None) -> Accepted:
    """Check one file. Raises UploadRefused with the sentence for the user."""
    shown = safe_name(name if name is not None else str(getattr(upload, "name", "") or ""))
    kind = _kind(shown)
    limit = settings.UPLOAD_MAX_BYTES
    declared = getattr(upload, "size", None)
    data = b"" if declared is not None and declared > limit else upload.read(limit + 1)
    if len(data) > limit or (declared or 0) > limit:
        raise UploadRefused(f"Tệp “{shown}” lớn hơn {limit // 1024 // 1024} MB. Đồng chí nén hoặc chia nhỏ tệp.")
    if not data:
        raise UploadRefused(f"Tệp “{shown}” rỗng. Đồng chí chọn lại tệp.")
    found = sniff(data)
    if found != kind:
        raise UploadRefused(_mismatch(shown, kind, found, data))
    return _inside(shown, kind, data)


def safe_name(raw: str) -> str:
    """A name fit to show and to download: no folders, no control or direction marks, NFC, 120 letters."""
    base = raw.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        c for c in unicodedata.normalize("NFC", base) if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*;'
    )
    clean = " ".join(kept.split()).strip(" .")
    stem, dot, extension = clean.rpartition(".")
    if not dot:
        stem, extension = clean, ""
    if stem.split(".")[0].casefold() in RESERVED or not stem:
        stem = f"tep {stem}".strip()
    room = LONGEST_NAME - len(extension) - 1
    return f"{stem[:room].rstrip(' .')}.{extension}" if extension else stem[:LONGEST_NAME]


def sniff(data: bytes) -> str:
    """The kind by content: pdf, docx, xlsx, jpg, png, zip (another one), or "" when unknown."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return uploads_office.kind_of(data) if data.startswith(b"PK\x03\x04") else ""


def _kind(name: str) -> str:
    extension = PurePosixPath(name).suffix.lstrip(".").casefold()
    kind = SAME.get(extension, extension)
    if kind not in MIMES:
        raise UploadRefused(f"Không nhận tệp “{name}”. Chỉ nhận PDF, DOCX, XLSX, JPG, PNG.")
    return kind


def _mismatch(name: str, kind: str, found: str, data: bytes) -> str:
    if data.startswith(OLD_OFFICE):
        return (
            f"Tệp “{name}” là định dạng Office cũ hoặc có mật khẩu. Đồng chí bỏ mật khẩu, lưu thành .docx hoặc .xlsx."
        )
    if found in MIMES:
        return f"Tệp “{name}” có nội dung {found.upper()} nhưng đuôi tên là .{kind}. Đồng chí đổi đuôi tên cho đúng."
    return f"Nội dung tệp “{name}” không phải {kind.upper()} hoặc tệp đã hỏng. Đồng chí kiểm tra rồi tải lại."


def _inside(name: str, kind: str, data: bytes) -> Accepted:
    if kind == "pdf":
        pages, is_signed = uploads_pdf.check(name, data)
        return Accepted(name, MIMES[kind], data, pages, is_signed)
    if kind in {"docx", "xlsx"}:
        uploads_office.check(name, kind, data)
        return Accepted(name, MIMES[kind], data)
    return Accepted(name, MIMES[kind], uploads_image.written_anew(name, kind, data))
