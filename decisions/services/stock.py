"""Kho phôi: kinds, receipts of numbered blanks, write-off and return. Printing takes them in print_runs."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.workflow import Refused, lock
from decisions.facts import printing
from decisions.models import Blank, StockKind, StockReceipt
from decisions.states import BlankPlace
from documents.models import Attachment
from documents.services import keeping
from documents.services.uploads import Accepted
from units.models import Unit

#: More blanks in one receipt are a slip of the pen.
MOST = 20_000
PICTURES = ("image/jpeg", "image/png")


@dataclass(frozen=True)
class NewKind:
    """A kind of stock as the clerk describes it; sizes in mm."""

    name: str
    award: str
    width: float
    height: float
    prefix: str = ""
    digits: int = 6


@act
def add_kind(*, unit: Unit, new: NewKind, by: User, at: datetime) -> StockKind:
    """A kind of stock. Raises Refused when the body has one of that name."""
    policy.check(by, Permission.CERTIFICATE_PRINT, unit)
    try:
        with transaction.atomic():
            kind = StockKind.objects.create(unit=unit, by=by, at=at, **vars(new))
    except IntegrityError:
        raise Refused(f"Đã có loại phôi “{new.name}”. Đồng chí đặt tên khác hoặc nhận thêm vào loại đó.") from None
    journal.record(kind, by=by, at=at, kind="stock.kind", note=kind.name)
    return kind


@act
def receive(
    *, kind: StockKind, first: int, last: int, received_on: date, source: str, by: User, at: datetime
) -> StockReceipt:
    """Blanks `first` to `last` come into the store. Raises Refused for a number that came before."""
    policy.check(by, Permission.CERTIFICATE_PRINT, kind)
    if last < first:
        raise Refused("Số cuối nhỏ hơn số đầu. Đồng chí nhập lại dải số.")
    if last - first >= MOST:
        raise Refused(f"Một lần nhận không quá {MOST} phôi. Đồng chí chia thành nhiều lần.")
    held = lock(kind)
    known = held.blanks.filter(serial__range=(first, last)).order_by("serial").first()
    if known is not None:
        raise Refused(f"Số {known} đã có trong sổ kho, nhận ngày {known.receipt.received_on:%d/%m/%Y}.")
    receipt = StockReceipt.objects.create(
        kind=held, first=first, last=last, received_on=received_on, source=source, by=by, at=at
    )
    blanks = [Blank(kind=held, receipt=receipt, serial=serial) for serial in range(first, last + 1)]
    Blank.objects.bulk_create(blanks, batch_size=1000)
    journal.record(receipt, by=by, at=at, kind="stock.receive", changes={"blanks": [0, len(blanks)]}, note=str(receipt))
    return receipt


@act
def write_off(*, kind: StockKind, first: int, last: int, place: str, reason: str, by: User, at: datetime) -> int:
    """Blanks of the store that were spoilt there or given back, with the reason. Returns how many.

    Raises Refused unless every number of the range is in the store.
    """
    policy.check(by, Permission.CERTIFICATE_PRINT, kind)
    if place not in (BlankPlace.SPOILT, BlankPlace.RETURNED) or not reason.strip():
        raise Refused("Đồng chí chọn hỏng hoặc trả lại và ghi lý do.")
    held = lock(kind)
    rows = held.blanks.filter(serial__range=(first, last))
    elsewhere = rows.exclude(place=BlankPlace.STORE).order_by("serial").first()
    if elsewhere is not None:
        raise Refused(f"Phôi {elsewhere} không còn trong kho: {elsewhere.get_place_display().lower()}.")
    count = rows.count()
    if count != last - first + 1:
        raise Refused(f"Trong dải số này kho chỉ có {count} phôi. Đồng chí xem lại số đầu, số cuối.")
    rows.update(place=place, reason=reason.strip())
    changes = {"place": [BlankPlace.STORE, place], "serials": [None, [first, last]]}
    journal.record(held, by=by, at=at, kind="stock.write_off", changes=changes, note=reason)
    return count


@act
def keep_scan(*, kind: StockKind, file: Accepted, by: User, at: datetime) -> Attachment:
    """A picture of the blank for the preview; the one before is taken out. It is never printed."""
    policy.check(by, Permission.CERTIFICATE_PRINT, kind)
    if file.mime not in PICTURES:
        raise Refused("Ảnh quét phôi phải là tệp JPG hoặc PNG.")
    before = printing.scan_of(kind)
    if before is not None:
        keeping.remove(attachment=before, by=by, at=at, reason="Thay ảnh quét phôi")
    return keeping.attach(subject=kind, kind=printing.SCAN, file=file, by=by, at=at)
