"""What rested on a revoked honour: later honours and running dossiers, judged with it and without it.

Where the engine's answer differs, people get a task. Nothing is changed by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.models import Nomination
from awards.states import LIVE
from core import journal
from core.act import act
from core.models import Job
from core.services.notifications import notify
from core.workflow import Refused
from decisions.models import Decision, DecisionLine, Recheck
from decisions.states import DecisionKind
from documents.states import Standing
from history.eligibility import overrides
from history.facts import facts_of_people, facts_of_units
from history.models import Grant
from history.states import GrantState
from rulebook import engine
from rulebook.engine import Verdict
from units.models import Person, Posting, Unit
from units.selectors import in_force, superiors, users_covering

#: Awards of members that count in those of their unit.
COUNTED_FOR_UNITS = ("lao_dong_tien_tien", "chien_si_thi_dua_co_so")


@dataclass(frozen=True)
class Later:
    """A later honour or a running dossier, and the day whose law governs it."""

    found: Grant | Nomination
    subject: Person | Unit
    award: str
    type: str
    year: int
    day: date


@dataclass(frozen=True)
class Difference:
    """The verdict with and without the revoked honour, and the conditions that changed."""

    before: str
    after: str
    says: list[str]


def find(*, job: Job) -> dict[str, Any]:
    """Job: look through what came after each line a revocation took back; may run twice."""
    decision = Decision.objects.get(pk=job.payload["id"])
    return {"found": len(look(decision=decision, by=job.by, at=timezone.now()))}


@act
def look(*, decision: Decision, by: User, at: datetime) -> list[Recheck]:
    """The tasks a revocation leaves, made once each; the office hears of new ones."""
    made: list[Recheck] = []
    if decision.kind != DecisionKind.REVOCATION:
        return made
    lines = DecisionLine.objects.filter(standing=Standing.REVOKED, standing_by=decision)
    for line in lines.select_related("person", "collective", "decision"):
        for later in _later_than(line, timezone.localdate(at)):
            difference = compare(later, line)
            if difference is None:
                continue
            about = {"grant" if isinstance(later.found, Grant) else "nomination": later.found}
            row, created = Recheck.objects.get_or_create(
                line=line, **about, defaults={**vars(difference), "found_at": at}
            )
            if created:
                journal.record(row, by=by, at=at, kind="recheck.open", changes={"says": difference.says})
                made.append(row)
    if made:
        text = f"{decision.number_text}: {len(made)} danh hiệu, hồ sơ cần xét lại sau khi hủy bỏ"
        users = users_covering(Permission.DECISION_DRAFT, decision.unit)
        notify(
            users=users,
            kind="recheck.open",
            text=text,
            key=f"recheck:{decision.pk}",
            at=at,
            url=reverse("decisions:recheck_list"),
        )
    return made


@act
def settle(*, recheck: Recheck, note: str, by: User, at: datetime) -> Recheck:
    """People have looked: what they decided, in words."""
    held = Recheck.objects.select_for_update(of=("self",)).get(pk=recheck.pk)
    policy.check(by, Permission.DECISION_DRAFT, held)
    if held.settled_at is not None:
        raise Refused("Việc này đã xử lý xong.")
    if not note.strip():
        raise Refused("Đồng chí ghi kết quả xử lý.")
    held.settled_at, held.settled_by, held.settled_note = at, by, note.strip()[:500]
    held.save(update_fields=["settled_at", "settled_by", "settled_note"])
    journal.record(held, by=by, at=at, kind="recheck.settle", note=note)
    return held


def compare(later: Later, line: DecisionLine) -> Difference | None:
    """None where the revoked honour made no difference to the engine's answer."""
    facts = _facts(later)
    without, beside = _judged(later, facts), _judged(later, _with(facts, line, later))
    old, new = _told(beside), _told(without)
    changed = [says for rule, (met, says) in new.items() if old.get(rule, (None, ""))[0] != met]
    if beside.outcome == without.outcome and not changed:
        return None
    return Difference(beside.outcome, without.outcome, changed)


def _later_than(line: DecisionLine, today: date) -> Iterable[Later]:
    """Of the one who held it, and where it is a title that counts for units, of the units above."""
    own: Person | Unit | None = line.person or line.collective
    units = _units_counting(line)
    about = Q(unit__in=units) | (Q(person=line.person) if line.person else Q(unit=line.collective))
    since = line.awarding_decision.dated or line.achievement_to
    for grant in Grant.objects.filter(about, state=GrantState.IN_FORCE, decided_on__gte=since).select_related(
        "person", "unit"
    ):
        if grant.unit_id is None or grant.unit == own or grant.year == line.year:
            yield Later(grant, grant.recipient, grant.award, grant.type, grant.year, grant.decided_on)
    named = Q(collective__in=units) | (Q(person=line.person) if line.person else Q(collective=line.collective))
    for row in Nomination.objects.filter(named, state__in=LIVE).select_related("person", "collective"):
        subject = row.person or row.collective
        if subject is not None and (subject == own or row.year == line.year):
            yield Later(row, subject, row.award, row.type, row.year, row.governing_day or today)


def _units_counting(line: DecisionLine) -> Sequence[Unit]:
    if line.person is None or line.award not in COUNTED_FOR_UNITS:
        return []
    day = line.achievement_to
    posted = Posting.objects.filter(in_force(day), person=line.person, is_main=True).values("unit")
    return list(superiors(Unit.objects.filter(pk__in=posted), day))


def _facts(later: Later) -> Any:
    if isinstance(later.subject, Person):
        return facts_of_people([later.subject])[later.subject.pk]
    return facts_of_units([later.subject], later.year, later.day)[later.subject.pk]


def _with(facts: Any, line: DecisionLine, later: Later) -> Any:
    """The same facts with the revoked honour in force again; rows that a correction replaced stay out of force."""
    if isinstance(later.subject, Unit) and line.person is not None:
        return _with_member(facts, line)
    grants = tuple(
        replace(grant, state=GrantState.IN_FORCE.value)
        if (grant.award, grant.year, grant.type, grant.state) == (line.award, line.year, line.type, GrantState.REVOKED)
        else grant
        for grant in facts.grants
    )
    return replace(facts, grants=grants)


def _with_member(facts: Any, line: DecisionLine) -> Any:
    """One more member of the unit with the title."""
    held = getattr(facts.members, line.award, None)
    return facts if held is None else replace(facts, members=replace(facts.members, **{line.award: held + 1}))


def _judged(later: Later, facts: Any) -> Verdict:
    holder = "individual" if isinstance(later.subject, Person) else "collective"
    return engine.judge(later.award, holder, later.type, later.year, later.day, facts, overrides())


def _told(verdict: Verdict) -> dict[str, tuple[bool | None, str]]:
    return {finding.rule: (finding.met, finding.says) for finding in verdict.findings}
