"""Every page in both widths: no accessibility violation, no sideways scroll, no complaint of the browser.

Each page is kept as a picture (E2E_PICTURES, else a temporary folder); where the pictures of the
design are at hand (E2E_MOCKS, else beside the project), a contact sheet lays each page beside its mock.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import resolve
from playwright.sync_api import Page

from tests.e2e.conftest import NARROW, WIDE
from tests.e2e.contact_sheet import lay_out
from tests.e2e.pages import LOOKS, Look

pytestmark = pytest.mark.e2e("pages")
MOCKS = Path(os.environ.get("E2E_MOCKS") or Path(settings.BASE_DIR).parent / "shared" / "design" / "ui" / "png")
#: WCAG 2.2 A and AA, and axe's best practices.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory) -> Iterator[Path]:
    """The folder of pictures; when all are taken, the contact sheet is laid out in it."""
    named = os.environ.get("E2E_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    yield folder
    pairs = [(look.name, look.mock) for look in LOOKS if look.mock]
    if MOCKS.is_dir():
        lay_out(folder, MOCKS, pairs, folder / "contact-sheet.png")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_page_is_open_to_all_and_fits(look, page_of, complaints, pictures):
    before = len(complaints)
    page = page_of(look.user)
    _open(page, look)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.screenshot(path=str(pictures / f"{look.name}-{size['width']}.png"), full_page=True)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["target"], len(rule["nodes"]), size["width"]) for rule in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert complaints[before:] == []


def _open(page: Page, look: Look) -> None:
    answer = page.goto(look.address)
    assert answer is not None
    assert answer.status == 200, (look.address, answer.status)
    if look.link:
        page.locator("main").get_by_role("link", name=look.link).first.click()
        page.wait_for_load_state()
    assert not look.page or resolve(urlsplit(page.url).path).view_name == look.page
    assert page.locator("h1").count() == 1
