"""Trao tặng: the items of issued lines reach those honoured; when, where, by whom, with what receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.workflow import Refused, move_many
from decisions.models import Certificate, DecisionLine, HandOver
from decisions.states import DecisionState
from decisions.workflow import CERTIFICATE_MOVES
from documents.services import keeping
from documents.services.uploads import Accepted
from documents.states import Standing

RECEIPT = "receipt"


@dataclass(frozen=True)
class Ceremony:
    """The circumstances of one presentation, the same for all who received there."""

    presented_on: date
    place: str
    presenter: str
    receipt: str = ""
    file: Accepted | None = None


@act
def hand_over(
    *, lines: Sequence[DecisionLine], ceremony: Ceremony, by: User, at: datetime
) -> tuple[list[HandOver], list[tuple[DecisionLine, str]]]:
    """Note the presentation for all lines that can be; the others come back with the reason. Constant queries."""
    _check(lines, ceremony, at)
    keys = [line.pk for line in lines]
    rows = list(DecisionLine.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    known = {row.pk: row for row in DecisionLine.objects.filter(pk__in=keys).select_related("decision__unit")}
    for unit in {row.decision.unit for row in known.values()}:
        policy.check(by, Permission.CERTIFICATE_PRINT, unit)
    handed = set(HandOver.objects.filter(line__in=keys).values_list("line", flat=True))
    reasons = {row.pk: _why_not(row, known[row.pk], handed, ceremony) for row in rows}
    held = Certificate.objects.filter(line__in=[pk for pk, reason in reasons.items() if not reason])
    certificates = {certificate.line_id: certificate for certificate in held}
    reasons |= _move(certificates, by=by, at=at)
    made = [_row(known[row.pk], ceremony, by, at) for row in rows if not reasons[row.pk]]
    HandOver.objects.bulk_create(made, batch_size=500)
    for row in made:
        changes = {"presented_on": [None, ceremony.presented_on], "place": ceremony.place}
        journal.record(row, by=by, at=at, kind="hand_over.record", changes=changes)
    if ceremony.file is not None and made:
        keeping.attach(subject=made[0], kind=RECEIPT, file=ceremony.file, by=by, at=at, note=ceremony.receipt[:300])
    return made, [(known[pk], reason) for pk, reason in reasons.items() if reason]


def _check(lines: Sequence[DecisionLine], ceremony: Ceremony, at: datetime) -> None:
    if not lines:
        raise Refused("Đồng chí chọn ít nhất một trường hợp đã trao.")
    if ceremony.presented_on > timezone.localdate(at):
        raise Refused(f"Ngày trao {ceremony.presented_on:%d/%m/%Y} chưa đến.")
    if not ceremony.place.strip() or not ceremony.presenter.strip():
        raise Refused("Đồng chí nhập nơi trao và người trao.")


def _why_not(row: DecisionLine, known: DecisionLine, handed: set[int], ceremony: Ceremony) -> str:
    decision = known.decision
    if row.pk in handed:
        return "Đã ghi trao trước đó."
    if row.standing != Standing.IN_FORCE or decision.state != DecisionState.ISSUED:
        return "Quyết định chưa ban hành hoặc dòng này không còn hiệu lực."
    if row.entry.item == "money_only":
        return "Danh hiệu này chỉ có tiền thưởng, không có hiện vật để trao."
    if decision.dated is not None and ceremony.presented_on < decision.dated:
        return f"Ngày trao sớm hơn ngày quyết định ({decision.dated:%d/%m/%Y})."
    return ""


def _move(certificates: dict[int, Certificate], *, by: User, at: datetime) -> dict[int, str]:
    """Printed certificates become handed over; why others cannot, by line."""
    step = CERTIFICATE_MOVES["hand_over"]
    _, refused = move_many(list(certificates.values()), step, by=by, at=at)
    return {certificate.line_id: reason for certificate, reason in refused}


def _row(line: DecisionLine, ceremony: Ceremony, by: User, at: datetime) -> HandOver:
    return HandOver(
        line=line, presented_on=ceremony.presented_on, place=ceremony.place.strip()[:160],
        presenter=ceremony.presenter.strip()[:160], receipt=ceremony.receipt.strip()[:200], by=by, at=at,
    )  # fmt: skip
