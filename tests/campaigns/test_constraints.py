"""What must never be false, the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import CampaignAward, Commitment, RegistrationTarget
from tests.factories.campaigns import LONG_BEFORE, make_campaign, make_line, make_registration, make_task

REFUSED_CAMPAIGNS = [
    {"ends_on": date(2026, 11, 30)},
    {"registration_closes_on": date(2026, 10, 31)},
    {"state": "unknown"},
    {"kind": "unknown"},
    {"title": " "},
]


@pytest.mark.parametrize("values", REFUSED_CAMPAIGNS, ids=lambda values: next(iter(values)))
def test_a_campaign_that_contradicts_itself_is_refused(root, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_campaign(root, **values)


def test_a_task_has_one_place_and_an_award_stands_once(campaign):
    make_task(campaign)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_task(campaign)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_task(campaign, kind="unknown", order=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignAward.objects.create(campaign=campaign, award="lao_dong_tien_tien")


def test_a_unit_has_one_sheet_in_a_campaign(registration, campaign, region):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_registration(campaign, region)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "unknown"},
        {"state": "sent", "receipt_code": ""},
        {"state": "sent", "unit_name": ""},
        {"state": "sent", "sent_at": None, "sent_by": None},
        {"state": "returned", "return_reason": ""},
        {"sent_at": LONG_BEFORE},
    ],
    ids=["state", "code", "name", "moment", "reason", "sender"],
)
def test_a_sheet_that_was_sent_is_complete(campaign, region, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_registration(campaign, region, **values)


def test_a_receipt_code_is_given_once(campaign, region, province):
    make_registration(campaign, region, state="sent", receipt_code="DK-2027-A")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_registration(campaign, province, state="sent", receipt_code="DK-2027-A")


def test_a_line_is_about_one_person_or_one_collective(registration, people, region):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_line(registration)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_line(registration, person=people[0], collective=region)


def test_a_title_is_registered_once_for_each(registration, people, region):
    make_line(registration, person=people[0])
    make_line(registration, collective=region)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_line(registration, person=people[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        make_line(registration, collective=region)


@pytest.mark.parametrize(
    "values",
    [
        {"answer": "returned", "answer_reason": ""},
        {"answer": "waiting", "origin": "unit"},
        {"answer": "unknown"},
        {"origin": "unknown"},
    ],
    ids=["reason", "waiting", "answer", "origin"],
)
def test_a_line_answers_as_it_may(registration, people, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_line(registration, person=people[0], **values)


def test_targets_are_numbered_and_a_person_commits_once(registration, people):
    RegistrationTarget.objects.create(registration=registration, order=1, text="Một")
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationTarget.objects.create(registration=registration, order=1, text="Hai")
    Commitment.objects.create(registration=registration, person=people[0], text="Một", at=LONG_BEFORE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.create(registration=registration, person=people[0], text="Hai", at=LONG_BEFORE)
