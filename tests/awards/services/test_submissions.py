"""A tờ trình from its draft to its receipt."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from awards.models import Nomination, Stage, Submission
from awards.services import lines, obstacles, submissions
from core.models import Event, Notification
from core.workflow import Conflict, Refused
from tests.factories import awards as make
from tests.factories.campaigns import make_line, make_registration
from tests.factories.units import make_person, make_unit
from units.models import PendingMatter

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(root):
    return make.make_intake(root)


@pytest.fixture
def draft(intake, region, lan, now):
    """Lan's draft with one person who meets the conditions, and a report for all."""
    submission = submissions.create(
        campaign=intake, unit=region, level="sector", title="Đề nghị tặng CSTĐ ngành", by=lan, at=now
    )
    person = make.make_eligible_for_cstdn(make_person(region, full_name="Phạm Minh Đức", post="Phó Viện trưởng"))
    lines.add_people(submission=submission, people=[person], award=make.CSTDN, by=lan, at=now)
    submissions.attach(subject=submission, kind="report", file=make.accepted(), by=lan, at=now)
    submission.refresh_from_db()
    return submission


def test_the_head_sends_all_lines_in_one_act_and_gets_a_receipt(draft, hung, province, now):
    sent = submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    line = Nomination.objects.get()
    assert sent.receipt_code == f"TT-2026-{sent.pk:05d}"
    assert (line.state, line.held_by, line.proposed_by) == ("submitted", province, hung)
    assert line.verdict["outcome"] == "eligible"
    assert Stage.objects.get().unit == province
    assert Event.objects.filter(kind="submission.send").count() == 1


def test_a_clerk_drafts_but_does_not_send(draft, lan, now):
    with pytest.raises(PermissionDenied):
        submissions.send(submission=draft, expected_version=draft.version, by=lan, at=now)
    assert Nomination.objects.get().state == "draft"


def test_sending_twice_from_the_same_page_gives_the_same_receipt(draft, hung, now):
    first = submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    second = submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now + timedelta(seconds=1))
    assert second.receipt_code == first.receipt_code
    assert second.sent_at == first.sent_at
    assert Stage.objects.count() == 1
    assert Event.objects.filter(kind="submission.send").count() == 1


def test_a_page_older_than_the_sent_draft_is_a_conflict(draft, hung, now):
    submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    with pytest.raises(Conflict):
        submissions.send(submission=draft, expected_version=draft.version - 1, by=hung, at=now)


def test_a_draft_changed_meanwhile_is_not_sent_as_it_was_seen(draft, hung, lan, now):
    seen = draft.version
    submissions.edit(submission=draft, title="Tên khác", number="", dated=None, expected_version=seen, by=lan, at=now)
    with pytest.raises(Conflict):
        submissions.send(submission=draft, expected_version=seen, by=hung, at=now)
    assert not Submission.objects.get().is_sent


def test_without_a_report_nothing_is_sent(draft, hung, now):
    submissions.detach(attachment=draft.attachments.get(), by=hung, at=now)
    draft.refresh_from_db()
    with pytest.raises(Refused, match="báo cáo thành tích"):
        submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    assert Nomination.objects.get().state == "draft"
    assert not Submission.objects.get().is_sent


def test_after_the_last_day_nothing_is_sent(draft, intake, hung, now):
    intake.nomination_closes_on = now.date() - timedelta(days=1)
    intake.save()
    with pytest.raises(Refused, match="hết hạn trình"):
        submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)


def test_one_line_that_cannot_go_keeps_all_lines_back(draft, region, hung, now):
    person = make_person(region)
    lines.add_people(submission=draft, people=[person], award=make.CSTDN, by=hung, at=now)
    draft.refresh_from_db()
    with pytest.raises(Refused, match=person.full_name):
        submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    assert set(Nomination.objects.values_list("state", flat=True)) == {"draft"}
    assert not Submission.objects.get().is_sent


