"""The list of people."""

import pytest
from django.urls import reverse

from tests.factories.units import make_person

pytestmark = pytest.mark.django_db
URL = reverse("units:person_list")


def test_a_head_finds_people_of_the_unit_without_accents(as_user, hung, region, other_province):
    make_person(region, full_name="Nguyễn Thị Thủy", rank="Kiểm sát viên sơ cấp")
    make_person(region, full_name="Trần Văn Đạt")
    make_person(other_province, full_name="Lê Thị Thủy")
    page = as_user(hung).get(URL, {"q": "thuy"}).content.decode()
    assert "Nguyễn Thị Thủy" in page
    assert "Kiểm sát viên sơ cấp" in page
    assert "Trần Văn Đạt" not in page
    assert "Lê Thị Thủy" not in page


def test_people_are_listed_by_given_name(as_user, hung, region):
    for name in ("Nguyễn Văn Ân", "Trần Thị An", "Lê Thu Ánh", "Đỗ Hữu Bình"):
        make_person(region, full_name=name)
    table = as_user(hung).get(URL).context["table"]
    assert [row.full_name for row in table.rows] == ["Trần Thị An", "Lê Thu Ánh", "Nguyễn Văn Ân", "Đỗ Hữu Bình"]


def test_those_who_left_are_found_by_their_state(as_user, hung, region):
    make_person(region, full_name="Trần Thị An")
    gone = make_person(region, full_name="Lê Thu Ánh")
    gone.left_on = gone.joined_on
    gone.save()
    table = as_user(hung).get(URL, {"tinh-trang": "thoi"}).context["table"]
    assert table.rows == [gone]


def test_htmx_gets_only_the_table(as_user, hung, region):
    make_person(region)
    page = as_user(hung).get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "<table" in page
    assert "<html" not in page


def test_someone_without_the_right_is_refused(as_user, make_user):
    assert as_user(make_user("khach")).get(URL).status_code == 403


def test_twenty_people_take_as_many_queries_as_ten(as_user, hung, region, django_assert_max_num_queries):
    client = as_user(hung)
    for _ in range(10):
        make_person(region)
    with django_assert_max_num_queries(60) as ten:
        client.get(URL)
    for _ in range(10):
        make_person(region)
    with django_assert_max_num_queries(len(ten.captured_queries)):
        client.get(URL)
