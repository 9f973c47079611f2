"""The load as one act: streamed, all or nothing, one entry in the journal."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime

from accounts.models import User
from core import journal
from core.act import act
from history.models import Grant
from kiemsat_thidua.demo import names
from kiemsat_thidua.load import honours, years
from kiemsat_thidua.load.ledger import Ledger
from kiemsat_thidua.load.places import SEED, places
from kiemsat_thidua.load.plan import KIND, Plan
from kiemsat_thidua.load.staff import Member, members
from units.importers import load_units
from units.models import Unit

#: People written together; memory holds one such set, however large the sector.
TOGETHER = 500
Tell = Callable[[int], None]
Group = list[list[Member]]


@act
def lay(*, plan: Plan, by: User, at: datetime, tell: Tell) -> Ledger:
    """Write the plan's people and years; `tell` hears how many people are done."""
    load_units(by=by, at=at)
    draw = random.Random(SEED)  # noqa: S311 - invented data, the same every time
    ledger = Ledger()
    units: dict[int, Unit] = {}
    for group in _groups(plan):
        _write(group, plan, ledger, draw)
        for staff in group:
            units.update({p.unit.pk: p.unit for member in staff for p in member.postings})
        tell(ledger.counts["Person"])
    _write_units(list(units.values()), plan, ledger, draw)
    changes = {"people": plan.people, "years": plan.years, "rows": dict(ledger.counts), "sha256": ledger.sha256}
    journal.record(None, by=by, at=at, kind=KIND, changes=changes)
    return ledger


def _groups(plan: Plan) -> Iterator[Group]:
    """The staffs of some units at a time."""
    someone = names.people(SEED)
    group: Group = []
    first, waiting = 1, 0
    for place in places(plan.people):
        group.append(members(place, someone, first, plan.since))
        first, waiting = first + place.size, waiting + place.size
        if waiting >= TOGETHER:
            yield group
            group, waiting = [], 0
    if group:
        yield group


def _write(group: Group, plan: Plan, ledger: Ledger, draw: random.Random) -> None:
    ledger.write([member.person for staff in group for member in staff])
    ledger.write([posting for staff in group for member in staff for posting in member.postings])
    for staff in group:
        lived = years.live(staff, plan.span, draw)
        ledger.write(years.ratings(staff, lived))
        ledger.write(years.disciplines(staff, lived))
        ledger.write(list(years.absences(staff, lived, draw)))
        ledger.write(list(years.matters(staff, draw)))
        won = honours.honour(staff, lived, draw)
        ledger.write(won.initiatives)
        ledger.write(won.credits)
        ledger.write(won.grants)
        link = Grant.initiatives.through
        ledger.write([link(grant=grant, initiative=initiative) for grant, initiative in won.based])


def _write_units(units: list[Unit], plan: Plan, ledger: Ledger, draw: random.Random) -> None:
    units.sort(key=lambda unit: unit.code)
    ratings = years.unit_ratings(units, plan.span, draw)
    ledger.write(ratings)
    ledger.write(list(years.unit_matters(units, draw)))
    ledger.write(list(honours.honour_units(ratings, draw)))
