"""The sheet: its size, margins, ink and faces, the numbers of its pages; and that no word is lost."""

from collections import Counter
from collections.abc import Iterator

from documents.papers import AnnexPaper
from documents.services.render_engine import FAMILY
from tests.documents.decree.sheets import ASCENT, DRAFT, LEFT, NEAR, RIGHT, TOP, Sheets, near, plain, texts, wrong_style
from tests.documents.reading import MM

STYLES = ("", "-Bold", "-Italic", "-Bold-Italic")


def sheet(sheets: Sheets) -> Iterator[str]:
    """A4 upright, lists also on their side; margins of 30, 20, 15, 20 mm."""
    on_side = {page for part, own in sheets.parts if isinstance(part, AnnexPaper) and part.landscape for page in own}
    for page in sheets.pages:
        wanted = (297, 210) if page in on_side else (210, 297)
        if not all(near(found, side) for found, side in zip(sheets.reading.sizes[page - 1], wanted, strict=True)):
            yield f"trang {page} không phải A4 đúng chiều"
        left, right, bottom = sheets.edges(page)
        runs = sheets.on(page)
        top = min(run.y - ASCENT * run.size * MM for run in runs)
        if min(run.x for run in runs) < left - NEAR or max(run.right for run in runs) > right + NEAR:
            yield f"trang {page}: chữ lấn lề trái hoặc lề phải"
        if top < TOP - NEAR or max(run.y for run in runs) > bottom + NEAR:
            yield f"trang {page}: chữ lấn lề trên hoặc lề dưới"
        if page == 1 and not near(top, TOP):
            yield f"trang 1 bắt đầu cách mép trên {top:.1f} mm"
    strokes = [stroke for stroke in sheets.reading.strokes if stroke.page in sheets.pages]
    for stroke in strokes:
        left, right, _ = sheets.edges(stroke.page)
        if stroke.x < left - NEAR or stroke.right > right + NEAR:
            yield f"trang {stroke.page}: bảng lấn lề"


def ink(sheets: Sheets) -> Iterator[str]:
    """Black, in the four faces of the one font, all embedded."""
    faces = {FAMILY.replace(" ", "-") + style for style in STYLES}
    for run in sheets.runs:
        if run.colour not in ((0.0,), (0.0, 0.0, 0.0)):
            yield f"không phải màu đen: {run.text}"
        if run.face not in faces:
            yield f"phông chữ lạ: {run.face}"


def numbers(sheets: Sheets) -> Iterator[str]:
    """From 2 on, anew in each annex, in the middle of the top margin, 13 to 14 pt, upright."""
    for _, own in sheets.parts:
        for place, page in enumerate(own, 1):
            runs = [r for r in sheets.reading.runs if r.page == page and r.y < TOP and r.text != DRAFT]
            if "".join(run.text for run in runs) != (str(place) if place > 1 else ""):
                yield f"trang {page}: số trang phải là {place}"
            yield from wrong_style("số trang", runs, (13, 14), "")
            width, _ = sheets.reading.sizes[page - 1]
            for run in runs:
                if not near(run.middle, (LEFT + width - RIGHT) / 2):
                    yield f"trang {page}: số trang không ở giữa"
                if not near(run.y - run.size * MM * 0.66 / 2, TOP / 2):
                    yield f"trang {page}: số trang không ở giữa lề trên"


def words(sheets: Sheets) -> Iterator[str]:
    """No word is lost, parted at the edge of a box, or printed twice."""
    shown = Counter(word for run in sheets.runs for word in plain(run.text).split())
    meant = Counter(word for text in texts(sheets.paper) for word in plain(text).split())
    for word, count in meant.items():
        if shown[word] < count:
            yield f"thiếu chữ “{word}”: {shown[word]} thay vì {count}"
