"""Jobs: queued in the business transaction, held under a lease, done once, swept when lost."""

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from core.models import Job
from core.workflow import Refused

log = logging.getLogger(__name__)

#: Name of the Celery task that runs one job (core.tasks), rung by name so that services import no task.
DOORBELL = "core.tasks.run_job"
#: Waiting before the second, third, … try, in seconds.
BACK_OFF = (2, 10, 30, 60)


class LeaseLost(Exception):
    """Another worker holds the job now; whatever this one still does must not count."""


def queue(
    *, kind: str, key: str, title: str, payload: dict[str, Any], by: User, at: datetime,
    subject: models.Model | None = None, parent: Job | None = None, total: int = 0,
    not_before: datetime | None = None,
) -> Job:  # fmt: skip
    """Ask for work; the same `key` gives the same row. Runs after the transaction commits.

    `total` is the number of units for the progress bar (pages, rows), 0 when not known.
    """
    job, created = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind, "title": title, "payload": payload, "by": by, "created_at": at, "parent": parent,
            "total_units": total, "not_before": not_before, **_pointer(subject),
        },
    )  # fmt: skip
    if created:
        ring_after_commit(job.pk)
    return job


def queue_parts(
    *, kind: str, key: str, title: str, payload: dict[str, Any], parts: list[dict[str, Any]], part_kind: str,
    by: User, at: datetime, subject: models.Model | None = None, total: int = 0,
) -> Job:  # fmt: skip
    """A job in parts: the children (`part_kind`, one payload and optional `units` each) run first;
    the one that finishes last queues the parent, whose `kind` merges them.
    """
    parent, created = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind, "title": title, "payload": payload, "by": by, "created_at": at,
            "state": "running" if parts else "queued", "started_at": at, "total_units": total, **_pointer(subject),
        },
    )  # fmt: skip
    if created and not parts:
        ring_after_commit(parent.pk)
    if created:
        for number, part in enumerate(parts):
            queue(
                kind=part_kind, key=f"{key}#{number}", title=f"{title}, phần {number + 1}", payload=part,
                by=by, at=at, subject=subject, parent=parent, total=part.get("units", 0),
            )  # fmt: skip
    return parent


def ring_after_commit(job_id: int) -> None:
    """Ring Celery once the transaction is committed."""
    transaction.on_commit(lambda: ring(job_id))


def ring(job_id: int, *, expires: int | None = None) -> None:
    """Ring now. A silent broker is no error: the sweeper rings again.

    A ring not heard within `expires` seconds is forgotten.
    """
    try:
        current_app.send_task(DOORBELL, args=[job_id], retry=False, ignore_result=True, expires=expires)
    except Exception:  # noqa: BLE001 - whatever the broker's library raises, the row stays queued
        log.warning("job %s: broker not reachable, the sweeper will ring again", job_id)


@transaction.atomic
def take(*, job_id: int, at: datetime) -> Job | None:
    """Hold the job for this worker, or None when it is not to be run now (done, held, too early)."""
    job = Job.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None or not _is_ready(job, at):
        return None
    if job.attempts >= settings.JOB_MAX_ATTEMPTS:
        _fail(job, at, job.error or f"Đã thử {job.attempts} lần mà việc không xong (tiến trình bị dừng giữa chừng).")
        return None
    job.state, job.attempts = "running", job.attempts + 1
    job.lease_token, job.lease_until = uuid.uuid4(), at + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    job.started_at = job.started_at or at
    job.save(update_fields=["state", "attempts", "lease_token", "lease_until", "started_at"])
    return job


def renew(*, job: Job, at: datetime) -> None:
    """A sign of life. Raises LeaseLost when the job was paused, cancelled or taken by another."""
    until = at + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    if not _mine(job).update(lease_until=until):
        raise LeaseLost(job.pk)


def progress(*, job: Job, done: int, at: datetime, failures: list[dict[str, str]] | None = None) -> None:
    """Report `done` units (and rows that failed with their cure); also a sign of life."""
    values: dict[str, Any] = {"done_units": done, "lease_until": at + timedelta(seconds=settings.JOB_LEASE_SECONDS)}
    if failures is not None:
        values["failures"] = failures
    if not _mine(job).update(**values):
        raise LeaseLost(job.pk)


@transaction.atomic
def finish(*, job: Job, result: dict[str, Any], at: datetime) -> bool:
    """Mark done, once; the last child to finish queues its parent. A lost lease changes nothing (False).

    Work that keeps something calls this in the same transaction and gives up when it answers False.
    """
    changed = _mine(job).update(
        state="done", result=result, finished_at=at, lease_until=None, lease_token=None, error="",
        done_units=models.F("total_units"),
    )  # fmt: skip
    if changed and job.parent_id:
        _settle_parent(job.parent_id, at)
    return bool(changed)


