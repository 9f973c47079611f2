"""DOCX and XLSX: the table of entries is read first, so that a bomb is refused before it is unpacked."""

import stat
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from documents.services import uploads_office_markup as markup
from documents.services.uploads_verdict import UploadRefused

MOST_ENTRIES = 2000
MOST_UNPACKED = 100 * 1024 * 1024
#: Unpacked to packed; ordinary sheets stay below 20. Small entries may pack better.
HIGHEST_RATIO, RATIO_FROM = 200, 1024 * 1024
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".jar")
PROGRAMS = (
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".lnk",
    ".msi", ".docm", ".dotm", ".xlsm", ".xlam", ".xltm",
)  # fmt: skip
#: Names of parts that hold code: of Word and Excel, of controls, of sheets of commands from before VBA.
CODE = ("vbaproject", "/activex/", "/macrosheets/")
#: In an embedded object of Windows: any file at all, run by a double click.
PACKAGE = "\x01Ole10Native".encode("utf-16-le")
SENTENCES = {
    markup.ENTITIES: "Tệp “{name}” có khai báo không được phép bên trong. Đồng chí mở, lưu lại rồi tải lên.",
    markup.OUTSIDE: "Tệp “{name}” liên kết tới nội dung bên ngoài. Đồng chí gỡ liên kết (mẫu, ảnh) rồi lưu lại.",
    markup.MACRO: "Tệp “{name}” có macro hoặc mã chạy được. Đồng chí lưu thành bản không có macro.",
    markup.PROGRAM: "Tệp “{name}” gọi chương trình khác khi mở (DDE). Đồng chí xóa mã trường, liên kết ấy rồi lưu lại.",
    markup.DAMAGED: "Tệp “{name}” đã hỏng hoặc có mật khẩu. Đồng chí mở, lưu lại rồi tải lên.",
    "strange": "Tệp “{name}” có cấu trúc bất thường. Đồng chí mở, lưu lại rồi tải lên.",
    "large": "Tệp “{name}” bung ra quá lớn. Đồng chí chia nhỏ tệp hoặc xuất thành PDF.",
    "archive": "Tệp “{name}” chứa tệp nén khác bên trong. Đồng chí tải từng tệp riêng.",
    "package": "Tệp “{name}” có tệp khác nhúng bên trong. Đồng chí gỡ tệp nhúng, tải riêng tệp đó.",
}


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
            _check_table(archive.infolist())
            for entry in archive.infolist():
                _check_part(archive, entry)
    except markup.Found as found:
        raise UploadRefused(SENTENCES[str(found)].format(name=name)) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError) as broken:
        raise UploadRefused(SENTENCES[markup.DAMAGED].format(name=name)) from broken


def _check_part(archive: ZipFile, entry: ZipInfo) -> None:
    with archive.open(entry) as part:
        markup.look(entry.filename, part)
    if entry.filename.casefold().endswith(".bin") and PACKAGE in archive.read(entry):
        raise markup.Found("package")


def _check_table(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise markup.Found("large")
    # Office does not tell capitals from small letters: two such parts are one to it, and two to others.
    names = {entry.filename.replace("\\", "/").casefold() for entry in entries}
    if len(names) != len(entries) or _overlap(entries):
        raise markup.Found("strange")
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: ZipInfo) -> None:
    path = entry.filename
    outside = path.startswith(("/", "\\")) or ":" in path or ".." in path.replace("\\", "/").split("/")
    if (
        outside
        or stat.S_ISLNK(entry.external_attr >> 16)
        or entry.flag_bits & 0x1
        or entry.compress_type not in PACKINGS
    ):
        raise markup.Found("strange")
    if entry.file_size > RATIO_FROM and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        raise markup.Found("large")
    lower = path.casefold()
    if any(word in lower for word in CODE) or lower.endswith(PROGRAMS):
        raise markup.Found(markup.MACRO)
    if lower.endswith(ARCHIVES):
        raise markup.Found("archive")


def _overlap(entries: Iterable[ZipInfo]) -> bool:
    """Two entries that share bytes: the trick of bombs that look small."""
    end = -1
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + 30 + len(entry.filename.encode()) + entry.compress_size
    return False
