"""Certificates after rendering: printed, spoilt; and one recipient's file. Hand-over has its own page."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from accounts.models import User
from core.act import act
from core.workflow import Refused, move_many
from decisions.models import Certificate, CertificateDesign, PrintedSheet
from decisions.services import print_runs, rendering
from decisions.states import SheetResult
from decisions.workflow import CERTIFICATE_MOVES, check_stands
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
    if STEPS[step] == "spoil" and not note.strip():
        raise Refused("Đồng chí ghi lý do hỏng vào ô cạnh nút “Ghi hỏng”.")
    held = _on_stock(certificates, step)
    free = [row for row in certificates if row.pk not in held]
    moved, refused = move_many(free, CERTIFICATE_MOVES[STEPS[step]], by=by, at=at, note=note)
    if STEPS[step] == "print":
        Certificate.objects.filter(pk__in=[row.pk for row in moved]).update(copies=F("copies") + 1)
    if STEPS[step] == "spoil":
        print_runs.spoil(certificates=moved, reason=note, by=by, at=at)
    return moved, [*refused, *((row, held[row.pk]) for row in certificates if row.pk in held)]


def _on_stock(certificates: Sequence[Certificate], step: str) -> dict[int, str]:
    """Those on numbered stock go through a print run; by id, what the clerk does instead."""
    keys = [row.pk for row in certificates]
    waiting = PrintedSheet.objects.filter(certificate__in=keys, result=SheetResult.WAITING)
    held = {
        pk: f"Bằng đang ở lượt in {run}; đồng chí ghi kết quả ở lượt đó."
        for pk, run in waiting.values_list("certificate", "run")
    }
    if STEPS[step] == "spoil":
        return held
    stocked = set(CertificateDesign.objects.filter(stock__isnull=False).values_list("unit", "award"))
    rows = Certificate.objects.filter(pk__in=keys).values_list("pk", "line__decision__unit", "line__award")
    says = "Bằng này in trên phôi có số; đồng chí lập lượt in, phôi mới vào sổ kho."
    return {**{pk: says for pk, unit, award in rows if (unit, award) in stocked}, **held}


def one_file(certificate: Certificate) -> bytes | None:
    """The certificate's own page of the joint file; None before it is rendered.

    Raises Refused once its line was taken back or set right: the joint file alone stays, as it was.
    """
    line = certificate.line
    check_stands(line)
    kind = f"{rendering.CERTIFICATES}:{line.award}"
    joint = line.decision.documents.filter(kind=kind, is_current=True).first()
    if joint is None or certificate.page is None:
        return None
    return render_certificates.one_sheet(storage.read_stored(joint.sha256), certificate.page - 1)
