"""Máy in: name them, and keep the corrections measured on them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.workflow import Refused
from decisions.models import Printer, PrinterProfile
from documents.papers import Correction
from documents.services.correction import Point, from_measured, marks
from units.models import Unit

#: More than this left over after the correction: the ruler slipped.
SLIP = 1.0
#: A correction larger than this is no printer's error but a wrong sheet or a wrong tray.
FURTHEST, STRETCH, TURN = 20.0, 0.1, 3.0


@act
def add(*, unit: Unit, name: str, tray: str, note: str = "", by: User, at: datetime) -> Printer:
    """A printer with one tray. Raises Refused when the body has it already."""
    policy.check(by, Permission.CERTIFICATE_PRINT, unit)
    try:
        with transaction.atomic():
            printer = Printer.objects.create(unit=unit, name=name, tray=tray, note=note, by=by, at=at)
    except IntegrityError:
        raise Refused(f"Đã có máy in “{name}, {tray}”. Đồng chí chọn máy đó trong danh sách.") from None
    journal.record(printer, by=by, at=at, kind="printer.add", note=str(printer))
    return printer


@act
def measure(
    *, printer: Printer, measured: Sequence[Point], width: float, height: float, with_profile: bool, by: User,
    at: datetime,
) -> PrinterProfile:  # fmt: skip
    """The correction from the four marks measured on a sheet of `width` x `height` mm.

    `with_profile`: the sheet was the check sheet, printed with the correction in use. Raises Refused
    when the marks contradict each other or lie too far off.
    """
    policy.check(by, Permission.CERTIFICATE_PRINT, printer)
    before = printer.profile
    if with_profile and before is None:
        raise Refused("Máy in này chưa có hồ sơ bù lệch nên chưa có tờ kiểm tra. Đồng chí đo trên tờ in thử.")
    try:
        found, left = from_measured(
            measured, marks(width, height), printed_with=before.correction if with_profile and before else None
        )
    except ValueError:
        raise Refused("Bốn dấu đo được nằm trên một đường thẳng. Đồng chí đo lại từng dấu.") from None
    if left > SLIP:
        shown = f"{left:.1f}".replace(".", ",")
        raise Refused(f"Bốn dấu không khớp nhau, còn lệch {shown} mm. Đồng chí đo lại, nhất là dấu xa mép giấy.")
    return _keep(printer, found, measured=[list(point) for point in measured], left=left, by=by, at=at)


@act
def correct(*, printer: Printer, correction: Correction, by: User, at: datetime) -> PrinterProfile:
    """A correction entered by hand, as read off a sheet laid over the stock."""
    policy.check(by, Permission.CERTIFICATE_PRINT, printer)
    return _keep(printer, correction, measured=[], left=None, by=by, at=at)


def _keep(
    printer: Printer, found: Correction, *, measured: list[list[float]], left: float | None, by: User, at: datetime
) -> PrinterProfile:
    stretch = max(abs(found.scale_x - 1), abs(found.scale_y - 1))
    if max(abs(found.right), abs(found.down)) > FURTHEST or stretch > STRETCH or abs(found.turn) > TURN:
        raise Refused("Độ lệch quá lớn. Đồng chí kiểm tra khổ giấy, khay giấy và chế độ in đúng cỡ 100 % rồi đo lại.")
    before = printer.profile
    profile = PrinterProfile.objects.create(
        printer=printer, right=found.right, down=found.down, scale_x=found.scale_x, scale_y=found.scale_y,
        turn=found.turn, measured=measured, residual=None if left is None else round(left, 3), by=by, at=at,
    )  # fmt: skip
    old = [before.right, before.down] if before else None
    journal.record(profile, by=by, at=at, kind="printer.correct", changes={"offset": [old, [found.right, found.down]]})
    return profile
