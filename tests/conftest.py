"""The cast and the few fixtures every test may use.

Lan drafts for a regional office, Hùng heads it, Minh reviews in the standing office of the whole
sector, Hoa sits on the council, Quang signs, Nam works for another province and must see nothing.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from allauth.account.internal.flows import login as signing_in
from django.db import connection
from django.test import Client, TransactionTestCase
from playwright.sync_api import Browser, sync_playwright

from accounts import policy
from accounts.models import User
from accounts.roles import ROLES
from core import append_only
from tests.factories.units import make_unit
from units.models import Unit

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PASSWORD = "Mat-khau-cua-kiem-thu-2026"
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
APPEND_ONLY = ["core_event"]


@pytest.fixture(autouse=True, scope="session")
def _the_journal_can_be_emptied_between_tests():
    """Flushing a test database is the one time when the journal's triggers must step aside."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        for table in APPEND_ONLY:
            append_only.remove(connection, table)
        flush(self)
        for table in APPEND_ONLY:
            append_only.install(connection, table)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _cheap_passwords(settings):
    """Argon2 is slow on purpose; tests sign in hundreds of times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, one for all browser tests; its absence is a failure, never a skip."""
    path = os.environ.get("E2E_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert path, "Cần chromium: apt-get install chromium"
    # Playwright keeps an event loop in this thread, and Django takes every query for one from inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen: 10:00 on 21/11/2026 in Hà Nội."""
    return NOW


@pytest.fixture
def root(db) -> Unit:
    """VKSND tối cao."""
    return make_unit(
        "T.TC", name="Viện kiểm sát nhân dân tối cao", short_name="VKSND tối cao", kind="toi_cao", issuing_code="VKSTC"
    )


@pytest.fixture
def province(root) -> Unit:
    """A provincial procuracy."""
    return make_unit(
        "T.TINH.A", name="Viện kiểm sát nhân dân tỉnh Phú Thọ", short_name="VKSND tỉnh Phú Thọ", kind="tinh", under=root
    )


@pytest.fixture
def region(province) -> Unit:
    """A regional office of that province: the unit Lan and Hùng work in."""
    return make_unit(
        "T.KV.A.1",
        name="Viện kiểm sát nhân dân khu vực 1 - Phú Thọ",
        short_name="VKSND khu vực 1",
        kind="khu_vuc",
        under=province,
    )


@pytest.fixture
def other_province(root) -> Unit:
    """Nam's province."""
    return make_unit(
        "T.TINH.B", name="Viện kiểm sát nhân dân tỉnh Nghệ An", short_name="VKSND tỉnh Nghệ An", kind="tinh", under=root
    )


@pytest.fixture
def assign(db) -> Callable[[User, str, object], User]:
    """Give a user every right of a role on a scope (unit or council)."""

    def give(user: User, role: str, scope: object) -> User:
        policy.give(user, ROLES[role].permissions, scope)
        return user

    return give


@pytest.fixture
def make_user(db) -> Callable[..., User]:
    """A user who can sign in with the tests' password."""

    def make(username: str, full_name: str = "") -> User:
        return User.objects.create_user(username=username, password=PASSWORD, full_name=full_name or username)

    return make


@pytest.fixture
def lan(make_user, assign, region) -> User:
    """Cán bộ thi đua of the regional office."""
    return assign(make_user("lan", "Trần Thị Lan"), "unit_clerk", region)


@pytest.fixture
def hung(make_user, assign, region) -> User:
    """Head of the regional office."""
    return assign(make_user("hung", "Lê Mạnh Hùng"), "unit_head", region)


@pytest.fixture
def minh(make_user, assign, root) -> User:
    """Chuyên viên thường trực for the whole sector."""
    return assign(make_user("minh", "Nguyễn Quang Minh"), "office", root)


@pytest.fixture
def lead(make_user, assign, root) -> User:
    """Lãnh đạo thường trực for the whole sector."""
    return assign(make_user("truong", "Đỗ Văn Trường"), "office_lead", root)


@pytest.fixture
def hoa(make_user) -> User:
    """A council member; tests that need her seat give it."""
    return make_user("hoa", "Phạm Thị Hoa")


@pytest.fixture
def quang(make_user, assign, root) -> User:
    """Signs for VKSND tối cao."""
    return assign(make_user("quang", "Vũ Đình Quang"), "signer", root)


@pytest.fixture
def van(make_user, assign, root) -> User:
    """Văn thư of VKSND tối cao: numbers and issues."""
    return assign(make_user("van", "Hoàng Thị Vân"), "clerk", root)


@pytest.fixture
def nam(make_user, assign, other_province) -> User:
    """Head of another province: must see nothing of Lan's unit."""
    return assign(make_user("nam", "Bùi Hoài Nam"), "unit_head", other_province)


def sign_in(user: User, *, fresh: bool = False) -> Client:
    """A browser signed in as a user; `fresh=True` has just typed the password again."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if fresh:
        session = client.session
        now = datetime.now(UTC).timestamp()
        session[signing_in.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": now, "username": user.username, "reauthenticated": True}
        ]
        session[signing_in._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
    return client


@pytest.fixture
def as_user() -> Callable[..., Client]:
    """`sign_in`, for tests that need no other import."""
    return sign_in
