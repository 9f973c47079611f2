"""Looks into one PDF from standard input and says what it is as JSON; run alone, under limits.

Started by `uploads_pdf` as a script in isolated mode: it must import nothing of the project.
"""

import json
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 10
CONTAINERS = {"dictionary", "stream", "array"}
#: How deep objects may be written one inside the other; more is a hiding place.
DEEPEST = 30
#: Keys whose presence anywhere makes a PDF do something by itself, or carry another file.
ACTIVE_NAMES = ("/JavaScript", "/EmbeddedFiles")
ACTIVE_KEYS = ("/JS", "/AA", "/EF", "/XFA")
ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/RichMediaExecute",
}  # fmt: skip
#: What opening the file may do: show a place in it.
QUIET_OPENINGS = {"/GoTo", "/Named"}
#: Certificates and revocation lists that programs for signing add; each is read whole when signatures are checked.
PROOFS, LARGEST_PROOF = ("/Certs", "/CRLs", "/OCSPs"), 16 * 1024 * 1024


def look(data: bytes, most_pages: int) -> dict[str, Any]:
    """The verdict: `refused` with a reason, or the number of pages and whether it is signed."""
    import pikepdf  # noqa: PLC0415 - after the limits are set

    try:
        with pikepdf.open(BytesIO(data), access_mode=pikepdf.AccessMode.stream) as pdf:
            if pdf.is_encrypted:
                return {"refused": "encrypted"}
            pages = len(pdf.pages)
            if pages > most_pages:
                return {"refused": "pages"}
            if pages == 0 or _has_vast_proof(pdf):
                return {"refused": "broken"}
            return {"refused": "active"} if _is_active(pdf) else {"pages": pages, "signed": _is_signed(pdf)}
    except pikepdf.PasswordError:
        return {"refused": "encrypted"}
    except (pikepdf.PdfError, MemoryError, RecursionError, ValueError, TypeError, AttributeError, KeyError):
        return {"refused": "broken"}


def _is_active(pdf: Any) -> bool:
    names = pdf.Root.get("/Names", {})
    if any(key in names for key in ACTIVE_NAMES) or _opens(pdf.Root.get("/OpenAction")):
        return True
    return any(_runs(item) for owner in pdf.objects for item in _dictionaries(owner, DEEPEST))


def _dictionaries(item: Any, depth: int) -> Iterator[Any]:
    """The dictionaries written inside one object of the file; those it only refers to come by themselves.

    Raises RecursionError for what is written deeper than any program writes.
    """
    kind = getattr(item, "_type_name", "")
    if kind in {"dictionary", "stream"}:
        yield item
        inner = [item.get(key) for key in item.keys()]  # noqa: SIM118 - a stream iterates over its bytes
    elif kind == "array":
        inner = list(item)
    else:
        return
    for child in inner:
        if not getattr(child, "is_indirect", False) and getattr(child, "_type_name", "") in CONTAINERS:
            if not depth:
                raise RecursionError
            yield from _dictionaries(child, depth - 1)


def _runs(item: Any) -> bool:
    """An action that runs, a page that acts on opening, a form of scripts, bytes of another file."""
    if str(item.get("/S", "")) in ACTIVE_ACTIONS or any(key in item for key in ACTIVE_KEYS):
        return True
    if getattr(item, "_type_name", "") == "stream" and "/F" in item:
        return True
    return str(item.get("/Subtype", "")) in {"/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Screen"}


def _opens(action: Any) -> bool:
    """Does opening the file lead out of it? An array is a place in it."""
    return getattr(action, "_type_name", "") == "dictionary" and str(action.get("/S", "")) not in QUIET_OPENINGS


def _has_vast_proof(pdf: Any) -> bool:
    store = pdf.Root.get("/DSS", {})
    streams = [stream for kind in PROOFS for stream in store.get(kind, ())]
    return any(len(stream.read_bytes()) > LARGEST_PROOF for stream in streams)


def _is_signed(pdf: Any) -> bool:
    form = pdf.Root.get("/AcroForm", {})
    if int(form.get("/SigFlags", 0)) & 1:
        return True
    return any(str(item.get("/Type", "")) == "/Sig" for owner in pdf.objects for item in _dictionaries(owner, DEEPEST))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    sys.stdout.write(json.dumps(look(sys.stdin.buffer.read(), int(sys.argv[1]))))
