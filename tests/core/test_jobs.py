"""Jobs are done once, found again when lost, and give up with a reason."""

from datetime import timedelta

import pytest
from django.utils.module_loading import import_string

from core import later
from core.models import Job
from core.services import jobs
from core.workflow import Refused
from kiemsat_thidua import listeners

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(lan, now) -> Job:
    """A job waiting for a worker."""
    return jobs.queue(kind="test", key="k1", title="Việc thử", payload={"a": 1}, by=lan, at=now, total=10)


def _parts(lan, now, number=2):
    return jobs.queue_parts(
        kind="merge",
        part_kind="part",
        key="cả",
        title="Cả việc",
        payload={},
        parts=[{"units": 5}] * number,
        by=lan,
        at=now,
    )


def test_asking_twice_with_one_key_gives_one_job(queued, lan, now):
    again = jobs.queue(kind="test", key="k1", title="Việc thử", payload={}, by=lan, at=now)
    assert again == queued
    assert Job.objects.count() == 1


def test_only_one_worker_holds_a_job(queued, now):
    assert jobs.take(job_id=queued.pk, at=now) == queued
    assert jobs.take(job_id=queued.pk, at=now) is None


def test_a_job_whose_worker_died_is_taken_again_when_its_lease_is_over(queued, now):
    first = jobs.take(job_id=queued.pk, at=now)
    second = jobs.take(job_id=queued.pk, at=now + timedelta(minutes=5))
    assert second.attempts == 2
    assert second.lease_token != first.lease_token


def test_a_worker_that_lost_its_lease_changes_nothing(queued, now):
    first = jobs.take(job_id=queued.pk, at=now)
    jobs.take(job_id=queued.pk, at=now + timedelta(minutes=5))
    jobs.finish(job=first, result={"ai": "trước"}, at=now)
    with pytest.raises(jobs.LeaseLost):
        jobs.progress(job=first, done=3, at=now)
    queued.refresh_from_db()
    assert (queued.state, queued.result) == ("running", {})


def test_a_sign_of_life_keeps_the_job(queued, now):
    job = jobs.take(job_id=queued.pk, at=now)
    jobs.renew(job=job, at=now + timedelta(minutes=5))
    assert jobs.take(job_id=queued.pk, at=now + timedelta(minutes=5, seconds=1)) is None


def test_a_failed_try_waits_before_the_next(queued, now):
    job = jobs.take(job_id=queued.pk, at=now)
    jobs.give_back(job=job, error="hỏng", at=now)
    assert jobs.take(job_id=queued.pk, at=now) is None
    assert jobs.take(job_id=queued.pk, at=now + timedelta(minutes=2)).attempts == 2


def test_a_poison_job_stops_after_five_tries_with_its_reason(queued, now):
    for hour in range(5):
        job = jobs.take(job_id=queued.pk, at=now + timedelta(hours=hour))
        jobs.give_back(job=job, error=f"hỏng lần {hour + 1}", at=now + timedelta(hours=hour))
    queued.refresh_from_db()
    assert (queued.state, queued.attempts, queued.error) == ("failed", 5, "hỏng lần 5")


def test_a_job_that_kills_its_worker_five_times_stops_too(queued, now):
    for hour in range(5):
        assert jobs.take(job_id=queued.pk, at=now + timedelta(hours=hour))
    assert jobs.take(job_id=queued.pk, at=now + timedelta(hours=6)) is None
    queued.refresh_from_db()
    assert queued.state == "failed"
    assert "5 lần" in queued.error


def test_the_sweeper_rings_waiting_and_lost_jobs_but_not_those_in_hand(queued, lan, now):
    lost = jobs.queue(kind="test", key="k2", title="Mất", payload={}, by=lan, at=now)
    jobs.take(job_id=lost.pk, at=now - timedelta(hours=1))
    held = jobs.queue(kind="test", key="k3", title="Đang giữ", payload={}, by=lan, at=now)
    jobs.take(job_id=held.pk, at=now)
    assert jobs.sweep(at=now) == 2


