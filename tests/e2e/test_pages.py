"""Every page in both widths: no accessibility violation, no sideways scroll, no complaint of the browser.

With E2E_PICTURES=folder each page is kept as a picture; with E2E_MOCKS=folder of the design's pictures
a contact sheet lays each page beside its mock.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.pages import LOOKS, Look

pytestmark = pytest.mark.e2e
PICTURES, MOCKS = os.environ.get("E2E_PICTURES"), os.environ.get("E2E_MOCKS")
#: WCAG 2.2 A and AA, and axe's best practices.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("narrow", [False, True], ids=["1440", "390"])
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_page_is_open_to_all_and_fits(look, narrow, page_of, complaints):
    before = len(complaints)
    page = page_of(look.user, narrow=narrow)
    _open(page, look)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["target"], len(rule["nodes"])) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert complaints[before:] == []
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{look.name}-{390 if narrow else 1440}.png"), full_page=True)


def _open(page: Page, look: Look) -> None:
    answer = page.goto(look.address)
    assert answer is not None
    assert answer.status == 200, (look.address, answer.status)
    if look.link:
        page.locator("main").get_by_role("link", name=look.link).first.click()
        page.wait_for_load_state()
    assert page.locator("h1").count() == 1
