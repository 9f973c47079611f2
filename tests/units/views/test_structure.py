"""The tree of units as of a day."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.services.users import system_user
from tests.factories.units import make_event, make_unit
from units.importers import load_units
from units.models import Unit
from units.selectors import counts_by_kind, nodes_below, regions_missing, top_nodes

pytestmark = pytest.mark.django_db
URL = reverse("units:unit_tree")
TODAY, JUNE, JULY = date(2026, 11, 21), date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def sector(make_user, assign):
    """The published structure, and someone of the standing office who sees all of it."""
    load_units(by=system_user(), at=datetime(2026, 11, 21, tzinfo=UTC))
    return assign(make_user("office"), "office", Unit.objects.get(code="TC"))


def names(nodes):
    return [(node.unit.short_name, node.mark) for node in nodes]


def test_whoever_sees_the_whole_sector_begins_at_the_top(sector):
    assert [(node.unit.code, node.below) for node in top_nodes(sector, TODAY)] == [("TC", 27 + 34)]


def test_a_head_of_a_province_begins_at_the_province(make_user, assign, sector):
    head = assign(make_user("head"), "unit_head", Unit.objects.get(code="TINH.PHU-THO.34"))
    assert names(top_nodes(head, TODAY)) == [("VKSND tỉnh Phú Thọ", "")]
    before = names(top_nodes(head, JUNE))
    assert sorted(before) == [("VKSND tỉnh Hòa Bình", ""), ("VKSND tỉnh Phú Thọ", ""), ("VKSND tỉnh Vĩnh Phúc", "")]


def test_compared_with_june_a_province_shows_new_regions_and_what_ended_into_it(sector):
    rows = nodes_below(Unit.objects.get(code="TINH.PHU-THO.34"), TODAY, JUNE)
    marks = {row.unit.code: row.mark for row in rows}
    assert marks["KV.PHU-THO.01"] == "new"
    assert {code for code, mark in marks.items() if mark == "ended"} == {
        "TINH.PHU-THO.63", "TINH.VINH-PHUC.63", "TINH.HOA-BINH.63",
    }  # fmt: skip


def test_districts_without_known_successor_stand_under_their_old_province(sector):
    old = Unit.objects.get(code="TINH.PHU-THO.63")
    rows = nodes_below(old, TODAY, JUNE)
    assert rows
    assert {row.mark for row in rows} == {"ended"}


def test_without_comparison_only_the_structure_of_the_day_is_shown(sector):
    rows = nodes_below(Unit.objects.get(code="TINH.PHU-THO.34"), TODAY)
    assert [row.mark for row in rows] == [""] * 11


def test_provinces_are_counted_before_and_after(sector):
    top = Unit.objects.get(code="TC")
    assert (counts_by_kind(top, JUNE)["tinh"], counts_by_kind(top, JULY)["tinh"]) == (63, 34)


def test_102_regions_are_missing_since_july_2025_and_none_before(sector):
    assert (regions_missing(JUNE), regions_missing(JULY)) == (0, 102)


def test_the_page_says_what_is_new_what_ended_and_what_is_missing(as_user, sector):
    page = as_user(sector).get(URL, {"ngay": "21/11/2026", "so": "on"}).content.decode()
    assert "34 (trước: 63)" in page
    assert "thiếu 102/355" in page
    assert "So với ngày 30/06/2025" in page


def test_the_page_shows_the_structure_of_the_day_asked_for(as_user, sector):
    page = as_user(sector).get(URL, {"ngay": "30/06/2025"}).content.decode()
    assert "VKSND cấp cao tại Hà Nội" in page
    assert "thiếu" not in page


def test_a_branch_opens_without_scripts(as_user, sector):
    province = Unit.objects.get(code="TINH.PHU-THO.34")
    client = as_user(sector)
    assert "VKSND khu vực 3 - Phú Thọ" not in client.get(URL).content.decode()
    assert "VKSND khu vực 3 - Phú Thọ" in client.get(URL, {"mo": province.pk}).content.decode()


def test_a_branch_is_fetched_alone(as_user, sector):
    province = Unit.objects.get(code="TINH.PHU-THO.34")
    page = as_user(sector).get(reverse("units:unit_branch", args=[province.pk])).content.decode()
    assert "VKSND khu vực 3 - Phú Thọ" in page
    assert "<html" not in page


def test_a_day_that_is_none_is_explained_and_today_is_shown(as_user, sector):
    response = as_user(sector).get(URL, {"ngay": "31/02/2026"})
    assert response.status_code == 200
    assert "Không có ngày 31/02/2026" in response.content.decode()


@pytest.mark.parametrize("word", ["-1", "１２", "abc", "9" * 30, "1.5"])
def test_a_senseless_branch_opens_nothing(as_user, sector, word):
    assert as_user(sector).get(URL, {"mo": word}).status_code == 200


def test_a_foreign_branch_is_not_found(as_user, nam, region):
    assert as_user(nam).get(reverse("units:unit_branch", args=[region.pk])).status_code == 404
    assert "VKSND khu vực 1" not in as_user(nam).get(URL, {"mo": region.pk}).content.decode()


def test_a_branch_takes_as_many_queries_for_twenty_units_as_for_ten(
    as_user, minh, province, django_assert_max_num_queries
):
    client = as_user(minh)
    url = reverse("units:unit_branch", args=[province.pk])
    for _ in range(10):
        make_unit(under=province, kind="khu_vuc")
    with django_assert_max_num_queries(40) as ten:
        client.get(url)
    for _ in range(10):
        old, new = make_unit(under=province, kind="khu_vuc", valid_to=JUNE), make_unit(under=province, valid_from=JULY)
        make_event(old, new, JULY)
    with django_assert_max_num_queries(len(ten.captured_queries) + 1):
        client.get(url)
