"""A page for people, a fragment for htmx, and remarks that travel with an answer."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from core.htmx import changed, page_or_fragment, say

pytestmark = pytest.mark.once


def answer(**headers: str) -> HttpResponse:
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    context = {"title": "Chưa có", "form": None}
    return page_or_fragment(request, "errors/public.html", fragment="errors/fragment.html", context=context)


def test_a_person_gets_the_page_and_htmx_its_fragment() -> None:
    assert b"<html" in answer().content
    assert b"<html" not in answer(**{"HX-Request": "true"}).content


@pytest.mark.parametrize("header", ["HX-History-Restore-Request", "HX-Boosted"])
def test_a_restored_page_and_a_boosted_link_get_the_whole_page(header: str) -> None:
    assert b"<html" in answer(**{"HX-Request": "true", header: "true"}).content


def test_caches_keep_page_and_fragment_apart() -> None:
    assert "HX-Request" in answer().headers["Vary"]


def test_a_remark_and_news_travel_with_the_answer() -> None:
    response = changed(say(HttpResponse(), "Đã chuyển 3 hồ sơ", undo="/hoan-tac/"), "viec:changed")
    assert json.loads(response.headers["HX-Trigger"]) == {
        "td:say": {"text": "Đã chuyển 3 hồ sơ", "undo": "/hoan-tac/"},
        "viec:changed": {},
    }