def test_a_line_the_machine_refuses_is_sent_with_the_units_explanation(draft, region, hung, now):
    added = lines.add_people(submission=draft, people=[make_person(region)], award=make.CSTDN, by=hung, at=now)
    line = added.lines[0]
    lines.edit(
        nomination=line, values={"explanation": "Quyết định năm 2024 chưa được nhập."}, expected_version=line.version,
        by=hung, at=now,
    )  # fmt: skip
    draft.refresh_from_db()
    submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    line.refresh_from_db()
    assert (line.state, line.verdict["outcome"]) == ("submitted", "not_eligible")


def test_what_was_sent_keeps_its_names_when_units_and_people_are_renamed(draft, region, hung, now):
    submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    person = Nomination.objects.get().person
    person.full_name = "Phạm Minh Đức Mới"
    person.save()
    region.name = "Tên khác"
    region.save()
    line = Nomination.objects.get()
    assert line.name_printed == "Phạm Minh Đức"
    assert line.post_printed == "Phó Viện trưởng"
    assert line.unit_printed == "Viện kiểm sát nhân dân khu vực 1 - Phú Thọ"
    assert Submission.objects.get().unit_name == "Viện kiểm sát nhân dân khu vực 1 - Phú Thọ"


def test_what_was_sent_keeps_verdict_facts_and_book_when_facts_change(draft, hung, now):
    submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    before = Nomination.objects.values("verdict", "facts", "rulebook_version", "governing_day").get()
    PendingMatter.objects.create(person=Nomination.objects.get().person, kind="complaint", opened_on=now.date())
    assert Nomination.objects.values("verdict", "facts", "rulebook_version", "governing_day").get() == before
    assert before["governing_day"] == now.date()
    assert len(before["facts"]["grants"]) == 3
    assert len(before["rulebook_version"]) >= 12


def test_what_the_system_holds_is_named_in_the_dossier(draft, hung, now):
    submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    held = dict(Nomination.objects.get().evidence.values_list("kind", "held_as"))
    assert set(held) == {"honours", "initiative"}
    assert "2024/QĐ-VKS" in held["honours"]


def test_the_office_hears_of_a_submission_once(draft, hung, province, assign, make_user, now):
    office = assign(make_user("tinh"), "office", province)
    for _ in range(2):
        submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    assert list(Notification.objects.values_list("user", "kind")) == [(office.pk, "submission.send")]


def test_a_base_title_is_reviewed_by_the_unit_that_decides_it(intake, province, assign, make_user, now):
    province.issuing_code = "VKS-PT"
    province.save()
    head = assign(make_user("vientruong"), "unit_head", province)
    submission = submissions.create(campaign=intake, unit=province, level="base", title="LĐTT", by=head, at=now)
    person = make.make_eligible_for_ldtt(make_person(province))
    lines.add_people(submission=submission, people=[person], award=make.LDTT, by=head, at=now)
    make.make_file(submission)
    submission.refresh_from_db()
    submissions.send(submission=submission, expected_version=submission.version, by=head, at=now)
    assert Nomination.objects.get().held_by == province


def test_the_same_form_sent_twice_makes_one_draft(intake, region, lan, now):
    key = uuid.uuid4()
    made = [
        submissions.create(campaign=intake, unit=region, level="base", title="LĐTT", draft_key=key, by=lan, at=now)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Submission.objects.count() == 1


def test_a_campaign_of_another_province_takes_nothing_from_here(other_province, region, lan, now):
    with pytest.raises(Refused, match="không phát động cho"):
        submissions.create(
            campaign=make.make_intake(other_province), unit=region, level="base", title="LĐTT", by=lan, at=now
        )


def test_a_draft_is_discarded_and_a_sent_one_is_not(draft, lan, hung, now):
    sent = submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)
    with pytest.raises(Refused, match="đã gửi"):
        submissions.discard(submission=sent, expected_version=sent.version, by=lan, at=now)
    assert Submission.objects.count() == 1


def test_a_draft_goes_with_its_lines_and_its_files_are_marked_removed(draft, lan, now):
    submissions.discard(submission=draft, expected_version=draft.version, by=lan, at=now)
    assert Submission.objects.count() == 0
    assert Nomination.objects.count() == 0
    assert Event.objects.filter(kind="submission.discard").count() == 1


