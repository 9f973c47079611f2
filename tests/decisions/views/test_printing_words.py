"""The page for shorter words, and how the progress page of a job leads to it."""

import pytest
from django.urls import reverse

from core.models import Job
from core.tasks import run_job
from decisions.models import Certificate, DecisionLine
from decisions.services import issuing
from tests.decisions.conftest import DAY
from tests.factories.council import NOW


@pytest.fixture
def signed(desk):
    """A decision rendered but for its first certificate, whose name is too long."""
    draft = desk.draft()
    DecisionLine.objects.filter(pk=draft.lines.order_by("order").first().pk).update(name_printed="Tập thể dài " * 20)
    numbered = issuing.give_number(decision=draft, dated=DAY, expected_version=draft.version, by=desk.clerk, at=NOW)
    sent = issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=desk.clerk, at=NOW)
    made = issuing.sign(decision=sent, expected_version=sent.version, by=desk.signer, at=NOW)
    while waiting := list(Job.objects.filter(state="queued").values_list("pk", flat=True)):
        for job_id in waiting:
            run_job(job_id)
    return made


def test_from_the_failure_to_the_new_words_to_the_next_run(signed, desk, as_user):
    client = as_user(desk.clerk)
    page = reverse("decisions:certificate_words", args=[Certificate.objects.order_by("line__order").first().pk])
    job = Job.objects.get(kind="decisions.merge", payload__kind__startswith="certificates")
    assert f'href="{page}"' in client.get(reverse("core:job", args=[job.pk])).content.decode()
    assert f'href="{page}"' in client.get(reverse("decisions:decision", args=[signed.pk])).content.decode()

    seen = {"version": str(client.get(page).context["certificate"].version)}
    still = client.post(page, {**seen, "name": "Tập thể vẫn dài " * 14, "achievement": "Thành tích."})
    assert still.status_code == 422
    assert "dài quá ô in" in still.content.decode()
    assert "Tập thể vẫn dài" in still.content.decode()

    saved = client.post(page, {**seen, "name": "Tập thể gọn", "achievement": "Có thành tích xuất sắc."})
    assert saved.status_code == 302
    assert Job.objects.filter(state="queued", parent__isnull=False).count() == 1

    papers = client.get(reverse("decisions:papers_zip", args=[signed.pk]))
    assert papers.content.startswith(b"PK")


def test_the_page_of_a_job_leads_back_to_its_decision(desk, as_user):
    signed = desk.signed()
    job = Job.objects.filter(parent=None).first()
    text = as_user(desk.signer).get(reverse("core:job", args=[job.pk])).content.decode()
    assert f'href="{reverse("decisions:decision", args=[signed.pk])}">Về quyết định</a>' in text
