"""JPG and PNG: size by the header before decoding, then written anew without hidden passengers."""

from io import BytesIO

from PIL import Image, ImageFile, ImageOps

from documents.services.uploads_verdict import UploadRefused

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 20_000
FORMATS = {"jpg": "JPEG", "png": "PNG"}
#: High enough that a scan keeps its small print.
QUALITY = 92


def written_anew(name: str, kind: str, data: bytes) -> bytes:
    """The picture alone: no metadata (place, device), no comment, nothing after its end.

    Raises UploadRefused when it is too large or does not decode.
    """
    # WeasyPrint, once loaded, makes Pillow take truncated pictures in the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(data), formats=[FORMATS[kind]]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
                raise UploadRefused(_too_large(name))
            upright = ImageOps.exif_transpose(picture)
            upright.info = {key: value for key, value in upright.info.items() if key == "transparency"}
            return _saved(upright, kind)
    except Image.DecompressionBombError:
        raise UploadRefused(_too_large(name)) from None
    except (OSError, SyntaxError, ValueError) as broken:
        if isinstance(broken, UploadRefused):
            raise
        raise UploadRefused(f"Ảnh “{name}” đã hỏng. Đồng chí chụp hoặc quét lại.") from broken


def _too_large(name: str) -> str:
    return f"Ảnh “{name}” quá lớn. Đồng chí giảm xuống dưới {MOST_PIXELS // 1_000_000} triệu điểm ảnh."


def _saved(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    if kind == "jpg":
        ready = picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")
        ready.save(out, "JPEG", quality=QUALITY, subsampling="keep" if ready.format == "JPEG" else 0)
    else:
        picture.save(out, "PNG", optimize=False)
    return out.getvalue()
