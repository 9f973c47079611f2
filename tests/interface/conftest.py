"""A real browser on the test server, at the two widths of the design."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from accounts.models import User

WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture
def sign_in(live_server, as_user) -> Callable[[BrowserContext, User], None]:
    """Give a browser the session of somebody who has just signed in."""

    def give(context: BrowserContext, user: User) -> None:
        cookie = as_user(user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    return give


@pytest.fixture
def open_page(chromium, live_server, sign_in) -> Iterator[Callable[..., Page]]:
    """Open an address as somebody; anything the browser complains about fails the test, unless `may_fail`."""
    contexts, complaints = [], []

    def complain(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def go(
        address: str, *, user: User | None = None, width: str = "desktop", scripts: bool = True, may_fail: bool = False
    ) -> Page:
        across, down = WIDTHS[width]
        context = chromium.new_context(
            viewport={"width": across, "height": down},
            locale="vi-VN",
            java_script_enabled=scripts,
            has_touch=width == "phone",
        )
        contexts.append(context)
        if user:
            sign_in(context, user)
        page = context.new_page()
        if not may_fail:
            page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{live_server.url}{address}")
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []
