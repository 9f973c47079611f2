"""The pages of campaigns."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import Campaign
from tests.factories.campaigns import LDTT, make_campaign, make_registration, make_task
from tests.factories.units import make_person

TYPED = {
    "title": "Thi đua yêu nước năm 2027",
    "kind": "annual",
    "year": "2027",
    "theme": "Đoàn kết, đổi mới",
    "directive_number": "01/CT-VKSTC",
    "directive_on": "15/11/2026",
    "directive_title": "Chỉ thị phát động",
    "starts_on": "01/12/2026",
    "ends_on": "30/11/2027",
    "registration_opens_on": "1/12/2026",
    "registration_closes_on": "31012027",
    "nomination_closes_on": "15-12-2027",
    "awards": [LDTT],
    "task": "Quán triệt Chỉ thị\nXây dựng kế hoạch",
}


def page(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def test_the_list_shows_the_campaigns_of_ones_superiors(as_user, lan, campaign):
    answer = as_user(lan).get(page("campaign_list"))
    assert answer.status_code == 200
    assert campaign.title in answer.content.decode()


def test_the_empty_list_says_what_will_make_one_appear(as_user, lan):
    assert "Chưa có phong trào thi đua" in as_user(lan).get(page("campaign_list")).content.decode()


def test_twenty_campaigns_cost_no_more_queries_than_ten(as_user, minh, root):
    client = as_user(minh)

    def read():
        with CaptureQueriesContext(connection) as queries:
            client.get(page("campaign_list"), {"so-dong": "50"})
        return len(queries)

    for _ in range(10):
        make_campaign(root)
    client.get(page("campaign_list"))
    first = read()
    for _ in range(10):
        make_campaign(root)
    assert read() == first


def test_the_page_shows_directive_tasks_days_and_progress(as_user, minh, region, campaign):
    make_task(campaign, "Quán triệt Nghị quyết 109")
    make_registration(campaign, region, state="sent")
    text = as_user(minh).get(page("campaign", campaign.pk)).content.decode()
    for words in ("01/CT-VKSTC", "Quán triệt Nghị quyết 109", "01/11/2026 đến 31/01/2027", "1 / 2 đơn vị"):
        assert words in text


def test_nam_finds_no_campaign_of_another_province(as_user, nam, province):
    hidden = make_campaign(province)
    client = as_user(nam)
    for name in ("campaign", "campaign_edit", "campaign_extend"):
        assert client.get(page(name, hidden.pk)).status_code == 404
    assert client.post(page("campaign_move", hidden.pk, "ket-thuc")).status_code == 404


def test_a_draft_is_not_found_by_units(as_user, lan, root):
    draft = make_campaign(root, state="draft")
    assert as_user(lan).get(page("campaign", draft.pk)).status_code == 404


@pytest.mark.parametrize("name", ["campaign_list", "campaign_new", "registration_list", "own"])
def test_a_stranger_is_asked_to_sign_in(client, name, db):
    assert client.get(page(name)).status_code == 302


def test_a_unit_clerk_writes_no_campaign(as_user, lan):
    assert as_user(lan).get(page("campaign_new")).status_code == 403


def test_the_office_writes_and_launches(as_user, minh, root):
    client = as_user(minh)
    answer = client.post(page("campaign_new"), {**TYPED, "unit": root.pk})
    made = Campaign.objects.get()
    assert answer.status_code == 302
    assert (made.registration_closes_on, made.nomination_closes_on) == (date(2027, 1, 31), date(2027, 12, 15))
    assert made.tasks.count() == 2
    client.post(page("campaign_move", made.pk, "phat-dong"), {"version": made.version})
    made.refresh_from_db()
    assert made.state == "launched"


def test_the_form_offers_the_usual_days_of_the_next_year(as_user, minh):
    text = as_user(minh).get(page("campaign_new")).content.decode()
    for words in ('value="2027"', "01/12/2026", "30/11/2027"):
        assert words in text


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("starts_on", "2026-13-01", "Không có ngày 01/13/2026"),
        ("ends_on", "31/11/2027", "Không có ngày 31/11/2027"),
        ("ends_on", "30/11/2026", "Ngày kết thúc phải từ ngày bắt đầu 01/12/2026 trở đi."),
        ("registration_closes_on", "", "Nhập hạn gửi bản đăng ký, hoặc để trống cả hai ngày."),
        ("registration_opens_on", "", "Nhập ngày bắt đầu nhận đăng ký, hoặc để trống cả hai ngày."),
        ("registration_closes_on", "30/11/2026", "Hạn gửi phải từ ngày nhận đăng ký 01/12/2026 trở đi."),
        ("directive_on", "hôm qua", "Nhập ngày theo dạng dd/mm/yyyy"),
        ("year", "hai nghìn", "Nhập năm gồm bốn chữ số"),
        ("title", "", "Nhập tên phong trào."),
    ],
)
def test_wrong_input_is_explained_and_nothing_typed_is_lost(as_user, minh, root, field, typed, says):
    answer = as_user(minh).post(page("campaign_new"), {**TYPED, "unit": root.pk, field: typed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert "Đoàn kết, đổi mới" in text
    assert "Quán triệt Chỉ thị\nXây dựng kế hoạch" in text
    assert not Campaign.objects.exists()


def test_a_stale_form_is_a_conflict_page(as_user, minh, root):
    draft = make_campaign(root, state="draft", version=3)
    answer = as_user(minh).post(page("campaign_edit", draft.pk), {**TYPED, "version": 2})
    assert answer.status_code == 409
    assert "Chưa lưu được" in answer.content.decode()


def test_a_draft_is_edited(as_user, minh, root):
    draft = make_campaign(root, state="draft")
    assert as_user(minh).get(page("campaign_edit", draft.pk)).status_code == 200
    as_user(minh).post(page("campaign_edit", draft.pk), {**TYPED, "version": 1})
    draft.refresh_from_db()
    assert draft.title == "Thi đua yêu nước năm 2027"


def test_a_launched_campaign_is_extended_and_a_shorter_day_explained(as_user, minh, campaign):
    typed = {"nomination_closes_on": "15/12/2027", "ends_on": "30/11/2027", "reason": "Công văn 5", "version": 1}
    client = as_user(minh)
    answer = client.post(page("campaign_extend", campaign.pk), {**typed, "registration_closes_on": "30/01/2027"})
    assert answer.status_code == 422
    assert "ngày gia hạn phải từ ngày 31/01/2027" in answer.content.decode()
    client.post(page("campaign_extend", campaign.pk), {**typed, "registration_closes_on": "15/02/2027"})
    campaign.refresh_from_db()
    assert campaign.registration_closes_on == date(2027, 2, 15)


def test_an_incomplete_draft_shows_why_it_cannot_be_launched(as_user, minh, root):
    draft = make_campaign(root, state="draft", directive_number="")
    text = as_user(minh).get(page("campaign", draft.pk)).content.decode()
    assert "Phong trào chưa có văn bản phát động." in text
    answer = as_user(minh).post(page("campaign_move", draft.pk, "phat-dong"), {"version": 1})
    assert answer.status_code == 409


def test_closing_and_reviewing_from_the_page(as_user, minh, campaign):
    client = as_user(minh)
    client.post(page("campaign_move", campaign.pk, "ket-thuc"), {"version": 1, "note": "Gộp phong trào"})
    client.post(page("campaign_move", campaign.pk, "tong-ket"), {"version": 2, "note": "Báo cáo 12/BC-VKSTC"})
    campaign.refresh_from_db()
    assert campaign.state == "reviewed"


def test_a_person_reads_the_campaign_and_gets_no_progress(as_user, make_user, region, campaign):
    user = make_user("an")
    make_person(region, user=user)
    text = as_user(user).get(page("campaign", campaign.pk)).content.decode()
    assert "Tiến độ đăng ký" not in text


def test_the_page_of_a_unit_leads_to_its_sheet(as_user, lan, campaign):
    text = as_user(lan).get(page("campaign", campaign.pk)).content.decode()
    assert "Đăng ký thi đua năm 2027" in text
