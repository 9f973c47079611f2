"""Who gets in: Nam finds nothing, the wrong role is refused, the right one is let in."""

import pytest
from django.urls import reverse

from tests.factories import awards as make

pytestmark = pytest.mark.django_db

OF_SUBMISSION = [
    "submission",
    "submission_check",
    "submission_receipt",
    "submission_edit",
    "people_add",
    "collectives_add",
]
POSTS_OF_SUBMISSION = ["submission_discard", "submission_file", "registration_take", "submission_send"]


@pytest.fixture
def draft(root, region, lan):
    return make.make_submission(region, campaign=make.make_intake(root), created_by=lan)


@pytest.mark.parametrize("name", OF_SUBMISSION)
def test_a_submission_of_another_province_is_not_found(name, draft, nam, as_user):
    assert as_user(nam).get(reverse(f"awards:{name}", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("name", POSTS_OF_SUBMISSION)
def test_nothing_is_done_to_a_submission_of_another_province(name, draft, nam, as_user):
    assert as_user(nam).post(reverse(f"awards:{name}", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("name", ["nomination", "line_edit", "nomination_override"])
def test_a_line_of_another_province_is_not_found(name, line, nam, as_user):
    assert as_user(nam).get(reverse(f"awards:{name}", args=[line.pk])).status_code == 404


@pytest.mark.parametrize(
    "name", ["submission_list", "review_queue", "submission_new", "notice_list", "notice_new", "review_export"]
)
def test_nobody_is_let_in_without_signing_in(name, client):
    assert client.get(reverse(f"awards:{name}")).status_code == 302


def test_a_clerk_does_not_send_review_or_override(line, draft, lan, as_user):
    client = as_user(lan)
    assert client.post(reverse("awards:submission_send", args=[draft.pk])).status_code == 403
    assert client.get(reverse("awards:review_queue")).status_code == 403
    assert client.post(reverse("awards:nomination_move", args=[line.pk, "tiep-nhan"])).status_code == 403
    assert client.get(reverse("awards:nomination_override", args=[line.pk])).status_code == 403


def test_an_office_neither_drafts_nor_overrides(draft, line, thu, as_user):
    client = as_user(thu)
    assert client.get(reverse("awards:submission", args=[draft.pk])).status_code == 404
    assert client.get(reverse("awards:nomination", args=[line.pk])).status_code == 200
    assert client.get(reverse("awards:line_edit", args=[line.pk])).status_code == 403
    assert client.get(reverse("awards:nomination_override", args=[line.pk])).status_code == 403
    assert client.post(reverse("awards:nomination_unit", args=[line.pk, "rut"])).status_code == 403


def test_a_draft_is_seen_by_its_unit_and_not_by_the_office_above(draft, lan, minh, as_user):
    page = reverse("awards:submission", args=[draft.pk])
    assert as_user(lan).get(page).status_code == 200
    assert as_user(minh).get(page).status_code == 404


def test_a_step_nobody_knows_is_not_found(line, thu, as_user):
    assert as_user(thu).get(reverse("awards:nomination_move", args=[line.pk, "xoa"])).status_code == 404


def test_bulk_work_leaves_lines_of_others_alone(root, other_province, thu, hung, as_user):
    submission = make.make_submission(other_province, sent_by=hung)
    line = make.make_nomination(submission, state="submitted", held_by=other_province)
    as_user(thu).post(reverse("awards:review_bulk"), {"viec": "tiep-nhan", "dong": [line.pk]})
    line.refresh_from_db()
    assert line.state == "submitted"
