"""Digital signatures on decisions: with a key on the server, or made outside and brought back.

Three ways lead from "awaiting" to "signed": the paper is signed by hand (issuing.sign), the signer's key on the
server signs the rendered file in a job, or the signer takes the file to a device and uploads it signed. The
agency's signature follows the signer's. Each signed file is a new version; the unsigned one stays.

A signature asked of the server is a row without a document until it is made. Until then, or until whoever asked
for it withdraws it and signs by hand, the decision cannot be issued (workflow.signatures_are_made).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.models import Job
from core.services import jobs
from core.workflow import Attempt, Refused, compare_version, lock
from decisions import selectors
from decisions.models import Decision
from decisions.services import issuing, rendering
from decisions.states import DecisionState
from decisions.workflow import MOVES
from documents.facts import same_name
from documents.models import Document, Signature
from documents.selectors import documents_of, signatures_of
from documents.services import keeping, signing, signing_check, signing_look
from documents.services.signing_keys import KeyMissing, agency_owner, keys
from documents.services.storage import read_stored
from documents.services.uploads import MIMES, Accepted
from documents.states import SignatureKind, SigningWay

REASON = "Ban hành quyết định"
#: Who may ask for a signature of a kind, and so take the asking back.
ASKED_WITH = {SignatureKind.PERSON: Permission.DECISION_SIGN, SignatureKind.AGENCY: Permission.DECISION_NUMBER}
#: What stops a signature that was asked for, and who sets it right.
CURES: dict[type[Exception], str] = {
    KeyMissing: "Báo người quản trị đặt lại chứng thư trên máy chủ, rồi thử ký lại.",
    signing.SigningFailed: "Báo người quản trị kiểm tra máy chủ cấp dấu thời gian, rồi thử ký lại.",
    signing_look.BadPicture: "Báo người quản trị thay ảnh chữ ký, con dấu, rồi thử ký lại.",
    signing_look.NoRoom: "Rút yêu cầu ký số, rồi ký trên bản giấy.",
}
FIELDS = {SignatureKind.PERSON: signing_look.PERSON, SignatureKind.AGENCY: signing_look.AGENCY}


class SignedFileRefused(Refused):
    """The uploaded file is not the signed decision; `report` says what was found."""

    def __init__(self, report: signing_check.Report) -> None:
        super().__init__(report.first_fault or "Tệp chưa có chữ ký số hợp lệ.")
        self.report = report


@dataclass(frozen=True)
class Standing:
    """What the desk shows of signing: the signatures, and which ways are open to the user."""

    signatures: list[Signature] = field(default_factory=list)
    to_sign: Document | None = None
    has_key: bool = False
    may_seal: bool = False
    may_withdraw: bool = False
    job: Job | None = None

    @property
    def waits(self) -> bool:
        """Was one asked for that is not on the file yet?"""
        return any(row.document_id is None for row in self.signatures)

    @property
    def is_stuck(self) -> bool:
        """It waits, and nothing more will come by itself."""
        return self.waits and self.job is not None and self.job.is_over


def standing(decision: Decision, user: User) -> Standing:
    """Signatures of a decision, and the ways of `user`."""
    rows = list(signatures_of(decision))
    awaits = decision.state == DecisionState.AWAITING and decision.signer_id == user.pk
    by_person = any(row.kind == SignatureKind.PERSON and row.document_id for row in rows)
    sealed = any(row.kind == SignatureKind.AGENCY for row in rows)
    waiting = [row for row in rows if row.document_id is None]
    return Standing(
        signatures=rows,
        to_sign=_to_sign(decision),
        has_key=awaits and keys().has(user.username),
        may_seal=by_person and not sealed and keys().has(agency_owner(decision.unit.code)),
        may_withdraw=any(_may_withdraw(user, decision, row) for row in waiting),
        job=selectors.signing_job_of(decision) if waiting else None,
    )


@act
def sign_here(*, decision: Decision, expected_version: int, by: User, at: datetime) -> Decision:
    """Sign with the signer's key on the server: the decision is signed, a job signs the file once it is rendered.

    Raises Refused without a key, or with one that names somebody else.
    """
    _may_sign(decision, expected_version, by, at)
    _key_of(by.username, decision.signer_name)
    _order(decision, SignatureKind.PERSON, SigningWay.SERVER, by=by, at=at)
    return issuing.sign(decision=decision, expected_version=expected_version, by=by, at=at)


@act
def seal(*, decision: Decision, expected_version: int, by: User, at: datetime) -> None:
    """Add the agency's signature to the signer's, with the agency's key on the server."""
    policy.check(by, Permission.DECISION_NUMBER, decision)
    held = lock(decision)
    compare_version(held, expected_version)
    if not standing(held, by).may_seal:
        raise Refused("Chưa ký số được thay cơ quan: cần chữ ký số của người ký trước, và chứng thư của cơ quan.")
    row = _order(held, SignatureKind.AGENCY, SigningWay.SERVER, by=by, at=at)
    rendering.ask_for_signature(decision=held, document=f"agency:{row.pk}", by=by, at=at)


