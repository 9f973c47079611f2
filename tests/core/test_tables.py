"""Lists: only named columns sort, unknown words are ignored, every page has its own rows."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.tables import Choice, Column, Filter, Table

COLUMNS = [Column("ten", "Tên", ["full_name"], "main"), Column("thu", "Thư", ["email"]), Column("khac", "Khác")]


def _number(query, value):
    return query.filter(pk=int(value))


FILTERS = [
    Filter("q", "Tên", lambda query, value: query.filter(full_name__contains=value)),
    Filter(
        "dung",
        "Đang dùng",
        lambda query, value: query.filter(is_active=value == "co"),
        [Choice("co", "Có"), Choice("khong", "Không")],
    ),
    Filter("so", "Số", _number),
]


@pytest.fixture
def people(db) -> list[User]:
    """Sixty users; every third shares a name, so that only the tail tells them apart."""
    rows = [
        User(username=f"u{n:02}", full_name=f"Tên {n // 3:02}", email="" if n % 2 else f"{n:02}@x.vn")
        for n in range(60)
    ]
    return User.objects.bulk_create(rows)


def table(address: str = "", **options) -> Table:
    options.setdefault("default", "ten")
    return Table(
        RequestFactory().get(f"/ds/{address}"),
        User.objects.filter(username__startswith="u"),
        columns=COLUMNS,
        filters=FILTERS,
        **options,
    )


def test_pages_hold_every_row_once(people) -> None:
    seen = [row.pk for page in (1, 2, 3) for row in table(f"?trang={page}").rows]
    assert sorted(seen) == sorted(user.pk for user in people)


def test_a_column_sorts_both_ways_and_says_so(people) -> None:
    up, down = table("?xep=thu"), table("?xep=-thu")
    assert up.rows[0].email == ""
    assert down.rows[0].email == "58@x.vn"
    assert [head.direction for head in up.heads] == ["", "ascending", ""]
    assert up.heads[1].href == "?xep=-thu"
    assert down.heads[1].href == "?xep=thu"
    assert up.heads[2].href == ""


@pytest.mark.parametrize("word", ["password", "khac", "-khac", "ten,thu", "--ten", "full_name", "?"])
def test_a_word_that_names_no_sortable_column_is_ignored(people, word: str) -> None:
    assert table(f"?xep={word}").order == "ten"


@pytest.mark.parametrize(
    ("asked", "page"), [("0", 1), ("-3", 1), ("abc", 1), ("999", 3), ("9" * 40, 1), ("", 1), ("²", 1)]
)
def test_a_page_outside_the_list_is_the_nearest_one(people, asked: str, page: int) -> None:
    shown = table(f"?trang={asked}")
    assert shown.page == page
    assert shown.rows


@pytest.mark.parametrize(("asked", "size"), [("10", 10), ("100", 100), ("7", 25), ("9" * 5000, 25), ("x", 25)])
def test_only_four_page_sizes_exist(people, asked: str, size: int) -> None:
    assert table(f"?so-dong={asked}").size == size


def test_a_filter_narrows_the_list_and_can_be_taken_away(people) -> None:
    shown = table("?q=Tên 03&xep=thu&trang=2")
    assert shown.total == 3
    assert shown.hidden == 57
    assert [(item.label, item.value, item.remove) for item in shown.active] == [("Tên", "Tên 03", "?xep=thu")]


def test_a_filter_shows_the_label_of_its_choice(people) -> None:
    assert [item.value for item in table("?dung=co").active] == ["Có"]


def test_a_nul_in_a_search_is_no_letter(people) -> None:
    assert table("?q=Tên 0%000").total == table("?q=Tên 00").total == 3


@pytest.mark.parametrize("address", ["?dung=moi", "?so=abc", "?la=1"])
def test_a_filter_that_means_nothing_is_ignored(people, address: str) -> None:
    shown = table(address)
    assert shown.total == 60
    assert shown.active == []


def test_turning_the_page_keeps_filters_and_order(people) -> None:
    shown = table("?dung=co&xep=-ten&trang=2")
    assert shown.next == "?dung=co&xep=-ten&trang=3"
    assert shown.previous == "?dung=co&xep=-ten&trang=1"
    assert table("?trang=3").next == ""


def test_changing_the_order_starts_at_the_first_page(people) -> None:
    assert table("?trang=2&dung=co").heads[0].href == "?dung=co&xep=-ten"


def test_a_list_keeps_the_order_of_its_query_when_no_column_is_chosen(people) -> None:
    shown = Table(RequestFactory().get("/"), User.objects.filter(username__startswith="u").order_by("-username"))
    assert shown.rows[0].username == "u59"


def test_an_empty_list_has_one_empty_page(db) -> None:
    shown = table()
    assert (shown.total, shown.pages, shown.first, shown.last, shown.rows) == (0, 1, 0, 0, [])


def test_a_page_costs_two_queries_however_long_the_list(people) -> None:
    with CaptureQueriesContext(connection) as queries:
        shown = table("?so-dong=100")
        assert len(shown.rows) == 60
        assert shown.pages == 1
    assert len(queries) == 2
