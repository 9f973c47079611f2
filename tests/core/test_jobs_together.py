"""A job is cancelled while its last part finishes. Real locks, so PostgreSQL only.

The control arm locks the parent first, as no service does: the database then kills one of the two.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import OperationalError, connection, connections, transaction

from core.models import Job
from core.services import jobs

pytestmark = pytest.mark.django_db(transaction=True)

BOUND = 20


@pytest.fixture
def part(lan, now) -> Job:
    """The only part of a job, held by a worker."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite locks the whole file: nobody waits for a row")
    made = jobs.queue_parts(
        kind="merge", part_kind="part", key="cả", title="Cả việc", payload={}, parts=[{"units": 5}], by=lan, at=now
    )
    return jobs.take(job_id=made.children.get().pk, at=now)


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # otherwise one look lasts the whole transaction
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone()[0] > 0


def _finish_while(part, now, monkeypatch, other):
    """Finish the part; between its own row and its parent's let `other` run until it waits for a row."""
    settle, begun = jobs._settle_parent, Event()

    def late(parent_id, at):
        if not begun.is_set():
            begun.set()
            end = time.monotonic() + BOUND
            while not _waits_for_a_lock() and time.monotonic() < end:
                pass
        settle(parent_id, at)

    monkeypatch.setattr(jobs, "_settle_parent", late)

    def finish():
        try:
            return jobs.finish(job=part, result={}, at=now)
        finally:
            connections.close_all()

    def meanwhile():
        try:
            begun.wait(BOUND)
            other()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        ends = [pool.submit(finish), pool.submit(meanwhile)]
    return [end.exception() for end in ends]


def test_cancelling_while_the_last_part_finishes_lets_both_end(part, lan, now, monkeypatch):
    assert _finish_while(part, now, monkeypatch, lambda: jobs.cancel(job=part.parent, by=lan, at=now)) == [None, None]
    part.refresh_from_db()
    part.parent.refresh_from_db()
    assert (part.state, part.parent.state) == ("done", "cancelled")


def test_locking_the_parent_first_would_end_in_a_deadlock(part, now, monkeypatch):
    @transaction.atomic
    def parent_first():
        Job.objects.select_for_update().get(pk=part.parent_id)
        Job.objects.select_for_update().get(pk=part.pk)

    ends = _finish_while(part, now, monkeypatch, parent_first)
    assert [isinstance(end, OperationalError) for end in ends].count(True) == 1
