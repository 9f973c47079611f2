"""Turning a signed decision and its certificates into PDF: queued in parts, merged, kept by hash.

The parent job merges the pieces of its parts into one document per kind. Every function that a job
calls may run twice: the same paper gives the same document.
"""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from accounts.services.users import system_user
from core.act import act
from core.models import Job
from core.services import jobs
from core.workflow import Refused, move_many
from decisions import selectors
from decisions.models import Certificate, Decision, DecisionLine
from decisions.papers.decision import decision_paper
from decisions.services import designs, rendering_parts
from decisions.workflow import CERTIFICATE_MOVES
from documents.selectors import signatures_of
from documents.services import codes, keeping, render, signing, signing_look, storage
from documents.services.signing_keys import agency_owner
from rulebook import catalogue

DECISION = rendering_parts.DECISION
TO_SIGN = rendering_parts.TO_SIGN
CERTIFICATES = rendering_parts.CERTIFICATES
PRINTABLE = rendering_parts.PRINTABLE
paper_of = rendering_parts.paper_of
#: Certificates marked in one go.
AT_ONCE = 500


def address(decision: Decision) -> str:
    """The decision's page, for notifications."""
    return reverse("decisions:decision", args=[decision.pk])


@act
def queue_all(*, decision: Decision, by: User, at: datetime) -> list[Job]:
    """Queue the decision's paper and, per award with a printed item, its certificates.

    Codes of verification are made first: they are printed. Asking again re-uses jobs that are not over.
    """
    if decision.state not in PRINTABLE:
        raise Refused("Chỉ dựng bản in sau khi quyết định được ký.")
    lines = list(selectors.lines_of(decision))
    certificates = [line.certificate for line in lines if hasattr(line, "certificate")]
    codes.codes_for(subjects=[decision], at=at)
    codes.codes_for(subjects=certificates, at=at)
    # A signed file is the original; it is never rendered anew.
    signed = any(row.document_id for row in signatures_of(decision))
    queued = [] if signed else [_queue(decision, DECISION, "Dựng quyết định", by=by, at=at)]
    awards = dict.fromkeys(certificate.line.award for certificate in certificates)
    for award in awards:
        title = f"Dựng bằng {catalogue.award(award).label}"
        queued.append(_queue(decision, f"{CERTIFICATES}:{award}", title, by=by, at=at))
    return queued


@act
def queue_certificates(*, decision: Decision, award: str, by: User, at: datetime) -> Job:
    """Render the certificates of one award anew."""
    return _queue(decision, f"{CERTIFICATES}:{award}", f"Dựng bằng {catalogue.award(award).label}", by=by, at=at)


@act
def queue_again(*, decision: Decision, by: User, at: datetime) -> list[Job]:
    """Render anew on request of someone who may print."""
    policy.check(by, Permission.CERTIFICATE_PRINT, decision)
    return queue_all(decision=decision, by=by, at=at)


@act
def queue_to_sign(*, decision: Decision, by: User, at: datetime) -> Job:
    """Queue the file that the signer takes to a device of their own; its code is drawn now, since it is printed."""
    codes.codes_for(subjects=[decision], at=at)
    return _queue(decision, TO_SIGN, "Lập bản chờ ký", by=by, at=at)


def ask_for_signature(*, decision: Decision, document: int | str, by: User, at: datetime) -> None:
    """Queue the signing of the rendered paper `document` with the keys on the server."""
    jobs.queue(
        kind="decisions.sign_paper", key=f"sign:{decision.pk}:{document}", title=f"Ký số {decision.number_text}",
        payload={"decision": decision.pk}, by=by, at=at, subject=decision,
    )  # fmt: skip


def preview(decision: Decision) -> bytes:
    """The first pages of the decision as it would look now; marked as a draft until signed."""
    draft = decision.state not in PRINTABLE
    return render.first_pages(decision_paper(decision, _lines(decision), draft=draft))


def render_part(*, job: Job) -> dict[str, Any]:
    """Job: lay out one part of a paper and keep its bytes; lines that do not fit are named and left out."""
    decision = Decision.objects.get(pk=job.payload["decision"])
    piece, failures = rendering_parts.laid_out(decision, job.payload)
    jobs.progress(job=job, done=job.payload["units"], at=timezone.now(), failures=failures)
    return {"piece": storage.store_piece(piece), "left_out": [int(failure["line"]) for failure in failures]}


