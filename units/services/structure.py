"""Opening, renaming, merging units; loading the published structure of the sector."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from core import journal
from core.act import act
from core.workflow import Refused, lock
from units.models import Unit, UnitEvent, UnitLink
from units.models.unit import Confidence, EventKind
from units.selectors import descendants

BATCH = 500
LOADED_FIELDS = ("name", "short_name", "kind", "province", "valid_from", "valid_to", "source", "confidence")


@dataclass(frozen=True)
class UnitRow:
    """One unit of a published list, with the code of its superior."""

    code: str
    parent_code: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class EventRow:
    """One line of a published list of reorganisations; an empty successor is not known."""

    predecessor: str
    successor: str
    kind: str
    date: date
    basis: str
    confidence: str


@dataclass(frozen=True)
class Loaded:
    """What a load added, and the units that are stored otherwise than the list says (left alone)."""

    units: int
    links: int
    events: int
    differing: list[str]


@act
def load(*, units: Sequence[UnitRow], events: Sequence[EventRow], digest: str, by: User, at: datetime) -> Loaded:
    """Add what the lists hold and the database lacks; never change what is there. Safe to repeat."""
    known = {unit.code: unit for unit in Unit.objects.all()}
    fresh = [row for row in units if row.code not in known]
    differing = [row.code for row in units if row.code in known and _differs(known[row.code], row)]
    made = [Unit(code=row.code, **row.values) for row in fresh]
    for unit in made:
        unit.fill_keys()
    Unit.objects.bulk_create(made, batch_size=BATCH)
    by_code = Unit.objects.in_bulk(field_name="code")
    links = [
        UnitLink(
            child=by_code[row.code],
            parent=by_code[row.parent_code],
            valid_from=by_code[row.code].valid_from,
            valid_to=by_code[row.code].valid_to,
        )
        for row in fresh
        if row.parent_code
    ]
    UnitLink.objects.bulk_create(links, batch_size=BATCH)
    added = UnitEvent.objects.bulk_create(_missing_events(events, by_code), batch_size=BATCH)
    result = Loaded(len(made), len(links), len(added), differing)
    if made or added:
        counts = {"units": result.units, "links": result.links, "events": result.events, "sha256": digest}
        journal.record(None, by=by, at=at, kind="units.load", changes=counts)
    return result


@act
def open_unit(  # noqa: PLR0913 - the facts of one act
    *, code: str, name: str, short_name: str, kind: str, parent: Unit, valid_from: date, basis: str, by: User,
    at: datetime, province: str = "", place: str = "", issuing_code: str = "",
) -> Unit:  # fmt: skip
    """Found a unit under `parent` from a day on; refuses a code in use and a superior not in force."""
    if Unit.objects.filter(code=code).exists():
        raise Refused(f"Mã đơn vị “{code}” đã dùng. Chọn mã khác.")
    _check_in_force(parent, valid_from)
    unit = Unit.objects.create(
        code=code, name=name, short_name=short_name, kind=kind, province=province or parent.province, place=place,
        issuing_code=issuing_code, valid_from=valid_from, source=basis, confidence=Confidence.CONFIRMED,
    )  # fmt: skip
    UnitLink.objects.create(child=unit, parent=parent, valid_from=valid_from)
    journal.record(
        unit, by=by, at=at, kind="unit.open", changes={"parent": parent.code, "from": valid_from}, note=basis
    )
    return unit


@act
def rename(*, unit: Unit, code: str, name: str, short_name: str, day: date, basis: str, by: User, at: datetime) -> Unit:
    """A new name is a new version: the old unit ends the day before, its children pass to the new one."""
    old = _locked_in_force(unit, day)
    link = UnitLink.objects.filter(child=old, valid_to__isnull=True).select_related("parent").first()
    if link is None:
        raise Refused(f"{old} không có cấp trên trực tiếp nên không đổi tên được ở đây.")
    new = open_unit(
        code=code, name=name, short_name=short_name, kind=old.kind, parent=link.parent, valid_from=day, basis=basis,
        province=old.province, place=old.place, issuing_code=old.issuing_code, by=by, at=at,
    )  # fmt: skip
    _end(old, into=new, kind=EventKind.RENAME, day=day, basis=basis, by=by, at=at)
    return new


@act
def merge(*, units: Sequence[Unit], into: Unit, day: date, basis: str, by: User, at: datetime) -> Unit:
    """End `units` the day before `day`; `into`, in force on that day, succeeds them and takes their children."""
    _check_in_force(into, day)
    ending = {unit.pk for unit in units}
    if into.pk in ending or descendants(ending, day).filter(pk=into.pk).exists():
        raise Refused(f"{into} không thể kế thừa chính mình hoặc cấp trên của mình.")
    for unit in units:
        _end(_locked_in_force(unit, day), into=into, kind=EventKind.MERGE, day=day, basis=basis, by=by, at=at)
    return into


def _end(unit: Unit, *, into: Unit, kind: EventKind, day: date, basis: str, by: User, at: datetime) -> None:
    last_day = day - timedelta(days=1)
    children = list(UnitLink.objects.filter(parent=unit, valid_to__isnull=True).exclude(child=into))
    UnitLink.objects.filter(pk__in=[link.pk for link in children]).update(valid_to=last_day)
    UnitLink.objects.bulk_create(UnitLink(child_id=link.child_id, parent=into, valid_from=day) for link in children)
    UnitLink.objects.filter(child=unit, valid_to__isnull=True).update(valid_to=last_day)
    unit.valid_to = last_day
    unit.save(update_fields=["valid_to", "name", "short_name", "sort_key", "search_key"])
    UnitEvent.objects.create(predecessor=unit, successor=into, kind=kind, date=day, basis=basis)
    changes = {"valid_to": [None, last_day], "successor": into.code, "children": len(children)}
    journal.record(unit, by=by, at=at, kind=f"unit.{kind.value}", changes=changes, note=basis)


def _locked_in_force(unit: Unit, day: date) -> Unit:
    locked = lock(unit)
    if locked.valid_to is not None:
        raise Refused(f"{locked} đã chấm dứt từ sau ngày {locked.valid_to:%d/%m/%Y}.")
    if locked.valid_from is not None and day <= locked.valid_from:
        raise Refused(f"Ngày hiệu lực phải sau ngày {locked.valid_from:%d/%m/%Y}, ngày đầu hoạt động của {locked}.")
    return locked


def _check_in_force(unit: Unit, day: date) -> None:
    if not unit.is_in_force(day):
        raise Refused(f"{unit} không hoạt động vào ngày {day:%d/%m/%Y}. Chọn đơn vị khác hoặc ngày khác.")


def _differs(unit: Unit, row: UnitRow) -> bool:
    return any(getattr(unit, field) != row.values[field] for field in LOADED_FIELDS)


def _missing_events(rows: Sequence[EventRow], by_code: Mapping[str, Unit]) -> list[UnitEvent]:
    known = set(UnitEvent.objects.values_list("predecessor__code", "successor__code", "date"))
    return [
        UnitEvent(
            predecessor=by_code[row.predecessor],
            successor=by_code.get(row.successor),
            kind=row.kind,
            date=row.date,
            basis=row.basis,
            confidence=row.confidence,
        )
        for row in rows
        if (row.predecessor, row.successor or None, row.date) not in known
    ]
