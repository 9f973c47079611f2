"""What happens when a request of the page fails, is refused, or the session ends meanwhile."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

MINUTES = 60


@pytest.fixture(autouse=True)
def _failing_pages(settings) -> None:
    settings.ROOT_URLCONF = "tests.interface.failing_urls"


def ask(page: Page, address: str, *, verb: str = "get") -> None:
    """Put a button on the page that asks for a part, and press it."""
    page.evaluate(
        """([address, verb]) => {
            const place = document.createElement("div");
            place.innerHTML = `<div id="phan">cũ</div>
                <button id="hoi" hx-${verb}="${address}" hx-target="#phan">Hỏi</button>`;
            document.getElementById("noidung").append(place);
            htmx.process(place);
        }""",
        [address, verb],
    )
    page.locator("#hoi").click()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("403", "Đồng chí không có quyền “Ký quyết định”."),
        ("404", "Không tìm thấy, hoặc đồng chí không có quyền xem."),
        ("tu-choi", "Đã hết hạn trình hồ sơ ngày 15/12/2026."),
        ("xung-dot", "Dữ liệu đã được người khác đổi."),
        ("413", "Mỗi tệp tối đa 20 MB."),
        ("500", "Việc vừa rồi chưa được lưu"),
    ],
)
def test_a_failed_part_says_why_and_leaves_the_old_one(open_page, hung, kind: str, words: str) -> None:
    page = open_page("/tro-giup/", user=hung, may_fail=True)
    ask(page, f"/loi/{kind}/")
    remark = page.get_by_role("alert")
    expect(remark).to_contain_text(words)
    expect(page.locator("#phan")).to_have_text("cũ")
    expect(page.locator("#phan")).not_to_have_attribute("aria-busy", "true")


def test_a_lost_connection_offers_to_try_again(open_page, hung) -> None:
    page = open_page("/tro-giup/", user=hung, may_fail=True)
    page.context.set_offline(True)
    ask(page, "/phien/")
    expect(page.get_by_role("alert")).to_contain_text("Mất kết nối với máy chủ.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator("#phan")).to_contain_text("csrf")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_request_refused_for_want_of_a_session_goes_once_more_after_signing_in(open_page, sign_in, hung) -> None:
    page = open_page("/tro-giup/", user=hung, may_fail=True)
    Session.objects.all().delete()
    ask(page, "/phien/")
    dialog = page.get_by_role("dialog", name="Phiên làm việc đã hết")
    expect(dialog).to_be_visible()
    expect(page.locator("#phan")).to_have_text("cũ")
    sign_in(page.context, hung)
    dialog.get_by_role("button", name="Đã đăng nhập, gửi tiếp").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#phan")).to_contain_text("csrf")


def test_a_form_on_the_page_gets_the_token_of_the_new_session(open_page, sign_in, hung) -> None:
    page = open_page("/tro-giup/", user=hung, may_fail=True)
    before = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    Session.objects.all().delete()
    ask(page, "/phien/")
    page.context.clear_cookies()
    sign_in(page.context, hung)
    page.get_by_role("button", name="Đã đăng nhập, gửi tiếp").click()
    expect(page.locator("#phan")).to_contain_text("csrf")
    assert page.locator("input[name=csrfmiddlewaretoken]").first.input_value() != before


def test_the_end_of_the_session_is_announced_and_can_be_put_off(open_page, hung) -> None:
    page = open_page("/tro-giup/", user=hung)
    page.clock.install()
    page.reload()
    page.clock.fast_forward(28 * MINUTES * 1000 + 30_000)
    dialog = page.get_by_role("dialog", name="Phiên làm việc sắp hết")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Tiếp tục làm việc").click()
    expect(dialog).to_be_hidden()


def test_a_session_left_alone_is_over(open_page, hung) -> None:
    page = open_page("/tro-giup/", user=hung)
    page.clock.install()
    page.reload()
    page.clock.fast_forward(31 * MINUTES * 1000)
    expect(page.get_by_role("dialog", name="Phiên làm việc đã hết")).to_be_visible()
    expect(page.get_by_role("link", name="Đăng nhập lại")).to_have_attribute("target", "_blank")


def test_a_short_remark_is_shown_and_read_out(open_page, hung) -> None:
    page = open_page("/tro-giup/", user=hung)
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('td:say', {detail: {text: 'Đã chuyển 3 hồ sơ', undo: '/x/'}}))"
    )
    expect(page.locator("#live")).to_have_text("Đã chuyển 3 hồ sơ")
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()


def test_a_form_pressed_twice_is_sent_once(open_page, hung) -> None:
    page = open_page("/accounts/password/change/", user=hung)
    sent = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    with page.expect_navigation():
        page.evaluate("const button = document.querySelector('main form .btn-p'); button.click(); button.click();")
    assert sent == ["POST"]


def let_type(page: Page) -> None:
    """Put a form that saves itself on the page."""
    page.evaluate(
        """() => {
            const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
            const place = document.createElement("div");
            place.innerHTML = `<form data-autosave="/luu/">
                <input type="hidden" name="csrfmiddlewaretoken" value="${token}">
                <label>Tên <input name="ten"></label>
                <span role="status" data-autosave-status></span></form>`;
            document.getElementById("noidung").append(place);
            document.dispatchEvent(new CustomEvent("htmx:afterSettle", { detail: { elt: place } }));
        }"""
    )


def test_a_form_saves_itself_and_says_when(open_page, hung) -> None:
    page = open_page("/tro-giup/", user=hung)
    let_type(page)
    page.get_by_label("Tên").fill("Lan")
    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile(r"Đã lưu lúc \d\d:\d\d"))


def test_a_form_that_cannot_be_saved_says_so_and_tries_again(open_page, hung) -> None:
    page = open_page("/tro-giup/", user=hung, may_fail=True)
    let_type(page)
    page.context.set_offline(True)
    page.get_by_label("Tên").fill("Lan")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Chưa lưu được. Dữ liệu còn trên trang này")
    page.context.set_offline(False)
    expect(page.locator("[data-autosave-status]")).to_contain_text("Đã lưu lúc")
