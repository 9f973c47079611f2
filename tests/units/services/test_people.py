"""Coming, changing posts and leaving."""

from datetime import UTC, date, datetime

import pytest

from core.journal import history_of
from core.workflow import Refused
from tests.factories.units import make_person, make_unit, make_user
from units.models import Person, Posting
from units.services.people import appoint, leave, link_user, register, transfer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


@pytest.fixture
def by():
    return make_user()


def periods(person):
    rows = person.postings.filter(is_main=True).order_by("valid_from")
    return [(row.unit.code, row.valid_from, row.valid_to) for row in rows]


def test_a_new_person_has_a_name_in_one_form_a_first_post_and_a_trace(by):
    unit = make_unit("A")
    person = register(
        code="CB1", full_name="  Nguyễn  Thị Hà ", sex="female", unit=unit, valid_from=date(2020, 1, 1),
        rank="Kiểm sát viên sơ cấp", by=by, at=NOW,
    )  # fmt: skip
    assert (person.full_name, person.joined_on) == ("Nguyễn Thị Hà", date(2020, 1, 1))
    assert periods(person) == [("A", date(2020, 1, 1), None)]
    assert [event.kind for event in history_of(person)] == ["person.appoint", "person.register"]


def test_a_code_in_use_is_refused_and_nothing_is_saved(by):
    make_person(code="CB1")
    with pytest.raises(Refused, match="đã có người dùng"):
        register(
            code="CB1",
            full_name="Trần Văn Ba",
            sex="male",
            unit=make_unit(),
            valid_from=date(2020, 1, 1),
            by=by,
            at=NOW,
        )
    assert Person.objects.count() == 1


def test_a_name_with_a_false_d_is_refused(by):
    with pytest.raises(Refused, match="Đ"):
        register(
            code="CB2", full_name="Ðỗ Văn Ba", sex="male", unit=make_unit(), valid_from=date(2020, 1, 1), by=by, at=NOW
        )


def test_a_new_post_ends_the_running_one_the_day_before(by):
    person = make_person(make_unit("A"), since=date(2020, 1, 1))
    appoint(person=person, unit=make_unit("B"), valid_from=date(2024, 3, 1), post="Phó Trưởng phòng", by=by, at=NOW)
    assert periods(person) == [("A", date(2020, 1, 1), date(2024, 2, 29)), ("B", date(2024, 3, 1), None)]


def test_a_second_post_leaves_the_main_one_alone(by):
    person = make_person(make_unit("A"), since=date(2020, 1, 1))
    appoint(person=person, unit=make_unit("B"), valid_from=date(2024, 3, 1), is_main=False, by=by, at=NOW)
    assert periods(person) == [("A", date(2020, 1, 1), None)]


def test_a_post_before_the_running_one_is_refused(by):
    person = make_person(make_unit("A"), since=date(2020, 1, 1))
    with pytest.raises(Refused, match="01/01/2020"):
        appoint(person=person, unit=make_unit("B"), valid_from=date(2019, 1, 1), by=by, at=NOW)
    assert Posting.objects.count() == 1


def test_a_post_in_a_unit_that_has_ended_is_refused(by):
    ended = make_unit(valid_to=date(2025, 6, 30))
    with pytest.raises(Refused, match="không hoạt động vào ngày 01/07/2025"):
        appoint(person=make_person(), unit=ended, valid_from=date(2025, 7, 1), by=by, at=NOW)


def test_a_transfer_keeps_the_rank_and_leaves_the_post(by):
    person = make_person(make_unit("A"), rank="Kiểm sát viên trung cấp", post="Trưởng phòng", is_head=True)
    posting = transfer(person=person, to=make_unit("B"), valid_from=date(2026, 1, 1), by=by, at=NOW)
    assert (posting.rank, posting.post, posting.is_head) == ("Kiểm sát viên trung cấp", "", False)


def test_a_transfer_to_the_same_unit_is_refused(by):
    unit = make_unit("A")
    with pytest.raises(Refused, match="đang công tác"):
        transfer(person=make_person(unit), to=unit, valid_from=date(2026, 1, 1), by=by, at=NOW)


def test_whoever_leaves_holds_no_post_after_the_last_day(by):
    person = make_person(make_unit("A"), since=date(2020, 1, 1))
    leave(person=person, last_day=date(2026, 3, 31), by=by, at=NOW)
    assert periods(person) == [("A", date(2020, 1, 1), date(2026, 3, 31))]
    with pytest.raises(Refused, match="đã thôi công tác"):
        appoint(person=person, unit=make_unit(), valid_from=date(2026, 4, 1), by=by, at=NOW)
    with pytest.raises(Refused, match="đã thôi công tác"):
        leave(person=person, last_day=date(2026, 5, 1), by=by, at=NOW)


def test_an_account_is_linked_to_one_person_only(by):
    user, first, second = make_user(), make_person(), make_person()
    link_user(person=first, user=user, by=by, at=NOW)
    assert Person.objects.get(user=user) == first
    with pytest.raises(Refused, match="đã gắn"):
        link_user(person=second, user=user, by=by, at=NOW)
