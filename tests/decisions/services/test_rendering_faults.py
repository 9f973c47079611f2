"""A worker killed at any step, a full disk, a lost database: each paper is there once, or the reason is told."""

import errno
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from pypdf import PdfReader

from core.models import Event, Job
from core.services import jobs
from core.tasks import run_job
from decisions.models import Certificate
from decisions.services import certificates, rendering_parts
from documents.models import Document, VerificationCode
from documents.services import keeping, storage


class Killed(BaseException):
    """What no `except Exception` sees, like the end of the process."""


#: The real boundaries of a rendering, in the order it meets them; a kill comes before or after each.
STEPS = [
    (rendering_parts, "laid_out"), (storage, "store_piece"), (jobs, "progress"), (rendering_parts, "joined"),
    (storage, "read_piece"), (keeping, "store"), (keeping, "page_count"), (jobs, "finish"), (storage, "drop_pieces"),
]  # fmt: skip


def kill_at(monkeypatch, module, name, moment, times):
    """The first `times` calls end the worker, before or after the work of that step is done."""
    real, left = getattr(module, name), [times]

    def step(*args, **kwargs):
        if left[0] and moment == "before":
            left[0] -= 1
            raise Killed
        answer = real(*args, **kwargs)
        if left[0]:
            left[0] -= 1
            raise Killed
        return answer

    monkeypatch.setattr(module, name, step)
    return left


def work_off(rounds=60):
    """Workers and the sweeper: what died with its worker, or waits for its next try, is taken up again."""
    for _ in range(rounds):
        over = timezone.now() - timedelta(seconds=1)
        Job.objects.filter(state="running", lease_token__isnull=False).update(lease_until=over)
        Job.objects.filter(state="queued").update(not_before=None)
        waiting = Job.objects.filter(jobs._ready(timezone.now())).order_by("pk").values_list("pk", flat=True)
        if not waiting:
            return
        for job_id in list(waiting):
            try:
                run_job(job_id)
            except Killed:
                break
            except (OperationalError, InterfaceError):
                connection.close()  # as Celery does when a task has ended
    raise AssertionError("the work does not come to an end")


def assert_everything_is_there_once():
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    papers = Document.objects.all()
    assert sorted(paper.kind for paper in papers) == ["certificates:chien_si_thi_dua_nganh", "decision"]
    assert all(paper.is_current and paper.supersedes is None for paper in papers)
    rows = list(Certificate.objects.select_related("line__decision").order_by("line__order"))
    assert [(row.state, row.page) for row in rows] == [("rendered", 1), ("rendered", 2)]
    for row in rows:
        own = PdfReader(BytesIO(certificates.one_file(row))).pages[0].extract_text()
        assert row.line.name_printed in own
    rendered = Event.objects.filter(kind="certificate.render").values_list("subject_id", flat=True)
    assert sorted(rendered) == sorted(str(row.pk) for row in rows)
    assert Event.objects.filter(kind="document.keep").count() == 2
    codes = VerificationCode.objects.filter(subject_type__model__in=["decision", "certificate"])
    assert codes.count() == 3


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_worker_killed_at_any_step_leaves_each_paper_once(desk, monkeypatch, module, name, moment):
    desk.signed()
    left = kill_at(monkeypatch, module, name, moment, times=2)
    work_off()
    assert left == [0]
    assert_everything_is_there_once()


def test_what_a_killed_worker_left_on_the_disk_is_swept(desk, monkeypatch, settings):
    desk.signed()
    kill_at(monkeypatch, storage, "drop_pieces", "before", times=2)
    work_off()
    parts = settings.FILES_DIR / "parts"
    assert len(list(parts.glob("*"))) > 0
    storage.sweep_leftovers(at=timezone.now() + timedelta(days=2))
    assert list(parts.glob("*")) == []
    assert all(storage.is_whole(paper.sha256) for paper in Document.objects.all())


@pytest.fixture
def full_disk(monkeypatch):
    """No byte more is taken, until `free()`."""
    real = storage.os.fsync

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    return lambda: monkeypatch.setattr(storage.os, "fsync", real)


def test_on_a_full_disk_the_reason_is_told_and_with_space_a_retry_makes_everything(desk, full_disk, settings):
    desk.signed()
    work_off()
    parts = Job.objects.filter(kind="decisions.render_part")
    assert set(parts.values_list("state", flat=True)) == {"failed"}
    assert all(part.error.startswith("Máy chủ hết chỗ lưu tệp.") for part in parts)
    assert not Document.objects.exists()
    assert [path for path in settings.FILES_DIR.rglob("*") if path.is_file()] == []
    full_disk()
    for job in Job.objects.filter(parent=None, state="failed"):
        jobs.retry(job=job, by=desk.clerk, at=timezone.now())
    work_off()
    assert_everything_is_there_once()


def test_a_disk_full_at_the_very_end_keeps_neither_row_nor_half_a_file(desk, monkeypatch, settings):
    """The pieces fit, the whole paper does not: the transaction of the row ends with the write."""
    desk.signed()
    for part in Job.objects.filter(kind="decisions.render_part"):
        run_job(part.pk)
    monkeypatch.setattr(keeping, "store", lambda data: (_ for _ in ()).throw(OSError(errno.EDQUOT, "quota")))
    work_off()
    assert not Document.objects.exists()
    assert set(Certificate.objects.values_list("state", "page")) == {("waiting", None)}
    assert "hết chỗ" in Job.objects.filter(state="failed").first().error
    monkeypatch.undo()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a file has no connection that could be cut")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["store_piece", "drop_pieces"])
def test_the_database_lost_in_mid_work_loses_no_job(desk, monkeypatch, name):
    desk.signed()
    real, left = getattr(storage, name), [1]

    def cut(*args):
        answer = real(*args)
        if left.pop() if left else 0:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return answer

    monkeypatch.setattr(storage, name, cut)
    work_off()
    assert not left
    assert_everything_is_there_once()
