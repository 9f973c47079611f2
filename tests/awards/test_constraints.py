"""What the database itself refuses, whatever the code does."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from awards.models import Evidence, Nomination, Notice, Remark, Return, Stage, Submission
from tests.factories import awards as make
from tests.factories.units import make_person, make_unit

pytestmark = pytest.mark.django_db


def _breaks(constraint, act):
    with pytest.raises(IntegrityError) as clash, transaction.atomic():
        act()
    # SQLite names the columns of a unique constraint, PostgreSQL the constraint itself.
    assert constraint in str(clash.value) or "UNIQUE" in str(clash.value)


def test_a_line_is_about_one_person_or_one_collective(line, region):
    _breaks("nomination_has_one_subject", lambda: Nomination.objects.filter(pk=line.pk).update(collective=region))
    _breaks("nomination_has_one_subject", lambda: Nomination.objects.filter(pk=line.pk).update(person=None))


def test_a_line_has_a_known_state(line):
    _breaks("nomination_state_known", lambda: Nomination.objects.filter(pk=line.pk).update(state="lost"))


def test_a_subject_stands_once_for_an_award_in_one_submission(sent, line, region):
    _breaks(
        "one_nomination_per_person_and_award", lambda: make.make_nomination(sent, person=line.person, state="withdrawn")
    )
    make.make_nomination(sent, award=make.CO_NGANH, collective=region, state="withdrawn")
    _breaks(
        "one_nomination_per_collective_and_award",
        lambda: make.make_nomination(sent, award=make.CO_NGANH, collective=region, state="failed"),
    )


def test_two_lines_under_way_for_one_person_award_and_year_are_refused(line, other_province, hung):
    other = make.make_submission(other_province, sent_by=hung)
    _breaks(
        "one_live_nomination_of_a_person", lambda: make.make_nomination(other, person=line.person, state="submitted")
    )
    make.make_nomination(other, person=line.person, state="withdrawn")


def test_two_lines_under_way_for_one_collective_are_refused(sent, region, other_province, hung):
    make.make_nomination(sent, award=make.CO_NGANH, collective=region, state="submitted")
    other = make.make_submission(other_province, sent_by=hung)
    _breaks(
        "one_live_nomination_of_a_collective",
        lambda: make.make_nomination(other, award=make.CO_NGANH, collective=region, state="passed"),
    )


def test_an_achievement_does_not_end_before_it_starts(line):
    _breaks(
        "nomination_achievement_ends_after_it_starts",
        lambda: Nomination.objects.filter(pk=line.pk).update(achievement_to=date(2020, 1, 1)),
    )


def test_an_override_names_who_and_why(line, thu):
    _breaks(
        "nomination_override_by_and_reason_together",
        lambda: Nomination.objects.filter(pk=line.pk).update(override_by=thu),
    )
    _breaks(
        "nomination_override_by_and_reason_together",
        lambda: Nomination.objects.filter(pk=line.pk).update(override_reason="Có"),
    )


def test_nobody_reviews_what_they_proposed_not_even_by_hand(line, hung):
    _breaks(
        "nomination_not_reviewed_by_its_proposer",
        lambda: Nomination.objects.filter(pk=line.pk).update(reviewed_by=hung),
    )


def test_a_submission_has_a_title_and_is_sent_by_somebody_with_a_receipt(sent, now):
    own = Submission.objects.filter(pk=sent.pk)
    _breaks("submission_has_title", lambda: own.update(title=""))
    _breaks("submission_sent_at_and_by_together", lambda: own.update(sent_by=None))
    _breaks("submission_sent_with_receipt", lambda: own.update(receipt_code=""))


def test_a_receipt_code_is_given_once(sent, region, hung):
    _breaks(
        "one_submission_per_receipt_code",
        lambda: make.make_submission(region, sent_by=hung, receipt_code=sent.receipt_code),
    )


def test_a_line_stays_with_one_unit_at_a_time(line, root, now):
    _breaks("one_open_stage_per_nomination", lambda: Stage.objects.create(nomination=line, unit=root, entered_at=now))


def test_a_stay_ends_with_an_outcome_and_after_it_began(line, now):
    stage = Stage.objects.filter(nomination=line)
    _breaks("stage_left_with_outcome", lambda: stage.update(left_at=now))
    _breaks(
        "stage_left_after_it_was_entered",
        lambda: stage.update(left_at=make.BEFORE.replace(year=2020), outcome="passed"),
    )


def test_a_part_of_a_dossier_is_a_file_or_something_held(line):
    _breaks("evidence_is_a_file_or_held", lambda: Evidence.objects.create(nomination=line, kind="honours", label="x"))
    Evidence.objects.create(nomination=line, kind="honours", label="x", held_as="QĐ 1")
    _breaks(
        "one_evidence_per_kind",
        lambda: Evidence.objects.create(nomination=line, kind="honours", label="x", held_as="QĐ 2"),
    )


def test_a_remark_says_something(line, root, thu, now):
    _breaks("remark_says_something", lambda: Remark.objects.create(nomination=line, unit=root, by=thu, at=now, text=""))


def test_a_line_is_returned_once_at_a_time_and_with_guidance(line, root, thu, now):
    def back(guidance="Bổ sung"):
        return Return.objects.create(
            nomination=line, unit=root, by=thu, at=now, reasons=["x"], guidance=guidance, due_on=now.date(), snapshot={}
        )

    _breaks("return_with_guidance", lambda: back(""))
    back()
    _breaks("one_open_return_per_nomination", back)


def test_a_notice_ends_after_it_opens_and_is_closed_by_somebody(root, thu, now):
    def notice(**values):
        return Notice.objects.create(unit=root, title="x", place="x", by=thu, at=now, **values)

    _breaks("notice_closes_after_it_opens", lambda: notice(opens_on=date(2026, 11, 2), closes_on=date(2026, 11, 1)))
    made = notice(opens_on=date(2026, 11, 1), closes_on=date(2026, 11, 2))
    _breaks("notice_closed_at_and_by_together", lambda: Notice.objects.filter(pk=made.pk).update(closed_at=now))
    made.items.create(nomination=make.make_nomination(make.make_submission(make_unit()), person=make_person()))
    _breaks("once_on_a_notice", lambda: made.items.create(nomination=made.items.get().nomination))
