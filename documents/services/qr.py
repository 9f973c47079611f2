"""QR codes of addresses of verification as SVG, for papers and pages."""

from base64 import b64encode
from io import BytesIO

import segno

#: A quarter of the code may be lost under a stamp or a fold and it still reads.
ERROR_LEVEL = "q"
#: For long texts: the modules stay large enough to be read from paper.
LONG_TEXT_LEVEL = "m"


def qr_svg(url: str, *, error: str = ERROR_LEVEL) -> bytes:
    """The code as SVG without size (the page decides) and with a quiet zone of four modules."""
    out = BytesIO()
    code = segno.make_qr(url, error=error)
    code.save(out, kind="svg", border=4, light="#fff", xmldecl=False, omitsize=True, nl=False)
    return out.getvalue()


def qr_data(url: str, *, error: str = ERROR_LEVEL) -> str:
    """The code as an address for `<img src>`, so that a page needs no second request."""
    return f"data:image/svg+xml;base64,{b64encode(qr_svg(url, error=error)).decode()}"
