"""Signing in, locking out, asking again, the second factor: in our look and in Vietnamese only."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from tests.conftest import PASSWORD

#: Words that English pages of the libraries cannot do without.
ENGLISH = re.compile(
    r"\b(the|your|you|password|username|sign|login|log|code|codes|please|account|email|enter|confirm|field|required|"
    r"invalid|correct|this|and|or|not|use|try|again|later|forgot|remember)\b",
    re.IGNORECASE,
)
SHOWN_ATTRIBUTES = re.compile(r'(?:placeholder|aria-label|title|alt)="([^"]*)"')


def words_of(html: str) -> str:
    """What a reader sees or hears: text and spoken attributes, without markup and names of keys."""
    body = html[html.index("<body") :]
    spoken = " ".join(SHOWN_ATTRIBUTES.findall(body))
    return re.sub(r"<(script|kbd).*?</\1>|<[^>]+>", " ", body, flags=re.DOTALL) + " " + spoken


def english_in(response) -> list[str]:
    text = words_of(response.content.decode())
    return sorted({match[0] for match in ENGLISH.finditer(text)})


@pytest.fixture
def secured(hung):
    """Hùng with an authenticator app and recovery codes."""
    TOTP.activate(hung, generate_totp_secret())
    RecoveryCodes.activate(hung)
    return hung


def test_the_sign_in_page_is_in_our_frame_and_language(client, db) -> None:
    response = client.get("/accounts/login/")
    html = response.content.decode()
    assert '<h1 id="tieu-de" class="mb-1">Đăng nhập</h1>' in html
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert english_in(response) == []


def test_a_wrong_password_says_what_to_check(client, hung) -> None:
    response = client.post("/accounts/login/", {"login": "hung", "password": "sai-mat-khau"})
    html = response.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in html
    assert 'value="hung"' in html
    assert "sai-mat-khau" not in html
    assert english_in(response) == []


def test_an_empty_sign_in_names_both_fields(client, db) -> None:
    response = client.post("/accounts/login/", {})
    assert response.content.decode().count('href="#id_') == 2
    assert english_in(response) == []


def test_signing_in_leads_to_the_page_asked_for(client, hung) -> None:
    response = client.post(
        "/accounts/login/?next=/thanh-phan/", {"login": "hung", "password": PASSWORD, "next": "/thanh-phan/"}
    )
    assert response.headers["Location"] == "/thanh-phan/"


def test_too_many_wrong_passwords_lock_out_with_an_explanation(client, hung, settings) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = client.post("/accounts/login/", {"login": "hung", "password": "sai"})
    assert response.status_code == 429
    html = response.content.decode()
    assert "Tạm khóa đăng nhập" in html
    assert "Thử lại sau 15 phút" in html
    assert english_in(response) == []


def test_signing_out_says_so(as_user, hung) -> None:
    response = as_user(hung).post("/accounts/logout/", follow=True)
    assert "Đồng chí đã đăng xuất." in response.content.decode()
    assert english_in(response) == []


@pytest.mark.parametrize("name", ["account_login", "account_activate", "account_inactive"])
def test_pages_before_the_sign_in_speak_vietnamese(client, db, name: str) -> None:
    assert english_in(client.get(reverse(name))) == []


@pytest.mark.parametrize(
    "name", ["account_logout", "account_reauthenticate", "account_change_password", "mfa_index", "mfa_activate_totp"]
)
def test_pages_of_an_account_speak_vietnamese(as_user, hung, name: str) -> None:
    response = as_user(hung, fresh=True).get(reverse(name), follow=True)
    assert response.status_code == 200
    assert english_in(response) == []


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
    ],
)
def test_pages_of_the_second_factor_speak_vietnamese(as_user, secured, name: str) -> None:
    response = as_user(secured, fresh=True).get(reverse(name), follow=True)
    assert response.status_code == 200
    assert english_in(response) == []


@pytest.mark.parametrize(
    ("name", "posted"),
    [
        ("account_change_password", {"oldpassword": "sai", "password1": "123", "password2": "456"}),
        ("account_change_password", {}),
        ("account_reauthenticate", {"password": "sai"}),
        ("mfa_activate_totp", {"code": "000000"}),
    ],
)
def test_refusals_of_an_account_speak_vietnamese(as_user, hung, name: str, posted: dict[str, str]) -> None:
    response = as_user(hung, fresh=True).post(reverse(name), posted)
    assert "data-error-summary" in response.content.decode()
    assert english_in(response) == []


def test_the_second_factor_is_asked_for_in_vietnamese(client, secured) -> None:
    response = client.post("/accounts/login/", {"login": "hung", "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert "Nhập mã 6 số" in response.content.decode()
    assert english_in(response) == []
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã chưa đúng hoặc đã hết hạn." in wrong.content.decode()
    assert english_in(wrong) == []
