"""The emulation fund of a body in one year: what came in, what was spent, what is left (law art. 11(4): it pays)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from decisions.models import FundEntry, Payment, Recovery
from decisions.states import FundKind
from units.models import Unit

INCOMING = (FundKind.APPROPRIATED, FundKind.DONATED, FundKind.CARRIED)


@dataclass(frozen=True)
class FundReport:
    """Sums in đồng. `owed`: bonuses of decisions of the year that are not paid yet."""

    unit: Unit
    year: int
    incoming: dict[str, int]
    organising: int
    paid: int
    recovered: int
    owed: int

    @property
    def total(self) -> int:
        """All that came in, bonuses that came back included."""
        return sum(self.incoming.values()) + self.recovered

    @property
    def remaining(self) -> int:
        """What is left; below nothing when more was paid than entered."""
        return self.total - self.organising - self.paid


def report(unit: Unit, year: int) -> FundReport:
    """The fund of `unit` in `year`."""
    return reports([unit], year)[0]


def reports(units: Iterable[Unit], year: int) -> list[FundReport]:
    """The funds of several bodies in `year`, counted by the days of payment and of return."""
    bodies = list(units)
    entries = FundEntry.objects.filter(unit__in=bodies, year=year, struck_at=None)
    sums = entries.values_list("unit", "kind").annotate(sum=Sum("amount"))
    entered = {(unit, kind): amount for unit, kind, amount in sums}
    own = Payment.objects.filter(line__decision__unit__in=bodies)
    unpaid = Q(paid_on=None, cancelled_by=None, line__decision__dated__year=year)
    paid = _by_body(own.filter(paid_on__year=year), "line__decision__unit", "amount")
    owed = _by_body(own.filter(unpaid), "line__decision__unit", "amount")
    returned = Recovery.objects.filter(decision__unit__in=bodies, money_on__year=year)
    recovered = _by_body(returned, "decision__unit", "money_due")
    return [
        FundReport(
            unit=unit, year=year,
            incoming={FundKind(kind).label: entered.get((unit.pk, kind), 0) for kind in INCOMING},
            organising=entered.get((unit.pk, FundKind.ORGANISING), 0), paid=paid.get(unit.pk, 0),
            recovered=recovered.get(unit.pk, 0), owed=owed.get(unit.pk, 0),
        )
        for unit in bodies
    ]  # fmt: skip


def _by_body(rows: QuerySet[Payment] | QuerySet[Recovery], body: str, field: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(body).annotate(sum=Sum(field)))
