"""QR codes of addresses of verification: as SVG for papers and pages, as bits for certificates."""

from base64 import b64encode
from io import BytesIO

import segno

#: A quarter of the code may be lost under a stamp or a fold and it still reads.
ERROR_LEVEL = "q"


def qr_svg(url: str) -> bytes:
    """The code as SVG without size (the page decides) and with a quiet zone of four modules."""
    out = BytesIO()
    code = segno.make_qr(url, error=ERROR_LEVEL)
    code.save(out, kind="svg", border=4, light="#fff", xmldecl=False, omitsize=True, nl=False)
    return out.getvalue()


def qr_rows(url: str) -> list[bytes]:
    """The dark modules row by row, eight a byte, 1 = dark; no quiet zone."""
    rows = segno.make_qr(url, error=ERROR_LEVEL).matrix
    return [_packed(row) for row in rows]


def _packed(row: bytearray) -> bytes:
    padded = list(row) + [0] * (-len(row) % 8)
    return bytes(
        sum((bit & 1) << (7 - place) for place, bit in enumerate(padded[start : start + 8]))
        for start in range(0, len(padded), 8)
    )


def qr_data(url: str) -> str:
    """The code as an address for `<img src>`, so that a page needs no second request."""
    return f"data:image/svg+xml;base64,{b64encode(qr_svg(url)).decode()}"