def test_people_of_other_units_and_doubles_are_left_out_by_name(draft, region, other_province, lan, now):
    stranger, double = make_person(other_province), draft.nominations.get().person
    added = lines.add_people(submission=draft, people=[stranger, double], award=make.CSTDN, by=lan, at=now)
    assert added.lines == []
    assert dict(added.skipped) == {
        stranger.full_name: "không công tác tại đơn vị trong năm xét",
        double.full_name: "đã có trong tờ trình với danh hiệu này",
    }


def test_an_award_of_another_level_is_not_taken(draft, region, lan, now):
    with pytest.raises(Refused, match="cấp ngành"):
        lines.add_people(submission=draft, people=[make_person(region)], award=make.LDTT, by=lan, at=now)


def test_lines_of_the_registration_are_taken_over_once(intake, region, lan, now):
    registration = make_registration(intake, region, state="accepted")
    people = [make_person(region) for _ in range(3)]
    for person in people:
        make_line(registration, person=person, award=make.LDTT)
    make_line(registration, person=people[0], award=make.CSTDN)
    submission = submissions.create(campaign=intake, unit=region, level="base", title="LĐTT", by=lan, at=now)
    assert len(lines.take_from_registration(submission=submission, by=lan, at=now).lines) == 3
    assert lines.take_from_registration(submission=submission, by=lan, at=now).lines == []
    assert set(submission.nominations.values_list("award", flat=True)) == {make.LDTT}


def test_all_obstacles_are_shown_at_once(draft, region, lan, now):
    submissions.detach(attachment=draft.attachments.get(), by=lan, at=now)
    lines.add_people(submission=draft, people=[make_person(region)], award=make.CSTDN, by=lan, at=now)
    check = obstacles.of_submission(draft, by=lan, at=now)
    blocking = [found.says for found in check.blocking]
    assert blocking.count("Chưa có báo cáo thành tích.") == 2
    assert sum("chưa đủ điều kiện" in says for says in blocking) == 1
    assert {found.says for found in check.warnings} >= {"Chưa có tờ trình của đơn vị.", "Chưa có biên bản bình xét."}


def test_a_person_already_proposed_elsewhere_stops_the_sending(draft, other_province, hung, now):
    person = draft.nominations.get().person
    elsewhere = make.make_submission(other_province, sent_by=hung)
    make.make_nomination(elsewhere, person=person, state="reviewing")
    with pytest.raises(Refused, match="cũng đề nghị"):
        submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)


def test_an_open_matter_stops_the_sending(draft, hung, now):
    PendingMatter.objects.create(person=draft.nominations.get().person, kind="investigation", opened_on=now.date())
    with pytest.raises(Refused):
        submissions.send(submission=draft, expected_version=draft.version, by=hung, at=now)


def test_more_collectives_than_the_confirmed_cap_allows_stop_the_sending(intake, province, assign, make_user, now):
    head = assign(make_user("vientruong"), "unit_head", province)
    sections = [make_unit(under=province, kind="phong") for _ in range(5)]
    titled = make.make_submission(province, campaign=intake, level="base", sent_by=head)
    for section in sections:
        make.make_nomination(titled, award=make.TTLDTT, collective=section, state="decided", held_by=province)
    submission = submissions.create(campaign=intake, unit=province, level="sector", title="TTLĐXS", by=head, at=now)
    make.make_file(submission)
    lines.add_collectives(submission=submission, units=sections[:2], award=make.TTLDXS, by=head, at=now)
    submission.refresh_from_db()
    with pytest.raises(Refused, match=r"Đề nghị 2 Tập thể lao động xuất sắc, giới hạn 1 \(20 % × 5 = 1\)"):
        submissions.send(submission=submission, expected_version=submission.version, by=head, at=now)


def test_without_a_cap_in_force_no_number_is_too_many(draft, region, lan, now):
    people = [make_person(region) for _ in range(30)]
    lines.add_people(submission=draft, people=people, award=make.CSTDN, by=lan, at=now)
    check = obstacles.of_submission(draft, by=lan, at=now)
    assert [cap.result for cap in check.caps] == [None]
