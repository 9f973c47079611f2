"""Decisions of the running year: one issued with its honours, one waiting for a signature, one draft."""

from core.models import Job
from core.tasks import run_job
from council.models import Session
from decisions.models import Decision
from decisions.services import drafting, issuing, signing
from kiemsat_thidua.demo.scene import Scene


def build(scene: Scene) -> None:
    """The minuted session's lines are issued, the closed session's wait for the signer."""
    first, second = Session.objects.filter(state__in=["closed", "minuted"]).order_by("held_at", "pk")
    issued = _signed(scene, _awaiting(scene, _draft(scene, first, 9), 8), 7)
    _work_off(issued)
    issuing.issue(decision=issued, expected_version=issued.version, by=scene.users["vanthu"], at=scene.ago(6))
    _awaiting(scene, _draft(scene, second, 4), 2)


def _draft(scene: Scene, session: Session, days_ago: int) -> Decision:
    decision = drafting.draft_from_session(session=session, by=scene.users["thuongtruc"], at=scene.ago(days_ago))
    values = {"signer": scene.users["nguoiky"], "signer_name": scene.users["nguoiky"].full_name}
    return drafting.edit(
        decision=decision,
        values=values,
        expected_version=decision.version,
        by=scene.users["thuongtruc"],
        at=scene.ago(days_ago),
    )


def _awaiting(scene: Scene, decision: Decision, days_ago: int) -> Decision:
    clerk, at = scene.users["vanthu"], scene.ago(days_ago)
    numbered = issuing.give_number(
        decision=decision, dated=at.date(), expected_version=decision.version, by=clerk, at=at
    )
    return issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=clerk, at=at)


def _work_off(decision: Decision) -> None:
    """Render and sign at once what else the workers would: a decision goes out with its signature on it."""
    jobs = Job.objects.filter(subject_type__model="decision", subject_id=str(decision.pk), state="queued")
    while waiting := list(jobs.values_list("pk", flat=True)):
        for job_id in waiting:
            run_job(job_id)
            if stopped := Job.objects.exclude(state="done").exclude(error="").filter(pk=job_id).first():
                raise RuntimeError(stopped.error)


def _signed(scene: Scene, decision: Decision, days_ago: int) -> Decision:
    return signing.sign_here(
        decision=decision, expected_version=decision.version, by=scene.users["nguoiky"], at=scene.ago(days_ago)
    )
