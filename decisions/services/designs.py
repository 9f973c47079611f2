"""Mẫu bằng: begin an edition, change it while nothing is printed from it, mark it as used."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.workflow import Refused, compare_version, lock
from decisions.facts import printing
from decisions.models import CertificateDesign, StockKind
from decisions.papers import layout as layouts
from documents.services import keeping
from documents.services.storage import read_stored
from documents.services.uploads import Accepted
from rulebook import catalogue
from rulebook.certificates import rule
from units.models import Unit


@dataclass(frozen=True)
class Chosen:
    """What the office chooses of a design; lengths in mm."""

    layout: dict[str, Any]
    prints: Collection[str]
    ornament: str
    colour: str
    valid_from: date
    basis: str


@act
def begin(
    *, unit: Unit, award: str, chosen: Chosen, by: User, at: datetime, stock: StockKind | None = None
) -> CertificateDesign:
    """The next edition; the one before ends the day before. Raises Refused for a day not after its first day."""
    policy.check(by, Permission.CERTIFICATE_PRINT, unit)
    if not catalogue.award(award).printed:
        raise Refused(f"{catalogue.award(award).label} chỉ kèm tiền thưởng, không có bằng để in.")
    _check(award, chosen, stock)
    # The body is locked, as a first edition finds no edition to lock.
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    editions = list(
        CertificateDesign.objects.select_for_update(of=("self",))
        .filter(unit=unit, award=award, stock=stock)
        .order_by("edition")
    )
    for before in editions:
        _end(before, chosen.valid_from, at)
    number = editions[-1].edition + 1 if editions else 1
    design = CertificateDesign(unit=unit, award=award, stock=stock, edition=number, by=by, at=at)
    _write(design, chosen)
    journal.record(design, by=by, at=at, kind="design.begin", changes={"edition": [None, number]}, note=chosen.basis)
    if editions and (emblem := printing.emblem_of(editions[-1])):
        same = Accepted(emblem.name, emblem.mime, read_stored(emblem.sha256))
        keeping.attach(subject=design, kind=printing.EMBLEM, file=same, by=by, at=at)
    return design


@act
def change(
    *, design: CertificateDesign, chosen: Chosen, expected_version: int, by: User, at: datetime
) -> CertificateDesign:
    """Change an edition nothing was printed from. Raises Refused for a used one, Conflict for an old page."""
    policy.check(by, Permission.CERTIFICATE_PRINT, design)
    held = lock(design)
    compare_version(held, expected_version, mine={"Áp dụng từ ngày": chosen.valid_from})
    _refuse_frozen(held)
    _check(held.award, chosen, held.stock)
    others = CertificateDesign.objects.filter(unit=held.unit_id, award=held.award, stock=held.stock_id)
    if others.exclude(pk=held.pk).filter(valid_to__gte=chosen.valid_from).exists():
        raise Refused("Ngày áp dụng chồng lên lần trước. Đồng chí chọn ngày sau đó.")
    before = {"layout": held.layout, "ornament": held.ornament, "colour": held.colour}
    held.version += 1
    _write(held, chosen)
    changes = {name: [old, getattr(held, name)] for name, old in before.items() if old != getattr(held, name)}
    journal.record(held, by=by, at=at, kind="design.change", changes=changes)
    return held


@act
def set_emblem(*, design: CertificateDesign, file: Accepted | None, by: User, at: datetime) -> None:
    """The office's own emblem on an edition nothing was printed from; None puts the stand-in back."""
    policy.check(by, Permission.CERTIFICATE_PRINT, design)
    held = lock(design)
    _refuse_frozen(held)
    if held.stock_id is not None:
        raise Refused("Quốc huy đã in sẵn trên phôi; đồng chí tải Quốc huy ở mẫu in trên giấy trắng.")
    before = printing.emblem_of(held)
    if before is None and file is None:
        raise Refused("Mẫu này chưa có Quốc huy để bỏ.")
    if before is not None:
        keeping.remove(attachment=before, by=by, at=at, reason="Thay Quốc huy của mẫu bằng")
    kept = keeping.attach(subject=held, kind=printing.EMBLEM, file=file, by=by, at=at) if file else None
    changes = {"emblem": [before.sha256 if before else None, kept.sha256 if kept else None]}
    journal.record(held, by=by, at=at, kind="design.emblem", changes=changes)


@act
def mark_used(*, design: CertificateDesign, by: User, at: datetime) -> None:
    """From the first print on the edition is what it is."""
    held = lock(design)
    if held.is_frozen:
        return
    held.used_at = at
    held.save(update_fields=["used_at"])
    journal.record(held, by=by, at=at, kind="design.use", changes={"used_at": [None, at]})


def _refuse_frozen(design: CertificateDesign) -> None:
    if design.is_frozen:
        raise Refused("Mẫu này đã dùng để in nên không sửa. Đồng chí lập lần mới từ mẫu này.")


def _check(award: str, chosen: Chosen, stock: StockKind | None) -> None:
    """The same checks as the form's, for whoever comes another way."""
    law = rule(award, chosen.valid_from)
    layout = layouts.read(chosen.layout, law)
    says = layouts.wrong_sheet(layout, law) or next(
        (sentence for _, sentence in layouts.faults(layout, chosen.prints, on_stock=stock is not None)), ""
    )
    if says:
        raise Refused(says)


def _end(before: CertificateDesign, first: date, at: datetime) -> None:
    if before.valid_from >= first:
        day = f"{before.valid_from:%d/%m/%Y}"
        raise Refused(f"Lần {before.edition} áp dụng từ {day}. Đồng chí chọn ngày áp dụng sau ngày đó.")
    if before.is_frozen and first < timezone.localdate(at):
        raise Refused("Mẫu trước đã dùng để in; lần mới không áp dụng lùi về ngày đã qua.")
    if before.valid_to is None or before.valid_to >= first:
        before.valid_to = first - timedelta(days=1)
        before.save(update_fields=["valid_to"])


def _write(design: CertificateDesign, chosen: Chosen) -> None:
    design.layout, design.prints = chosen.layout, sorted(chosen.prints)
    design.ornament, design.colour = chosen.ornament, chosen.colour
    design.valid_from, design.basis = chosen.valid_from, chosen.basis
    design.save()