@act
def try_again(*, decision: Decision, by: User, at: datetime) -> None:
    """Make a waiting signature after all, once what stopped it is set right; nobody signs anew by this."""
    if not any(policy.can(by, permission, decision) for permission in ASKED_WITH.values()):
        raise PermissionDenied("Chỉ người ký hoặc văn thư thử ký lại được.")
    held = lock(decision)
    job = selectors.signing_job_of(held)
    if job is None or not job.is_over or not signatures_of(held).filter(document=None).exists():
        raise Refused("Không có chữ ký số nào bị lỗi để thử lại.")
    if job.state == "failed":
        jobs.retry(job=job, by=by, at=at)
    else:
        rendering.ask_for_signature(decision=held, document=f"again:{job.pk}", by=by, at=at)
    journal.record(held, by=by, at=at, kind="signature.again", changes={})


@act
def withdraw(*, decision: Decision, reason: str, expected_version: int, by: User, at: datetime) -> None:
    """Take back the asking for a signature that is not made: the decision goes out with the one made by hand.

    By whoever may ask for it: the named signer for the person's, the clerk for the agency's.
    """
    held = lock(decision)
    compare_version(held, expected_version)
    row = signatures_of(held).select_for_update(of=("self",)).filter(document=None).first()
    if row is None:
        raise Refused("Không còn yêu cầu ký số nào đang chờ.")
    if not _may_withdraw(by, held, row):
        raise PermissionDenied("Người yêu cầu ký số nào thì rút yêu cầu ấy.")
    changes = {"kind": [str(row.kind), None], "way": str(row.way)}
    row.delete()
    journal.record(held, by=by, at=at, kind="signature.withdraw", changes=changes, note=reason)


@act
def prepare(*, decision: Decision, by: User, at: datetime) -> Job:
    """Queue the file to be signed on the signer's own device; only while the decision awaits that signer."""
    MOVES["sign"].check(Attempt(decision, by, at))
    return rendering.queue_to_sign(decision=decision, by=by, at=at)


def take_signed(*, decision: Decision, file: Accepted, expected_version: int, by: User, at: datetime) -> Decision:
    """Examine an uploaded file and, when it is the signed decision, keep it and mark the decision as signed.

    Raises SignedFileRefused with a report; Refused when there is nothing to compare with.
    """
    MOVES["sign"].check(Attempt(decision, by, at))
    asked = _to_sign(decision)
    if asked is None:
        raise Refused("Chưa có bản chờ ký. Đồng chí lập bản chờ ký, ký đúng tệp đó rồi tải lên.")
    original = read_stored(asked.sha256)
    report = (
        signing_check.examine(
            file.data,
            original=original,
            names=[decision.signer_name],
            agencies=[decision.unit.name, decision.issuer_name],
        )
        if file.mime == MIMES["pdf"]
        else signing_check.Report((), (signing_check.Finding("Loại tệp", False, "Tệp phải là PDF đã ký."),))
    )
    if not report.is_fine:
        raise SignedFileRefused(report)
    return _take(decision=decision, original=original, signed=file.data, report=report,
                 expected_version=expected_version, by=by, at=at)  # fmt: skip


def run(*, job: Job) -> dict[str, Any]:
    """Job: make the signatures that wait for a key on the server, on the newest version; may run twice."""
    decision = Decision.objects.select_related("unit", "signed_by").get(pk=job.payload["decision"])
    made = []
    jobs.progress(job=job, done=0, failures=[], at=timezone.now())
    for row in signatures_of(decision).filter(document=None, way=SigningWay.SERVER):
        current = documents_of(decision, rendering.DECISION).first()
        if current is None:
            break  # not rendered yet: the rendering asks again
        try:
            pdf = _signed(decision, row, read_stored(current.sha256))
        except tuple(CURES) as stopped:
            told = {"what": row.get_kind_display(), "why": str(stopped), "cure": CURES[type(stopped)], "url": ""}
            jobs.progress(job=job, done=0, failures=[told], at=timezone.now())
            raise
        made.append(_keep(row=row, base=current, pdf=pdf, by=row.ordered_by, at=timezone.now()))
    return {"documents": made}


def examine(decision: Decision) -> signing_check.Report | None:
    """The report on the current file; None when it has no digital signature."""
    current = documents_of(decision, rendering.DECISION).first()
    signed = current is not None and any(row.document_id for row in signatures_of(decision))
    return signing_check.examine(read_stored(current.sha256)) if signed and current else None


