"""Trying the book with other facts: the page says what `ask` says, keeps nothing, and takes any input."""

import json
import re
from datetime import date
from html import unescape

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from core.vietnamese import search_key
from history.forms.what_if import LISTS
from tests.factories.history import make_grant, make_override
from tests.factories.units import make_person, make_unit

pytestmark = pytest.mark.django_db
URL = reverse("history:what_if")
EMPTY_LISTS = {
    f"{name}-{key}": value for name in LISTS for key, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
}
ALL_KNOWN = {f"known-{name}": "on" for name in LISTS}
GOOD = {
    **EMPTY_LISTS, **ALL_KNOWN, "award": "lao_dong_tien_tien", "type": "merit", "year": "2026",
    "governing_day": "20/11/2026", "category": "official", "joined_on": "1/8/2026", "rating_2026": "good",
}  # fmt: skip


def rows(name, *entries):
    typed = {f"{name}-TOTAL_FORMS": str(len(entries)), f"{name}-INITIAL_FORMS": "0"}
    for place, entry in enumerate(entries):
        typed |= {f"{name}-{place}-{key}": value for key, value in entry.items()}
    return typed


def outcome(response):
    return response.context["result"]["answer"]["outcome"]


def question_on(response):
    """The question the page shows for `ask`."""
    found = re.search(r'<pre class="json"[^>]*>(.*?)</pre>', response.content.decode(), re.DOTALL)
    return unescape(found[1])


def asked(text, tmp_path, capsys):
    path = tmp_path / "question.json"
    path.write_text(text, encoding="utf-8")
    call_command("ask", str(path))
    (answer,) = json.loads(capsys.readouterr().out)
    return answer


def counts():
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def test_another_fact_gives_another_verdict(as_user, minh):
    client = as_user(minh)
    assert outcome(client.post(URL, GOOD)) == "not_eligible"
    assert outcome(client.post(URL, {**GOOD, "joined_on": "1/3/2026"})) == "eligible"


