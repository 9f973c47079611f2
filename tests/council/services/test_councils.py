"""Who sits on a council and by which rules; the rights follow the seats."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.permissions import Permission as P
from accounts.roles import ROLES
from core.models import Event
from core.workflow import Refused
from council.models import CouncilUserGrant, Member
from council.selectors import role_codes_of
from council.services import councils, rules
from council.voting import Share
from tests.factories.council import NOW, SINCE, make_council
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def council():
    return make_council(make_unit())


@pytest.fixture
def office(council):
    user = make_user(full_name="Lãnh đạo thường trực")
    policy.give(user, ROLES["office_lead"].permissions, council.unit)
    return user


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Roles are asked of today; the tests' today is NOW's."""
    for module in ("council.selectors", "units.selectors"):
        monkeypatch.setattr(f"{module}.timezone.localdate", lambda *moment: TODAY)


def _appoint(council, office, role="council_member", **values):
    values = {"user": make_user(), "valid_from": SINCE, "post_title": "Vụ trưởng", **values}
    return councils.appoint(council=council, role=role, by=office, at=NOW, **values)


def _rights(user, council):
    rows = CouncilUserGrant.objects.filter(user=user, content_object=council)
    return set(rows.values_list("permission__codename", flat=True))


VIEW, CAST, PREPARE, CLOSE, COUNT = (
    P.SESSION_VIEW.value, P.BALLOT_CAST.value, P.SESSION_PREPARE.value, P.SESSION_CLOSE.value, P.SESSION_COUNT.value,
)  # fmt: skip


@pytest.mark.parametrize(
    ("role", "votes", "rights"),
    [
        ("council_chair", True, {VIEW, CAST, CLOSE}),
        ("council_vice_chair", True, {VIEW, CAST}),
        ("council_member", True, {VIEW, CAST}),
        ("council_member", False, {VIEW}),
        ("council_secretary", False, {VIEW, PREPARE, CLOSE}),
        ("council_secretary", True, {VIEW, PREPARE, CLOSE, CAST}),
        ("teller", False, {VIEW, COUNT}),
    ],
)
def test_a_seat_gives_the_rights_of_its_role_and_a_vote_if_it_votes(council, office, role, votes, rights):
    member = _appoint(council, office, role, votes=votes)
    assert _rights(member.user, council) == rights


def test_a_vice_chair_works_as_a_member(council, office):
    member = _appoint(council, office, "council_vice_chair")
    assert role_codes_of(member.user) == {"council_member"}


def test_a_seat_of_tomorrow_gives_nothing_today(council, office):
    member = _appoint(council, office, valid_from=TODAY + timedelta(days=1))
    assert _rights(member.user, council) == set()
    assert role_codes_of(member.user) == set()


def test_the_rights_begin_and_end_by_the_calendar(council, office):
    member = _appoint(council, office, valid_from=TODAY + timedelta(days=1), valid_to=TODAY + timedelta(days=3))
    assert councils.sync(day=TODAY + timedelta(days=1), by=office, at=NOW) == 2
    assert _rights(member.user, council) == {VIEW, CAST}
    assert councils.sync(day=TODAY + timedelta(days=1), by=office, at=NOW) == 0
    councils.sync(day=TODAY + timedelta(days=4), by=office, at=NOW)
    assert _rights(member.user, council) == set()


def test_a_seat_given_up_takes_the_rights_with_it(council, office):
    member = _appoint(council, office)
    councils.end_membership(member=member, last_day=TODAY - timedelta(days=1), by=office, at=NOW)
    assert _rights(member.user, council) == set()


def test_a_seat_is_not_given_up_before_it_began_nor_twice(council, office):
    member = _appoint(council, office)
    with pytest.raises(Refused, match="ngày bắt đầu giữ ghế"):
        councils.end_membership(member=member, last_day=SINCE - timedelta(days=1), by=office, at=NOW)
    councils.end_membership(member=member, last_day=TODAY, by=office, at=NOW)
    with pytest.raises(Refused, match="đã thôi giữ ghế"):
        councils.end_membership(member=member, last_day=TODAY, by=office, at=NOW)


