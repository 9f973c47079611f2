"""From the directive to the certificate: the whole road, walked once through the accounts of the demonstration."""

import re
import unicodedata

import pytest
from playwright.sync_api import expect

from tests.e2e.road import COUNCIL, Road, fonts_of, text_of

pytestmark = pytest.mark.e2e


def test_a_dossier_goes_from_the_directive_to_the_certificate(page_of, tmp_path, complaints):
    road = Road(page_of, tmp_path)
    road.launch()
    road.register_oneself()
    road.register_the_unit()
    road.accept()
    road.propose()
    road.submit()
    road.review()
    road.compose()
    receipts = [road.vote(username) for username in COUNCIL]
    assert len(set(receipts)) == len(COUNCIL)
    road.count()
    road.decide()
    papers = road.papers()
    assert len(papers) >= 2
    words = " ".join(" ".join(text_of(pdf).split()) for pdf in papers)
    assert road.nominee in words
    assert unicodedata.is_normalized("NFC", words)
    for pdf in papers:
        assert [row[0] for row in fonts_of(pdf)] == ["yes"] * len(fonts_of(pdf))
    _verify(page_of, words)
    _history(page_of, road.nominee)
    assert complaints == []


def _verify(page_of, words: str) -> None:
    """A visitor types the code printed under the QR."""
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", words)
    assert code
    visitor = page_of("")
    visitor.goto("/xm/")
    visitor.locator("main input[type=text], main input[type=search]").first.fill(code.group())
    visitor.locator("main button").first.click()
    expect(visitor.locator("h1")).to_contain_text("hiệu lực")


def _history(page_of, name: str) -> None:
    """The honour stands in the person's history."""
    page = page_of("thutruong")
    page.goto(f"/ca-nhan/?q={name}")
    page.locator("tr", has_text="khu vực 2").get_by_role("link", name=name).first.click()
    expect(page.locator("main")).to_contain_text("Chiến sĩ thi đua ngành")
