"""Freezing what a line says on the day it is sent: verdict, facts, book, names, posts, units."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from awards import facts
from awards.eligibility import Judged, judge_lines
from awards.models import Evidence, Nomination
from awards.models.evidence import HONOURS, INITIATIVE, parts_of
from awards.models.submission import Submission, level_of
from awards.services import steps
from awards.states import NominationState as S
from core import journal
from history.models import Grant, InitiativeAuthor
from history.states import GrantState, InitiativeState
from rulebook import book, catalogue, engine
from units.models import Posting, Unit
from units.selectors import in_force, parent_of

#: How many honours or initiatives one part of the dossier names.
NAMED = 4


def freeze(lines: Sequence[Nomination], *, at: datetime, by: User) -> None:
    """Write verdict, facts, names and posts of today onto `lines`; queries do not grow with them.

    A line that was sent before keeps the day whose law governs it.
    """
    day = timezone.localdate(at)
    judged = judge_lines(lines, day)
    postings = _postings(lines, day)
    for line in lines:
        _freeze_verdict(line, judged[line.pk], day)
        _freeze_names(line, postings.get(line.person_id))
        line.proposed_by, line.updated_at = by, at
        line.fill_keys()
    Nomination.objects.bulk_update(lines, FROZEN, batch_size=200)
    _freeze_evidence(lines, day)


FROZEN = [
    "verdict",
    "facts",
    "rulebook_version",
    "governing_day",
    "rechecked",
    "name_printed",
    "post_printed",
    "unit_printed",
    "proposed_by",
    "updated_at",
    "held_by",
    "sort_key",
    "search_key",
]


def first_reviewer(unit: Unit, award: str, day: date) -> Unit:
    """Who reviews first: a unit that issues decisions looks at its own base-level titles, else the superior."""
    if level_of(award) == "base" and unit.issuing_code:
        return unit
    return parent_of(unit, day) or unit


def recheck(line: Nomination, *, by: User, at: datetime) -> None:
    """Judge anew under the same day's law; the frozen verdict stays, the new one stands beside it."""
    day = line.governing_day or timezone.localdate(at)
    judged = judge_lines([line], day)[line.pk]
    before = (line.present_verdict or {}).get("outcome")
    line.rechecked = {
        "verdict": judged.verdict,
        "facts": judged.facts,
        "at": at.isoformat(),
        "by": by.pk,
        "by_name": str(by),
        "rulebook_version": book.version(),
    }
    line.updated_at = at
    line.save(update_fields=["rechecked", "updated_at"])
    changes = {"outcome": [before, judged.verdict["outcome"]], "rulebook": [line.rulebook_version, book.version()]}
    journal.record(line, by=by, at=at, kind="nomination.recheck", changes=changes)


def open_lower(old: Nomination, award: str, *, by: User, at: datetime) -> Nomination:
    """A new line for a lower award of the same subject, waiting for review where the old one lay."""
    line = Nomination.objects.create(
        submission=old.submission,
        code=uuid.uuid4().hex,
        award=award,
        type=old.type,
        person=old.person,
        collective=old.collective,
        held_by=old.held_by,
        year=old.year,
        achievement_from=old.achievement_from,
        achievement_to=old.achievement_to,
        achievement=old.achievement,
        explanation=old.explanation,
        state=S.SUBMITTED,
        governing_day=old.governing_day,
        lowered_from=old,
        updated_at=at,
    )
    line.code = code_of(line)
    line.save(update_fields=["code"])
    proposer = old.proposed_by or by
    freeze([line], at=at, by=proposer)
    steps.open_stages([line], old.held_by, at=at)
    journal.record(line, by=by, at=at, kind="nomination.lowered", changes={"award": [old.award, award]}, note=old.code)
    return line


def code_of(line: Nomination) -> str:
    """HS-2026-00418: the year of the achievement and the row's own number."""
    return f"HS-{line.year}-{line.pk:05d}"


def receipt_of(submission: Submission, at: datetime) -> str:
    """TT-2026-00042: what the unit is told on sending."""
    return f"TT-{timezone.localdate(at).year}-{submission.pk:05d}"


def _freeze_verdict(line: Nomination, judged: Judged, day: date) -> None:
    line.verdict, line.facts, line.rechecked = judged.verdict, judged.facts, None
    line.rulebook_version = book.version()
    line.governing_day = line.governing_day or engine.governing_day(day)


def _freeze_names(line: Nomination, posting: Posting | None) -> None:
    if line.person:
        line.name_printed = line.person.full_name
        line.post_printed = posting.title if posting else ""
        line.unit_printed = posting.unit.name if posting else ""
    elif line.collective:
        line.name_printed = line.collective.name
        line.unit_printed = line.submission.shown_unit


def _postings(lines: Sequence[Nomination], day: date) -> dict[int | None, Posting]:
    people = [line.person_id for line in lines if line.person_id]
    rows = Posting.objects.filter(in_force(day), person__in=people, is_main=True).select_related("unit")
    return {row.person_id: row for row in rows}


def _freeze_evidence(lines: Sequence[Nomination], day: date) -> None:
    """What the system holds anyway is named in the dossier and asked of nobody ("Tự có")."""
    honours, initiatives = _honours(lines), _initiatives(lines)
    rows = []
    for line in lines:
        labels = {part.kind: part.label for part in parts_of(line.award, line.governing_day or day)}
        for kind, held in ((HONOURS, honours), (INITIATIVE, initiatives)):
            names = held.get((line.person_id, line.collective_id), [])
            if kind in labels and names:
                rest = f"; và {len(names) - NAMED} văn bản khác" if len(names) > NAMED else ""
                words = "; ".join(names[:NAMED])[:450] + rest
                rows.append(Evidence(nomination=line, kind=kind, label=labels[kind], held_as=words))
    Evidence.objects.filter(nomination__in=lines, attachment=None).delete()
    present = facts.held_evidence(line.pk for line in lines)
    taken = {(pk, row.kind) for pk, found in present.items() for row in found}
    Evidence.objects.bulk_create(row for row in rows if (row.nomination_id, row.kind) not in taken)


def _honours(lines: Sequence[Nomination]) -> dict[tuple[int | None, int | None], list[str]]:
    found: dict[tuple[int | None, int | None], list[str]] = {}
    people, units = {line.person_id for line in lines}, {line.collective_id for line in lines}
    rows = Grant.objects.filter(state=GrantState.IN_FORCE, person__in=people - {None}) | Grant.objects.filter(
        state=GrantState.IN_FORCE, unit__in=units - {None}
    )
    for row in rows.order_by("-year", "-pk"):
        entry = catalogue.award(row.award)
        found.setdefault((row.person_id, row.unit_id), []).append(
            f"{entry.short} {row.year}: {row.decision_number or 'QĐ'}"
        )
    return found


def _initiatives(lines: Sequence[Nomination]) -> dict[tuple[int | None, int | None], list[str]]:
    found: dict[tuple[int | None, int | None], list[str]] = {}
    rows = InitiativeAuthor.objects.filter(
        person__in=[line.person_id for line in lines if line.person_id], initiative__state=InitiativeState.RECOGNISED
    )
    for row in rows.select_related("initiative").order_by("-initiative__recognised_on", "-pk"):
        made = row.initiative
        found.setdefault((row.person_id, None), []).append(f"{made.code}, {made.decision}")
    return found