def merge(*, job: Job) -> dict[str, Any]:
    """Job: join the parts into the document of its kind; certificates become rendered."""
    decision = Decision.objects.get(pk=job.payload["decision"])
    kind = job.payload["kind"]
    parts = list(job.children.order_by("pk"))
    pdf = rendering_parts.joined(decision, kind, parts)
    if kind == TO_SIGN:
        pdf = signing.prepare(pdf, signing_look.places(paper_of(decision, []), owner=agency_owner(decision.unit.code)))
    kept = _keep(job=job, decision=decision, kind=kind, pdf=pdf, by=job.by, at=timezone.now())
    storage.drop_pieces(part.result["piece"] for part in parts)
    return kept


@act
def _keep(*, job: Job, decision: Decision, kind: str, pdf: bytes, by: User, at: datetime) -> dict[str, Any]:
    """Document, certificates and the job's end commit together, so a second run cannot add another."""
    signatures = list(signatures_of(decision)) if kind == DECISION else []
    signed = next((row.document for row in signatures if row.document), None)
    left_out = {line for part in job.children.all() for line in part.result.get("left_out", ())}
    bound = rendering_parts.award_lines(decision, kind).count() - len(left_out) if kind.startswith(CERTIFICATES) else 0
    document = signed or keeping.keep(
        subject=decision, kind=kind, title=_title(decision, kind), name=_file_name(decision, kind), data=pdf,
        by=by, at=at, template_version=rendering_parts.version_of(kind), is_draft=kind == TO_SIGN,
        pages=bound,
    )  # fmt: skip
    if signatures and signed is None:
        ask_for_signature(decision=decision, document=document.pk, by=by, at=at)
    if kind.startswith(CERTIFICATES):
        design = rendering_parts.design_of(decision, kind.partition(":")[2])
        if design is not None:
            designs.mark_used(design=design, by=by, at=at)
        _mark_rendered(decision, kind, left_out, at=at)
    result = {"document": document.pk}
    if not jobs.finish(job=job, result=result, at=at):
        raise jobs.LeaseLost(job.pk)
    return result


def _mark_rendered(decision: Decision, kind: str, left_out: set[int], *, at: datetime) -> None:
    """Each certificate knows its page; in stretches, so that thousands need no more memory than hundreds."""
    lines = rendering_parts.award_lines(decision, kind).values_list("pk", flat=True)
    pages = {line: page for page, line in enumerate((line for line in lines if line not in left_out), 1)}
    Certificate.objects.filter(line__in=left_out).update(page=None)
    order = list(pages)
    for start in range(0, len(order), AT_ONCE):
        rows = list(Certificate.objects.filter(line__in=order[start : start + AT_ONCE]))
        for row in rows:
            row.page = pages[row.line_id]
        Certificate.objects.bulk_update(rows, ["page"])
        # All are of one body: asked about the decision, the right needs no query a row.
        move_many(rows, CERTIFICATE_MOVES["render"], by=system_user(), at=at, about=decision)


def _queue(decision: Decision, kind: str, title: str, *, by: User, at: datetime) -> Job:
    before = Job.objects.filter(key__startswith=f"render:{decision.pk}:{kind}:").order_by("-pk").first()
    if before is not None and not before.is_over:
        return before
    attempt = Job.objects.filter(key__startswith=f"render:{decision.pk}:{kind}:", parent=None).count() + 1
    payload = {"decision": decision.pk, "kind": kind}
    parts: list[dict[str, Any]] = [{**payload, **part} for part in rendering_parts.plan(decision, kind)]
    return jobs.queue_parts(
        kind="decisions.merge", part_kind="decisions.render_part", key=f"render:{decision.pk}:{kind}:{attempt}",
        title=f"{title}, {decision.number_text}", payload=payload, parts=parts, by=by, at=at, subject=decision,
        total=sum(int(part["units"]) for part in parts),
    )  # fmt: skip


def _lines(decision: Decision) -> list[DecisionLine]:
    return list(selectors.lines_of(decision))


def _title(decision: Decision, kind: str) -> str:
    if kind == DECISION:
        return f"Quyết định {decision.number_text}"
    if kind == TO_SIGN:
        return f"Bản chờ ký số, {decision.number_text}"
    return f"Bằng {catalogue.award(kind.partition(':')[2]).label}, {decision.number_text}"


def _file_name(decision: Decision, kind: str) -> str:
    number = decision.number_text.replace("/", "-")
    if kind == TO_SIGN:
        return f"{number} cho ky.pdf"
    return f"{number}.pdf" if kind == DECISION else f"{number} bang {kind.partition(':')[2]}.pdf"
