"""What a worker does around a job: says why it failed, keeps its lease through trouble, rings no flood."""

from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from core import tasks
from core.models import Job
from core.services import jobs
from core.workflow import Refused
from tests.kiemsat_thidua.waiting import until


@pytest.fixture
def queued(lan, now) -> Job:
    """A job waiting for a worker."""
    return jobs.queue(kind="không.có", key="k1", title="Việc thử", payload={}, by=lan, at=now)


@pytest.mark.django_db
def test_a_job_of_a_kind_nobody_knows_stands_in_the_log_and_waits_for_the_next_try(queued, caplog):
    tasks.run_job(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == ("queued", 1)
    assert queued.error == "Lỗi của hệ thống (KeyError). Đồng chí thử lại; còn lỗi thì báo người quản trị."
    assert "không.có" in caplog.text


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (Refused("Đồng chí chọn lại."), "Đồng chí chọn lại."),
        (OSError(28, "No space left on device", "/srv/tep"), "Máy chủ hết chỗ lưu tệp."),
        (RuntimeError("password=bi-mat at /srv/tep"), "Lỗi của hệ thống (RuntimeError)."),
    ],
)
def test_the_page_of_a_job_tells_sentences_and_never_what_a_machine_says_of_itself(error, says):
    told = tasks._says(error)
    assert told.startswith(says)
    assert not any(secret in told for secret in ("/srv", "bi-mat", "No space"))


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_kept_when_the_database_is_away_for_a_moment(queued, settings, monkeypatch, caplog):
    settings.JOB_LEASE_SECONDS = 1
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    job = jobs.take(job_id=queued.pk, at=timezone.now())
    with tasks._signs_of_life(job):
        seen = _lease(job)
        until(lambda: _lease(job) > seen, "the first sign of life")
        _interrupt(lambda: "sign of life" in caplog.text)
        seen = _lease(job)
        until(lambda: _lease(job) > seen, "a sign of life after the interruption")


def _lease(job: Job):
    return Job.objects.values_list("lease_until", flat=True).get(pk=job.pk)


def _interrupt(noticed) -> None:
    """SQLite: somebody writes for too long. PostgreSQL: the connection is cut."""
    if connection.vendor == "sqlite":
        with transaction.atomic():
            until(noticed, "the worker's word about the locked database")
        return
    with connection.cursor() as cursor:
        others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM ({others}) AS other")
    until(noticed, "the worker's word about the lost connection")


@pytest.mark.django_db
def test_what_the_sweeper_rings_is_forgotten_before_it_can_pile_up(queued, settings, now):
    current_app.control.purge()
    assert jobs.sweep(at=now + timedelta(minutes=1)) == 1
    with current_app.connection_for_read() as broker:
        message = broker.SimpleQueue("celery").get(timeout=10)
    message.ack()
    assert message.headers["expires"]
    every = settings.CELERY_BEAT_SCHEDULE["sweep-jobs"]
    assert every["options"]["expires"] == every["schedule"]
