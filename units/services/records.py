"""Ratings, absences, sanctions and open matters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from accounts.models import User
from core import journal
from core.act import act
from core.workflow import Refused, lock
from units.models import Absence, Discipline, PendingMatter, Person, Unit, YearlyRating
from units.models.record import Rating

BATCH = 500


@dataclass(frozen=True)
class RatingRow:
    """The classification of one person or one unit for one year."""

    subject: Person | Unit
    year: int
    rating: str


@act
def rate(
    *, rows: Sequence[RatingRow], by: User, at: datetime, decision: str = "", decided_on: date | None = None
) -> int:
    """Store yearly ratings, replacing earlier ones of the same subject and year; returns how many changed.

    A fixed number of queries whatever the number of rows.
    """
    stored = _stored_ratings(rows)
    fresh, changed, entries = [], [], []
    for row in rows:
        old = stored.get((type(row.subject), row.subject.pk, row.year))
        if old is not None and (old.rating, old.decision, old.decided_on) == (row.rating, decision, decided_on):
            continue
        entries.append((row, old.rating if old else None))
        if old is None:
            fresh.append(YearlyRating(**_about(row.subject), year=row.year, rating=row.rating,
                                      decision=decision, decided_on=decided_on))  # fmt: skip
        else:
            old.rating, old.decision, old.decided_on = row.rating, decision, decided_on
            changed.append(old)
    YearlyRating.objects.bulk_create(fresh, batch_size=BATCH)
    YearlyRating.objects.bulk_update(changed, ["rating", "decision", "decided_on"], batch_size=BATCH)
    for row, before in entries:
        changes = {"year": row.year, "rating": [before, row.rating]}
        journal.record(row.subject, by=by, at=at, kind="rating.record", changes=changes, note=decision)
    return len(entries)


@act
def record_absence(
    *, person: Person, reason: str, valid_from: date, by: User, at: datetime, valid_to: date | None = None
) -> Absence:
    """Days not worked; refuses days already recorded."""
    locked = lock(person)
    others = locked.absences.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    if others.filter(**({"valid_from__lte": valid_to} if valid_to else {})).exists():
        raise Refused(f"{locked} đã có thời gian nghỉ trùng với khoảng ngày này. Kiểm tra lại ngày.")
    absence = Absence.objects.create(person=locked, reason=reason, valid_from=valid_from, valid_to=valid_to)
    changes = {"reason": reason, "from": valid_from, "to": valid_to}
    journal.record(locked, by=by, at=at, kind="absence.record", changes=changes)
    return absence


@act
def record_discipline(
    *, person: Person, kind: str, decision: str, decided_on: date, by: User, at: datetime,
    ends_on: date | None = None, misconduct_year: int | None = None, already_counted_in: int | None = None,
) -> Discipline:  # fmt: skip
    """A sanction; refuses the same decision twice."""
    if Discipline.objects.filter(person=person, decision=decision, decided_on=decided_on).exists():
        raise Refused(f"Quyết định {decision} của {person} đã có.")
    row = Discipline.objects.create(
        person=person, kind=kind, decision=decision, decided_on=decided_on, ends_on=ends_on,
        misconduct_year=misconduct_year, already_counted_in=already_counted_in,
    )  # fmt: skip
    changes = {"kind": kind, "decision": decision, "decided_on": decided_on}
    journal.record(person, by=by, at=at, kind="discipline.record", changes=changes)
    return row


@act
def open_matter(
    *, subject: Person | Unit, kind: str, opened_on: date, by: User, at: datetime, note: str = ""
) -> PendingMatter:
    """A matter being looked into; it bars proposals until it is closed."""
    matter = PendingMatter.objects.create(**_about(subject), kind=kind, opened_on=opened_on, note=note)
    journal.record(subject, by=by, at=at, kind="matter.open", changes={"kind": kind, "opened_on": opened_on}, note=note)
    return matter


@act
def close_matter(*, matter: PendingMatter, closed_on: date, by: User, at: datetime, note: str = "") -> PendingMatter:
    """The matter no longer bars proposals from `closed_on` on."""
    locked = lock(matter)
    if locked.closed_on:
        raise Refused(f"Vụ việc này đã kết thúc ngày {locked.closed_on:%d/%m/%Y}.")
    if closed_on < locked.opened_on:
        raise Refused(f"Ngày kết thúc phải từ ngày {locked.opened_on:%d/%m/%Y}, ngày bắt đầu vụ việc.")
    locked.closed_on = closed_on
    locked.save(update_fields=["closed_on"])
    subject = locked.person or locked.unit
    journal.record(subject, by=by, at=at, kind="matter.close", changes={"closed_on": [None, closed_on]}, note=note)
    return locked


def _about(subject: Person | Unit) -> dict[str, Person | Unit]:
    return {"person": subject} if isinstance(subject, Person) else {"unit": subject}


def _stored_ratings(rows: Sequence[RatingRow]) -> dict[tuple[type, int | None, int], YearlyRating]:
    unknown = {row.rating for row in rows} - set(Rating.values)
    if unknown:
        raise Refused(f"Mức xếp loại không có: {', '.join(sorted(unknown))}.")
    people = {row.subject.pk for row in rows if isinstance(row.subject, Person)}
    units = {row.subject.pk for row in rows if isinstance(row.subject, Unit)}
    years = {row.year for row in rows}
    found = YearlyRating.objects.filter(year__in=years)
    stored: dict[tuple[type, int | None, int], YearlyRating] = {}
    for rating in found.filter(person__in=people) if people else ():
        stored[Person, rating.person_id, rating.year] = rating
    for rating in found.filter(unit__in=units) if units else ():
        stored[Unit, rating.unit_id, rating.year] = rating
    return stored
