"""Number, signature and issue: by two people, in order, once, with the history written in the same act."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts import policy
from accounts.roles import ROLES
from awards.models import Nomination, Stage, Submission
from core.models import Event, Job, Notification
from core.workflow import Attempt, Conflict, Refused
from decisions.models import Certificate, Decision
from decisions.services import drafting, issuing
from decisions.workflow import MOVES
from history.models import Grant
from tests.decisions.conftest import DAY
from tests.factories.council import NOW
from tests.factories.units import make_user
from units.services import roles


def test_the_first_number_of_the_year_is_1_and_the_next_follows_without_gap(desk):
    first = desk.numbered()
    desk.session = desk.world.closed(lines=1)
    second = desk.numbered()
    assert (first.number_text, second.number_text) == ("01/QĐ-VKSTC", "02/QĐ-VKSTC")


def test_a_number_brings_money_by_the_law_of_that_day(desk):
    lines = list(desk.numbered().lines.order_by("order"))
    assert all(line.money and line.base_salary and line.money_cite for line in lines)
    assert [line.payable for line in lines] == [line.money for line in lines]


def test_the_golden_book_number_is_the_place_in_the_decision_and_begins_anew_in_the_next(desk):
    first = desk.signed()
    desk.session = desk.world.closed(lines=1)
    second = desk.signed()
    given = [[line.golden_book_no for line in found.lines.order_by("order")] for found in (first, second)]
    assert given == [[1, 2], [1]]


def test_a_day_in_the_future_is_refused_with_what_to_do(desk):
    draft = desk.draft()
    with pytest.raises(Refused, match="chưa đến"):
        issuing.give_number(decision=draft, dated=DAY + timedelta(days=1), expected_version=1, by=desk.clerk, at=NOW)
    draft.refresh_from_db()
    assert draft.number is None


def test_a_day_before_the_council_met_is_refused(desk):
    draft = desk.draft()
    with pytest.raises(Refused, match="Hội đồng họp ngày 21/11/2026"):
        issuing.give_number(
            decision=draft, dated=DAY - timedelta(days=1), expected_version=draft.version, by=desk.clerk, at=NOW
        )


def test_a_legal_base_not_in_force_on_the_day_is_refused(desk):
    draft = desk.draft()
    old = [{"number": "91/2017/NĐ-CP", "text": "Căn cứ Nghị định số 91/2017/NĐ-CP"}]
    draft = drafting.edit(decision=draft, values={"legal_bases": old}, expected_version=1, by=desk.office, at=NOW)
    with pytest.raises(Refused, match="91/2017"):
        issuing.give_number(decision=draft, dated=DAY, expected_version=draft.version, by=desk.clerk, at=NOW)


def test_an_incomplete_draft_gets_no_number_and_says_what_is_missing(desk):
    draft = drafting.edit(
        decision=desk.draft(), values={"sent_to": [], "place": ""}, expected_version=1, by=desk.office, at=NOW
    )
    with pytest.raises(Refused, match="nơi nhận, địa danh"):
        issuing.give_number(decision=draft, dated=DAY, expected_version=draft.version, by=desk.clerk, at=NOW)


def test_the_signer_does_not_give_the_number(desk):
    policy.give(desk.signer, ROLES["clerk"].permissions, desk.world.unit)
    with pytest.raises(Refused, match="không tự cấp số"):
        issuing.give_number(decision=desk.draft(), dated=DAY, expected_version=1, by=desk.signer, at=NOW)


def test_who_gave_the_number_cannot_sign_even_if_named_as_signer(desk):
    awaiting = desk.awaiting()
    policy.give(desk.clerk, ROLES["signer"].permissions, desk.world.unit)
    Decision.objects.filter(pk=awaiting.pk).update(signer=desk.clerk)
    with pytest.raises(Refused, match="Người cấp số không ký"):
        issuing.sign(decision=awaiting, expected_version=awaiting.version, by=desk.clerk, at=NOW)


def test_who_gave_the_number_is_not_named_as_signer_afterwards(desk):
    numbered = desk.numbered()
    policy.give(desk.clerk, ROLES["signer"].permissions, desk.world.unit)
    edited = drafting.edit(
        decision=numbered, values={"signer": desk.clerk, "signer_name": desk.clerk.full_name},
        expected_version=numbered.version, by=desk.office, at=NOW,
    )  # fmt: skip
    with pytest.raises(Refused, match="đã cấp số nên không ký"):
        issuing.send_to_sign(decision=edited, expected_version=edited.version, by=desk.clerk, at=NOW)


def test_a_lent_right_to_sign_ends_with_its_last_day(desk):
    deputy, unit = make_user(full_name="Phó Viện trưởng"), desk.world.unit
    own = roles.assign(user=desk.signer, role="signer", unit=unit, valid_from=DAY, by=deputy, at=NOW)
    roles.delegate(
        assignment=own, to=deputy, valid_from=DAY, valid_to=DAY, reason="Đi công tác", by=desk.office, at=NOW
    )
    draft = desk.draft()
    drafting.edit(decision=draft, values={"signer": deputy}, expected_version=1, by=desk.office, at=NOW)
    numbered = issuing.give_number(decision=draft, dated=DAY, expected_version=2, by=desk.clerk, at=NOW)
    awaiting = issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=desk.clerk, at=NOW)
    assert awaiting.signer == deputy
    MOVES["sign"].check(Attempt(awaiting, deputy, NOW))
    tomorrow = NOW + timedelta(days=1)
    roles.sync(day=tomorrow.date(), by=desk.office, at=tomorrow)
    with pytest.raises(PermissionDenied):
        issuing.sign(decision=awaiting, expected_version=awaiting.version, by=deputy, at=tomorrow)


@pytest.mark.parametrize("part", ["proposed", "drafted", "reviewed", "reviewed below"])
def test_who_proposed_or_reviewed_a_line_does_not_sign_for_it(desk, part):
    draft, line = desk.draft(), Nomination.objects.latest("pk")
    if part == "proposed":
        Nomination.objects.filter(pk=line.pk).update(proposed_by=desk.signer)
    elif part == "drafted":
        Submission.objects.filter(pk=line.submission_id).update(created_by=desk.signer)
    elif part == "reviewed":
        Nomination.objects.filter(pk=line.pk).update(reviewed_by=desk.signer)
    else:
        Stage.objects.create(nomination=line, unit=line.held_by, entered_at=NOW, reviewed_by=desk.signer)
    with pytest.raises(Refused, match="Vũ Đình Quang đã đề nghị hoặc thẩm định"):
        issuing.give_number(decision=draft, dated=DAY, expected_version=draft.version, by=desk.clerk, at=NOW)


def test_a_part_taken_after_the_number_stops_the_signature(desk):
    awaiting = desk.awaiting()
    Nomination.objects.filter(pk=awaiting.lines.first().nomination_id).update(reviewed_by=desk.signer)
    with pytest.raises(Refused, match="đã đề nghị hoặc thẩm định"):
        issuing.sign(decision=awaiting, expected_version=awaiting.version, by=desk.signer, at=NOW)


def test_the_database_itself_refuses_one_person_for_number_and_signature(desk):
    numbered = desk.numbered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=numbered.pk).update(signed_by=desk.clerk, signed_at=NOW)


def test_only_the_named_signer_signs(desk):
    awaiting = desk.awaiting()
    other = desk.office
    policy.give(other, ROLES["signer"].permissions, desk.world.unit)
    with pytest.raises(Refused, match="Vũ Đình Quang ký"):
        issuing.sign(decision=awaiting, expected_version=awaiting.version, by=other, at=NOW)


def test_the_clerk_cannot_sign_and_the_office_cannot_number(desk):
    with pytest.raises(PermissionDenied):
        issuing.give_number(decision=desk.draft(), dated=DAY, expected_version=1, by=desk.office, at=NOW)


def test_the_signer_hears_of_what_waits_and_the_clerk_of_what_comes_back(desk):
    awaiting = desk.awaiting()
    assert Notification.objects.filter(user=desk.signer, kind="decision.sign").count() == 1
    back = issuing.send_back(
        decision=awaiting, reason="Sai chức vụ", expected_version=awaiting.version, by=desk.signer, at=NOW
    )
    assert back.state == "numbered"
    assert back.number == 1
    assert "Sai chức vụ" in Notification.objects.get(user=desk.clerk, kind="decision.back").text


def test_the_clerk_takes_a_decision_back_from_a_signer_who_does_not_come_and_the_signer_hears_why(desk):
    awaiting = desk.awaiting()
    with pytest.raises(PermissionDenied):
        issuing.recall(decision=awaiting, reason="Đi vắng", expected_version=awaiting.version, by=desk.office, at=NOW)
    with pytest.raises(Refused, match="lý do rút lại"):
        issuing.recall(decision=awaiting, reason=" ", expected_version=awaiting.version, by=desk.clerk, at=NOW)
    back = issuing.recall(decision=awaiting, reason="Đi vắng", expected_version=awaiting.version, by=desk.clerk, at=NOW)
    assert (back.state, back.number) == ("numbered", 1)
    assert "Đi vắng" in Notification.objects.get(user=desk.signer, kind="decision.recall").text


def test_a_return_without_reason_is_refused(desk):
    awaiting = desk.awaiting()
    with pytest.raises(Refused, match="lý do"):
        issuing.send_back(decision=awaiting, reason=" ", expected_version=awaiting.version, by=desk.signer, at=NOW)


def test_the_signature_makes_certificates_for_printed_items_and_queues_their_rendering(desk):
    signed = desk.signed()
    assert Certificate.objects.filter(line__decision=signed).count() == 2
    assert set(Job.objects.filter(parent=None).values_list("payload__kind", flat=True)) == {
        "decision", "certificates:chien_si_thi_dua_nganh",
    }  # fmt: skip


def test_issuing_writes_each_honour_once_and_closes_each_nomination(desk):
    issued = desk.issued()
    assert Grant.objects.filter(decision_number=issued.number_text, provenance="issued").count() == 2
    assert set(Nomination.objects.values_list("state", flat=True)) == {"decided"}


def test_issuing_twice_changes_nothing(desk):
    issued = desk.issued()
    with pytest.raises(Refused):
        issuing.issue(decision=issued, expected_version=issued.version, by=desk.clerk, at=NOW)
    with pytest.raises(Conflict):
        issuing.issue(decision=issued, expected_version=issued.version - 1, by=desk.clerk, at=NOW)
    assert Grant.objects.count() == 2


def test_an_honour_already_held_stops_the_whole_issue(desk):
    signed = desk.signed()
    line = signed.lines.first()
    Grant.objects.create(
        person=line.person,
        award=line.award,
        type="merit",
        year=line.year,
        decided_on=date(2026, 1, 1),
        provenance="declared",
    )
    with pytest.raises(Refused):
        issuing.issue(decision=signed, expected_version=signed.version, by=desk.clerk, at=NOW)
    signed.refresh_from_db()
    assert (signed.state, signed.issued_at) == ("signed", None)
    assert Grant.objects.count() == 1


def test_what_was_printed_stays_when_the_person_is_renamed(desk):
    issued = desk.issued()
    line = issued.lines.first()
    before = line.name_printed
    line.person.full_name = "Tên Đã Đổi"
    line.person.save()
    assert issued.lines.get(pk=line.pk).name_printed == before
    assert Grant.objects.filter(name_printed=before).exists()


def test_every_step_leaves_its_entry(desk):
    desk.issued()
    kinds = list(Event.objects.filter(kind__startswith="decision.").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["decision.draft", "decision.number", "decision.send_to_sign", "decision.sign", "decision.issue"]
