"""An error says what happened and what to do: as a page, as a remark for htmx, without sign-in too."""

import logging
import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

HTMX = {"HX-Request": "true"}
KINDS = [
    ("400", 400, "Yêu cầu không đọc được"),
    ("403", 403, "Không có quyền"),
    ("404", 404, "Không tìm thấy"),
    ("413", 413, "Tệp hoặc nội dung quá lớn"),
    ("tu-choi", 409, "Chưa thực hiện được"),
    ("xung-dot", 409, "Chưa lưu được"),
]


@pytest.fixture(autouse=True)
def _failing_pages(settings) -> None:
    settings.ROOT_URLCONF = "tests.interface.failing_urls"


@pytest.mark.parametrize(("kind", "status", "title"), KINDS)
def test_an_error_is_a_page_with_a_heading_inside_the_frame(as_user, hung, kind: str, status: int, title: str) -> None:
    response = as_user(hung).get(f"/loi/{kind}/")
    assert response.status_code == status
    html = response.content.decode()
    assert re.search(rf"<h1[^>]*>{title}</h1>", html)
    assert '<nav class="side"' in html


@pytest.mark.parametrize(("kind", "status", "title"), KINDS[:5])
def test_without_sign_in_an_error_shows_no_menu(client, db, kind: str, status: int, title: str) -> None:
    response = client.get(f"/loi/{kind}/")
    assert response.status_code == status
    html = response.content.decode()
    assert re.search(rf"<h1[^>]*>{title}</h1>", html)
    assert '<nav class="side"' not in html


@pytest.mark.parametrize(("kind", "status", "title"), KINDS)
def test_htmx_gets_one_remark_with_words_to_show(as_user, hung, kind: str, status: int, title: str) -> None:
    response = as_user(hung).get(f"/loi/{kind}/", headers=HTMX)
    assert response.status_code == status
    html = response.content.decode()
    assert "<html" not in html
    assert html.count("data-says") == 1


def test_the_reason_of_a_refusal_is_what_the_user_reads(as_user, hung) -> None:
    assert "Đồng chí không có quyền “Ký quyết định”." in as_user(hung).get("/loi/403/").content.decode()
    assert "Đã hết hạn trình hồ sơ ngày 15/12/2026." in as_user(hung).get("/loi/tu-choi/").content.decode()


def test_a_conflict_shows_both_versions(as_user, hung) -> None:
    html = as_user(hung).get("/loi/xung-dot/").content.decode()
    cells = [cell for row in re.findall(r"<tr>(.*?)</tr>", html) for cell in re.findall(r"<t[dh][^>]*>([^<]*)", row)]
    assert cells == ["Ô", "Của tôi", "Trên máy chủ", "Hạn", "25/11/2026", "30/11/2026", "Số", "(trống)", "412"]


def test_a_foreign_page_and_a_missing_one_look_alike(as_user, hung) -> None:
    browser = as_user(hung)
    missing, foreign = browser.get("/khong-co/").content.decode(), browser.get("/loi/404/").content.decode()
    token = r'"X-CSRFToken": "\w+"|name="csrfmiddlewaretoken" value="\w+"'
    assert re.sub(token, "", missing) == re.sub(token, "", foreign)


def test_a_failure_shows_a_code_that_stands_in_the_log(as_user, hung, caplog) -> None:
    browser = as_user(hung)
    browser.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        html = browser.get("/loi/500/").content.decode()
    code = re.search(r'Mã sự cố <b class="spaced">([0-9A-F]{4})</b>', html)[1]
    assert f"Incident {code} at /loi/500/" in caplog.text
    assert "RuntimeError" not in html


def test_the_page_of_a_failure_needs_neither_request_nor_database() -> None:
    assert "Hệ thống gặp lỗi" in render_to_string("500.html", {"reference": "4F2A"})


def test_a_form_whose_token_is_too_old_is_explained(hung) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(hung, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.post("/accounts/logout/")
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/ho-so/?trang=2", "/ho-so/?trang=2"),
        ("http://elsewhere.example/ho-so/", "/"),
        ("http://testserver/loi/tu-choi/", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_never_leaves_the_product(as_user, hung, came_from: str, back: str) -> None:
    html = as_user(hung).get("/loi/tu-choi/", headers={"Referer": came_from}).content.decode()
    assert f'<a class="btn btn-s" href="{back}">Quay lại trang trước</a>' in html