def _signed(decision: Decision, row: Signature, pdf: bytes) -> bytes:
    now, owner, signer = timezone.now(), agency_owner(decision.unit.code), row.ordered_by.username
    field = FIELDS[SignatureKind(row.kind)]
    if row.kind == SignatureKind.AGENCY:
        key = keys().key(owner)
        look = signing_look.agency(key, signing.place_of(pdf, field), number=decision.number_text, at=now)
    else:
        key = keys().key(signer)
        places = signing_look.places(rendering.paper_of(decision), owner=owner, signer=signer)
        look = signing_look.person(key, places[field], at=now)
        pdf = signing.prepare(pdf, places)
    return signing.sign(pdf, key, field=field, look=look, reason=REASON)


@act
def _keep(*, row: Signature, base: Document, pdf: bytes, by: User, at: datetime) -> int | None:
    """The signed version and its signature; what another worker kept meanwhile stays, what was withdrawn too."""
    held = Signature.objects.select_for_update().filter(pk=row.pk).first()
    if held is None or held.document_id:
        return held.document_id if held else None
    report = signing_check.examine(pdf)
    if not report.signatures or not all(made.is_intact for made in report.signatures):
        raise signing.SigningFailed("Chữ ký vừa tạo không kiểm tra được. Đồng chí báo người quản trị.")
    unsigned = Signature.objects.filter(document=base).values_list("base_sha256", flat=True).first()
    document = _version(row.subject, base, pdf, by=by, at=at)
    _fill(held, document, report.signatures[-1], base_sha256=unsigned or base.sha256, by=by, at=at)
    return document.pk


@act
def _take(
    *, decision: Decision, original: bytes, signed: bytes, report: signing_check.Report, expected_version: int,
    by: User, at: datetime,
) -> Decision:  # fmt: skip
    _may_sign(decision, expected_version, by, at)
    base = keeping.keep(
        subject=decision, kind=rendering.DECISION, title=f"Quyết định {decision.number_text}",
        name=f"{decision.number_text.replace('/', '-')}.pdf", data=original, by=by, at=at,
    )  # fmt: skip
    document = _version(decision, base, signed, by=by, at=at)
    mine = next(row for row in report.signatures if same_name(row.name, decision.signer_name))
    others = [row for row in report.signatures if row is not mine]
    for kind, made in ((SignatureKind.PERSON, [mine]), (SignatureKind.AGENCY, others[:1])):
        for one in made:
            row = _order(decision, kind, SigningWay.OUTSIDE, by=by, at=at)
            _fill(row, document, one, base_sha256=base.sha256, by=by, at=at)
    return issuing.sign(decision=decision, expected_version=expected_version, by=by, at=at)


def _to_sign(decision: Decision) -> Document | None:
    """The file for the signer's device; one made before the decision was last sent to the signer has other words."""
    sent = journal.history_of(decision).filter(kind="decision.send_to_sign").first()
    return documents_of(decision, rendering.TO_SIGN).filter(created_at__gte=sent.at).first() if sent else None


def _may_sign(decision: Decision, expected_version: int, by: User, at: datetime) -> None:
    """Before anything is written: the right version, and all that the step asks."""
    held = lock(decision)
    compare_version(held, expected_version)
    MOVES["sign"].check(Attempt(held, by, at))


def _may_withdraw(user: User, decision: Decision, row: Signature) -> bool:
    named = row.kind == SignatureKind.AGENCY or decision.signer_id == user.pk
    return named and policy.can(user, ASKED_WITH[SignatureKind(row.kind)], decision)


def _version(subject: Any, base: Document, pdf: bytes, *, by: User, at: datetime) -> Document:
    return keeping.keep(
        subject=subject, kind=base.kind, title=base.title, name=base.name, data=pdf, by=by, at=at,
        template_version=base.template_version,
    )  # fmt: skip


def _order(decision: Decision, kind: SignatureKind, way: SigningWay, *, by: User, at: datetime) -> Signature:
    row = Signature.objects.create(subject=decision, kind=kind, way=way, ordered_by=by, ordered_at=at)
    journal.record(decision, by=by, at=at, kind="signature.order", changes={"kind": [None, str(kind)], "way": str(way)})
    return row


def _fill(
    row: Signature, document: Document, made: signing_check.Signed, *, base_sha256: str, by: User, at: datetime
) -> None:
    row.document, row.base_sha256, row.level, row.name = document, base_sha256, made.level, made.name[:250]
    row.signed_at = made.stamped_at or made.signed_at or at
    row.save(update_fields=["document", "base_sha256", "level", "name", "signed_at"])
    changes = {"sha256": [base_sha256, document.sha256], "level": [None, made.level]}
    journal.record(document, by=by, at=at, kind="signature.make", changes=changes, note=made.name)


def _key_of(owner: str, name: str) -> None:
    try:
        key = keys().key(owner)
    except KeyMissing as missing:
        raise Refused(str(missing)) from missing
    if not same_name(key.name, name):
        raise Refused(f"Chứng thư trên máy chủ cấp cho {key.name}, không phải {name}.")
