"""Who sees which units and people, in how many queries."""

from datetime import UTC, date, datetime

import pytest

from accounts import policy
from accounts.permissions import Permission as P
from tests.factories.units import make_event, make_person, make_unit, make_user
from units.models import Posting
from units.selectors import (
    parent_of,
    people_of,
    people_visible_to,
    role_codes_of,
    staff_of,
    units_visible_to,
    users_covering,
    users_with,
    with_posting,
)
from units.services.roles import assign

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


@pytest.fixture
def province():
    """A province with a region and a district that ended into it, and a stranger beside it."""
    top = make_unit("TC", kind="toi_cao")
    here, there = make_unit("P", under=top), make_unit("Q", under=top)
    region = make_unit("KV", kind="khu_vuc", under=here, valid_from=date(2025, 7, 1))
    district = make_unit("H", kind="huyen", under=here, valid_to=date(2025, 6, 30))
    make_event(district, region, date(2025, 7, 1))
    return {"top": top, "here": here, "there": there, "region": region, "district": district}


@pytest.fixture
def head(province):
    user = make_user()
    assign(user=user, role="unit_head", unit=province["here"], valid_from=date(2026, 1, 1), by=make_user(), at=NOW)
    return user


def test_a_head_sees_the_unit_what_stands_below_and_what_ended_into_it(head, province):
    assert {unit.code for unit in units_visible_to(head)} == {"P", "KV", "H"}


def test_someone_without_a_role_sees_no_unit_and_nobody(province):
    make_person(province["here"])
    user = make_user()
    assert list(units_visible_to(user)) == []
    assert list(people_visible_to(user)) == []


def test_a_head_sees_people_by_their_last_posting(head, province):
    stayed = make_person(province["region"])
    never_reposted = make_person()
    Posting.objects.create(
        person=never_reposted, unit=province["district"], valid_from=date(2016, 1, 1), valid_to=date(2025, 6, 30)
    )
    gone = make_person()
    Posting.objects.create(person=gone, unit=province["here"], valid_from=date(2016, 1, 1), valid_to=date(2024, 12, 31))
    Posting.objects.create(person=gone, unit=province["there"], valid_from=date(2025, 1, 1))
    make_person()
    assert set(people_visible_to(head)) == {stayed, never_reposted}


def test_the_right_on_a_person_agrees_with_the_list(head, province):
    people = [make_person(province[key]) for key in ("here", "region", "there")] + [make_person()]
    listed = set(people_visible_to(head))
    assert {person for person in people if policy.can(head, P.PERSON_VIEW, person)} == listed == set(people[:2])


def test_a_second_post_elsewhere_does_not_show_the_person_there(head, province):
    person = make_person(province["there"])
    Posting.objects.create(person=person, unit=province["here"], valid_from=date(2020, 1, 1), is_main=False)
    assert list(people_visible_to(head)) == []


def test_a_posting_that_begins_tomorrow_does_not_count_yet(head, province):
    person = make_person()
    Posting.objects.create(person=person, unit=province["here"], valid_from=date(2016, 1, 1), valid_to=date(2999, 1, 1))
    Posting.objects.create(person=person, unit=province["there"], valid_from=date(2999, 1, 2))
    assert list(people_visible_to(head)) == [person]


def test_staff_are_those_in_service_on_the_day(province):
    here = province["here"]
    serving, left = make_person(here), make_person(here, left_on=date(2025, 12, 31))
    assert set(staff_of([here.pk], date(2025, 12, 31))) == {serving, left}
    assert set(staff_of([here.pk], date(2026, 1, 1))) == {serving}
    assert set(staff_of([here.pk], date(2010, 1, 1))) == set()


def test_people_of_a_unit_are_found_without_the_tree(province):
    person = make_person(province["here"])
    make_person(province["region"])
    assert list(people_of([province["here"].pk])) == [person]


def test_people_come_with_their_post_in_one_query(province, django_assert_num_queries):
    for _ in range(3):
        make_person(province["here"], post="Trưởng phòng", rank="Kiểm sát viên trung cấp")
    with django_assert_num_queries(1):
        rows = list(with_posting(people_of([province["here"].pk])))
    assert {(row.unit_id_now, row.post_now, row.rank_now) for row in rows} == {
        (province["here"].pk, "Trưởng phòng", "Kiểm sát viên trung cấp")
    }


def test_visible_people_take_one_query_however_many(head, province, django_assert_num_queries):
    for _ in range(4):
        make_person(province["region"])
    with django_assert_num_queries(1):
        assert len(people_visible_to(head)) == 4


def test_role_codes_name_the_roles_of_today_and_the_person(head, province):
    assert role_codes_of(head) == {"unit_head"}
    make_person(province["here"], user=head)
    assert role_codes_of(head) == {"unit_head", "person"}


def test_a_person_without_any_post_stands_in_nobodys_scope(head):
    assert not policy.can(head, P.PERSON_VIEW, make_person())


def test_those_with_a_right_on_the_unit_are_told_apart_from_those_above(head, province):
    clerk = make_user()
    assign(user=clerk, role="unit_clerk", unit=province["region"], valid_from=date(2026, 1, 1), by=head, at=NOW)
    assert set(users_with(P.SUBMISSION_DRAFT, province["region"])) == {clerk}
    assert set(users_covering(P.SUBMISSION_DRAFT, province["region"])) == {clerk, head}


def test_a_closed_account_is_told_nothing(head, province):
    head.is_active = False
    head.save()
    assert set(users_with(P.SUBMISSION_DRAFT, province["here"])) == set()
    assert set(users_covering(P.SUBMISSION_DRAFT, province["here"])) == set()


def test_the_superior_of_an_ended_unit_is_its_last(province):
    assert parent_of(province["district"], date(2026, 1, 1)) == province["here"]
    assert parent_of(province["top"], date(2026, 1, 1)) is None