def test_only_the_answer_comes_back_to_htmx(as_user, minh):
    response = as_user(minh).post(URL, GOOD, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert text.lstrip().startswith('<div id="ket-qua"')
    assert "Chưa đủ điều kiện" in text


def test_nothing_is_written(as_user, minh):
    client = as_user(minh)
    before = counts()
    client.post(URL, GOOD)
    client.post(URL, {**GOOD, "joined_on": "hôm qua"})
    client.get(URL)
    assert counts() == before


QUESTIONS = {
    "a person with everything": (
        "",
        {
            **GOOD, "award": "chien_si_thi_dua_nganh", "rating_2025": "excellent", "sex": "female",
            **rows("grants", *({"award": "chien_si_thi_dua_co_so", "year": str(year), "decided_on": f"20/12/{year}",
                                "type": "merit", "state": "in_force"} for year in (2024, 2025)), {}),
            **rows("initiatives", {"code": "SK1", "level": "sector", "recognised_on": "1/10/2025", "used_for": ""}),
            **rows("discipline", {"decided_on": "3/3/2024", "measure": "warning", "ended_on": "3/3/2025"}),
            **rows("absences", {"reason": "illness", "start": "1/2/2026", "end": "1/4/2026"}),
            **rows("pending", {"matter": "complaint", "opened_on": "1/1/2026", "closed_on": "1/2/2026"}),
            **rows("postings", {"post": "vu_truong", "start": "1/1/2015", "end": ""}),
        },
    ),
    "a person of whom nothing is known": (
        "", {**EMPTY_LISTS, "award": "chien_si_thi_dua_co_so", "type": "merit", "year": "2026",
             "governing_day": "20/11/2026"},
    ),
    "long service": ("", {**GOOD, "award": "huan_chuong_lao_dong_hang_ba", "type": "long_service",
                          **rows("postings", {"post": "vu_truong", "start": "1/1/2018", "end": "31/12/2024"})}),
    "a collective": (
        "?doi-tuong=tap-the",
        {**EMPTY_LISTS, **ALL_KNOWN, "award": "tap_the_lao_dong_xuat_sac", "type": "merit", "year": "2026",
         "governing_day": "20/11/2026", "rating_2026": "excellent", "total": "20", "completed_or_better": "20",
         "lao_dong_tien_tien": "15", "chien_si_thi_dua_co_so": "3", "disciplined_warning_or_above": "0",
         "leads_cluster": "co", "founded_on": "26/7/1960"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_page_says_what_ask_says(name, as_user, minh, lead, tmp_path, capsys):
    make_override(lead, "lao_dong_tien_tien.min_service", {"test": "months_in_service", "months": 2}, date(2026, 1, 1))
    where, typed = QUESTIONS[name]
    response = as_user(minh).post(URL + where, typed)
    assert response.status_code == 200
    assert response.context["result"]["answer"] == asked(question_on(response), tmp_path, capsys)


def test_an_override_decides_on_the_page_as_in_ask_and_is_named(as_user, minh, lead, tmp_path, capsys):
    client = as_user(minh)
    assert outcome(client.post(URL, GOOD)) == "not_eligible"
    make_override(lead, "lao_dong_tien_tien.min_service", {"test": "months_in_service", "months": 2}, date(2026, 1, 1),
                  document="Thông tư mẫu", place="Điều 4", status="unconfirmed")  # fmt: skip
    response = client.post(URL, GOOD)
    answer = asked(question_on(response), tmp_path, capsys)
    assert response.context["result"]["answer"] == answer
    assert (answer["outcome"], answer["confirmed"], answer["overrides"][0]["by"]) == ("eligible", False, str(lead))
    assert f"do {lead} nhập, căn cứ Điều 4 Thông tư mẫu" in response.content.decode()


def test_an_empty_list_that_is_complete_means_none(as_user, minh):
    unsure = {key: value for key, value in GOOD.items() if key != "known-discipline"} | {"joined_on": "1/1/2020"}
    client = as_user(minh)
    assert outcome(client.post(URL, {**GOOD, "joined_on": "1/1/2020"})) == "eligible"
    assert outcome(client.post(URL, unsure)) == "undetermined"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"governing_day": "31/2/2026"}, "ngày"),
        ({"governing_day": ""}, "Nhập ngày áp dụng pháp luật."),
        ({"year": "hai nghìn"}, ""),
        ({"year": "99999"}, ""),
        ({"award": "khong_co"}, ""),
        ({"rating_2026": "tuyệt vời"}, ""),
        (rows("grants", {"award": "giay_khen", "year": "", "decided_on": ""}), "Nhập năm thành tích."),
        (rows("absences", {"reason": "illness", "start": "5/5/2026", "end": "1/5/2026"}), "Ngày cuối đứng trước"),
        ({"grants-TOTAL_FORMS": "nhiều"}, ""),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_typed_is_lost(typed, says, as_user, minh):
    response = as_user(minh).post(URL, {**GOOD, **typed})
    text = response.content.decode()
    assert response.status_code == 422
    assert says in text
    assert 'value="1/8/2026"' in text or 'value="01/08/2026"' in text


def test_too_many_members_are_refused_with_the_engines_own_sentence(as_user, minh):
    typed = {**QUESTIONS["a collective"][1], "lao_dong_tien_tien": "21"}
    response = as_user(minh).post(URL + "?doi-tuong=tap-the", typed)
    assert response.status_code == 422
    assert "lớn hơn tổng số người (20)" in response.content.decode()


def test_a_row_is_added_without_scripts_and_nothing_is_lost(as_user, minh):
    text = (
        as_user(minh).post(URL, {**GOOD, **rows("grants", {"award": "giay_khen"}), "them": "grants"}).content.decode()
    )
    assert 'name="grants-1-award"' in text
    assert re.search(r'<option value="giay_khen"\s+selected', text)


def test_facts_of_a_real_person_are_offered_and_may_be_changed(as_user, minh, root):
    person = make_person(make_unit(under=root), full_name="Lê Thị Thử", joined_on=date(2010, 8, 1))
    make_grant(person, "chien_si_thi_dua_co_so", 2025)
    client = as_user(minh)
    found = client.get(URL, {"tim": "le thi thu"}).content.decode()
    assert f"tu={person.pk}" in found
    text = client.get(URL, {"tu": person.pk}).content.decode()
    assert 'value="01/08/2010"' in text
    assert re.search(r'<option value="chien_si_thi_dua_co_so"\s+selected', text)


def test_who_is_not_visible_is_not_offered(as_user, make_user, assign, root):
    own, other = make_unit(under=root), make_unit(under=root)
    person = make_person(other, full_name="Trần Văn Khuất")
    client = as_user(assign(make_user("donvi", "Người Đơn Vị"), "unit_head", own))
    assert client.get(URL, {"tu": person.pk}).status_code == 404
    assert "Trần Văn Khuất" not in client.get(URL, {"tim": search_key("Khuất")}).content.decode()
    assert client.get(URL, {"tu": other.pk, "doi-tuong": "tap-the"}).status_code == 404


@pytest.mark.parametrize("key", ["abc", "0", "9" * 30, "-1", "1 OR 1=1"])
def test_an_address_that_names_nobody_is_not_found(key, as_user, minh):
    assert as_user(minh).get(URL, {"tu": key}).status_code == 404


OTHERS = {
    "bieu-quyet": ({"award": "chien_si_thi_dua_co_so", "day": "3/3/2025", "members": "13", "present": "11",
                    "recused": "0", "yes": "10", "written_yes": "1"}, "Số phiếu cần có"),
    "gioi-han": ({"award": "tap_the_lao_dong_xuat_sac", "day": "3/3/2025", "base": "24", "proposed": "6"}, "Vượt 2"),
    "tien-thuong": ({"award": "giay_khen", "holder": "collective", "day": "15/8/2025"}, "1.410.000 đ"),
    "cong-khai": ({"award": "chien_si_thi_dua_toan_quoc", "opens": "2/3/2026", "closes": "13/3/2026"}, "Đủ"),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHERS)
def test_the_other_questions_are_answered_as_ask_answers_them(kind, as_user, minh, lead, tmp_path, capsys):
    make_override(lead, "votes_written.chien_si_thi_dua_co_so", False, date(2024, 1, 1))
    typed, says = OTHERS[kind]
    response = as_user(minh).get(reverse("history:what_if_other", args=[kind]), typed)
    assert says in response.content.decode()
    assert response.context["result"]["answer"] == asked(question_on(response), tmp_path, capsys)


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("bieu-quyet", {"yes": "12"}, "lớn hơn số người có thể"),
        ("bieu-quyet", {"members": "0"}, ""),
        ("gioi-han", {"base": "-1"}, ""),
        ("tien-thuong", {"day": "32/1/2025"}, ""),
        ("cong-khai", {"closes": "1/3/2026"}, "đứng trước ngày bắt đầu"),
    ],
)
def test_bad_numbers_are_answered_with_a_sentence(kind, typed, says, as_user, minh):
    response = as_user(minh).get(reverse("history:what_if_other", args=[kind]), {**OTHERS[kind][0], **typed})
    assert response.status_code == 422
    assert says in response.content.decode()


def test_a_question_nobody_knows_is_not_found(as_user, minh):
    assert as_user(minh).get(reverse("history:what_if_other", args=["khac"])).status_code == 404
