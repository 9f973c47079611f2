"""Certificates as loose sheets, and one file of thousands of them, written page by page.

A job keeps its sheets as content streams, already compressed, with the letters they need; the file
of all sheets is a small PDF (fonts, ornament, metadata) to which pages are added as an incremental
update (ISO 32000-1, 7.5.6). So the memory of the merge does not grow with the number of pages.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

from documents.services.render_merge import ARCHIVAL_VERSION

#: Pages under one branch of the page tree.
BRANCH = 128
#: A key of our own in the catalogue, which keeps what the pages share in a file that has no pages yet.
SHARED = "/THIDUA_Chung"
#: A row of the table of objects.
ROW = struct.Struct(">BIH")


@dataclass(frozen=True)
class Sheets:
    """Pages of one size: what is drawn on each (deflated) and what all of them need."""

    box: tuple[float, ...]
    contents: tuple[bytes, ...]
    #: Font's name in the streams -> numbers of the glyphs used.
    glyphs: dict[str, frozenset[int]]
    #: Graphics states by name, as PDF source; names say their value, so those of all batches may be united.
    states: dict[str, str]
    letters: str

    def packed(self) -> bytes:
        """As one piece to keep until the merge."""
        head = {
            "box": self.box,
            "glyphs": {name: sorted(numbers) for name, numbers in self.glyphs.items()},
            "states": self.states,
            "letters": self.letters,
            "lengths": [len(content) for content in self.contents],
        }
        return json.dumps(head).encode() + b"\n" + b"".join(self.contents)


def unpacked(piece: bytes) -> Sheets:
    """The sheets of a piece."""
    first, _, body = piece.partition(b"\n")
    head = json.loads(first)
    contents, start = [], 0
    for length in head["lengths"]:
        contents.append(body[start : start + length])
        start += length
    glyphs = {name: frozenset(numbers) for name, numbers in head["glyphs"].items()}
    return Sheets(tuple(head["box"]), tuple(contents), glyphs, head["states"], head["letters"])


def deflated(content: bytes) -> bytes:
    """A content stream as it will stand in the file."""
    return zlib.compress(content, 6)


def write(base: pikepdf.Pdf, resources: Any, pages: Iterable[tuple[tuple[float, ...], bytes]]) -> bytes:
    """`base` with `pages` (box and deflated content), all sharing `resources`. The same input gives the same bytes."""
    base.Root[SHARED] = resources
    out = BytesIO()
    base.save(
        out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True, min_version=ARCHIVAL_VERSION
    )
    update = _Update(out)
    kids: list[int] = []
    branch: list[tuple[tuple[float, ...], int]] = []
    count = 0
    for box, content in pages:
        branch.append((box, update.stream(content)))
        count += 1
        if len(branch) == BRANCH:
            kids.append(update.branch(branch))
            branch = []
    if branch:
        kids.append(update.branch(branch))
    update.root(kids, count)
    return update.finished()


def count(joint: pikepdf.Pdf) -> int:
    """How many pages, without reading them."""
    return int(joint.Root.Pages.Count)


def page_at(joint: pikepdf.Pdf, place: int) -> Any:
    """The dictionary of one page, without reading the others of a tree of two levels made here."""
    branches = joint.Root.Pages.Kids
    if place < count(joint) and branches[0].get("/Type") == "/Pages" and branches[0].Count in (BRANCH, count(joint)):
        leaf = branches[place // BRANCH].Kids[place % BRANCH]
        if leaf.get("/Type") == "/Page":
            return leaf
    return joint.pages[place].obj


class _Update:
    """The added section: objects go straight to the file, only their places are remembered."""

    def __init__(self, out: BytesIO) -> None:
        with pikepdf.open(out) as base:
            self.size = int(base.trailer.Size)
            self.top = base.Root.Pages.objgen[0]
            self.resources = base.Root[SHARED].objgen[0]
            self.root_number = base.Root.objgen[0]
            self.info = base.trailer.get("/Info")
            self.info_number = self.info.objgen[0] if self.info is not None else 0
            self.first_id = bytes(base.trailer.ID[0]).hex()
        data = out.getvalue()
        self.previous = int(data.rpartition(b"startxref")[2].split()[0])
        self.out = out
        self.out.seek(0, 2)
        self.digest = hashlib.md5(data, usedforsecurity=False)
        self.first = self.size
        #: Rows of the table: (1, offset, 0), or (2, object stream, place in it); of the page tree, and of what is new.
        self.top_row = b""
        self.rows = bytearray()

    def stream(self, content: bytes, more: str = "/Filter/FlateDecode") -> int:
        number = self._next()
        self._place(number)
        self._write(b"%d 0 obj\n<<%s/Length %d>>stream\n" % (number, more.encode(), len(content)))
        self._write(content)
        self._write(b"\nendstream\nendobj\n")
        return number

    def branch(self, pages: Sequence[tuple[tuple[float, ...], int]]) -> int:
        """Up to BRANCH pages and their parent, packed into one object stream."""
        parent = self._next()
        leaves = [self._next() for _ in pages]
        common = f"<</Type/Page/Parent {parent} 0 R/Resources {self.resources} 0 R"
        bodies = [f"{common}/MediaBox[{_edges(box)}]/Contents {content} 0 R>>" for box, content in pages]
        kids = " ".join(f"{leaf} 0 R" for leaf in leaves)
        node = f"<</Type/Pages/Parent {self.top} 0 R/Count {len(pages)}/Kids[{kids}]>>"
        numbers = [parent, *leaves]
        for number, row in zip(numbers, self._pack([node, *bodies], numbers), strict=True):
            self._note(number, row)
        return parent

    def root(self, kids: Sequence[int], count: int) -> None:
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        self.top_row = self._pack([f"<</Type/Pages/Count {count}/Kids[{listed}]>>"], [self.top])[0]

    def finished(self) -> bytes:
        """With its table of objects at the end."""
        number = self._next()
        self._place(number)
        table = self.top_row + self.rows
        index = f"{self.top} 1 {self.first} {self.size - self.first}"
        info = f"/Info {self.info_number} 0 R" if self.info_number else ""
        head = (
            f"{number} 0 obj\n<</Type/XRef/Size {self.size}/Root {self.root_number} 0 R{info}/Prev {self.previous}"
            f"/ID[<{self.first_id}><{self.digest.hexdigest()}>]/W[1 4 2]/Index[{index}]"
        )
        packed = zlib.compress(table, 9)
        start = self.out.tell()
        self._write(f"{head}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed)
        self._write(f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode())
        return self.out.getvalue()

    def _pack(self, sources: Sequence[str], numbers: Sequence[int]) -> list[bytes]:
        """Objects in one stream; gives their rows of the table."""
        offsets, body = [], ""
        for number, source in zip(numbers, sources, strict=True):
            offsets.append(f"{number} {len(body)}")
            body += source + "\n"
        first = " ".join(offsets) + "\n"
        more = f"/Type/ObjStm/N {len(sources)}/First {len(first)}/Filter/FlateDecode"
        holder = self.stream(zlib.compress((first + body).encode(), 9), more)
        return [ROW.pack(2, holder, place) for place in range(len(sources))]

    def _next(self) -> int:
        self.size += 1
        self.rows.extend(bytes(ROW.size))
        return self.size - 1

    def _place(self, number: int) -> None:
        self._note(number, ROW.pack(1, self.out.tell(), 0))

    def _note(self, number: int, row: bytes) -> None:
        start = (number - self.first) * ROW.size
        self.rows[start : start + ROW.size] = row

    def _write(self, data: bytes) -> None:
        self.digest.update(data)
        self.out.write(data)


def _edges(box: Sequence[float]) -> str:
    return " ".join(f"{edge:.6f}".rstrip("0").rstrip(".") for edge in box)
