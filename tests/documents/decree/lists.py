"""Lists and tables: their title, the head on each page, rows whole, in order, once."""

from collections.abc import Iterator, Sequence

from documents.papers import AnnexGroup, AnnexPaper, Row, Table
from tests.documents.decree.sheets import Line, Sheets, find, near, plain, wrong_style


def title(sheets: Sheets, annex: AnnexPaper, page: int) -> Iterator[str]:
    """In capitals, bold, in the middle; the line that refers to the main text in italics."""
    left, right, _ = sheets.edges(page)
    lines = [line for line in sheets.lines(page) if line.text != plain(annex.label) or not annex.label]
    held: list[Line] = []
    while lines and len(" ".join(line.text for line in held)) < len(plain(annex.heading)):
        held.append(lines.pop(0))
    if " ".join(line.text for line in held) != plain(annex.heading).upper():
        yield f"tên danh sách: {' / '.join(line.text for line in held)}"
    if len(held) > 1 and len(held[-1].text) * 2 < len(held[0].text):
        yield f"tên danh sách ngắt dòng lệch: {held[-1].text}"
    for line in held:
        yield from wrong_style("tên danh sách", line.runs, (13, 14), "Bold")
        if not near(line.middle, (left + right) / 2):
            yield f"tên danh sách không ở giữa: {line.text}"
    if annex.reference:
        said = find([run for line in lines for run in line.runs], annex.reference.split()[0])
        yield from ["thiếu dòng kèm theo"] if said is None else wrong_style("kèm theo", [said], (13, 14), "Italic")


def rows(sheets: Sheets, table: AnnexPaper | Table, pages: Sequence[int]) -> Iterator[str]:
    """A band of the sheet for each row, with all of its words and no others."""
    head = sorted(plain(" ".join(column.label for column in table.columns)).split())
    found = [_said(sheets, page, *band) for page in pages for band in sheets.bands(page)]
    wanted = [sorted(plain(_words(row)).split()) for row in table.rows]
    heads, shown = found.count(head), [band for band in found if band != head]
    if isinstance(table, AnnexPaper):
        if heads != len(pages):
            yield f"đầu bảng ở {heads} trang trên {len(pages)}"
        if shown != wanted:
            odd = next((row for row, band in zip(wanted, shown, strict=False) if row != band), [])
            yield f"{len(shown)} dòng thay vì {len(wanted)}, từ dòng: {' '.join(odd)}"
    else:
        yield from (f"dòng bị cắt hoặc thiếu: {' '.join(row)}" for row in wanted if row not in shown)
    for page in pages:
        for upper, lower in sheets.bands(page):
            inside = [run for run in sheets.on(page) if upper < run.y < lower]
            yield from (f"cỡ chữ bảng {run.size:.2f}: {run.text}" for run in inside if not 12.75 <= run.size <= 14.25)


def _said(sheets: Sheets, page: int, upper: float, lower: float) -> list[str]:
    return sorted(word for run in sheets.on(page) if upper < run.y < lower for word in plain(run.text).split())


def _words(row: Row) -> str:
    return row.label if isinstance(row, AnnexGroup) else " ".join(row.cells)
