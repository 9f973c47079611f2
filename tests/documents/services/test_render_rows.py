"""The parts of a long list end where its pages end."""

from dataclasses import replace

import pytest

from documents.papers import AnnexRow
from documents.papers.official import ROWS_PER_PART
from documents.services import render
from documents.services.render_rows import cut_to_pages, page_starts
from tests.documents.decree import faults
from tests.documents.reading import read
from tests.factories import documents as make

pytestmark = pytest.mark.once
UNITS = (
    "Viện kiểm sát nhân dân tỉnh Phú Thọ", "Viện kiểm sát nhân dân khu vực 12 - Thành phố Hồ Chí Minh", "Vụ 1",
    "Viện Công tố và kiểm sát xét xử phúc thẩm tại Thành phố Hồ Chí Minh, Phòng Hành chính - Quản trị",
)  # fmt: skip


def _annex(count, **more):
    rows = [row if row.is_group else replace(row, cells=(*row.cells[:4], UNITS[n % 7 % 4]))
            for n, row in enumerate(make.rows(count, 90))]  # fmt: skip
    return replace(make.annex(1), rows=tuple(rows), **more)


def _rows_per_page(pdf):
    """How many numbered rows stand on each page."""
    reading = read(pdf)
    firsts = [run for run in reading.runs if run.text.isdecimal() and run.x < 42 and run.y > 20]
    return [sum(run.page == page for run in firsts) for page in range(1, len(reading.sizes) + 1)]


@pytest.mark.parametrize("landscape", [False, True])
def test_pages_end_where_they_were_measured_to(landscape):
    annex = _annex(120, landscape=landscape)
    starts = page_starts(annex)
    ends = [*starts[1:], len(annex.rows)]
    measured = [sum(not row.is_group for row in annex.rows[a:b]) for a, b in zip(starts, ends, strict=True)]
    assert measured == _rows_per_page(render.render_pdf(annex))


def test_no_page_in_the_middle_of_a_long_list_is_half_empty():
    annex = _annex(402)
    pdf = render.render_pdf(annex)
    assert len(render.parts(annex)) > 1
    counts = _rows_per_page(pdf)[:-1]
    assert min(counts) >= 0.7 * max(counts)
    assert faults(pdf, annex) == []


def test_parts_stay_within_their_bound_and_lose_no_row():
    annex = cut_to_pages(_annex(1500))
    parts = annex.parts()
    assert max(len(part.context.rows) for part in parts) <= ROWS_PER_PART
    assert tuple(row for part in parts for row in part.context.rows) == annex.rows


def test_rows_taller_than_any_page_do_not_hang_the_cutting():
    rows = tuple(AnnexRow((str(n), "x", "", "", "Viện " * 2000)) for n in range(ROWS_PER_PART + 2))
    assert cut_to_pages(replace(make.annex(1), rows=rows)).cuts != ()


def test_a_short_list_is_one_part():
    assert cut_to_pages(_annex(60)).cuts == ()
