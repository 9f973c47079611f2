"""The nightly pass: looks at everybody who serves and every unit there is, and keeps what it finds.

One job in parts of some hundreds; every part may run twice, or stop in the middle and run again.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from core import journal, later
from core.act import act
from core.models import Job
from core.services import jobs
from history.eligibility import serving_on
from history.models import Discovery
from history.services.looking import Look, find_near
from history.states import Nearness
from rulebook.book import load
from units.models import Person, Unit
from units.selectors import units_on, with_posting

PASS, PART = "history.discover", "history.discover_part"
#: People or units in one part of the pass: well within the time one job may take.
AT_ONCE = 500
BATCH = 200
#: What the pass writes; the rest of a row belongs to the unit.
FOUND = (
    "unit", "outcome", "missing_rule", "missing_says", "missing_cite", "expected_on", "verdict", "confirmed",
    "rulebook_version", "found_at", "ended_on", "name", "sort_key", "search_key",
)  # fmt: skip

Key = tuple[int | None, int | None, str, str]


@act
def begin(*, year: int, day: date, by: User, at: datetime) -> Job:
    """Queue the pass for one emulation year; asked for twice on a day, it is the same job."""
    parts = [_part("people", keys) for keys in _ranges(Person.objects.all())]
    parts += [_part("units", keys) for keys in _ranges(Unit.objects.all())]
    about = {"year": year, "day": day.isoformat(), "at": at.isoformat()}
    return jobs.queue_parts(
        kind=PASS, key=f"{PASS}:{year}:{day:%Y%m%d}", title=f"Rà soát người, tập thể sắp đủ điều kiện năm {year}",
        payload=about, parts=[about | part for part in parts], part_kind=PART, by=by, at=at,
    )  # fmt: skip


def run_part(*, job: Job) -> dict[str, Any]:
    """One part of the pass: judge its people or units, write what changed, close what no longer holds."""
    given = job.payload
    day, at, year = date.fromisoformat(given["day"]), datetime.fromisoformat(given["at"]), int(given["year"])
    span = {"pk__range": (given["first"], given["last"])}
    if given["whose"] == "people":
        looks = find_near(year=year, day=day, people=serving_on(day).filter(**span))
        scope = Q(person__gte=given["first"], person__lte=given["last"])
    else:
        looks = find_near(year=year, day=day, units=units_on(day).filter(**span))
        scope = Q(collective__gte=given["first"], collective__lte=given["last"])
    with transaction.atomic():
        result = keep(looks, scope=scope, year=year, day=day, at=at)
        if not jobs.finish(job=job, result=result, at=timezone.now()):
            raise jobs.LeaseLost(job.pk)
    return result


@act
def conclude(*, job: Job) -> dict[str, Any]:
    """After the last part: close other years, note the run in the journal, tell whoever listens."""
    given, at = job.payload, datetime.fromisoformat(job.payload["at"])
    older = Discovery.objects.exclude(year=given["year"]).filter(ended_on=None)
    closed = older.update(ended_on=date.fromisoformat(given["day"]))
    counts: Counter[str] = Counter({"ended": closed})
    for result in job.children.values_list("result", flat=True):
        counts.update(result)
    changes = {name: [None, number] for name, number in sorted(counts.items())}
    journal.record(job, by=job.by, at=at, kind="discovery.look", changes=changes, note=f"Năm xét {given['year']}")
    later.announce("discovery.found", by=job.by, at=at, year=given["year"], run=given["at"])
    return dict(counts)


def keep(looks: Sequence[Look], *, scope: Q, year: int, day: date, at: datetime) -> dict[str, int]:
    """Write these findings as all there is in `scope` for the year; in sets, the same again changes nothing.

    A row found anew, or with another outcome, is dated with this run; the unit's own words on it stay.
    """
    subjects = _subjects(looks)
    found = [row for look in looks if (row := _row(look, subjects, year, at)) is not None]
    known = {_key(row): row for row in Discovery.objects.filter(scope, year=year)}
    fresh = [row for row in found if _key(row) not in known]
    changed = [old for row in found if (old := known.get(_key(row))) is not None and _is_renewed(old, row)]
    Discovery.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    Discovery.objects.bulk_update(changed, FOUND, batch_size=BATCH)
    still = {old.pk for row in found if (old := known.get(_key(row))) is not None}
    gone = [old.pk for old in known.values() if old.pk not in still and old.ended_on is None]
    Discovery.objects.filter(pk__in=gone).update(ended_on=day, version=F("version") + 1)
    Discovery.objects.filter(scope, year=year, ended_on=None).update(refreshed_at=at)
    new = Counter(row.outcome for row in [*fresh, *changed] if row.found_at == at)
    return {"found": len(found), "new": new[Nearness.ELIGIBLE], "changed": len(changed), "ended": len(gone)}


def _ranges(rows: QuerySet[Any]) -> list[list[int]]:
    """The ids in sets."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]


def _part(whose: str, keys: list[int]) -> dict[str, Any]:
    return {"whose": whose, "first": keys[0], "last": keys[-1], "units": len(keys)}


def _key(row: Discovery) -> Key:
    return row.person_id, row.collective_id, row.award, row.type


def _subjects(looks: Sequence[Look]) -> dict[tuple[str, int], tuple[Person | Unit, int | None]]:
    """Each subject with the unit that may propose it: where the person works, or the collective itself."""
    people = with_posting(Person.objects.filter(pk__in={look.pk for look in looks if look.subject == "individual"}))
    units = Unit.objects.filter(pk__in={look.pk for look in looks if look.subject == "collective"})
    found: dict[tuple[str, int], tuple[Person | Unit, int | None]] = {
        ("individual", person.pk): (person, person.unit_id_now)  # type: ignore[attr-defined]
        for person in people
    }
    return found | {("collective", unit.pk): (unit, unit.pk) for unit in units}


def _row(look: Look, subjects: dict[tuple[str, int], Any], year: int, at: datetime) -> Discovery | None:
    """The row as it should stand; None for whoever has no post in any unit."""
    subject, unit = subjects[look.subject, look.pk]
    if unit is None or look.near is None:
        return None
    missing = look.near.missing
    row = Discovery(
        person=subject if look.subject == "individual" else None,
        collective=subject if look.subject == "collective" else None,
        unit_id=unit, award=look.step.award, type=look.step.type, year=year, outcome=look.near.outcome,
        missing_rule=missing.rule[:60] if missing else "", missing_says=missing.says if missing else "",
        missing_cite=[cite.as_dict() for cite in missing.cite] if missing else [], expected_on=look.expected_on,
        verdict=look.verdict.as_dict(), confirmed=look.verdict.confirmed, rulebook_version=load().version,
        found_at=at, refreshed_at=at,
    )  # fmt: skip
    row.fill_keys()
    return row


def _is_renewed(old: Discovery, row: Discovery) -> bool:
    """Bring `old` to what was found now; did anything change?"""
    if old.ended_on is None and old.outcome == row.outcome:
        row.found_at = old.found_at
    names = [field if field != "unit" else "unit_id" for field in FOUND]
    differs = any(getattr(old, name) != getattr(row, name) for name in names)
    for name in names:
        setattr(old, name, getattr(row, name))
    return differs
