"""The minutes: noted by the secretary, laid out as PDF by a job."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.act import act
from core.models import Job
from core.services import jobs
from core.workflow import Refused, move
from council.models import Session
from council.papers import minutes_paper
from council.workflow import MOVES
from documents.services import keeping
from documents.services.render import render_pdf

KIND = "minutes"


@act
def minute(
    *, session: Session, note: str, by: User, at: datetime, number: int | None = None,
    expected_version: int | None = None,
) -> Session:  # fmt: skip
    """Close the record of the session and have its minutes made."""
    minuted = move(session, MOVES["minute"], by=by, at=at, expected_version=expected_version)
    minuted.minutes_number, minuted.minutes_note, minuted.minuted_at = number, note, at
    minuted.save(update_fields=["minutes_number", "minutes_note", "minuted_at"])
    jobs.queue(
        kind="council.minutes", key=f"minutes:{minuted.pk}", title=f"Lập biên bản {minuted.title}",
        payload={"session": minuted.pk}, by=by, at=at, subject=minuted,
    )  # fmt: skip
    return minuted


def make(*, job: Job) -> dict[str, Any]:
    """Job: lay out and keep the minutes. The payload names the session and nothing else."""
    session = Session.objects.select_related("council__unit").get(pk=job.payload["session"])
    if not session.is_counted:
        raise Refused("Phiên chưa đóng bỏ phiếu nên chưa lập được biên bản.")
    paper = minutes_paper(session)
    document = keeping.keep(
        subject=session, kind=KIND, title=paper.title, name=f"bien-ban-{session.pk}.pdf", data=render_pdf(paper),
        by=job.by, at=timezone.now(), template_version=paper.version,
    )  # fmt: skip
    return {"document": document.pk}
