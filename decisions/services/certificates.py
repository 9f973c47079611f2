"""Certificates after rendering: printed, spoilt; and one recipient's file. Hand-over has its own page."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from accounts.models import User
from core.act import act
from core.workflow import Refused, move_many
from decisions.models import Certificate
from decisions.services import rendering
from decisions.workflow import CERTIFICATE_MOVES
from documents.services import render_certificates, storage

#: What the print room's buttons are called -> the move.
STEPS = {"da-in": "print", "hong": "spoil", "in-lai": "reprint"}


@act
def mark(
    *, certificates: Sequence[Certificate], step: str, note: str = "", by: User, at: datetime
) -> tuple[list[Certificate], list[tuple[Certificate, str]]]:
    """Carry each through the step; those that cannot go come back with the reason."""
    if step not in STEPS:
        raise Refused("Đồng chí chọn một việc: đã in, hỏng hoặc in lại.")
    if not certificates:
        raise Refused("Đồng chí chọn ít nhất một bằng.")
    moved, refused = move_many(certificates, CERTIFICATE_MOVES[STEPS[step]], by=by, at=at, note=note)
    if STEPS[step] == "print":
        Certificate.objects.filter(pk__in=[row.pk for row in moved]).update(copies=F("copies") + 1)
    return moved, refused


def one_file(certificate: Certificate) -> bytes | None:
    """The certificate's own page of the joint file; None before it is rendered."""
    line = certificate.line
    kind = f"{rendering.CERTIFICATES}:{line.award}"
    joint = line.decision.documents.filter(kind=kind, is_current=True).first()
    if joint is None or certificate.page is None:
        return None
    return render_certificates.one_sheet(storage.read_stored(joint.sha256), certificate.page - 1)
