"""One person's record on screen."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.history import make_grant, make_initiative
from tests.factories.units import make_person
from units.models import YearlyRating

pytestmark = pytest.mark.django_db
OWN = reverse("history:own_record")


def address(person):
    return reverse("history:person", args=[person.pk])


@pytest.fixture
def ha(region):
    """Six titles of the base in a row, one of the sector, an order."""
    person = make_person(
        region, full_name="Nguyễn Thị Thanh Hà", sex="female", rank="Kiểm sát viên cao cấp", post="Trưởng phòng",
        joined_on=date(2001, 9, 1), since=date(2001, 9, 1), born_on=date(1978, 3, 2),
    )  # fmt: skip
    for year in range(2020, 2026):
        make_grant(person, "chien_si_thi_dua_co_so", year, unit_printed="VKSND khu vực 1 - Phú Thọ")
        YearlyRating.objects.create(person=person, year=year, rating="excellent")
    make_grant(person, "chien_si_thi_dua_nganh", 2022, decision_number="388/QĐ-VKSTC")
    make_grant(person, "huan_chuong_lao_dong_hang_ba", 2021)
    return person


def test_a_head_reads_the_record_of_someone_in_the_unit(as_user, hung, ha):
    page = as_user(hung).get(address(ha)).content.decode()
    assert "Kiểm sát viên cao cấp, Trưởng phòng" in page
    assert "sinh 1978" in page
    assert "vào Ngành 01/09/2001" in page
    assert "liên tục 6 năm: 2020 đến 2025" in page
    assert "388/QĐ-VKSTC" in page
    assert "Huân chương Lao động hạng Ba (2021)" in page


def test_next_steps_come_from_the_rule_book_with_their_articles(as_user, hung, ha):
    steps = as_user(hung).get(address(ha)).context["steps"]
    labels = [step.label for step in steps]
    assert "Chiến sĩ thi đua ngành Kiểm sát nhân dân" in labels
    assert all(step.findings for step in steps)
    assert all(row["law"] or row["any_of"] for step in steps for row in step.findings)


def test_the_timeline_is_filtered_by_kind(as_user, hung, ha):
    events = as_user(hung).get(address(ha), {"loc": "khen-thuong"}).context["events"]
    assert [event.title for event in events] == ["Huân chương Lao động hạng Ba"]
    page = as_user(hung).get(address(ha), {"loc": "danh-hieu"}, headers={"HX-Request": "true"}).content.decode()
    assert "Chiến sĩ thi đua cơ sở" in page
    assert "<html" not in page


def test_older_years_are_shown_on_demand(as_user, hung, ha):
    make_grant(ha, "ky_niem_chuong", 2010)
    page = as_user(hung).get(address(ha)).content.decode()
    assert "Xem các năm trước" in page
    assert "2010" in as_user(hung).get(address(ha) + "?tat-ca").content.decode()


def test_a_revoked_honour_is_shown_as_such_and_not_counted(as_user, hung, region):
    person = make_person(region)
    make_grant(person, state="revoked", state_basis="Quyết định 7/QĐ-VKSTC")
    response = as_user(hung).get(address(person))
    assert "đã thu hồi: Quyết định 7/QĐ-VKSTC" in response.content.decode()
    assert response.context["totals"][0].value == 0


def test_an_honour_nobody_checked_says_so(as_user, hung, region):
    person = make_person(region)
    make_grant(person, provenance="unchecked")
    assert "chưa đối chiếu" in as_user(hung).get(address(person), {"loc": "danh-hieu"}).content.decode()


def test_recognised_initiatives_are_listed(as_user, hung, region):
    person = make_person(region)
    make_initiative(region, person, recognised_on=date(2025, 10, 1), title="Số hóa hồ sơ án")
    assert "Số hóa hồ sơ án" in as_user(hung).get(address(person)).content.decode()


def test_someone_of_another_province_finds_nothing(as_user, nam, ha):
    assert as_user(nam).get(address(ha)).status_code == 404


def test_everybody_reads_ones_own_record_only(as_user, make_user, region, ha):
    user = make_user("canhan", "Trần Văn Cá")
    make_person(region, full_name="Trần Văn Cá", user=user)
    page = as_user(user).get(OWN).content.decode()
    assert "Trần Văn Cá" in page
    assert reverse("history:unit", args=[region.pk]) not in page, "a page that would be refused has no link"
    assert as_user(user).get(address(ha)).status_code == 404


def test_an_account_without_a_person_is_told_what_to_do(as_user, make_user):
    page = as_user(make_user("khach")).get(OWN).content.decode()
    assert "chưa gắn với hồ sơ cá nhân" in page


def test_a_long_record_takes_as_many_queries_as_a_short_one(as_user, hung, ha, region, django_assert_max_num_queries):
    client = as_user(hung)
    short = make_person(region)
    make_grant(short)
    YearlyRating.objects.create(person=short, year=2025, rating="good")
    with django_assert_max_num_queries(80) as few:
        client.get(address(short))
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address(ha))
