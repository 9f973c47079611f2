"""The emulation fund of a body in one year: what came in, what was spent, what is left (law art. 11(4): it pays)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

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
    """The fund of `unit` in `year`, counted by the days of payment and of return."""
    entries = FundEntry.objects.filter(unit=unit, year=year, struck_at=None)
    sums = dict(entries.values_list("kind").annotate(sum=Sum("amount")))
    own = Payment.objects.filter(line__decision__unit=unit)
    unpaid = Q(paid_on=None, cancelled_by=None, line__decision__dated__year=year)
    returned = Recovery.objects.filter(decision__unit=unit, money_on__year=year)
    return FundReport(
        unit=unit, year=year, incoming={FundKind(kind).label: sums.get(kind, 0) for kind in INCOMING},
        organising=sums.get(FundKind.ORGANISING, 0), paid=_sum(own.filter(paid_on__year=year), "amount"),
        recovered=_sum(returned, "money_due"), owed=_sum(own.filter(unpaid), "amount"),
    )  # fmt: skip


def reports(units: Iterable[Unit], year: int) -> list[FundReport]:
    """The funds of several bodies."""
    return [report(unit, year) for unit in units]


def _sum(rows: QuerySet[Payment] | QuerySet[Recovery], field: str) -> int:
    found: int = rows.aggregate(sum=Coalesce(Sum(field), 0))["sum"]
    return found
