"""Entering, ending and withdrawing values of the sector's own on screen."""

from datetime import date

import pytest
from django.urls import reverse

from core.models import RuleOverride
from history.eligibility import overrides
from rulebook import engine
from tests.factories.history import make_override

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("history:overrides"), reverse("history:override_new")
CODE = "votes.chien_si_thi_dua_nganh"
TYPED = {
    "value": "90 %", "valid_from": "1/1/2026", "valid_to": "", "document": "Thông tư mẫu 09/2026/TT-VKSTC",
    "place": "Điều 12", "status": "confirmed",
}  # fmt: skip


def send(client, code=CODE, **changes):
    return client.post(f"{NEW}?tham-so={code}&ngay=01/01/2026", {**TYPED, **changes})


def test_the_office_chooses_among_what_the_law_leaves_to_it(as_user, lead):
    text = as_user(lead).get(NEW).content.decode()
    assert CODE in text
    assert "votes.chien_si_thi_dua_toan_quoc" not in text
    assert "Chưa có quy định" in text
    assert "Điều 6 khoản 2 điểm d Nghị định 152/2025/NĐ-CP" in text


def test_on_a_day_without_delegation_there_is_less_to_choose(as_user, lead):
    text = as_user(lead).get(NEW, {"ngay": "30/06/2025"}).content.decode()
    assert CODE not in text
    assert "deciders.lao_dong_tien_tien" in text


def test_a_share_is_entered_and_listed_with_its_source(as_user, lead):
    client = as_user(lead)
    assert send(client).status_code == 302
    assert RuleOverride.objects.get().value == "90/100"
    text = client.get(LIST).content.decode()
    for words in ("90 %", "Điều 12, Thông tư mẫu 09/2026/TT-VKSTC", "Đang áp dụng", str(lead)):
        assert words in text


@pytest.mark.parametrize(
    ("code", "value", "stored"),
    [
        (CODE, "2/3", "2/3"),
        ("notice_days.giay_khen", "5", 5),
        ("votes_written.giay_khen", "khong", False),
        ("money.ky_niem_chuong", "0,4", "0.4"),
        ("deciders.lao_dong_tien_tien", "Vụ trưởng các vụ", "Vụ trưởng các vụ"),
        ("lao_dong_tien_tien.min_service", "4", {"test": "months_in_service", "months": 4}),
    ],
)
def test_each_value_is_typed_as_people_write_it(code, value, stored, as_user, lead):
    assert send(as_user(lead), code, value=value).status_code == 302
    assert RuleOverride.objects.get().value == stored


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("value", "chín mươi", "Nhập tỷ lệ dạng 90 %"),
        ("value", "120 %", "không quá 100 %"),
        ("value", "0", "lớn hơn 0"),
        ("document", "", "Nhập văn bản căn cứ."),
        ("place", "", "Nhập điều, khoản."),
        ("valid_from", "31/2/2026", ""),
        ("valid_to", "31/12/2025", "hết hiệu lực"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_typed_is_lost(field, typed, says, as_user, lead):
    response = send(as_user(lead), **{field: typed})
    text = response.content.decode()
    assert response.status_code == 422
    assert says in text
    assert "Thông tư mẫu 09/2026/TT-VKSTC" in text or field == "document"
    assert not RuleOverride.objects.exists()


def test_an_overlap_is_refused_with_a_sentence(as_user, lead):
    client = as_user(lead)
    send(client)
    response = send(client, valid_from="1/6/2026")
    assert response.status_code == 422
    assert "đã có mức riêng cho nội dung này" in response.content.decode()


def test_the_form_shows_what_holds_now_and_who_leaves_it_to_the_sector(as_user, lead):
    url = f"{NEW}?tham-so=quotas.tap_the_lao_dong_xuat_sac"
    text = as_user(lead).get(url).content.decode()
    assert 'value="20 %"' in text
    assert "Điều 18 khoản 2 Thông tư 02/2024/TT-VKSTC" in text
    assert "Điều 27 khoản 3 Luật 06/2022/QH15" in text


def test_a_value_is_withdrawn_with_a_reason_and_stays_visible(as_user, lead):
    row, client = make_override(lead, CODE, "80/100", date(2026, 1, 1)), as_user(lead)
    url = reverse("history:override_withdraw", args=[row.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Nhập nhầm văn bản"}).status_code == 302
    text = client.get(LIST).content.decode()
    assert "Đã rút lại" in text
    assert "Nhập nhầm văn bản" in text
    assert url not in text


def test_a_value_is_ended_on_a_day(as_user, lead):
    row, client = make_override(lead, CODE, "80/100", date(2026, 1, 1)), as_user(lead)
    url = reverse("history:override_end", args=[row.pk])
    assert client.post(url, {"last_day": "31/12/2025"}).status_code == 422
    assert client.post(url, {"last_day": "30/6/2026"}).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == date(2026, 6, 30)


def test_whoever_reads_the_book_sees_the_values_and_no_buttons(as_user, minh, lead):
    row = make_override(lead, CODE, "80/100", date(2026, 1, 1))
    text = as_user(minh).get(LIST).content.decode()
    assert "80 %" in text
    assert NEW not in text
    assert reverse("history:override_withdraw", args=[row.pk]) not in text
    assert as_user(minh).get(NEW).status_code == 403


def test_a_cap_that_rests_on_an_override_names_it(lead):
    make_override(lead, "quotas.chien_si_thi_dua_co_so", "15/100", date(2026, 1, 1))
    found = engine.quota("chien_si_thi_dua_co_so", date(2026, 5, 5), 120, 21, overrides())
    assert (found.cap, [used.by for used in found.overrides]) == (18, [str(lead)])
