"""The rule book on screen."""

import pytest
from django.urls import reverse

from rulebook.catalogue import awards

pytestmark = pytest.mark.django_db
URL = reverse("history:rulebook")


def test_every_award_has_a_page_with_cited_values(as_user, minh):
    client = as_user(minh)
    for code in awards():
        response = client.get(URL, {"danh-hieu": code})
        assert response.status_code == 200
        assert all(line.cite for line in response.context["lines"])


def test_values_are_in_words_and_dated(as_user, minh):
    lines = as_user(minh).get(URL, {"danh-hieu": "chien_si_thi_dua_nganh"}).context["lines"]
    run = next(line for line in lines if line.meaning.startswith("Ba lần liên tục"))
    assert run.days == "01/01/2024 đến nay"
    assert run.content == "danh hiệu: CSTĐ cơ sở; số lần: 3"
    assert run.cite.endswith("Luật 06/2022/QH15")


def test_what_nobody_checked_is_marked(as_user, minh):
    lines = as_user(minh).get(URL, {"danh-hieu": "bang_khen_vien_truong"}).context["lines"]
    assert "unconfirmed" in {line.status for line in lines}
    assert "chưa đối chiếu" in as_user(minh).get(URL, {"danh-hieu": "bang_khen_vien_truong"}).content.decode()


def test_what_is_common_to_all_awards_has_its_own_page(as_user, minh):
    lines = as_user(minh).get(URL, {"danh-hieu": "chung"}).context["lines"]
    assert any("2.340.000" in line.content for line in lines)


def test_an_unknown_award_shows_the_first(as_user, minh):
    assert as_user(minh).get(URL, {"danh-hieu": "khong-co"}).context["chosen"].code == "chien_si_thi_dua_co_so"
