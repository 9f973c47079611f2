"""The words and cuts of papers, without any PDF."""

from datetime import date

import pytest

from documents.papers import (
    AnnexRow,
    Article,
    Column,
    Letterhead,
    Table,
    cut,
    ended,
    official_day,
    official_number,
)
from tests.factories import documents as make

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_below_10_and_the_first_two_months_carry_a_zero(day, written):
    assert official_day(day) == written


def test_a_number_below_10_carries_a_zero():
    assert [official_number(n, "QĐ-VKSTC") for n in (7, 412)] == ["07/QĐ-VKSTC", "412/QĐ-VKSTC"]


def test_a_paper_without_number_and_day_leaves_room_for_the_clerk():
    head = Letterhead(body=("VIỆN",), symbol="QĐ-VKS", place="Hà Nội")
    assert head.number_text.strip("\N{NO-BREAK SPACE}") == "/QĐ-VKS"
    assert head.place_line.split() == ["Hà", "Nội,", "ngày", "tháng", "năm"]


def test_grounds_end_with_semicolons_and_the_last_with_a_full_stop():
    assert ended(["Căn cứ A;", "Căn cứ B", "Theo đề nghị của C."]) == ("Căn cứ A;", "Căn cứ B;", "Theo đề nghị của C.")


def test_the_last_article_closes_the_text_once():
    paper = make.decision_paper()
    assert paper.closed_articles[-1].text.endswith("thi hành Quyết định này./.")
    assert [article.text.endswith("./.") for article in paper.closed_articles] == [False, False, True]


def test_a_last_article_of_several_paragraphs_is_closed_in_the_last_one():
    paper = make.decision_paper()
    last = Article("Những đơn vị sau:", more=("1. Đơn vị A.", "2. Đơn vị B."))
    closed = type(paper)(**{**vars(paper), "articles": (last,)}).closed_articles[0]
    assert (closed.text, closed.more[-1]) == ("Những đơn vị sau:", "2. Đơn vị B./.")


@pytest.mark.parametrize("count", [0, 1, 249, 250, 251, 1234])
def test_no_part_of_a_list_has_more_than_250_rows_and_none_is_lost(count):
    rows = make.rows(count)
    pieces = cut(rows)
    assert max(map(len, pieces)) <= 250
    assert tuple(row for piece in pieces for row in piece) == rows


def test_a_list_is_cut_where_a_group_ends_when_one_ends_near():
    pieces = cut(make.rows(1200, group_every=45))
    assert len(pieces) > 2
    assert [piece[0].is_group for piece in pieces] == [True] * len(pieces)


def test_only_the_first_part_of_an_annex_has_its_title_and_only_the_last_its_closing_line():
    parts = make.annex(600).parts()
    assert [(part.opens, part.context.first, part.context.last) for part in parts] == [
        (True, True, False),
        (False, False, False),
        (False, False, True),
    ]


def test_each_annex_opens_its_own_page_numbers():
    paper = make.decision_paper(annexes=(make.annex(3), make.annex(4)))
    assert [part.opens for part in paper.parts()] == [True, True, True]


def test_certificates_are_cut_into_parts_of_five_hundred():
    paper = make.certificate_paper(tuple(make.certificate_line(n) for n in range(1100)))
    assert [len(part.context.lines) for part in paper.parts()] == [500, 500, 100]


def test_a_row_with_too_few_cells_is_refused():
    table = Table((Column("TT", 12), Column("Họ và tên")), (AnnexRow(("1",)),))
    with pytest.raises(ValueError, match="zip"):
        _ = table.body