@transaction.atomic
def give_back(*, job: Job, error: str, at: datetime) -> None:
    """The try failed: back into the queue after a while, or failed for good after the last try."""
    held = _mine(job).select_for_update(of=("self",)).first()
    if held is None:
        return
    if held.attempts >= settings.JOB_MAX_ATTEMPTS:
        _fail(held, at, error)
        return
    pause = BACK_OFF[min(held.attempts, len(BACK_OFF)) - 1]
    held.state, held.error = "queued", error
    held.lease_until = held.lease_token = None
    held.not_before = at + timedelta(seconds=pause)
    held.save(update_fields=["state", "error", "lease_until", "lease_token", "not_before"])


def sweep(*, at: datetime) -> int:
    """Ring every job that should be running and is not; returns how many. Safe to run at any time.

    These rings are forgotten when the next sweep is due, so that none pile up before busy workers.
    """
    lost = Job.objects.filter(_ready(at)).order_by("pk").values_list("pk", flat=True)[:500]
    for job_id in lost:
        ring(job_id, expires=settings.SWEEP_SECONDS)
    return len(lost)


@transaction.atomic
def pause(*, job: Job, by: User, at: datetime) -> None:
    """Stop after the part in hand; parts not begun wait."""
    _change_queued(job, "queued", "paused", "Chỉ tạm dừng được việc chưa xong.")


@transaction.atomic
def resume(*, job: Job, by: User, at: datetime) -> None:
    """Go on with what was paused."""
    for job_id in _change_queued(job, "paused", "queued", "Việc này không ở trạng thái tạm dừng."):
        ring_after_commit(job_id)


@transaction.atomic
def cancel(*, job: Job, by: User, at: datetime) -> None:
    """Give up what has not been done; finished parts stay."""
    live = [row.pk for row in _locked_family(job) if row.state in {"queued", "running", "paused"}]
    if not live:
        raise Refused("Việc đã kết thúc nên không hủy được.")
    gone = {"state": "cancelled", "finished_at": at, "lease_until": None, "lease_token": None}
    Job.objects.filter(pk__in=live).update(**gone)
    if job.parent_id:
        _settle_parent(job.parent_id, at)


@transaction.atomic
def retry(*, job: Job, by: User, at: datetime) -> None:
    """Try what failed anew, with a full count of tries: the parts that were not done, or else the job itself."""
    *parts, held = _locked_family(job)
    if held.state != "failed":
        raise Refused("Việc này không có phần nào lỗi.")
    bad = [part.pk for part in parts if part.state in {"failed", "cancelled"}]
    again = bad or [held.pk]
    Job.objects.filter(pk__in=again).update(
        state="queued", attempts=0, error="", not_before=None, finished_at=None, failures=[]
    )
    waiting = held.pk if bad else held.parent_id
    Job.objects.filter(pk__in=[waiting], state="failed").update(state="running", error="", finished_at=None)
    for job_id in again:
        ring_after_commit(job_id)


def _pointer(subject: models.Model | None) -> dict[str, Any]:
    if subject is None:
        return {}
    return {"subject_type": ContentType.objects.get_for_model(type(subject)), "subject_id": str(subject.pk)}


def _mine(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state="running", lease_token=job.lease_token)


def _locked_family(job: Job) -> list[Job]:
    """The parts, then the job, locked in that order: a part that finishes holds itself before its parent."""
    rows = Job.objects.select_for_update(of=("self",))
    return [*rows.filter(parent_id=job.pk).order_by("pk"), rows.get(pk=job.pk)]


def _ready(at: datetime) -> Q:
    early = Q(not_before=None) | Q(not_before__lte=at)
    return (Q(state="queued") & early) | Q(state="running", lease_until__lt=at)


def _is_ready(job: Job, at: datetime) -> bool:
    if job.state == "queued":
        return job.not_before is None or job.not_before <= at
    return job.state == "running" and job.lease_until is not None and job.lease_until < at


def _fail(job: Job, at: datetime, error: str) -> None:
    job.state, job.error, job.finished_at = "failed", error, at
    job.lease_until = job.lease_token = None
    job.save(update_fields=["state", "error", "finished_at", "lease_until", "lease_token"])
    if job.parent_id:
        _settle_parent(job.parent_id, at)


def _settle_parent(parent_id: int, at: datetime) -> None:
    parent = Job.objects.select_for_update(of=("self",)).get(pk=parent_id)
    states = list(parent.children.values_list("state", flat=True))
    if parent.state != "running" or parent.lease_token is not None:
        return
    if all(state == "done" for state in states):
        parent.state = "queued"
        parent.save(update_fields=["state"])
        ring_after_commit(parent_id)
    elif all(state in {"done", "failed", "cancelled"} for state in states):
        bad = sum(state != "done" for state in states)
        _fail(parent, at, f"{bad} phần lỗi trong {len(states)} phần.")


def _change_queued(job: Job, source: str, target: str, refusal: str) -> list[int]:
    rows = [row.pk for row in _locked_family(job) if row.state == source]
    if not rows:
        raise Refused(refusal)
    Job.objects.filter(pk__in=rows).update(state=target)
    return rows
