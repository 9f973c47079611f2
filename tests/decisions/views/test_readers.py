"""Who reads a decision: before it is out those who work on it, then also the units whose people it names."""

import pytest
from django.urls import reverse

from accounts import policy
from accounts.roles import ROLES
from core.models import Job
from documents.services import keeping
from tests.documents import hostile
from tests.factories.council import NOW
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(desk):
    """Head of a unit whose lines stand on the agenda."""
    unit = make_unit(under=desk.world.unit)
    for item in desk.session.items.all():
        item.nomination.submission.unit = unit
        item.nomination.submission.save()
    user = make_user()
    policy.give(user, ROLES["unit_head"].permissions, unit)
    return user


@pytest.fixture
def paper(desk):
    def _paper(decision):
        return keeping.keep(
            subject=decision,
            kind="decision",
            title="Quyết định",
            name="07.pdf",
            data=hostile.pdf(),
            by=desk.clerk,
            at=NOW,
        )

    return _paper


def _status(as_user, user, name, pk):
    answer = as_user(user).get(reverse(name, args=[pk]))
    answer.getvalue()  # a file is closed once it is read
    return answer.status_code


def test_a_unit_opens_and_downloads_an_issued_decision_that_names_its_people(desk, head, paper, as_user):
    issued = desk.issued()
    assert _status(as_user, head, "decisions:decision", issued.pk) == 200
    assert _status(as_user, head, "documents:download", paper(issued).pk) == 200


def test_before_it_is_issued_the_unit_finds_neither_page_nor_paper_nor_job(desk, head, paper, as_user):
    signed = desk.signed()
    job = Job.objects.filter(subject_id=str(signed.pk)).first()
    assert _status(as_user, head, "decisions:decision", signed.pk) == 404
    assert _status(as_user, head, "documents:download", paper(signed).pk) == 404
    assert _status(as_user, head, "core:job", job.pk) == 404


def test_who_only_views_decisions_of_the_issuing_body_waits_for_the_issue_too(desk, paper, as_user):
    head_of_the_body = make_user()
    policy.give(head_of_the_body, ROLES["unit_head"].permissions, desk.world.unit)
    signed = desk.signed()
    assert _status(as_user, head_of_the_body, "documents:download", paper(signed).pk) == 404
    assert _status(as_user, desk.clerk, "documents:download", paper(signed).pk) == 200


def test_another_unit_reads_nothing_of_it(desk, head, paper, as_user):
    stranger, issued = make_user(), desk.issued()
    policy.give(stranger, ROLES["unit_head"].permissions, make_unit())
    assert _status(as_user, stranger, "decisions:decision", issued.pk) == 404
    assert _status(as_user, stranger, "documents:download", paper(issued).pk) == 404


def test_who_prints_holds_up_the_rendering_that_came_with_the_signature_and_a_reader_does_not(desk, head, as_user):
    issued = desk.issued()
    job = Job.objects.filter(subject_id=str(issued.pk), parent=None).first()
    assert job.by == desk.signer
    Job.objects.filter(pk=job.pk).update(state="queued")
    step = reverse("core:job_change", args=[job.pk, "tam-dung"])
    assert as_user(head).post(step).status_code == 403
    assert step not in as_user(head).get(reverse("core:job", args=[job.pk])).content.decode()
    assert step in as_user(desk.clerk).get(reverse("core:job", args=[job.pk])).content.decode()
    assert as_user(desk.clerk).post(step).status_code == 302
    job.refresh_from_db()
    assert job.state == "paused"
