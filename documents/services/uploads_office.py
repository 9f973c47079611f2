"""DOCX and XLSX: the table of entries is read first, so that a bomb is refused before it is unpacked."""

import re
import stat
import zipfile
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from documents.services.uploads_verdict import UploadRefused

MOST_ENTRIES = 2000
MOST_UNPACKED = 100 * 1024 * 1024
#: Unpacked to packed; ordinary sheets stay below 20. Small entries may pack better.
HIGHEST_RATIO, RATIO_FROM = 200, 1024 * 1024
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".jar")
DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
EXTERNAL = re.compile(rb"<Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
#: A link in the text is shown and followed by people; every other outside part is fetched by Office.
HARMLESS = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """docx, xlsx, or zip for any other archive, also a damaged one."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, UnicodeDecodeError):
        return "zip"
    return next((kind for kind, part in MAIN_PART.items() if part in names and "[Content_Types].xml" in names), "zip")


def check(name: str, kind: str, data: bytes) -> None:
    """Raise UploadRefused unless the archive is an honest, harmless Office file."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_table(name, archive.infolist())
            for entry in archive.infolist():
                if entry.filename.endswith((".xml", ".rels", ".vml")):
                    _check_markup(name, entry.filename, archive.read(entry))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, RuntimeError) as broken:
        raise UploadRefused(f"Tệp “{name}” đã hỏng hoặc có mật khẩu. Đồng chí mở, lưu lại rồi tải lên.") from broken


def _check_table(name: str, entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UploadRefused(f"Tệp “{name}” bung ra quá lớn. Đồng chí chia nhỏ tệp hoặc xuất thành PDF.")
    if len({entry.filename for entry in entries}) != len(entries) or _overlap(entries):
        raise UploadRefused(f"Tệp “{name}” có cấu trúc bất thường. Đồng chí mở, lưu lại rồi tải lên.")
    for entry in entries:
        _check_entry(name, entry)


def _check_entry(name: str, entry: ZipInfo) -> None:
    path = entry.filename
    outside = path.startswith(("/", "\\")) or ":" in path or ".." in path.replace("\\", "/").split("/")
    if outside or stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & 0x1:
        raise UploadRefused(f"Tệp “{name}” có cấu trúc bất thường. Đồng chí mở, lưu lại rồi tải lên.")
    if entry.file_size > RATIO_FROM and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        raise UploadRefused(f"Tệp “{name}” bung ra quá lớn. Đồng chí chia nhỏ tệp hoặc xuất thành PDF.")
    lower = path.casefold()
    if "vbaproject" in lower or "/activex/" in lower or lower.endswith((".bin.exe", ".exe", ".js", ".vbs")):
        raise UploadRefused(f"Tệp “{name}” có macro hoặc mã chạy được. Đồng chí lưu thành bản không có macro.")
    if lower.endswith(ARCHIVES):
        raise UploadRefused(f"Tệp “{name}” chứa tệp nén khác bên trong. Đồng chí tải từng tệp riêng.")


def _check_markup(name: str, part: str, text: bytes) -> None:
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in text[:64] or DTD.search(text):
        raise UploadRefused(f"Tệp “{name}” có khai báo không được phép bên trong. Đồng chí mở, lưu lại rồi tải lên.")
    if part.endswith(".rels") and any(not HARMLESS.search(found) for found in EXTERNAL.findall(text)):
        raise UploadRefused(
            f"Tệp “{name}” liên kết tới nội dung bên ngoài. Đồng chí gỡ liên kết (mẫu, ảnh) rồi lưu lại."
        )


def _overlap(entries: Iterable[ZipInfo]) -> bool:
    """Two entries that share bytes: the trick of bombs that look small."""
    end = -1
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + 30 + len(entry.filename.encode()) + entry.compress_size
    return False
