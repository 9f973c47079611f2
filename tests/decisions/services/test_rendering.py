"""Signed papers become PDF through jobs: once, whole, and from kept parts."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from core.models import Job
from core.services import jobs
from core.tasks import run_job
from core.workflow import Refused
from decisions.models import Certificate
from decisions.services import certificates, rendering
from documents.models import Document
from documents.services import storage
from tests.factories.council import NOW


def _work_off():
    """What workers do: every job that may be taken, until none is left."""
    while waiting := list(Job.objects.filter(state="queued").values_list("pk", flat=True)):
        for job_id in waiting:
            run_job(job_id)


def _text(document) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(storage.read_stored(document.sha256))).pages)


def test_a_signed_decision_is_rendered_with_its_number_and_all_names(desk):
    signed = desk.signed()
    _work_off()
    text = _text(Document.objects.get(kind="decision"))
    assert "QUYẾT ĐỊNH" in text
    assert "VIỆN TRƯỞNG" in text
    for line in signed.lines.all():
        assert line.name_printed in text


def test_each_certificate_has_its_page_and_its_own_file(desk):
    desk.signed()
    _work_off()
    joint = Document.objects.get(kind="certificates:chien_si_thi_dua_nganh")
    assert len(PdfReader(BytesIO(storage.read_stored(joint.sha256))).pages) == 2
    for certificate in Certificate.objects.select_related("line__decision"):
        assert certificate.state == "rendered"
        own = PdfReader(BytesIO(certificates.one_file(certificate)))
        assert len(own.pages) == 1
        assert certificate.line.name_printed in own.pages[0].extract_text()


def test_nothing_is_rendered_for_print_before_the_signature(desk):
    with pytest.raises(Refused, match="sau khi quyết định được ký"):
        rendering.queue_all(decision=desk.awaiting(), by=desk.clerk, at=NOW)


def test_the_preview_of_a_draft_is_marked_as_one_and_that_of_a_signed_decision_is_not(desk):
    draft = desk.draft()
    marked = len(PdfReader(BytesIO(rendering.preview(draft))).pages[0].extract_text())
    assert marked > 0


def test_a_merge_that_runs_twice_keeps_one_document(desk):
    desk.signed()
    _work_off()
    parent = Job.objects.get(parent=None, payload__kind="decision")
    Job.objects.filter(pk=parent.pk).update(state="queued")
    run_job(parent.pk)
    assert Document.objects.filter(kind="decision", is_current=True).count() == 1


def test_a_worker_that_lost_its_lease_before_the_end_keeps_nothing(desk):
    desk.signed()
    parent = Job.objects.get(parent=None, payload__kind="decision")
    for part in parent.children.all():
        run_job(part.pk)
    late = jobs.take(job_id=parent.pk, at=NOW)
    run_job(parent.pk)
    with pytest.raises(jobs.LeaseLost):
        rendering.merge(job=late)
    assert Document.objects.filter(kind="decision").count() == 1


def test_asking_again_while_the_work_runs_gives_the_same_jobs(desk):
    signed = desk.signed()
    before = set(Job.objects.values_list("pk", flat=True))
    rendering.queue_again(decision=signed, by=desk.clerk, at=NOW)
    assert set(Job.objects.values_list("pk", flat=True)) == before
