"""The clerk's afternoon: measure a printer, look at the first sheet, print a run, spoil a sheet, print it again."""

import re
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from documents.services.correction import marks
from tests.documents import hostile

pytestmark = pytest.mark.e2e
KIND, PRINTER = "Phôi bằng 360 × 237 mm", "Máy in phòng Văn thư"


def test_a_clerk_calibrates_previews_prints_spoils_and_prints_again(page_of, complaints):
    before = len(complaints)
    page = page_of("vanthu")
    _calibrate(page)
    _show_the_blank(page)
    start = _balance(page)
    _prepare(page, reason="Tờ trước kẹt giấy")
    _file_has_words_alone(page)
    _record(page, "Hỏng", "Lem mực")
    _prepare(page, reason="Tờ trước lem mực")
    _record(page, "In tốt")
    end = _balance(page)
    assert {name: end[name] - start[name] for name in end} == {"Đã nhận": 0, "Trong kho": -2, "Đã in": 1, "Hỏng": 1}
    expect(page.locator("main")).to_contain_text("Lem mực")
    assert complaints[before:] == []


def _calibrate(page: Page) -> None:
    """The printer puts everything 2,5 mm to the left and 1 mm too low; the page computes the opposite."""
    page.goto("/in-bang/may-in/")
    page.locator("main").get_by_role("link", name=PRINTER).click()
    page.get_by_label("Khổ giấy đã in").select_option("297x210")
    for number, (x, y) in enumerate(marks(297, 210), 1):
        page.get_by_label(f"Dấu {number}, cách mép trái (mm)").fill(f"{x - 2.5:.1f}".replace(".", ","))
        page.get_by_label(f"Dấu {number}, cách mép trên (mm)").fill(f"{y + 1:.1f}".replace(".", ","))
    page.get_by_role("button", name="Tính và lưu bù lệch").click()
    expect(page.locator("main")).to_contain_text("ngang 2,50 mm · dọc -1,00 mm")
    across = page.get_by_label("Ngang (mm)")
    across.press("ArrowUp")
    expect(across).to_have_value("3")
    check = page.request.get(page.get_by_role("link", name="In tờ kiểm tra").get_attribute("href") or "")
    assert check.headers["content-type"] == "application/pdf"


def _show_the_blank(page: Page) -> None:
    page.goto("/in-bang/kho-phoi/")
    page.locator("main").get_by_role("link", name=KIND).click()
    page.get_by_role("link", name=re.compile("Tải ảnh lên|Thay ảnh")).click()
    picture = {"name": "phoi.png", "mimeType": "image/png", "buffer": hostile.picture(size=(360, 237))}
    page.get_by_label("Ảnh quét phôi").set_input_files(picture)
    page.get_by_role("button", name="Lưu ảnh").click()
    expect(page.locator("main")).to_contain_text("phoi.png")


def _balance(page: Page) -> dict[str, int]:
    page.goto("/in-bang/kho-phoi/")
    page.locator("main").get_by_role("link", name=KIND).click()
    figures = page.locator(".kpi > div").all()
    return {f.locator(".k").inner_text(): int(f.locator(".v").inner_text().replace(".", "")) for f in figures}


def _prepare(page: Page, *, reason: str) -> None:
    """One certificate on the next blank; it was spoilt before, so a reason is asked."""
    page.get_by_role("link", name="Lập lượt in").first.click()
    page.get_by_label("Máy in", exact=True).select_option(label=f"{PRINTER}, khay 1")
    page.get_by_label("Số bằng in lượt này").fill("1")
    page.get_by_label(re.compile("Lý do in lại")).fill(reason)
    page.get_by_role("button", name="Xuất phôi, tạo tệp in").click()
    expect(page.get_by_role("link", name="Mở tệp in")).to_be_visible()
    assert page.locator("svg image[href*='/anh/']").count() == 1  # the scan is under the words, on the screen


def _file_has_words_alone(page: Page) -> None:
    answer = page.request.get(page.get_by_role("link", name="Mở tệp in").get_attribute("href") or "")
    with pikepdf.open(BytesIO(answer.body())) as opened:
        streams = [o for o in opened.objects if isinstance(o, pikepdf.Stream)]
        assert len(opened.pages) == 1
        assert [s for s in streams if s.get("/Subtype") == "/Image"] == []


def _record(page: Page, result: str, reason: str = "") -> None:
    row = page.locator("table.tray tbody tr")
    row.locator("select").select_option(label=result)
    row.locator("input").fill(reason)
    page.get_by_role("button", name="Ghi kết quả in").click()
    expect(page.get_by_role("link", name="Lập lượt in tiếp")).to_be_visible()
    page.locator("aside").get_by_role("link", name=KIND).click()
