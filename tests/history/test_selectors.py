"""Who sees which honours and initiatives."""

from datetime import date

import pytest

from history.selectors import grants_visible_to, inherited_grants, initiatives_of, initiatives_visible_to
from tests.factories.history import make_grant, make_initiative
from tests.factories.units import make_event, make_person, make_unit

pytestmark = pytest.mark.django_db


def test_a_head_sees_honours_of_the_unit_and_of_its_people(hung, region, other_province):
    seen = {make_grant(region, "co_thi_dua_nganh"), make_grant(make_person(region))}
    make_grant(other_province, "co_thi_dua_nganh")
    make_grant(make_person(other_province))
    assert set(grants_visible_to(hung)) == seen


def test_everybody_sees_ones_own_honours(make_user, region):
    user = make_user("canhan")
    own = make_grant(make_person(region, user=user))
    make_grant(make_person(region))
    assert list(grants_visible_to(user)) == [own]


def test_initiatives_are_seen_by_unit_and_by_author_once(hung, make_user, region, other_province):
    user = make_user("canhan")
    author = make_person(other_province, user=user)
    here, there = make_initiative(region, make_person(region), author), make_initiative(other_province, author)
    assert list(initiatives_visible_to(hung)) == [here]
    assert set(initiatives_visible_to(user)) == {here, there}


def test_drafts_are_no_achievements(region):
    person = make_person(region)
    done = make_initiative(region, person, recognised_on=date(2025, 1, 1))
    make_initiative(region, person)
    assert list(initiatives_of(person)) == [done]


def test_honours_are_inherited_over_two_steps_unless_revoked():
    first, second, third = make_unit(), make_unit(), make_unit()
    make_event(first, second, date(2020, 1, 1))
    make_event(second, third, date(2025, 7, 1))
    kept = [make_grant(first, "co_thi_dua_nganh", 2018), make_grant(second, "co_thi_dua_nganh", 2022)]
    make_grant(second, "co_thi_dua_nganh", 2023, state="revoked", state_basis="QĐ 7")
    make_grant(third, "co_thi_dua_nganh", 2025)
    assert list(inherited_grants(third)) == kept[::-1]
