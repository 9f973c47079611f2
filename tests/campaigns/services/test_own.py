"""A person proposes; the head of the unit confirms or returns, line by line."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from campaigns.models import Commitment, Registration, RegistrationLine
from campaigns.services.own import confirm_line, register_own, return_line
from core.models import Event, Notification
from core.workflow import Conflict, Refused
from tests.factories.campaigns import CSTDCS, LDTT, TTLDTT, make_campaign, make_line, make_registration
from tests.factories.units import make_person


@pytest.fixture
def an(people, make_user):
    """The specialist of the section, who signs in."""
    person = people[2]
    person.user = make_user("an", "Đỗ Văn An")
    person.save()
    return person


def answers(person):
    return dict(RegistrationLine.objects.filter(person=person).values_list("award", "answer"))


def propose(person, campaign, now, *awards, text=""):
    return register_own(person=person, campaign=campaign, awards=awards, commitment=text, by=person.user, at=now)


def test_a_person_of_a_section_proposes_in_the_sheet_of_the_unit(campaign, region, an, now):
    proposal = propose(an, campaign, now, CSTDCS, text="Có một sáng kiến")
    assert proposal.registration.unit == region
    assert answers(an) == {CSTDCS: "waiting", LDTT: "waiting"}
    assert Commitment.objects.get(person=an).text == "Có một sáng kiến"
    assert Event.objects.get(kind="registration.own").changes["commitment"] == ["", "Có một sáng kiến"]


def test_proposing_does_not_disturb_who_is_working_on_the_sheet(registration, campaign, an, now):
    propose(an, campaign, now, LDTT)
    registration.refresh_from_db()
    assert registration.version == 1


def test_what_was_not_answered_may_be_taken_back(campaign, an, now):
    propose(an, campaign, now, CSTDCS, text="Một")
    propose(an, campaign, now, LDTT, text="")
    assert answers(an) == {LDTT: "waiting"}
    assert not Commitment.objects.exists()


def test_what_was_confirmed_stays(registration, campaign, an, now):
    make_line(registration, person=an, answer="confirmed", origin="person")
    propose(an, campaign, now)
    assert answers(an) == {LDTT: "confirmed"}


def test_what_the_unit_registered_stays_the_units(registration, campaign, an, now):
    make_line(registration, person=an)
    proposal = propose(an, campaign, now, LDTT)
    assert (proposal.by_unit, proposal.proposed) == (frozenset({LDTT}), frozenset())


def test_what_was_returned_may_be_proposed_again(registration, campaign, an, now):
    make_line(registration, person=an, answer="returned")
    propose(an, campaign, now, LDTT)
    assert answers(an) == {LDTT: "waiting"}


def test_the_head_is_told_once_a_day(campaign, an, hung, now):
    propose(an, campaign, now, LDTT)
    propose(an, campaign, now, CSTDCS)
    assert Notification.objects.filter(user=hung).count() == 1


def test_nobody_proposes_for_another_person(campaign, an, lan, now):
    with pytest.raises(PermissionDenied):
        register_own(person=an, campaign=campaign, awards=[LDTT], commitment="", by=lan, at=now)


def test_a_person_is_not_a_collective(campaign, an, now):
    with pytest.raises(Refused, match="không nhận đăng ký danh hiệu"):
        propose(an, campaign, now, TTLDTT)


def test_a_person_without_a_posting_is_told_whom_to_ask(campaign, make_user, now):
    person = make_person(user=make_user("moi"))
    with pytest.raises(Refused, match="chưa được ghi vị trí công tác"):
        propose(person, campaign, now, LDTT)


@pytest.mark.parametrize("state", ["sent", "accepted", "locked"])
def test_after_the_sheet_was_sent_nobody_proposes(campaign, region, an, now, state):
    make_registration(campaign, region, state=state)
    with pytest.raises(Refused, match="không sửa được"):
        propose(an, campaign, now, LDTT)


def test_outside_the_time_of_registration_nobody_proposes(campaign, an):
    with pytest.raises(Refused, match="Đã hết hạn"):
        propose(an, campaign, datetime(2027, 2, 1, 2, 0, tzinfo=UTC), LDTT)
    assert not Registration.objects.exists()


def test_a_person_of_another_province_does_not_enter_the_campaign_of_this_one(province, other_province, make_user, now):
    stranger = make_person(other_province, user=make_user("la"))
    with pytest.raises(Refused, match="không đăng ký riêng"):
        propose(stranger, make_campaign(province), now, LDTT)


def test_the_head_needs_no_confirmation_of_the_head(campaign, people, hung, now):
    people[0].user = hung
    people[0].save()
    propose(people[0], campaign, now, CSTDCS)
    assert answers(people[0]) == {CSTDCS: "confirmed", LDTT: "confirmed"}


def test_confirming_a_higher_title_confirms_its_base(campaign, an, hung, now):
    sheet = propose(an, campaign, now, CSTDCS).registration
    line = RegistrationLine.objects.get(person=an, award=CSTDCS)
    confirm_line(line=line, by=hung, at=now, expected_version=1)
    sheet.refresh_from_db()
    assert answers(an) == {CSTDCS: "confirmed", LDTT: "confirmed"}
    assert sheet.version == 2


def test_confirming_the_base_leaves_the_higher_title_waiting(campaign, an, hung, now):
    propose(an, campaign, now, CSTDCS)
    base = RegistrationLine.objects.get(person=an, award=LDTT)
    confirm_line(line=base, by=hung, at=now, expected_version=1)
    assert answers(an) == {CSTDCS: "waiting", LDTT: "confirmed"}


def test_a_line_is_returned_with_a_reason_that_the_person_reads(campaign, an, hung, now):
    propose(an, campaign, now, LDTT)
    line = RegistrationLine.objects.get(person=an)
    with pytest.raises(Refused, match="Nêu lý do"):
        return_line(line=line, reason=" ", by=hung, at=now, expected_version=1)
    return_line(line=line, reason="Chưa đủ 6 tháng công tác", by=hung, at=now, expected_version=1)
    assert answers(an) == {LDTT: "returned"}
    told = Notification.objects.get(user=an.user)
    assert told.text == "Đăng ký LĐTT của đồng chí được trả lại: Chưa đủ 6 tháng công tác"


def test_the_base_is_not_returned_while_a_higher_title_stands(campaign, an, hung, now):
    propose(an, campaign, now, CSTDCS)
    base = RegistrationLine.objects.get(person=an, award=LDTT)
    with pytest.raises(Refused, match="LĐTT là cơ sở của CSTĐ cơ sở"):
        return_line(line=base, reason="Không", by=hung, at=now, expected_version=1)


def test_a_line_is_answered_once(campaign, an, hung, now):
    propose(an, campaign, now, LDTT)
    line = RegistrationLine.objects.get(person=an)
    confirm_line(line=line, by=hung, at=now, expected_version=1)
    with pytest.raises(Refused, match="Dòng này đã được trả lời"):
        confirm_line(line=line, by=hung, at=now, expected_version=2)
    with pytest.raises(Conflict):
        return_line(line=line, reason="Không", by=hung, at=now, expected_version=1)


def test_a_clerk_does_not_answer_for_the_head(campaign, an, lan, nam, now):
    propose(an, campaign, now, LDTT)
    line = RegistrationLine.objects.get(person=an)
    for user in (lan, nam):
        with pytest.raises(PermissionDenied):
            confirm_line(line=line, by=user, at=now, expected_version=1)


def test_nobody_answers_a_line_about_oneself(registration, people, hung, now):
    people[0].user = hung
    people[0].save()
    line = make_line(registration, person=people[0], answer="waiting")
    with pytest.raises(Refused, match="không tự xác nhận"):
        confirm_line(line=line, by=hung, at=now, expected_version=1)


def test_lines_of_the_unit_need_no_answer(registration, people, hung, now):
    line = make_line(registration, person=people[1])
    with pytest.raises(Refused, match="không cần xác nhận"):
        confirm_line(line=line, by=hung, at=now, expected_version=1)
