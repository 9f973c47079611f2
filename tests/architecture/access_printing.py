"""The print room of one unit: a kind of stock with a picture, a printer, designs, a run that waits for its result."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from decisions.models import (
    Blank,
    Certificate,
    CertificateDesign,
    PrintedSheet,
    Printer,
    PrinterProfile,
    PrintRun,
    StockKind,
    StockReceipt,
)
from decisions.papers import layout as layouts
from documents.models import Attachment
from documents.services.storage import store
from units.models import Unit

Token = Callable[..., str]
AWARD, DAY = "giay_khen", date(2026, 1, 1)


def furnish(world: Any, place: str, token: Token, staff: User) -> None:
    """Objects of every kind, by plain rows; the certificate of the decision that waits is in the printer."""
    unit, text, now = world.units[place], token(place, "printing"), timezone.now()
    made = {"by": staff, "at": now}
    kind = StockKind.objects.create(unit=unit, name=f"Phôi {text}", award=AWARD, width=297, height=210, **made)
    printer = Printer.objects.create(unit=unit, name=f"Máy {text}", tray="khay tay", **made)
    profile = PrinterProfile.objects.create(printer=printer, right=1.5, **made)
    design = _design(unit, f"Căn cứ {text}", kind, staff)
    receipt = StockReceipt.objects.create(kind=kind, first=1, last=2, received_on=DAY, source=f"Nhà in {text}", **made)
    first, _ = (Blank.objects.create(kind=kind, receipt=receipt, serial=serial) for serial in (1, 2))
    certificate: Certificate = world.subjects["certificate", place]
    run = PrintRun.objects.create(
        kind=kind, printer=printer, profile=profile, design=design, decision=certificate.line.decision,
        reprint_reason=f"In lại {text}", **made,
    )  # fmt: skip
    PrintedSheet.objects.create(run=run, order=1, blank=first, certificate=certificate)
    _picture(kind, "scan", f"{text}.png", staff)
    _picture(design, "emblem", f"Quốc huy {text}.png", staff)
    world.put("stock kind", place, kind)
    world.put("printer", place, printer)
    world.put("certificate design", place, design)
    world.put("print run", place, run)


def _design(unit: Unit, basis: str, kind: StockKind, staff: User) -> CertificateDesign:
    return CertificateDesign.objects.create(
        unit=unit, award=AWARD, stock=kind, edition=1, valid_from=DAY, layout=layouts.standard(AWARD, DAY), basis=basis,
        prints=list(layouts.ON_STOCK), by=staff, at=timezone.now(),
    )  # fmt: skip


def _picture(subject: StockKind | CertificateDesign, kind: str, name: str, by: User) -> None:
    stored = store(b"\x89PNG\r\n\x1a\n invented")
    Attachment.objects.create(
        subject=subject, kind=kind, name=name, sha256=stored.sha256, size=stored.size, mime="image/png",
        created_by=by, created_at=timezone.now(),
    )  # fmt: skip
