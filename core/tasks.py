"""What Celery calls: run one job, sweep for lost ones."""

import errno
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from core import later
from core.models import Job
from core.services import jobs
from core.workflow import Told

#: The disk, or what is allowed of it, is used up.
FULL = {errno.ENOSPC, errno.EDQUOT}

log = logging.getLogger(__name__)


@shared_task(name="core.tasks.run_job")
def run_job(job_id: int) -> None:
    """Run one job under a lease. May be rung twice, late, or for a job long done."""
    job = jobs.take(job_id=job_id, at=timezone.now())
    if job is None:
        return
    try:
        with _signs_of_life(job):
            work = import_string(later.worker_of(job.kind))
            result = work(job=job)
    except jobs.LeaseLost:
        log.info("job %s: lease lost, another worker has it or it was stopped", job.pk)
    except SoftTimeLimitExceeded:
        jobs.give_back(job=job, error="Quá thời gian cho phép của một việc.", at=timezone.now())
    except Exception as error:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        jobs.give_back(job=job, error=_says(error), at=timezone.now())
    else:
        jobs.finish(job=job, result=result or {}, at=timezone.now())


@shared_task(name="core.tasks.sweep")
def sweep() -> int:
    """Ring jobs that were lost by a broker or a killed worker."""
    return jobs.sweep(at=timezone.now())


def _says(error: Exception) -> str:
    """What whoever asked for the work reads; what the machine says of itself stands in the log only."""
    if isinstance(error, Told):
        return str(error)[:2000]
    if isinstance(error, OSError) and error.errno in FULL:
        return "Máy chủ hết chỗ lưu tệp. Đồng chí báo người quản trị; có chỗ rồi thì thử lại."
    return f"Lỗi của hệ thống ({type(error).__name__}). Đồng chí thử lại; còn lỗi thì báo người quản trị."


@contextmanager
def _signs_of_life(job: Job) -> Iterator[None]:
    """Renew the lease from a thread while the work runs, so that long steps keep it."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                jobs.renew(job=job, at=timezone.now())
            except jobs.LeaseLost:
                break
            except (DatabaseError, InterfaceError):
                log.warning("job %s: sign of life not written, trying again", job.pk, exc_info=True)
                connection.close()
        connection.close()

    thread = threading.Thread(target=renew, name=f"lease-{job.pk}", daemon=True)
    if not connection.in_atomic_block:
        thread.start()
    try:
        yield
    finally:
        over.set()
        if thread.is_alive():
            thread.join()
