"""Accounts are made by administrators, opened with a one-time code, and locked out after failures."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.services import users
from tests.conftest import PASSWORD
from tests.factories.units import make_role

pytestmark = pytest.mark.django_db
GOOD = "Sông Hồng chảy về đông 26"


def _sign_in(username, password, **headers):
    client = Client(**headers)
    return client, client.post(reverse("account_login"), {"login": username, "password": password})


def test_a_new_account_cannot_sign_in_before_its_code_is_used(now):
    _, code = users.create_user(username="moi", full_name="Người Mới", at=now)
    assert _sign_in("moi", code)[1].status_code == 200
    users.activate(code=code, password=GOOD, at=now)
    assert _sign_in("moi", GOOD)[1].status_code == 302


def test_a_code_works_once_and_for_seven_days(now):
    _, code = users.create_user(username="moi", full_name="Người Mới", at=now)
    with pytest.raises(users.BadCode):
        users.activate(code=code, password=GOOD, at=now + timedelta(days=8))
    users.activate(code=code, password=GOOD, at=now)
    with pytest.raises(users.BadCode):
        users.activate(code=code, password=GOOD, at=now)


def test_a_new_code_makes_the_earlier_one_useless(now):
    user, first = users.create_user(username="moi", full_name="Người Mới", at=now)
    users.new_activation_code(user=user, at=now)
    with pytest.raises(users.BadCode):
        users.activate(code=first, password=GOOD, at=now)


def test_the_code_itself_is_not_kept(now):
    user, code = users.create_user(username="moi", full_name="Người Mới", at=now)
    assert code.replace("-", "") not in str(user.activation_codes.values())


@pytest.mark.parametrize("weak", ["Vksnd@2026", "12345678901234", "matkhau"])
def test_a_weak_first_password_is_refused_and_the_code_stays_good(now, weak):
    _, code = users.create_user(username="moi", full_name="Người Mới", at=now)
    with pytest.raises(ValidationError):
        users.activate(code=code, password=weak, at=now)
    users.activate(code=code, password=GOOD, at=now)


def test_the_activation_page_says_what_is_wrong_and_keeps_the_code(client):
    answer = client.post(reverse("account_activate"), {"code": "SAI", "password": GOOD, "again": GOOD})
    assert answer.status_code == 422
    assert "Mã kích hoạt không đúng" in answer.content.decode()
    assert 'value="SAI"' in answer.content.decode()


def test_a_user_name_is_the_same_in_capitals(make_user):
    make_user("canbo")
    assert _sign_in("CanBo", PASSWORD)[1].status_code == 302


def test_after_five_wrong_passwords_the_sixth_try_is_locked_out_even_if_right(make_user):
    make_user("canbo")
    for _ in range(5):
        _sign_in("canbo", "sai")
    assert _sign_in("canbo", PASSWORD)[1].status_code == 429


def test_an_outsider_cannot_lock_a_user_out_of_the_users_own_machine(make_user):
    make_user("canbo")
    for _ in range(6):
        _sign_in("canbo", "sai", REMOTE_ADDR="10.9.9.9")
    assert _sign_in("canbo", PASSWORD, REMOTE_ADDR="10.1.1.1")[1].status_code == 302


def test_nobody_can_sign_up(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404


def test_nobody_can_sign_in_as_the_system():
    assert not users.system_user().has_usable_password()


def test_an_idle_session_ends(lan, as_user, settings):
    client = as_user(lan)
    assert client.get(reverse("core:notifications")).status_code == 200
    session = client.session
    session["last_seen"] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    assert client.get(reverse("core:notifications")).status_code == 302


def test_a_session_ends_after_ten_hours_of_work(lan, as_user, settings):
    client = as_user(lan)
    client.get(reverse("core:notifications"))
    session = client.session
    session["started"] -= settings.SESSION_ABSOLUTE_SECONDS + 1
    session.save()
    assert client.get(reverse("core:notifications")).status_code == 302


def test_pages_behind_the_sign_in_are_not_kept_by_browsers(lan, as_user):
    assert "no-store" in as_user(lan).get(reverse("core:notifications")).headers["Cache-Control"]


def test_no_account_is_all_powerful():
    with pytest.raises(Exception, match="no_superuser"):
        User.objects.create(username="moi", is_superuser=True)


def test_a_role_that_needs_a_second_factor_sets_it_up_before_anything_else(minh, root, as_user, settings):
    settings.MFA_REQUIRED_ROLES = ["office"]
    make_role(minh, "office", root)
    client = as_user(minh)
    assert client.get(reverse("core:notifications")).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_other_roles_work_without_a_second_factor(lan, region, as_user, settings):
    settings.MFA_REQUIRED_ROLES = ["office"]
    make_role(lan, "unit_clerk", region)
    assert as_user(lan).get(reverse("core:notifications")).status_code == 200
