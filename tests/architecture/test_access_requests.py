"""How pages may be asked, and what every answer tells the browser."""

from http.cookies import SimpleCookie
from itertools import product
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.architecture import access_table as table
from tests.architecture.access_asking import Answer, Asker, LeanClient, fingerprint, written
from tests.architecture.access_pages import PAGES
from tests.architecture.access_table import OWN
from tests.architecture.access_world import ANONYMOUS, WITHOUT_ROLE, World, undone
from tests.architecture.test_access_tampering import allowed, once
from tests.conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.only("postgresql")]
#: Where nobody may be sent: written so that some parser takes them for an address of ours.
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example",
    "https:evil.example",
    "https:///evil.example", "http:\\\\evil.example", "/%09/evil.example", "\t//evil.example", "javascript:alert(1)",
    "data:text/html,x", "//evil.example%2f@testserver/", "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "/\r\nLocation: https://evil.example/", "//[::1]/", "https://evil.example\\@testserver/", " https://evil.example",
]  # fmt: skip
#: The viewer of a stored file: a sandbox of its own, in which the browser's reader of PDF draws itself.
IN_A_SANDBOX = {"documents:preview", "documents:attachment_preview", "documents:download", "documents:attachment",
                "council:dossier_file", "decisions:word_template", "decisions:design_ornament",
                "decisions:stock_scan", "decisions:design_emblem_file"}  # fmt: skip
#: Stored files that stand in a frame of ours.
FRAMED = {"documents:preview", "documents:attachment_preview"}
#: A drawing without data, asked for at every stroke of the form that shows it.
KEPT = {"decisions:design_ornament"}


def _copy(asker: Asker, who: str, client: Client) -> Client:
    client.cookies = SimpleCookie(asker.clients[who].cookies.output(header="", sep=";"))
    return client


def test_what_changes_things_cannot_be_done_by_following_a_link(world: World, asker: Asker):
    wrong = []
    for page in once():
        both = {method for other in PAGES if other.name == page.name for method in other.methods}
        for method in {"GET", "POST"} - both:
            with undone():
                answer = asker.ask(allowed(page), world.address(page, OWN), method)
            if answer.status not in {405, 404} or answer.written:
                wrong.append(f"{method} {page}: {answer}")
    assert not wrong, "\n".join(wrong)


def test_other_methods_change_nothing(world: World, asker: Asker):
    wrong, before = [], fingerprint()
    for page, method in product(once(), ("PUT", "PATCH", "DELETE", "HEAD")):
        if not page.slow:
            answer = asker.ask(allowed(page), world.address(page, OWN), method)
            wrong += [f"{method} {page}: {answer}"] if answer.written or answer.status >= 500 else []
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


def test_no_form_is_taken_from_another_site(world: World, asker: Asker):
    wrong, before = [], fingerprint()
    for page in once():
        if "POST" in page.methods:
            client = _copy(asker, allowed(page), LeanClient(enforce_csrf_checks=True))
            with written() as tables:
                status = client.post(world.address(page, OWN), world.filled(page, OWN)).status_code
            wrong += [f"{page}: {status} {tables}"] if status != 403 or tables else []
    for name in table.THIRD_PARTY | table.THIRD_PARTY_PUBLIC | {"account_activate"}:
        status = _copy(asker, "office", LeanClient(enforce_csrf_checks=True)).post(reverse(name)).status_code
        wrong += [f"{name}: {status}"] if status not in {403, 405} else []
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