def test_one_person_holds_one_seat_and_one_seat_has_one_holder(council, office):
    member = _appoint(council, office, seat_no=1)
    with pytest.raises(Refused, match="đã có ghế"):
        _appoint(council, office, user=member.user)
    with pytest.raises(Refused, match="Ghế số 1 đã có người giữ"):
        _appoint(council, office, seat_no=1)


def test_a_seat_passes_to_the_next_holder_by_date(council, office):
    first = _appoint(council, office, seat_no=1)
    councils.end_membership(member=first, last_day=TODAY, by=office, at=NOW)
    second = _appoint(council, office, seat_no=1, valid_from=TODAY + timedelta(days=1))
    assert Member.objects.filter(seat_no=1).count() == 2
    assert second.seat_no == first.seat_no


def test_only_the_standing_offices_leaders_appoint_and_rule(council):
    clerk = make_user()
    policy.give(clerk, ROLES["office"].permissions, council.unit)
    with pytest.raises(PermissionDenied):
        _appoint(council, clerk)
    with pytest.raises(PermissionDenied):
        _rule(council, clerk)
    with pytest.raises(PermissionDenied):
        councils.establish(unit=council.unit, name="x", basis="y", valid_from=SINCE, by=clerk, at=NOW)


def test_a_council_is_set_up_by_a_decision(office, council):
    with pytest.raises(Refused, match="quyết định thành lập"):
        councils.establish(unit=council.unit, name="Hội đồng sáng kiến", basis=" ", valid_from=SINCE, by=office, at=NOW)
    made = councils.establish(
        unit=council.unit, name="Hội đồng sáng kiến", basis="QĐ 19/QĐ-VKSTC", valid_from=SINCE, by=office, at=NOW
    )
    assert Event.objects.filter(kind="council.establish", subject_id=str(made.pk)).count() == 1


def test_nobody_sits_on_a_council_that_does_not_exist_yet(council, office):
    with pytest.raises(Refused, match="thời gian hoạt động"):
        _appoint(council, office, valid_from=SINCE - timedelta(days=1))


def _rule(council, office, award="", **values):
    values = {"valid_from": SINCE, "source": rules.Source("Quy chế Hội đồng", "Điều 9"), **values}
    return rules.enter_rule(
        council=council, award=award, share=Share(2, 3), quorum=Share(2, 3), by=office, at=NOW, **values
    )


@pytest.mark.parametrize("source", [("", "Điều 9"), ("Quy chế", " ")])
def test_a_rule_without_its_source_is_refused(council, office, source):
    with pytest.raises(Refused, match="không có căn cứ"):
        _rule(council, office, source=rules.Source(*source))


def test_two_rules_for_one_award_never_hold_on_one_day(council, office):
    first = _rule(council, office)
    with pytest.raises(Refused, match="Kết thúc quy chế đó trước"):
        _rule(council, office, valid_from=date(2026, 6, 1))
    _rule(council, office, award="chien_si_thi_dua_nganh")
    rules.end_rule(rule=first, last_day=date(2026, 5, 31), by=office, at=NOW)
    _rule(council, office, valid_from=date(2026, 6, 1))


def test_a_rule_ends_after_it_began_and_once(council, office):
    rule = _rule(council, office)
    with pytest.raises(Refused, match="ngày quy chế có hiệu lực"):
        rules.end_rule(rule=rule, last_day=SINCE - timedelta(days=1), by=office, at=NOW)
    rules.end_rule(rule=rule, last_day=TODAY, by=office, at=NOW)
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        rules.end_rule(rule=rule, last_day=TODAY, by=office, at=NOW)


def test_every_rule_leaves_its_citation_in_the_journal(council, office):
    _rule(council, office)
    entry = Event.objects.get(kind="council.rule")
    assert entry.changes["cite"] == "Điều 9, Quy chế Hội đồng"
    assert entry.by == office
