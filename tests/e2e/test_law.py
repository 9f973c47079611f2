"""The law where it is used: explained while registering, and held against a dossier again after a rule changed."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

RULE = "Thời gian công tác tối thiểu của người mới tuyển dụng"
DOCUMENT = "Quy chế thử của bài kiểm tra"
DOSSIER = "Chiến sĩ thi đua ngành"
#: The movement that runs in the demonstration.
YEAR = date.today().year  # noqa: DTZ011 - the site and this test share a clock


def test_the_head_reads_why_while_registering(page_of, complaints):
    page = page_of("thutruong")
    page.goto("/dang-ky/")
    page.locator("li", has_text=f"năm {YEAR}").get_by_role("link").first.click()
    chip = page.locator("a[data-explains]").first
    name = chip.locator("xpath=ancestor::tr").get_attribute("data-name")
    chip.click()
    explained = page.locator("#giai-thich")
    expect(explained).to_be_visible()
    expect(explained.locator("h2")).to_contain_text(str(name))
    finding = explained.locator("details[open] .facts > li").first
    expect(finding).to_contain_text(re.compile(r"\d"))
    expect(finding.locator(".law").first).to_contain_text(
        re.compile(r"Điều \d+.* (Luật|Nghị định|Thông tư) \d+/\d{4}/")
    )
    expect(explained).to_contain_text("Áp dụng văn bản có hiệu lực ngày")
    page.keyboard.press("Escape")
    expect(explained).to_be_hidden()
    assert complaints == []


def test_a_rule_of_the_sector_shows_what_it_changes_in_a_dossier(page_of, complaints):
    lead, reviewer = page_of("truongphong"), page_of("thuongtruc")
    _enter_rule(lead)
    try:
        _recheck(reviewer)
        panel = reviewer.locator("#ket-luan")
        changed = panel.locator("#khac + .facts > li").first
        expect(changed).to_contain_text("Khi trình đạt")
        expect(changed).to_contain_text("Nay không đạt")
        expect(changed.locator(".law").first).to_contain_text(DOCUMENT)
        expect(panel.locator("footer")).to_contain_text("cho kiểm tra lại lúc")
    finally:
        _withdraw_rule(lead)
    _recheck(reviewer)
    expect(reviewer.locator("#ket-luan")).to_contain_text("Không có gì khác.")
    assert complaints == []


def _enter_rule(page: Page) -> None:
    page.goto("/quy-tac/muc-rieng/moi/")
    page.locator("tr", has_text=RULE).get_by_role("link", name=re.compile("Nhập")).first.click()
    page.get_by_label("Giá trị").fill("600")
    page.get_by_label("Hiệu lực từ ngày").fill("01/01/2025")
    page.get_by_label("Văn bản căn cứ").fill(DOCUMENT)
    page.get_by_label("Điều, khoản").fill("Điều 1")
    page.locator("main form button.btn-p").click()
    expect(page.locator("main")).to_contain_text(DOCUMENT)


def _withdraw_rule(page: Page) -> None:
    page.goto("/quy-tac/muc-rieng/")
    page.locator("tr", has_text=DOCUMENT).get_by_role("link", name=re.compile("Rút")).first.click()
    page.get_by_label("Lý do rút lại").fill("Hết bài kiểm tra.")
    page.locator("main form button.btn-p, main form button.btn-d").first.click()
    expect(page.locator("main")).to_contain_text("Hết bài kiểm tra.")


def _recheck(page: Page) -> None:
    page.goto("/tham-dinh/?muc=reviewing")
    page.locator("tr[data-row]", has_text=DOSSIER).get_by_role("link").first.click()
    page.get_by_role("link", name="Kiểm tra lại").click()
    page.locator("main form button.btn-p").click()
    expect(page.locator("#khac")).to_be_visible()