def test_the_password_is_asked_again_before_what_is_grave(world: World, asker: Asker):
    for page in (page for page in PAGES if page.fresh and allowed(page)):
        user = User.objects.get(pk=world.users[allowed(page)].pk)
        user.set_password(PASSWORD)
        user.save()
        client = sign_in(user)
        with written() as tables:
            answer = client.post(world.address(page, OWN), world.filled(page, OWN))
        asked_here = page.name == "council:ballot_receipt" and answer.status_code == 422
        asked = answer.headers.get("Location", "").startswith(reverse("account_reauthenticate"))
        assert asked_here or asked, (page, answer.status_code)
        assert set(tables) <= {"accounts_user"}, page


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_in_leads_nowhere_else(where: str, make_user):
    make_user("dich", "Người Dùng")
    login, again, out = (reverse(f"account_{name}") for name in ("login", "reauthenticate", "logout"))
    client = Client()
    typed = {"login": "dich", "password": PASSWORD}
    for address, data in ((login, typed | {"next": where}), (again, {"password": PASSWORD, "next": where})):
        answer = client.post(address, data)
        assert _stays(answer), address
    for address, method in ((login, "get"), (again, "get"), (out, "post")):
        answer = getattr(client, method)(address, {"next": where})
        assert _stays(answer), address
        if method == "get":
            assert f'href="{where}' not in answer.content.decode()
    assert _stays(Client().post(f"{login}?{urlencode({'next': where})}", typed))


def _stays(answer: Any) -> bool:
    """Does a browser on our page stay with us when it follows?"""
    location = answer.headers.get("Location", "")
    here = "http://testserver/accounts/login/"
    control = any(ord(letter) < 32 for letter in location)
    return not control and urlsplit(urljoin(here, location.replace("\\", "/"))).netloc == "testserver"


def test_signing_in_leads_back_to_a_page_of_ours(make_user):
    make_user("dich", "Người Dùng")
    typed = {"login": "dich", "password": PASSWORD, "next": "/viec/"}
    assert Client().post(reverse("account_login"), typed).headers["Location"] == "/viec/"


def test_every_answer_tells_the_browser_to_be_careful(world: World, asker: Asker):
    wrong = []
    for page in once():
        if "GET" in page.methods and not page.slow:
            answer = asker.ask(allowed(page), world.address(page, OWN))
            wrong += [f"{page}: {fault}" for fault in _carelessness(answer, page.name, signed_in=True)]
    for name in sorted(table.THIRD_PARTY | {"core:help"}):
        answer = asker.ask(WITHOUT_ROLE, reverse(name))
        wrong += [f"{name}: {fault}" for fault in _carelessness(answer, name, signed_in=True)]
    assert not wrong, "\n".join(wrong)


def test_so_do_public_pages_and_errors(world: World, asker: Asker):
    wrong = []
    addresses = [reverse(name) for name in table.PUBLIC - {"awards:open_notice", "documents:verify_code"}]
    addresses += ["/xm/ABCDEFGHJKLM/", "/lay-y-kien/999/", "/khong-co/", "/ho-so/", "/static/khong-co.css"]
    for address, who in product(addresses, (ANONYMOUS, WITHOUT_ROLE)):
        answer = asker.ask(who, address)
        wrong += [f"{who} {address}: {fault}" for fault in _carelessness(answer, "", signed_in=who != ANONYMOUS)]
    answer = asker.ask("office", reverse("core:notifications_read"))
    wrong += _carelessness(answer, "", signed_in=True)
    assert not wrong, "\n".join(wrong)


def test_the_cookie_of_a_session_is_not_for_scripts():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def _carelessness(answer: Answer, name: str, *, signed_in: bool) -> list[str]:
    """What is missing among the headers of an answer."""
    policy, faults = answer.headers.get("Content-Security-Policy", ""), []
    if name in IN_A_SANDBOX:
        faults += [] if policy.startswith("sandbox; default-src 'none'") and "script-src" not in policy else [policy]
    elif "unsafe" in policy or "default-src 'none'" not in policy or "script-src 'self'" not in policy:
        faults.append(f"policy {policy}")
    if name not in IN_A_SANDBOX - FRAMED:
        faults += [] if "frame-ancestors 'self'" in policy else ["may be framed"]
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("sniffed")
    if answer.headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        faults.append("tells where one came from")
    if signed_in and name not in KEPT and "no-store" not in answer.headers.get("Cache-Control", ""):
        faults.append(f"is kept: {answer.headers.get('Cache-Control')}")
    return faults
