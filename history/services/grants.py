"""Honours are recorded in sets, corrected by new rows, revoked with a basis."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from accounts.models import User
from core import journal
from core.act import act
from core.workflow import Refused, lock, move, move_many
from history.models import Grant, Initiative, Provenance
from history.states import GrantState
from history.workflow import MOVES
from units.models import Person, Unit

BATCH = 500


@dataclass(frozen=True)
class GrantRow:
    """One honour as it stands in a decision; `source` is the line that makes it, if the system has it."""

    subject: Person | Unit
    award: str
    type: str
    year: int
    decided_on: date
    decision_number: str = ""
    decider: str = ""
    name_printed: str = ""
    post_printed: str = ""
    unit_printed: str = ""
    achievement: str = ""
    achievement_from: date | None = None
    achievement_to: date | None = None
    money: int | None = None
    initiatives: tuple[Initiative, ...] = ()
    provenance: str = Provenance.ISSUED
    source: models.Model | None = None
    corrects: Grant | None = None


@act
def record(*, rows: Sequence[GrantRow], by: User, at: datetime) -> list[Grant]:
    """Write honours: all or none, a fixed number of queries.

    A row whose source line is recorded already is left as it is, so issuing twice changes nothing.
    Raises Refused when someone would hold the same merit award of a year twice.
    """
    fresh = _not_recorded(rows)
    _refuse_doubles(fresh)
    grants = [_grant(row) for row in fresh]
    Grant.objects.bulk_create(grants, batch_size=BATCH)
    through = Grant.initiatives.through
    links = [
        through(grant=grant, initiative=initiative)
        for grant, row in zip(grants, fresh, strict=True)
        for initiative in row.initiatives
    ]
    through.objects.bulk_create(links, batch_size=BATCH)
    _note(grants, by=by, at=at)
    return grants


@act
def correct(*, grant: Grant, row: GrantRow, basis: str, expected_version: int, by: User, at: datetime) -> Grant:
    """Replace a wrong row by a right one; the wrong one stays, marked, and names its successor."""
    _set_basis([grant], basis)
    move(grant, MOVES["correct"], by=by, at=at, expected_version=expected_version, note=basis)
    return record(rows=[GrantRow(**{**vars(row), "corrects": grant})], by=by, at=at)[0]


@act
def revoke(*, grant: Grant, basis: str, expected_version: int, by: User, at: datetime) -> Grant:
    """The honour no longer counts; `basis` names the decision that took it back."""
    _set_basis([grant], basis)
    return move(grant, MOVES["revoke"], by=by, at=at, expected_version=expected_version, note=basis)


@act
def revoke_of(*, sources: Sequence[models.Model], basis: str, about: Any, by: User, at: datetime) -> list[Grant]:
    """Revoke what these decision lines granted; `by` issues the decision `about` that takes it back."""
    return _end_of(sources, "revoke_by_decision", basis=basis, about=about, by=by, at=at)


@act
def correct_of(*, rows: Mapping[models.Model, GrantRow], basis: str, about: Any, by: User, at: datetime) -> list[Grant]:
    """Put a right row in the place of what each of these decision lines granted; the wrong one stays, marked.

    `by` issues the decision `about` that sets it right. Initiatives the wrong row rested on go over to the new one.
    """
    ended = _end_of(list(rows), "correct_by_decision", basis=basis, about=about, by=by, at=at)
    models.prefetch_related_objects(ended, "initiatives")
    wanted = {source.pk: row for source, row in rows.items()}
    fresh = [
        GrantRow(**{**vars(wanted[old.source_id]), "corrects": old, "initiatives": tuple(old.initiatives.all())})
        for old in ended
    ]
    return record(rows=fresh, by=by, at=at)


@act
def check(*, grant: Grant, provenance: str, by: User, at: datetime, note: str = "") -> Grant:
    """Someone has held the row against the paper: how far it can be trusted from now on."""
    locked = lock(grant)
    before, locked.provenance = locked.provenance, provenance
    locked.save(update_fields=["provenance"])
    changes = {"provenance": [before, provenance]}
    journal.record(locked, by=by, at=at, kind="grant.check", changes=changes, note=note)
    return locked


def _end_of(
    sources: Sequence[models.Model], step: str, *, basis: str, about: Any, by: User, at: datetime
) -> list[Grant]:
    if not sources:
        return []
    kind = ContentType.objects.get_for_model(type(sources[0]))
    keys = [line.pk for line in sources]
    held = Grant.objects.filter(source_type=kind, source_id__in=keys, state=GrantState.IN_FORCE)
    grants = list(held.order_by("pk"))
    _set_basis(grants, basis)
    moved, refused = move_many(grants, MOVES[step], by=by, at=at, note=basis, about=about)
    if refused:
        raise Refused(refused[0][1])
    return moved


def _set_basis(grants: Sequence[Grant], basis: str) -> None:
    """The basis is stored first: no row is out of force without one."""
    Grant.objects.filter(pk__in=[grant.pk for grant in grants], state=GrantState.IN_FORCE).update(
        state_basis=basis[:255]
    )


def _not_recorded(rows: Sequence[GrantRow]) -> list[GrantRow]:
    sources = {(type(row.source), row.source.pk) for row in rows if row.source is not None}
    recorded: set[tuple[type[models.Model], int | None]] = set()
    for model in {model for model, _ in sources}:
        kind = ContentType.objects.get_for_model(model)
        ids = [pk for of, pk in sources if of is model]
        found = Grant.objects.filter(source_type=kind, source_id__in=ids).values_list("source_id", flat=True)
        recorded.update((model, pk) for pk in found)
    return [row for row in rows if row.source is None or (type(row.source), row.source.pk) not in recorded]


def _refuse_doubles(rows: Sequence[GrantRow]) -> None:
    wanted: set[tuple[type, int, str, int]] = set()
    for row in rows:
        key = _key(row)
        if row.type == "merit" and key in wanted:
            raise Refused(f"{row.subject} có hai dòng cùng danh hiệu, cùng năm {row.year}. Đồng chí bỏ một dòng.")
        if row.type == "merit":
            wanted.add(key)
    merits = [row for row in rows if row.type == "merit"]
    people = [row.subject.pk for row in merits if isinstance(row.subject, Person)]
    units = [row.subject.pk for row in merits if isinstance(row.subject, Unit)]
    held = Grant.objects.filter(
        Q(person__in=people) | Q(unit__in=units), type="merit", state=GrantState.IN_FORCE,
        year__in={row.year for row in merits},
    )  # fmt: skip
    for grant in held.select_related("person", "unit"):
        subject = grant.recipient
        if (type(subject), subject.pk, grant.award, grant.year) in wanted:
            raise Refused(
                f"{subject} đã được tặng {grant.entry.label} năm {grant.year} theo quyết định "
                f"{grant.decision_number or 'ngày ' + format(grant.decided_on, '%d/%m/%Y')}."
            )


def _key(row: GrantRow) -> tuple[type, int, str, int]:
    return type(row.subject), row.subject.pk, row.award, row.year


def _grant(row: GrantRow) -> Grant:
    plain = {name: value for name, value in vars(row).items() if name not in {"subject", "source", "initiatives"}}
    about = {"person" if isinstance(row.subject, Person) else "unit": row.subject}
    grant = Grant(**plain, **about)
    if row.source is not None:
        grant.source_type = ContentType.objects.get_for_model(type(row.source))
        grant.source_id = row.source.pk
    grant.fill_names()
    return grant


def _note(grants: Sequence[Grant], *, by: User, at: datetime) -> None:
    """One entry for one honour; for a set, one entry with the hash of all its lines."""
    if len(grants) == 1:
        grant = grants[0]
        changes = {"award": grant.award, "year": grant.year, "decision": grant.decision_number}
        journal.record(grant, by=by, at=at, kind="grant.record", changes=changes)
    elif grants:
        lines = "\n".join(
            f"{g.award}|{g.type}|{g.person_id}|{g.unit_id}|{g.year}|{g.decision_number}|{g.decided_on}" for g in grants
        )
        changes = {"count": len(grants), "sha256": hashlib.sha256(lines.encode()).hexdigest()}
        journal.record(None, by=by, at=at, kind="grant.record_many", changes=changes)
