"""Signed papers become PDF through jobs: once, whole, and from kept parts."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from core.models import Job
from core.selectors import failed_parts
from core.services import jobs
from core.tasks import run_job
from core.workflow import Refused
from decisions.models import Certificate, DecisionLine
from decisions.services import certificates, issuing, rendering, rendering_parts
from documents.models import Document
from documents.papers import official
from documents.services import render, storage
from tests.decisions.conftest import DAY
from tests.factories.council import NOW
from tests.factories.units import make_person


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


def test_marking_many_certificates_as_printed_asks_as_often_as_marking_one(desk):
    desk.session = desk.world.closed(lines=6)
    desk.signed()
    _work_off()
    first, *others = Certificate.objects.order_by("pk")
    counts = []
    for some in ([first], others):
        with CaptureQueriesContext(connection) as asked:
            certificates.mark(certificates=some, step="da-in", by=desk.clerk, at=NOW)
        counts.append(len(asked))
    assert counts[1] <= counts[0]


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


def _with_lines(draft, count):
    """More recipients, of two awards that money alone follows, and of the one with certificates."""
    first = draft.lines.order_by("order").first()
    awards = ["lao_dong_tien_tien"] * count + ["chien_si_thi_dua_co_so"] * 3 + [first.award] * count
    DecisionLine.objects.bulk_create(
        DecisionLine(
            decision=draft, order=place, award=award, person=make_person(full_name=f"Trần Văn Số {place}"),
            name_printed=f"Trần Văn Số {place}", post_printed="Kiểm sát viên", year=first.year,
            unit_printed="Viện kiểm sát nhân dân khu vực 1", achievement="Có thành tích xuất sắc.",
            achievement_from=first.achievement_from, achievement_to=first.achievement_to,
        )
        for place, award in enumerate(awards, 3)
    )  # fmt: skip


def _signed_with(desk, count):
    draft = desk.draft()
    _with_lines(draft, count)
    return _sign(desk, draft)


def test_parts_that_load_only_their_own_lines_give_the_paper_of_all_lines(desk, monkeypatch):
    monkeypatch.setattr(official.cut, "__defaults__", (5,))
    signed = _signed_with(desk, 6)
    assert Job.objects.filter(kind="decisions.render_part", payload__kind="decision").count() > 3
    _work_off()
    kept = Document.objects.get(kind="decision")
    assert storage.read_stored(kept.sha256) == render.render_pdf(rendering.paper_of(signed))


def test_certificates_in_parts_are_each_there_once_and_know_their_page(desk, monkeypatch):
    monkeypatch.setattr(rendering_parts, "SHEETS_PER_PART", 4)
    _signed_with(desk, 9)
    _work_off()
    kind = "certificates:chien_si_thi_dua_nganh"
    assert Job.objects.filter(kind="decisions.render_part", payload__kind=kind).count() == 3
    pages = Certificate.objects.filter(line__award="chien_si_thi_dua_nganh").order_by("line__order")
    assert list(pages.values_list("page", flat=True)) == list(range(1, 12))
    for certificate in pages.select_related("line__decision"):
        own = PdfReader(BytesIO(certificates.one_file(certificate))).pages[0].extract_text()
        assert certificate.line.name_printed in own


def test_marking_certificates_asks_for_their_decision_once_and_not_for_each(desk):
    _signed_with(desk, 20)
    parent = Job.objects.get(parent=None, payload__kind="certificates:chien_si_thi_dua_nganh")
    for part in parent.children.all():
        run_job(part.pk)
    with CaptureQueriesContext(connection) as asked:
        run_job(parent.pk)
    assert Certificate.objects.filter(state="rendered").count() == 22
    assert sum(query["sql"].startswith("SELECT") and 'FROM "units_unit"' in query["sql"] for query in asked) < 5


def test_a_piece_that_was_swept_before_the_merge_is_laid_out_anew(desk):
    desk.signed()
    for part in Job.objects.filter(kind="decisions.render_part"):
        run_job(part.pk)
        part.refresh_from_db()
        storage.drop_pieces([part.result["piece"]])
    _work_off()
    assert Document.objects.count() == 2


def test_pieces_do_not_stay_behind(desk, settings):
    desk.signed()
    _work_off()
    assert list((settings.FILES_DIR / "parts").glob("*")) == []


def test_a_name_too_long_for_its_box_is_named_with_its_cure_and_the_others_are_made(desk):
    draft = desk.draft()
    line = draft.lines.order_by("order").first()
    DecisionLine.objects.filter(pk=line.pk).update(name_printed="Tập thể rất dài " * 15)
    _sign(desk, draft)
    _work_off()
    parent = Job.objects.get(kind="decisions.merge", payload__kind__startswith="certificates")
    (failure,) = failed_parts(parent)
    assert parent.state == "done"
    assert failure["what"].startswith(f"{line.order}. Tập thể rất dài")
    assert "dài quá ô in" in failure["why"]
    assert "Rút gọn" in failure["cure"]
    states = Certificate.objects.order_by("line__order").values_list("state", "page")
    assert list(states) == [("waiting", None), ("rendered", 1)]


def _sign(desk, draft):
    numbered = issuing.give_number(decision=draft, dated=DAY, expected_version=draft.version, by=desk.clerk, at=NOW)
    sent = issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=desk.clerk, at=NOW)
    return issuing.sign(decision=sent, expected_version=sent.version, by=desk.signer, at=NOW)
