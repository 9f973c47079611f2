"""Roles begin and end by their dates; the rights follow."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from accounts import policy
from accounts.permissions import Permission as P
from accounts.roles import ROLES
from core.workflow import Refused
from tests.factories.units import make_role, make_unit, make_user
from units.models import RoleAssignment, Unit, UnitUserGrant
from units.services.roles import assign, delegate, differences, end, sync

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.fixture
def by():
    return make_user()


@pytest.fixture
def unit():
    return make_unit("A")


#: What the role of văn thư gives on its unit.
CLERK = {permission.value for permission in ROLES["clerk"].permissions}


def rights(user):
    return {
        code
        for _, code in UnitUserGrant.objects.filter(user=user).values_list("content_object", "permission__codename")
    }


def test_nobody_gives_a_role_to_oneself(by, unit):
    with pytest.raises(Refused, match="cho chính mình"):
        assign(user=by, role="unit_head", unit=unit, valid_from=TODAY, by=by, at=NOW)
    assert rights(by) == set()


def test_a_role_that_began_gives_its_rights_at_once(by, unit):
    user = make_user()
    assign(user=user, role="clerk", unit=unit, valid_from=TODAY, by=by, at=NOW)
    assert rights(user) == CLERK
    assert policy.can(user, P.DECISION_NUMBER, unit)


def test_a_role_that_begins_tomorrow_gives_nothing_until_the_clock_says_so(by, unit):
    user = make_user()
    assign(user=user, role="clerk", unit=unit, valid_from=date(2026, 11, 22), by=by, at=NOW)
    assert rights(user) == set()
    assert len(sync(day=date(2026, 11, 22), by=by, at=NOW).missing) == len(CLERK)
    assert rights(user) == CLERK


def test_a_role_that_ended_takes_its_rights_with_the_next_sync(by, unit):
    user = make_user()
    assign(user=user, role="clerk", unit=unit, valid_from=TODAY, valid_to=TODAY, by=by, at=NOW)
    assert len(sync(day=date(2026, 11, 22), by=by, at=NOW).surplus) == len(CLERK)
    assert rights(user) == set()


def test_ending_one_of_two_roles_keeps_what_the_other_gives(by, unit):
    user = make_user()
    signing = assign(user=user, role="signer", unit=unit, valid_from=date(2026, 1, 1), by=by, at=NOW)
    assign(user=user, role="clerk", unit=unit, valid_from=date(2026, 1, 1), by=by, at=NOW)
    end(assignment=signing, last_day=date(2026, 11, 20), by=by, at=NOW)
    assert rights(user) == CLERK


def test_the_same_role_is_not_held_twice_at_a_time(by, unit):
    user = make_user()
    assign(user=user, role="office", unit=unit, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30), by=by, at=NOW)
    with pytest.raises(Refused, match="đã giữ vai trò"):
        assign(user=user, role="office", unit=unit, valid_from=date(2026, 6, 30), by=by, at=NOW)
    assign(user=user, role="office", unit=unit, valid_from=date(2026, 7, 1), by=by, at=NOW)


@pytest.mark.parametrize("role", ["council_member", "person", "system", "nothing"])
def test_only_roles_of_units_are_assigned_on_units(by, unit, role):
    with pytest.raises(Refused, match="không phân công trên đơn vị"):
        assign(user=make_user(), role=role, unit=unit, valid_from=TODAY, by=by, at=NOW)


def test_a_role_needs_a_unit_in_force(by):
    ended = make_unit(valid_to=date(2025, 6, 30))
    with pytest.raises(Refused, match="không hoạt động"):
        assign(user=make_user(), role="office", unit=ended, valid_from=TODAY, by=by, at=NOW)


def test_a_role_is_ended_once_and_not_before_it_began(by, unit):
    role = assign(user=make_user(), role="office", unit=unit, valid_from=date(2026, 1, 1), by=by, at=NOW)
    with pytest.raises(Refused, match="01/01/2026"):
        end(assignment=role, last_day=date(2025, 12, 31), by=by, at=NOW)
    end(assignment=role, last_day=date(2026, 6, 30), by=by, at=NOW)
    with pytest.raises(Refused, match="30/06/2026"):
        end(assignment=role, last_day=date(2026, 7, 1), by=by, at=NOW)


def test_a_role_is_lent_inside_ones_own_time_and_not_lent_on(by, unit):
    head, deputy, third = make_user(), make_user(), make_user()
    own = assign(
        user=head, role="unit_head", unit=unit, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), by=by, at=NOW
    )
    with pytest.raises(Refused, match="trong thời gian giữ"):
        delegate(
            assignment=own,
            to=deputy,
            valid_from=TODAY,
            valid_to=date(2027, 1, 1),
            reason="Đi công tác",
            by=head,
            at=NOW,
        )
    lent = delegate(
        assignment=own, to=deputy, valid_from=TODAY, valid_to=date(2026, 11, 30), reason="Đi công tác", by=head, at=NOW
    )
    assert policy.can(deputy, P.SUBMISSION_SEND, unit)
    with pytest.raises(Refused, match="không ủy quyền lại"):
        delegate(assignment=lent, to=third, valid_from=TODAY, valid_to=date(2026, 11, 25), reason="", by=deputy, at=NOW)


def test_rights_entered_by_hand_are_reported_and_removed(by, unit, capsys):
    user = make_user()
    policy.give(user, [P.DECISION_SIGN], unit)
    make_role(make_user(), "auditor", unit)
    found = differences(TODAY)
    assert (len(found.missing), len(found.surplus)) == (1, 1)
    call_command("sync_grants")
    assert "1 quyền thiếu, 1 quyền thừa." in capsys.readouterr().out
    found = differences(TODAY)
    assert (found.missing, found.surplus) == ([], [])


def test_a_dry_run_changes_nothing(by, unit, capsys):
    policy.give(make_user(), [P.DECISION_SIGN], unit)
    call_command("sync_grants", "--dry-run")
    assert UnitUserGrant.objects.count() == 1
    assert "decision_sign" in capsys.readouterr().out


def test_a_clean_sync_takes_two_queries(by, unit, django_assert_num_queries):
    for _ in range(5):
        assign(user=make_user(), role="office", unit=unit, valid_from=date(2026, 1, 1), by=by, at=NOW)
    with django_assert_num_queries(2):
        found = differences(TODAY)
    assert found.missing == found.surplus == []
    assert (RoleAssignment.objects.count(), Unit.objects.count()) == (5, 1)
