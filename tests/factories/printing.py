"""A print room: a kind of stock with blanks, a printer, a design, certificates that wait."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from accounts.services.users import system_user
from core.act import act
from core.workflow import move_many
from decisions.facts import printing
from decisions.models import Certificate, CertificateDesign, Decision, Printer, StockKind
from decisions.papers import layout as layouts
from decisions.services import designs, printers, stock
from decisions.workflow import CERTIFICATE_MOVES
from units.models import Unit

FIRST_DAY = date(2026, 1, 1)


@dataclass
class Room:
    """Everything a print run needs."""

    unit: Unit
    clerk: User
    decision: Decision
    award: str
    kind: StockKind
    printer: Printer
    design: CertificateDesign
    now: datetime

    @property
    def certificates(self) -> list[Certificate]:
        """Those of the decision, as they are now."""
        return list(Certificate.objects.filter(line__decision=self.decision).order_by("line__order"))

    def balance(self) -> printing.Balance:
        """The blanks of the kind, counted now."""
        return printing.balance(self.kind)


def chosen(award: str, **more: Any) -> designs.Chosen:
    """Our own design on A4 from the first day of the year."""
    values: dict[str, Any] = {
        "layout": layouts.standard(award, FIRST_DAY, width=297, height=210), "prints": layouts.ON_STOCK,
        "ornament": "van_day", "colour": "vang", "valid_from": FIRST_DAY, "basis": "Mẫu của cơ quan",
    }  # fmt: skip
    return designs.Chosen(**{**values, **more})


def make_kind(unit: Unit, award: str, by: User, at: datetime, **more: Any) -> StockKind:
    """A kind of stock of A4."""
    values = {"name": "Phôi thử", "award": award, "width": 297.0, "height": 210.0, "prefix": "PT", "digits": 6, **more}
    return stock.add_kind(unit=unit, new=stock.NewKind(**values), by=by, at=at)


def make_room(decision: Decision, clerk: User, at: datetime, *, blanks: int = 10) -> Room:
    """A signed decision's first printed award on stock, `blanks` numbered from 1."""
    award = decision.lines.filter(certificate__isnull=False).order_by("order").first().award
    kind = make_kind(decision.unit, award, clerk, at)
    if blanks:
        stock.receive(kind=kind, first=1, last=blanks, received_on=FIRST_DAY, source="Nhà in", by=clerk, at=at)
    printer = printers.add(unit=decision.unit, name="Máy thử", tray="khay tay", by=clerk, at=at)
    design = designs.begin(unit=decision.unit, award=award, stock=kind, chosen=chosen(award), by=clerk, at=at)
    rendered(decision, at)
    return Room(decision.unit, clerk, decision, award, kind, printer, design, at + timedelta(minutes=5))


@act
def rendered(decision: Decision, at: datetime) -> None:
    """As the job leaves the certificates."""
    rows = list(Certificate.objects.filter(line__decision=decision))
    move_many(rows, CERTIFICATE_MOVES["render"], by=system_user(), at=at)
