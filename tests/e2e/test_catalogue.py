"""The rule book in a browser: read regime beside regime, tried with other facts, and a share of the sector's own."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

DOCUMENT = "Thông tư thử của bài kiểm tra"
AWARD = "Tập thể lao động xuất sắc"
SESSION = "Phiên họp xét khen thưởng đợt 5"


def test_an_award_is_read_regime_beside_regime(page_of, complaints):
    page = page_of("thuongtruc")
    page.goto("/quy-tac/")
    page.get_by_role("link", name="Tập thể lao động tiên tiến", exact=True).click()
    table = page.locator("table.regimes")
    expect(table.locator("thead th")).to_have_count(6)
    row = table.locator("tr", has_text="Tỷ lệ").first
    expect(row).to_contain_text("50 %")
    expect(row).to_contain_text("70 %")
    expect(row.locator(".chip", has_text="Thay đổi")).to_have_count(1)
    row.locator("a", has_text="Luật 06/2022/QH15").first.click()
    expect(page).to_have_url(re.compile(r"/quy-tac/van-ban/#vb-\d+$"))
    expect(page.locator("tr:target")).to_contain_text("06/2022/QH15")
    assert complaints == []


def test_a_phone_shows_the_regime_that_is_picked(page_of, complaints):
    page = page_of("thuongtruc", narrow=True)
    page.goto("/quy-tac/tap_the_lao_dong_tien_tien/")
    row = page.locator("table.regimes tr", has_text="Tỷ lệ").first
    expect(row.locator("td:visible")).to_have_count(1)
    expect(row.locator("td:visible")).to_contain_text("70 %")
    page.get_by_role("navigation", name="Chế độ pháp luật").get_by_role("link", name=re.compile("Luật 2003")).click()
    expect(row.locator("td:visible")).to_contain_text("50 %")
    assert complaints == []


def test_other_facts_change_the_verdict_at_once(page_of, complaints):
    page = page_of("thuongtruc")
    page.goto("/quy-tac/thu/?danh-hieu=lao_dong_tien_tien")
    year = page.get_by_label("Năm xét").input_value()
    result = page.locator("#ket-qua")
    page.get_by_label("Ngày vào Ngành").fill("1/8/2010")
    page.get_by_label("Đối tượng").select_option(label="Công chức")
    page.get_by_label(f"Năm {year}").select_option(label="Hoàn thành tốt nhiệm vụ")
    expect(result).to_contain_text("Đủ điều kiện")
    page.get_by_label(f"Năm {year}").select_option(label="Hoàn thành nhiệm vụ")
    expect(result).to_contain_text("Chưa đủ điều kiện")
    page.get_by_role("button", name="Thêm dòng Kỷ luật").click()
    expect(page.locator("#ds-discipline .rowf")).to_have_count(2)
    expect(page.get_by_label("Ngày vào Ngành")).to_have_value(re.compile("1/8/2010|01/08/2010"))
    assert complaints == []


def test_a_share_of_the_sectors_own_governs_the_session(page_of, complaints):
    secretary, lead = page_of("thuky"), page_of("truongphong")
    _put_on_the_agenda(secretary)
    line = secretary.locator(".rule-line").first
    expect(line).to_contain_text("Quy chế Hội đồng")
    _enter(lead)
    try:
        secretary.reload()
        expect(line).to_contain_text("Mức riêng của Ngành")
        expect(line).to_contain_text(f"Điều 12 {DOCUMENT}")
        expect(line).to_contain_text("75 % ×")
        lead.goto("/quy-tac/tap_the_lao_dong_xuat_sac/")
        expect(lead.locator("main")).to_contain_text("75 % tổng số thành viên Hội đồng")
    finally:
        _withdraw(lead)
    secretary.reload()
    expect(line).to_contain_text("Quy chế Hội đồng")
    secretary.get_by_role("button", name=re.compile("^Bỏ")).first.click()
    assert complaints == []


def _put_on_the_agenda(page: Page) -> None:
    page.goto("/phien-hop/")
    page.get_by_role("link", name=SESSION).first.click()
    page.get_by_role("link", name=re.compile("Thêm hồ sơ")).first.click()
    page.locator("tr", has_text=AWARD).locator("input[type=checkbox]").first.check()
    page.get_by_role("button", name="Đưa vào danh sách").first.click()
    expect(page.locator("main")).to_contain_text(AWARD)


def _enter(page: Page) -> None:
    page.goto("/quy-tac/muc-rieng/moi/?tham-so=votes.tap_the_lao_dong_xuat_sac")
    page.get_by_label("Giá trị").fill("75 %")
    page.get_by_label("Hiệu lực từ ngày").fill("1/1/2026")
    page.get_by_label("Văn bản căn cứ").fill(DOCUMENT)
    page.get_by_label("Điều, khoản").fill("Điều 12")
    page.get_by_role("button", name="Lưu mức riêng").click()
    expect(page.locator("main")).to_contain_text(DOCUMENT)


def _withdraw(page: Page) -> None:
    page.goto("/quy-tac/muc-rieng/")
    page.locator("tr", has_text=DOCUMENT).get_by_role("link", name=re.compile("Rút lại")).first.click()
    page.get_by_label("Lý do rút lại").fill("Hết bài kiểm tra.")
    page.get_by_role("button", name="Rút lại").click()
    expect(page.locator("main")).to_contain_text("Hết bài kiểm tra.")
