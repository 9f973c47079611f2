"""A real browser against the running product: one site for the whole round, one window per user."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from kiemsat_thidua.demo.accounts import PASSWORD
from tests.e2e.site import running_site

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
expect.set_options(timeout=20_000)
#: Where pictures go; kept only when a folder is named.
PICTURES = os.environ.get("E2E_PICTURES")


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the product with demo data; E2E_SITE names one that runs already."""
    if address := os.environ.get("E2E_SITE"):
        yield address
        return
    with running_site() as address:
        yield address


@pytest.fixture(scope="session")
def complaints() -> list[str]:
    """What the browser complained about: blocked by the content security policy, or a script that failed."""
    return []


@pytest.fixture(scope="session")
def _windows(chromium: Browser, site: str, complaints: list[str]) -> Iterator[Callable[[str, bool], BrowserContext]]:
    opened: dict[tuple[str, bool], BrowserContext] = {}

    def window(username: str, narrow: bool) -> BrowserContext:
        if (username, narrow) not in opened:
            context = chromium.new_context(base_url=site, locale="vi-VN", viewport=NARROW if narrow else WIDE)
            context.set_default_timeout(20_000)
            context.on("console", lambda message: _listen(message, complaints))
            context.on("weberror", lambda error: complaints.append(str(error.error)))
            if username:
                _sign_in(context, username)
            opened[username, narrow] = context
        return opened[username, narrow]

    yield window
    for context in opened.values():
        context.close()


@pytest.fixture
def page_of(_windows, request) -> Iterator[Callable[..., Page]]:
    """`page_of("thutruong")`: a fresh tab in that user's signed-in window; "" is a visitor."""
    tabs: list[Page] = []

    def open_tab(username: str = "", *, narrow: bool = False) -> Page:
        tabs.append(_windows(username, narrow).new_page())
        return tabs[-1]

    yield open_tab
    for number, tab in enumerate(tabs):
        if PICTURES and getattr(request.node, "failed", False):
            tab.screenshot(path=str(Path(PICTURES) / f"failed-{request.node.name}-{number}.png"), full_page=True)
        tab.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember a failure, so that the window's last look can be kept."""
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True
    return report


def _sign_in(context: BrowserContext, username: str) -> None:
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile(r"^(?!.*login)"))
    page.close()


def _listen(message: ConsoleMessage, complaints: list[str]) -> None:
    """Status codes of answers (401, 404, 409, 422) are logged as errors too; those are wanted."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        complaints.append(f"{message.location.get('url', '')}: {message.text}")
