"""The frame and its parts in a real browser: reachable, without complaints, and usable without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.factories.units import make_role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

BOTH = pytest.mark.parametrize("width", ["desktop", "phone"])


@pytest.fixture(autouse=True)
def _few_pages(settings) -> None:
    settings.ROOT_URLCONF = "tests.interface.few_urls"


@BOTH
@pytest.mark.parametrize("address", ["/thanh-phan/", "/tro-giup/", "/accounts/password/change/", "/accounts/2fa/"])
def test_a_page_has_no_accessibility_violation_and_no_sideways_scroll(
    open_page, hung, width: str, address: str
) -> None:
    assert _faults(open_page(address, user=hung, width=width)) == []


@BOTH
@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/kich-hoat/"])
def test_a_page_before_the_sign_in_has_no_violation_either(open_page, db, width: str, address: str) -> None:
    assert _faults(open_page(address, width=width)) == []


def test_an_explanation_takes_the_focus_and_gives_it_back(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    button = page.get_by_role("button", name="CSTĐN: thiếu 1 điều kiện")
    button.focus()
    page.keyboard.press("Alt+i")
    dialog = page.get_by_role("dialog", name=re.compile("chưa đủ điều kiện"))
    expect(dialog).to_be_visible()
    expect(dialog).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_an_explanation_stays_on_the_screen_beside_its_button(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    page.get_by_role("button", name="CSTĐN: thiếu 1 điều kiện").click()
    box = page.get_by_role("dialog", name=re.compile("chưa đủ điều kiện")).bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 1440
    assert box["y"] + box["height"] <= 900


def test_an_explanation_is_a_sheet_at_the_bottom_of_a_phone(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung, width="phone")
    page.get_by_role("button", name="CSTĐN: thiếu 1 điều kiện").click()
    box = page.get_by_role("dialog", name=re.compile("chưa đủ điều kiện")).bounding_box()
    assert box["x"] == 0
    assert box["width"] == 390
    assert round(box["y"] + box["height"]) == 844


def test_a_dialog_keeps_the_focus_inside_and_gives_it_back(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    opener = page.get_by_role("button", name="Gửi bản đăng ký")
    opener.click()
    dialog = page.get_by_role("dialog", name="Gửi phiếu kín")
    expect(dialog).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        outside = page.evaluate(
            "document.activeElement !== document.body && !document.activeElement.closest('dialog[open]')"
        )
        assert not outside
    dialog.get_by_role("button", name="Quay lại chọn tiếp").click()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_an_action_that_is_not_available_says_why_and_does_nothing(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    page.get_by_role("button", name="Xác nhận đạt").click(force=True)
    expect(page.locator("#live")).to_have_text("Chưa xác nhận đạt được: còn 2 điều kiện chưa đạt")


def test_the_error_summary_has_the_focus_and_leads_to_its_fields(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    page.get_by_role("link", name=re.compile("Không có ngày 31")).click()
    expect(page.get_by_label("Hạn bổ sung")).to_be_focused()
    page.get_by_role("link", name="Chọn lý do trả lại.").click()
    expect(page.get_by_label("Thiếu quyết định công nhận sáng kiến")).to_be_focused()


def test_a_false_letter_is_corrected_with_one_press(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    page.get_by_role("button", name="Sửa thành “Đỗ Văn Thắng”").click()
    expect(page.get_by_label("Họ và tên", exact=True).and_(page.locator("#id_name"))).to_have_value("Đỗ Văn Thắng")


def test_a_typed_date_is_tidied_on_leaving(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    page.get_by_label("Hạn bổ sung").fill("1-9-2026")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Hạn bổ sung")).to_have_value("01/09/2026")


def test_a_long_list_is_searched_without_accents(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    box = page.get_by_role("combobox", name="Hình thức")
    box.fill("toan quoc")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Chiến sĩ thi đua toàn quốc")
    assert page.locator("select[name=kind]").evaluate("select => select.value") == "cstdtq"


def test_a_list_is_filtered_and_sorted_without_leaving_the_page(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    page.evaluate("window.stayed = true")
    page.get_by_role("searchbox", name="Họ và tên").fill("không ai")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("heading", name="Không có tài khoản khớp 1 bộ lọc")).to_be_visible()
    expect(page.locator("#live")).to_have_text("0 tài khoản")
    page.get_by_role("link", name="Xóa bộ lọc").first.click()
    expect(page.get_by_role("link", name="Lê Mạnh Hùng")).to_be_visible()
    assert page.evaluate("window.stayed") is True
    assert page.url.endswith("/thanh-phan/")


def test_rows_are_picked_from_the_keyboard(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    page.locator("body").click(position={"x": 700, "y": 10})
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("Đã chọn 1 tài khoản").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Thao tác hàng loạt")).to_be_hidden()


def test_single_keys_can_be_switched_off(open_page, hung) -> None:
    hung.single_keys = False
    hung.save()
    page = open_page("/tro-giup/", user=hung)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_hidden()


def test_the_question_mark_opens_the_shortcuts(open_page, hung) -> None:
    page = open_page("/tro-giup/", user=hung)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()


def test_two_letters_lead_to_a_room(open_page, hung, region) -> None:
    make_role(hung, "unit_head", region)
    page = open_page("/tro-giup/", user=hung)
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_url(re.compile("/ho-so/$"))


def test_ctrl_k_leads_to_the_search_box_and_typing_there_is_no_shortcut(open_page, hung) -> None:
    page = open_page("/tro-giup/", user=hung)
    page.keyboard.press("Control+k")
    box = page.get_by_role("searchbox", name="Tìm kiếm toàn hệ thống")
    expect(box).to_be_focused()
    page.keyboard.type("gh?")
    expect(box).to_have_value("gh?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_hidden()


def test_the_navigation_of_a_phone_opens_and_closes(open_page, hung) -> None:
    page = open_page("/tro-giup/", user=hung, width="phone")
    menu = page.get_by_role("navigation", name="Điều hướng chính")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Mở menu", exact=True).click()
    expect(menu).to_be_visible()
    page.get_by_role("button", name="Đóng menu").click()
    expect(menu).to_be_hidden()


@BOTH
def test_without_scripts_menus_explanations_and_signing_out_still_work(open_page, hung, width: str) -> None:
    page = open_page("/thanh-phan/", user=hung, width=width, scripts=False)
    page.get_by_role("button", name="CSTĐN: thiếu 1 điều kiện").click()
    expect(page.get_by_role("dialog", name=re.compile("chưa đủ điều kiện"))).to_be_visible()
    page.get_by_role("button", name="Đóng").first.click()
    page.get_by_role("button", name=re.compile("Mở menu tài khoản")).click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def test_the_sign_in_page_needs_no_script_and_no_mouse(open_page, hung) -> None:
    page = open_page("/accounts/login/?next=/tro-giup/", scripts=False)
    page.get_by_label("Tên đăng nhập").fill("hung")
    page.get_by_label("Mật khẩu").fill("Mat-khau-cua-kiem-thu-2026")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Trợ giúp và phím tắt")).to_be_visible()


def test_the_focus_is_never_hidden_under_the_bar_at_the_bottom(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    bar = page.get_by_role("region", name="Thao tác", exact=True).bounding_box()
    page.locator("body").click(position={"x": 700, "y": 10})
    for _ in range(40):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => { const e = document.activeElement, b = e.getBoundingClientRect();"
            " return e.closest('.sticky, .topwrap, .side, body:focus') ? null : [b.top, b.bottom, b.height]; })()"
        )
        if box and box[2] < 300:
            assert box[0] < bar["y"], page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def _faults(page: Page) -> list[object]:
    """What axe finds, and by how much the page is too wide."""
    found: list[object] = [
        (item["id"], [node["html"][:120] for node in item["nodes"]]) for item in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, wide] if wide else found


def test_one_box_picks_a_whole_list_and_says_when_only_a_part_is_picked(open_page, hung) -> None:
    page = open_page("/thanh-phan/", user=hung)
    listed = page.get_by_role("group", name="Đơn vị nhận")
    every = listed.get_by_label("Chọn tất cả")
    every.check()
    assert [box.is_checked() for box in listed.get_by_role("checkbox").all()] == [True] * 9
    listed.get_by_label("Phòng 3").uncheck()
    assert every.evaluate("box => [box.checked, box.indeterminate]") == [False, True]
    expect(page.get_by_role("group", name="Lý do trả lại").get_by_label("Chọn tất cả")).to_be_hidden()
