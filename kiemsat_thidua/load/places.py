"""Where people work: real units in force, how many each has, and through which units they came there."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from kiemsat_thidua.load.plan import LAST_YEAR
from units import importers
from units.models import Unit, UnitEvent, UnitKind, UnitLink

SEED = 2016
#: The day as of which the present units are taken.
TODAY = date(LAST_YEAR, 12, 31)
#: About how many people a civilian unit has, by kind; no source says more than the sum, some 16,000.
NATURAL = {
    UnitKind.PROVINCE: 110, UnitKind.REGION: 42, UnitKind.OFFICE: 90, UnitKind.DEPARTMENT: 35, UnitKind.BUREAU: 50,
    UnitKind.INSPECTORATE: 30, UnitKind.APPEAL: 80, UnitKind.INSTITUTE: 45,
}  # fmt: skip
ARMY = "QS."


@dataclass(frozen=True)
class Stay:
    """In a unit from a day on (None: from before what the structure knows)."""

    unit: Unit
    begins: date | None


#: The units through which someone came to the present one, oldest first.
Path = tuple[Stay, ...]


@dataclass(frozen=True)
class Place:
    """A present unit, its number of staff, and the ways by which they came."""

    unit: Unit
    size: int
    paths: Sequence[Path]


def places(people: int) -> Iterator[Place]:
    """The units that hold `people` together, in a fixed mixed order.

    Fewer people than the sector has fill fewer units, not smaller ones.
    """
    units = _present()
    draw = random.Random(SEED)  # noqa: S311 - invented data, the same every time
    draw.shuffle(units)
    natural = [NATURAL[UnitKind(unit.kind)] * draw.uniform(0.7, 1.3) for unit in units]
    stretch = max(1.0, people / sum(natural))
    ends = [min(people, round(end * stretch)) for end in accumulate(natural)]
    ways = _Ways()
    for unit, begin, end in zip(units, [0, *ends], ends, strict=False):
        if end > begin:
            yield Place(unit, end - begin, ways.to(unit))


def _present() -> list[Unit]:
    published = {row.code for row in importers.read().units if not row.code.startswith(ARMY)}
    units = Unit.objects.filter(kind__in=NATURAL, code__in=published).order_by("code")
    return [unit for unit in units if unit.is_in_force(TODAY)]


class _Ways:
    """What the reorganisations say of where the staff of a unit worked before."""

    def __init__(self) -> None:
        self.units = Unit.objects.in_bulk()
        self.parent = dict(UnitLink.objects.order_by("pk").values_list("child", "parent"))
        self.before: dict[int, list[tuple[Unit, date]]] = defaultdict(list)
        self.orphans: dict[int, list[Unit]] = defaultdict(list)
        for event in UnitEvent.objects.order_by("date", "predecessor__code"):
            old = self.units[event.predecessor_id]
            if event.successor_id:
                self.before[event.successor_id].append((old, event.date))
            else:
                self.orphans[self.parent[old.pk]].append(old)

    def to(self, unit: Unit) -> list[Path]:
        """Every known way into `unit`; for a new unit without known forerunners, from its province's districts."""
        found = [
            (*path, Stay(unit, day))
            for old, day in self.before[unit.pk]
            if old.valid_to == day - timedelta(days=1)
            for path in self.to(old)
        ]
        if any(stay.begins == unit.valid_from for *_, stay in found):
            return found
        return [*found, *(self._out_of_the_province(unit) or [(Stay(unit, unit.valid_from),)])]

    def _out_of_the_province(self, unit: Unit) -> list[Path]:
        """Nobody has published which districts a region took over; its people came from somewhere near."""
        if unit.kind != UnitKind.REGION or unit.valid_from is None:
            return []
        province = self.units[self.parent[unit.pk]]
        olds = [province, *(old for old, _ in self.before[province.pk])]
        near = [district for old in olds for district in self.orphans[old.pk]] or olds
        last_day = unit.valid_from - timedelta(days=1)
        return [(Stay(old, old.valid_from), Stay(unit, unit.valid_from)) for old in near if old.is_in_force(last_day)]
