"""Assigning and ending roles on screen."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import policy
from accounts.permissions import Permission as P
from tests.factories.units import make_person, make_role
from units.models import RoleAssignment

pytestmark = pytest.mark.django_db
LIST, ASSIGN = reverse("units:role_list"), reverse("units:role_assign")


@pytest.fixture
def admin(make_user, assign, province):
    """Administrator of one province."""
    return assign(make_user("quantri", "Ngô Thị Quản"), "admin", province)


def typed(user, unit, **values):
    return {
        "user": user.pk,
        "role": "office",
        "unit": unit.pk,
        "valid_from": "01/01/2026",
        "valid_to": "",
        "reason": "",
        **values,
    }


def test_the_list_shows_the_roles_below_ones_units_only(as_user, admin, region, other_province, make_user):
    make_role(make_user("a", "Trần Văn An"), "unit_clerk", region)
    make_role(make_user("b", "Lê Văn Bình"), "unit_clerk", other_province)
    page = as_user(admin).get(LIST).content.decode()
    assert "Trần Văn An" in page
    assert "Lê Văn Bình" not in page


def test_accounts_of_other_units_are_not_offered_and_not_accepted(as_user, admin, region, other_province, make_user):
    here, new, foreign = make_user("a", "Trần Văn An"), make_user("b", "Đỗ Thị Bích"), make_user("c", "Lê Văn Cường")
    make_person(region, user=here)
    make_role(foreign, "unit_clerk", other_province)
    client = as_user(admin, fresh=True)
    page = client.get(ASSIGN).content.decode()
    assert "Trần Văn An" in page
    assert "Đỗ Thị Bích" in page
    assert "Lê Văn Cường" not in page
    assert "Ngô Thị Quản (quantri)" not in page
    assert client.post(ASSIGN, typed(foreign, region)).status_code == 422
    assert client.post(ASSIGN, typed(new, region)).status_code == 302


def test_a_role_is_assigned_with_its_rights(as_user, admin, region, make_user):
    user = make_user("a", "Trần Văn An")
    answer = as_user(admin, fresh=True).post(ASSIGN, typed(user, region))
    assert answer.status_code == 302
    made = RoleAssignment.objects.get()
    assert (made.user, made.role, made.unit, made.valid_from) == (user, "office", region, date(2026, 1, 1))
    assert policy.can(user, P.NOMINATION_REVIEW, region)


def test_a_role_on_a_foreign_unit_is_refused_and_nothing_typed_is_lost(as_user, admin, other_province, make_user):
    user = make_user("a", "Trần Văn An")
    answer = as_user(admin, fresh=True).post(ASSIGN, typed(user, other_province, reason="Quyết định 5"))
    assert answer.status_code == 422
    assert "Quyết định 5" in answer.content.decode()
    assert not RoleAssignment.objects.exists()


def test_a_period_that_ends_before_it_begins_is_explained(as_user, admin, region, make_user):
    answer = as_user(admin, fresh=True).post(ASSIGN, typed(make_user("a"), region, valid_to="31/12/2025"))
    assert "Ngày kết thúc phải từ ngày 01/01/2026" in answer.content.decode()


def test_a_role_held_already_is_explained(as_user, admin, region, make_user):
    user = make_user("a", "Trần Văn An")
    make_role(user, "office", region)
    answer = as_user(admin, fresh=True).post(ASSIGN, typed(user, region))
    assert answer.status_code == 422
    assert "đã giữ vai trò" in answer.content.decode()


def test_assigning_asks_for_the_password_again(as_user, admin):
    answer = as_user(admin).get(ASSIGN)
    assert answer.status_code == 302
    assert reverse("account_reauthenticate") in answer.url


def test_a_role_is_ended(as_user, admin, region, make_user):
    made = make_role(make_user("a"), "office", region)
    url = reverse("units:role_end", args=[made.pk])
    answer = as_user(admin, fresh=True).post(url, {"last_day": "20/11/2026", "reason": "Chuyển công tác"})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.valid_to == date(2026, 11, 20)


def test_a_last_day_before_the_first_is_explained_at_the_field(as_user, admin, region, make_user):
    made = make_role(make_user("a"), "office", region, valid_from=date(2026, 1, 1))
    answer = as_user(admin, fresh=True).post(
        reverse("units:role_end", args=[made.pk]), {"last_day": "01/12/2025", "reason": "x"}
    )
    assert answer.status_code == 422
    assert "Ngày kết thúc phải từ ngày 01/01/2026" in answer.content.decode()


def test_a_foreign_role_is_not_found(as_user, admin, other_province, make_user):
    made = make_role(make_user("a"), "office", other_province)
    assert as_user(admin, fresh=True).get(reverse("units:role_end", args=[made.pk])).status_code == 404


def test_a_head_manages_no_roles(as_user, hung):
    assert as_user(hung).get(LIST).status_code == 403
