"""The emblem for certificates: a drawing (SVG), best, or a picture (PNG) fine enough for print."""

from io import BytesIO
from math import ceil
from pathlib import PurePosixPath

from PIL import Image

from documents.services.uploads import Accepted, Upload, safe_name, sniff
from documents.services.uploads_image import written_anew
from documents.services.uploads_svg import drawn_anew
from documents.services.uploads_verdict import UploadRefused

SVG, PNG = "image/svg+xml", "image/png"
MOST_BYTES = 5 * 1024 * 1024
DPI, MM_PER_INCH = 300, 25.4
#: Finer than any printer: more points would only make each file larger.
FINEST = 1_200
#: The longer side to the shorter.
FLATTEST = 2.0


def accept_emblem(upload: Upload, *, side: float, name: str | None = None) -> Accepted:
    """The emblem written anew, square, for a place of `side` mm. Raises UploadRefused with the cure."""
    shown = safe_name(name if name is not None else str(getattr(upload, "name", "") or ""))
    kind = PurePosixPath(shown).suffix.casefold()
    if kind not in (".svg", ".png"):
        raise UploadRefused(f"Không nhận tệp “{shown}”. Quốc huy là tệp SVG (tốt nhất) hoặc PNG.")
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UploadRefused(f"Tệp “{shown}” lớn hơn {MOST_BYTES // 1024 // 1024} MB. Đồng chí giảm cỡ ảnh.")
    if not data:
        raise UploadRefused(f"Tệp “{shown}” rỗng. Đồng chí chọn lại tệp.")
    if kind == ".svg":
        return Accepted(shown, SVG, drawn_anew(shown, data))
    if sniff(data) != "png":
        raise UploadRefused(f"Nội dung tệp “{shown}” không phải PNG. Đồng chí xuất lại ảnh rồi tải lên.")
    return Accepted(shown, PNG, _squared(shown, written_anew(shown, "png", data), side))


def least_points(side: float) -> int:
    """Points a side that a picture of `side` mm needs in print."""
    return ceil(side / MM_PER_INCH * DPI)


def _squared(name: str, data: bytes, side: float) -> bytes:
    """The picture in the middle of a clear square, in the colours of the screen, no finer than any printer."""
    least = least_points(side)
    with Image.open(BytesIO(data), formats=["PNG"]) as given:
        picture = given.convert("RGBA")
    long, short = max(picture.size), min(picture.size)
    if long < least:
        raise UploadRefused(
            f"Ảnh “{name}” có {picture.width} × {picture.height} điểm; in rộng {side:g} mm cho nét cần ít nhất {least} "
            "điểm mỗi chiều. Đồng chí dùng ảnh lớn hơn hoặc tệp SVG."
        )
    if long > FLATTEST * short:
        raise UploadRefused(f"Ảnh “{name}” dài và dẹt, không giống Quốc huy. Đồng chí cắt sát hình rồi tải lại.")
    square = Image.new("RGBA", (long, long), (255, 255, 255, 0))
    square.paste(picture, ((long - picture.width) // 2, (long - picture.height) // 2))
    if long > FINEST:
        square = square.resize((FINEST, FINEST), Image.Resampling.LANCZOS)
    out = BytesIO()
    square.save(out, "PNG", optimize=True)
    return out.getvalue()
