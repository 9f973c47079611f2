"""Rights are held on scopes and asked of subjects; what lies below is covered, what lies beside is not."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.permissions import ON_ONESELF, Permission
from accounts.roles import ROLES
from tests.factories.units import make_person

pytestmark = pytest.mark.django_db
P = Permission


def test_a_right_on_a_unit_covers_the_units_below_it(minh, region):
    assert policy.can(minh, P.NOMINATION_REVIEW, region)


def test_a_right_on_a_unit_covers_neither_its_superior_nor_its_neighbour(hung, province, other_province):
    assert not policy.can(hung, P.SUBMISSION_SEND, province)
    assert not policy.can(hung, P.SUBMISSION_SEND, other_province)


def test_nobody_gets_a_right_that_no_role_of_theirs_has(lan, region):
    assert not policy.can(lan, P.SUBMISSION_SEND, region)
    with pytest.raises(PermissionDenied, match="Trình hồ sơ đề nghị"):
        policy.check(lan, P.SUBMISSION_SEND, region)


def test_a_stranger_and_a_disabled_account_may_nothing(hung, region):
    assert not policy.can(AnonymousUser(), P.UNIT_VIEW, region)
    hung.is_active = False
    hung.save()
    assert not policy.can(hung, P.UNIT_VIEW, region)
    assert policy.held(hung) == frozenset()


def test_a_right_taken_away_is_gone_at_once(hung, region):
    policy.take(hung, [P.SUBMISSION_SEND], region)
    assert not policy.can(hung, P.SUBMISSION_SEND, region)
    assert policy.can(hung, P.SUBMISSION_VIEW, region)


def test_giving_twice_changes_nothing(hung, region):
    policy.give(hung, ROLES["unit_head"].permissions, region)
    grants = policy.grant_model(type(region)).objects.filter(user=hung)
    assert grants.count() == len(ROLES["unit_head"].permissions)


def test_ones_own_record_needs_no_grant_and_nobody_elses_is_open(hoa, region):
    mine, other = make_person(region, user=hoa), make_person(region)
    assert policy.can(hoa, P.OWN_RECORD, mine)
    assert not policy.can(hoa, P.OWN_RECORD, other)
    assert policy.held(hoa) == ON_ONESELF


def test_a_check_costs_one_query_however_deep_the_unit(minh, region, django_assert_num_queries):
    policy.can(minh, P.NOMINATION_REVIEW, region)
    with django_assert_num_queries(1):
        policy.can(minh, P.NOMINATION_REVIEW, region)


def test_every_right_is_had_by_some_role_and_has_a_name():
    had = {permission for role in ROLES.values() for permission in role.permissions}
    assert set(Permission) - had == set()
    assert all(permission.label for permission in Permission)


def test_the_administrator_sees_no_dossier_and_casts_no_vote():
    assert ROLES["admin"].permissions.isdisjoint(
        {P.SUBMISSION_VIEW, P.REGISTRATION_VIEW, P.BALLOT_CAST, P.SESSION_VIEW}
    )


def test_no_role_both_proposes_and_reviews_or_numbers_and_signs():
    for role in ROLES.values():
        assert not {P.SUBMISSION_SEND, P.NOMINATION_REVIEW} <= role.permissions, role.code
        assert not {P.DECISION_NUMBER, P.DECISION_SIGN} <= role.permissions, role.code
        assert not {P.SESSION_PREPARE, P.BALLOT_CAST} <= role.permissions, role.code