def test_the_child_that_finishes_last_queues_the_parent(lan, now):
    parent = _parts(lan, now)
    first, second = parent.children.order_by("pk")
    jobs.finish(job=jobs.take(job_id=first.pk, at=now), result={}, at=now)
    parent.refresh_from_db()
    assert parent.state == "running"
    jobs.finish(job=jobs.take(job_id=second.pk, at=now), result={}, at=now)
    parent.refresh_from_db()
    assert parent.state == "queued"


def test_a_waiting_parent_is_not_taken_for_lost(lan, now):
    parent = _parts(lan, now)
    assert jobs.take(job_id=parent.pk, at=now + timedelta(hours=1)) is None
    assert jobs.sweep(at=now) == 2


def test_a_parent_with_a_failed_part_fails_and_can_be_tried_again(lan, now):
    parent = _parts(lan, now, number=1)
    part = parent.children.get()
    Job.objects.filter(pk=part.pk).update(attempts=5)
    assert jobs.take(job_id=part.pk, at=now) is None
    parent.refresh_from_db()
    assert parent.state == "failed"
    jobs.retry(job=parent, by=lan, at=now)
    part.refresh_from_db()
    parent.refresh_from_db()
    assert (part.state, part.attempts, parent.state) == ("queued", 0, "running")


def test_a_paused_job_waits_until_it_is_resumed(queued, lan, now):
    jobs.pause(job=queued, by=lan, at=now)
    assert jobs.take(job_id=queued.pk, at=now) is None
    jobs.resume(job=queued, by=lan, at=now)
    assert jobs.take(job_id=queued.pk, at=now)


def test_a_finished_job_cannot_be_cancelled(queued, lan, now):
    jobs.finish(job=jobs.take(job_id=queued.pk, at=now), result={}, at=now)
    with pytest.raises(Refused, match="đã kết thúc"):
        jobs.cancel(job=queued, by=lan, at=now)


def test_a_cancelled_running_job_loses_its_lease(queued, lan, now):
    job = jobs.take(job_id=queued.pk, at=now)
    jobs.cancel(job=queued, by=lan, at=now)
    with pytest.raises(jobs.LeaseLost):
        jobs.renew(job=job, at=now)


def test_every_name_in_the_table_of_jobs_and_listeners_exists():
    for name in listeners.JOBS.values():
        assert callable(import_string(name)), name
    for kinds in listeners.LISTENERS.values():
        assert set(kinds) <= set(listeners.JOBS)
    assert all(later.worker_of(kind) for kind in listeners.JOBS)


def test_a_merge_that_failed_for_good_can_be_tried_again(lan, now):
    parent = _parts(lan, now, number=1)
    jobs.finish(job=jobs.take(job_id=parent.children.get().pk, at=now), result={}, at=now)
    Job.objects.filter(pk=parent.pk).update(attempts=5)
    assert jobs.take(job_id=parent.pk, at=now) is None
    jobs.retry(job=parent, by=lan, at=now)
    assert jobs.take(job_id=parent.pk, at=now).attempts == 1


def test_work_in_no_parts_goes_straight_to_the_merge(lan, now):
    parent = _parts(lan, now, number=0)
    assert jobs.take(job_id=parent.pk, at=now)


def test_a_parent_whose_last_part_was_cancelled_does_not_wait_for_ever(lan, now):
    parent = _parts(lan, now)
    first, second = parent.children.order_by("pk")
    jobs.finish(job=jobs.take(job_id=first.pk, at=now), result={}, at=now)
    jobs.cancel(job=second, by=lan, at=now)
    parent.refresh_from_db()
    assert (parent.state, parent.error) == ("failed", "1 phần lỗi trong 2 phần.")
    jobs.retry(job=parent, by=lan, at=now)
    assert jobs.take(job_id=second.pk, at=now)


def test_only_what_failed_can_be_tried_again(queued, lan, now):
    with pytest.raises(Refused, match="không có phần nào lỗi"):
        jobs.retry(job=queued, by=lan, at=now)


def test_a_part_tried_again_by_itself_wakes_its_parent(lan, now):
    parent = _parts(lan, now, number=1)
    part = parent.children.get()
    Job.objects.filter(pk=part.pk).update(attempts=5)
    jobs.take(job_id=part.pk, at=now)
    jobs.retry(job=part, by=lan, at=now)
    jobs.finish(job=jobs.take(job_id=part.pk, at=now), result={}, at=now)
    assert jobs.take(job_id=parent.pk, at=now)
