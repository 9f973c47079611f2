"""Where the pages of a long list will end: its parts are cut there, so that none ends in a page half empty.

Rows are measured, not laid out: their words are set line by line with the widths of the font, and heights are
those of templates/documents/paper.css. Where the measure is not sure, a part ends a row earlier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar
from unicodedata import normalize

from documents.papers import AnnexGroup, AnnexPaper, OfficialPaper, Paper, Row
from documents.papers.official import ROWS_PER_PART
from documents.services.render_fit import advance

#: 13 pt and a line of it, 14 pt and a line of it, in mm; what a row takes beside its lines, above and at the sides.
SIZE, LINE = 13 * 25.4 / 72, 13 * 1.2 * 25.4 / 72
TITLE_SIZE, TITLE_LINE = 14 * 25.4 / 72, 14 * 1.25 * 25.4 / 72
AROUND, SIDES, OVER = 2 + 0.5 * 25.4 / 72, 3 + 0.5 * 25.4 / 72, 5.0
#: Text of a page upright and on its side: width, height.
UPRIGHT, ON_SIDE = (165.0, 257.0), (252.0, 170.0)
#: Kerning and rounding may make a line so much shorter or longer.
UNSURE = 0.015
Cuttable = TypeVar("Cuttable", bound=Paper)


def cut_to_pages(paper: Cuttable) -> Cuttable:
    """The same paper with its long lists cut where pages end; as it is when they are cut already."""
    lists = (paper,) if isinstance(paper, AnnexPaper) else paper.annexes if isinstance(paper, OfficialPaper) else ()
    if not any(len(annex.rows) > ROWS_PER_PART and not annex.cuts for annex in lists):
        return paper
    done = tuple(replace(annex, cuts=tuple(_cuts(annex))) for annex in lists)
    return done[0] if isinstance(paper, AnnexPaper) else replace(paper, annexes=done)  # type: ignore[return-value,call-arg]


def page_starts(annex: AnnexPaper, start: int = 0, most: int | None = None) -> list[int]:
    """The rows with which pages begin, from the page that begins with `start`."""
    width, height = ON_SIDE if annex.landscape else UPRIGHT
    widths = _widths(annex, width)
    room = height - _row_height([column.label for column in annex.columns], widths, "tinos-bold")
    left = room - (_above(annex, width) if start == 0 else 0)
    starts, before = [start], 0.0
    for place in range(start, min(len(annex.rows), start + (most or len(annex.rows)))):
        row = annex.rows[place]
        tall = _height(row, widths, width)
        if tall > left:
            opens_group = annex.rows[place - 1].is_group and place - 1 > starts[-1]
            starts.append(place - opens_group)
            left = room - (before if opens_group else 0)
        left, before = left - tall, tall
    return starts


def _cuts(annex: AnnexPaper) -> Iterator[int]:
    """The rows with which parts begin, none of them longer than ROWS_PER_PART."""
    start = 0
    while len(annex.rows) - start > ROWS_PER_PART:
        end = page_starts(annex, start, ROWS_PER_PART + 1)[-1]
        if end == start:  # a page of more rows than a part may have
            end = start + ROWS_PER_PART
        elif any(_is_unsure(annex, row) for row in annex.rows[start:end]):
            end -= 1
        start = end
        yield start


def _is_unsure(annex: AnnexPaper, row: Row) -> bool:
    """Might the layout engine set this row in more or fewer lines than were counted?"""
    width, _ = ON_SIDE if annex.landscape else UPRIGHT
    widths = _widths(annex, width)
    return len({_height(row, widths, width, by) for by in (-UNSURE, UNSURE)}) > 1


def _height(row: Row, widths: Sequence[float], width: float, by: float = 0.0) -> float:
    if isinstance(row, AnnexGroup):
        return _row_height([row.label], [width - SIDES], "tinos-bold", by)
    return _row_height(row.cells, widths, "tinos-regular", by)


def _row_height(cells: Sequence[str], widths: Sequence[float], face: str, by: float = 0.0) -> float:
    lines = max(_lines(cell, face, width / (SIZE * (1 + by))) for cell, width in zip(cells, widths, strict=True))
    return lines * LINE + AROUND


def _lines(text: str, face: str, limit: float) -> int:
    """How many lines `text` takes; `limit` in ems."""
    blank, lines, used = advance(" ", face), 1, 0.0
    for word in normalize("NFC", text).split():
        wide = advance(word, face)
        if used and used + blank + wide > limit:
            lines, used = lines + 1, wide
        else:
            used = used + blank + wide if used else wide
    return lines


def _widths(annex: AnnexPaper, width: float) -> list[float]:
    """Of the words in each column."""
    free = [column for column in annex.columns if column.width is None]
    rest = width - sum(column.width or 0 for column in annex.columns)
    return [(column.width if column.width is not None else rest / len(free)) - SIDES for column in annex.columns]


def _above(annex: AnnexPaper, width: float) -> float:
    """What stands over the list on its first page."""
    lines = _lines(annex.heading, "tinos-bold", width / TITLE_SIZE)
    lines += bool(annex.label) + (_lines(annex.reference, "tinos-italic", width / TITLE_SIZE) if annex.reference else 0)
    return lines * TITLE_LINE + OVER
