"""From a suggestion to a dossier, as the head of a unit does it: the list, why, the draft; and what is put off."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e
LIST = "/sap-du-dieu-kien/"
AWARD = "Chiến sĩ thi đua ngành Kiểm sát nhân dân"


def test_a_head_opens_the_reasons_and_begins_a_dossier(page_of, complaints):
    page = page_of("thutruong")
    page.goto("/")
    page.get_by_role("link", name="Sắp đủ điều kiện").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sắp đủ điều kiện")
    page.goto(f"{LIST}?danh-hieu=chien_si_thi_dua_nganh")
    row = page.locator("tr[data-row]", has_text="Văn phòng").first
    name = row.locator("td.main a").inner_text()
    row.get_by_role("button", name="Đủ điều kiện").click()
    reasons = page.get_by_role("dialog", name=AWARD)
    expect(reasons).to_contain_text("3 lần liên tục CSTĐ cơ sở")
    expect(reasons).to_contain_text("Luật 06/2022/QH15")
    reasons.get_by_role("button", name="Đóng").click()
    row.get_by_role("button", name="Lập hồ sơ").click()
    page.wait_for_url("**/ho-so/*/")
    expect(page.locator("main")).to_contain_text("Đã đưa 1 hồ sơ vào tờ trình.")
    expect(page.locator("main")).to_contain_text(name)
    page.goto(f"{LIST}?muc=ho-so&danh-hieu=chien_si_thi_dua_nganh&so-dong=100")
    expect(page.locator("main")).to_contain_text(name)
    assert complaints == []


def test_a_head_puts_one_off_and_finds_it_again(page_of):
    page = page_of("thutruong")
    page.goto(f"{LIST}?danh-hieu=chien_si_thi_dua_co_so")
    row = page.locator("tr[data-row]").first
    name = row.locator("td.main a").inner_text()
    row.get_by_role("button", name="Hoãn").click()
    expect(page.locator("main")).to_contain_text(name)
    page.get_by_label("Xem xét lại từ ngày").fill("01/01/2020")
    page.get_by_label("Lý do hoãn").fill("Chờ kết quả nghiệm thu sáng kiến")
    page.locator("main form button.btn-p").click()
    expect(page.get_by_label("Lý do hoãn")).to_have_value("Chờ kết quả nghiệm thu sáng kiến")
    page.get_by_label("Xem xét lại từ ngày").fill(f"{date.today() + timedelta(days=30):%d/%m/%Y}")  # noqa: DTZ011
    page.locator("main form button.btn-p").click()
    expect(page.locator("main")).to_contain_text("gợi ý")
    page.goto(f"{LIST}?muc=hoan")
    expect(page.locator("main")).to_contain_text(name)
    page.locator("tr[data-row]", has_text=name).first.get_by_role("button", name="Xem xét lại").click()
    page.goto(f"{LIST}?danh-hieu=chien_si_thi_dua_co_so&so-dong=100")
    expect(page.locator("main")).to_contain_text(name)


def test_the_office_reads_why_somebody_is_not_proposed(page_of):
    page = page_of("thuongtruc")
    page.goto(f"{LIST}?muc=khong")
    expect(page.locator("main")).to_contain_text("xin nhường")
    expect(page.get_by_role("button", name="Xem xét lại")).to_have_count(0)
