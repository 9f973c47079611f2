"""A paper's PDF beside the words it was made of: pages, lines, and what is found where."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from documents.papers import AnnexGroup, AnnexPaper, DecisionPaper, Heading, OfficialPaper, Para, Table
from documents.services.render_engine import FAMILY
from tests.documents.reading import Reading, Run

LEFT, RIGHT, TOP, BOTTOM = 30.0, 15.0, 20.0, 20.0
#: Millimetres and points that a place and a size may be off.
NEAR, POINTS = 0.5, 0.25
#: In ems: from the top of a capital with its mark to the baseline; a single line of this face.
ASCENT, SINGLE = 0.891, 1.149
DRAFT = "DỰ THẢO"
Made = OfficialPaper | AnnexPaper


def near(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= NEAR


def plain(text: str) -> str:
    """Composed, and with one blank where there are several or a wide one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(frozen=True)
class Line:
    """What stands on one height of one page."""

    page: int
    y: float
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return plain(" ".join(run.text for run in self.runs))

    @property
    def x(self) -> float:
        return self.runs[0].x

    @property
    def right(self) -> float:
        return max(run.right for run in self.runs)

    @property
    def middle(self) -> float:
        return (self.x + self.right) / 2


@dataclass
class Sheets:
    """What stands on the pages of `paper`."""

    reading: Reading
    paper: Made

    @cached_property
    def runs(self) -> list[Run]:
        """All but page numbers and the mark of a draft."""
        return [run for run in self.reading.runs if run.y > TOP and run.text != DRAFT and run.text.strip()]

    @cached_property
    def pages(self) -> range:
        return range(1, len(self.reading.sizes) + 1)

    def edges(self, page: int) -> tuple[float, float, float]:
        """Left, right and lower edge of what may be written on."""
        width, height = self.reading.sizes[page - 1]
        return LEFT, width - RIGHT, height - BOTTOM

    def on(self, page: int) -> list[Run]:
        return [run for run in self.runs if run.page == page]

    def lines(self, page: int) -> list[Line]:
        """From top to bottom."""
        runs = sorted(self.on(page), key=lambda run: (round(run.y, 1), run.x))
        return [Line(page, y, tuple(some)) for y, some in groupby(runs, key=lambda run: round(run.y, 1))]

    @cached_property
    def parts(self) -> list[tuple[Made, list[int]]]:
        """The text and each annex with their pages; an annex opens where its heading stands on top."""
        annexes = list(self.paper.annexes) if isinstance(self.paper, OfficialPaper) else []
        parts: list[tuple[Made, list[int]]] = [(self.paper, [])]
        for page in self.pages:
            if page > 1 and annexes and plain(annexes[0].heading) in " ".join(x.text for x in self.lines(page)[:6]):
                parts.append((annexes.pop(0), []))
            parts[-1][1].append(page)
        return parts

    def bands(self, page: int) -> Iterator[tuple[float, float]]:
        """The upper and lower edges of the rows of tables."""
        strokes = [stroke for stroke in self.reading.strokes if stroke.page == page]
        heights = sorted({round(s.y, 1) for s in strokes if s.right - s.x > 2})
        downs = [s for s in strokes if s.bottom - s.y > 2]
        for upper, lower in pairwise(heights):
            if any(s.y < upper + 0.5 and s.bottom > lower - 0.5 for s in downs):
                yield upper, lower


def is_set(run: Run, sizes: tuple[float, float], style: str) -> bool:
    """Is it set between two sizes in this style of the one face?"""
    face = "-".join([*FAMILY.split(), *style.split("-")]).rstrip("-")
    return sizes[0] - POINTS <= run.size <= sizes[1] + POINTS and run.face == face


def wrong_style(what: str, runs: Iterable[Run], sizes: tuple[float, float], style: str) -> Iterator[str]:
    for run in runs:
        if not is_set(run, sizes, style):
            yield f"{what} cỡ {run.size:.2f}, {run.face}: {run.text}"


def find(runs: Sequence[Run], text: str) -> Run | None:
    """The first that begins with `text`."""
    return next((run for run in runs if plain(run.text).startswith(plain(text))), None)


def paragraphs(paper: Made) -> Iterator[str]:
    """Each paragraph of a text, from its first word."""
    if isinstance(paper, DecisionPaper):
        yield from paper.base_lines
        for number, article in enumerate(paper.closed_articles, 1):
            yield f"Điều {number}. {article.text} {article.tail}"
            yield from article.more
    if hasattr(paper, "invited"):
        yield f"{paper.opening} {paper.invited}"
        yield from (f"{label}: {text}" for label, text in paper.facts)
    for block in getattr(paper, "blocks", ()):
        if isinstance(block, Para):
            yield f"{block.lead} {block.text} {block.tail}"
        if isinstance(block, Heading):
            yield block.text


def texts(paper: Made | Table) -> Iterator[str]:
    """All words a paper must show."""
    if isinstance(paper, AnnexPaper | Table):
        yield from (column.label for column in paper.columns)
        for row in paper.rows:
            yield from (row.label,) if isinstance(row, AnnexGroup) else row.cells
        yield from (getattr(paper, name, "") for name in ("label", "heading", "reference", "closing", "caption"))
        return
    head = paper.letterhead
    yield from (*head.parent, *head.body, head.number_text, head.place_line, paper.heading, paper.summary)
    yield from (getattr(paper, "decider", ""), *paragraphs(paper), *paper.recipient_lines)
    yield from getattr(paper, "addressee_lines", ())
    for signature in paper.signatures:
        yield from (*signature.authority, signature.note, signature.name)
    for block in getattr(paper, "blocks", ()):
        if isinstance(block, Table):
            yield from texts(block)
    for annex in paper.annexes:
        yield from texts(annex)
