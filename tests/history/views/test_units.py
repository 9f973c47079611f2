"""One unit's page."""

from datetime import date

import pytest
from django.urls import reverse

from history.views.lineage import diagram
from tests.factories.history import make_grant
from tests.factories.units import make_event, make_person, make_unit

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def heir(province):
    """A region of July 2025 that succeeds two districts, one of them honoured."""
    new = make_unit("KV3", kind="khu_vuc", under=province, valid_from=JULY, short_name="VKSND khu vực 3 - Phú Thọ")
    for name in ("Lâm Thao", "Phù Ninh"):
        old = make_unit(
            kind="huyen",
            under=province,
            valid_to=JUNE,
            short_name=f"VKSND huyện {name}",
            name=f"Viện kiểm sát nhân dân huyện {name}",
        )
        make_event(old, new, JULY)
        make_grant(old, "tap_the_lao_dong_xuat_sac", 2024, decision_number=f"{len(name)}/QĐ-VKSTC")
    return new


def address(unit):
    return reverse("history:unit", args=[unit.pk])


def test_the_page_draws_where_the_unit_comes_from_and_what_it_inherits(as_user, minh, heir):
    page = as_user(minh).get(address(heir)).content.decode()
    assert (
        "VKSND khu vực 3 - Phú Thọ kế thừa VKSND huyện Lâm Thao (01/07/2025), VKSND huyện Phù Ninh (01/07/2025)" in page
    )
    assert "Thành tích kế thừa" in page
    assert "Viện kiểm sát nhân dân huyện Lâm Thao" in page
    assert "Nghị quyết 84/2025/UBTVQH15" in page


def test_inherited_honours_are_not_counted_as_the_units_own(as_user, minh, heir):
    response = as_user(minh).get(address(heir))
    assert [total.value for total in response.context["totals"]] == [0, 0, 0, 0]
    assert len(response.context["inherited"]) == 2


def test_an_ended_unit_shows_its_successor_and_its_staff_of_the_last_day(as_user, minh, heir):
    old = heir.beginnings.first().predecessor
    make_person(old)
    response = as_user(minh).get(address(old))
    assert response.context["staff"] == 1
    assert response.context["staff_day"] == JUNE
    assert "được kế thừa bởi VKSND khu vực 3 - Phú Thọ (01/07/2025)" in response.content.decode()


def test_a_unit_without_history_says_so(as_user, hung, region):
    assert "Không có đơn vị tiền thân hoặc kế thừa" in as_user(hung).get(address(region)).content.decode()


def test_the_diagram_stands_forerunners_left_and_successors_right(heir):
    old = heir.beginnings.first().predecessor
    drawn, of_old = diagram(heir), diagram(old)
    assert [box.is_subject for box in drawn.boxes] == [False, False, True]
    assert drawn.boxes[0].x < drawn.boxes[2].x
    assert [box.is_subject for box in of_old.boxes] == [True, False]
    assert [curve.shows_day for curve in drawn.curves].count(True) == 1
    assert diagram(make_unit()) is None


def test_an_administrator_sees_the_unit_but_no_honours(as_user, make_user, assign, heir, root):
    admin = assign(make_user("quantri"), "admin", root)
    make_grant(heir, "co_thi_dua_nganh", 2025)
    response = as_user(admin).get(address(heir))
    assert response.status_code == 200
    assert "Cờ thi đua" not in response.content.decode()


def test_someone_of_another_province_finds_nothing(as_user, nam, heir):
    assert as_user(nam).get(address(heir)).status_code == 404
