"""What a finding is, who may waive it, and what is loaded once for all lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from awards.models import Nomination
from awards.states import COUNTED
from history.eligibility import overrides
from history.models import Grant
from history.states import GrantState
from rulebook.engine import Law, law_on
from rulebook.values import Cite, Value

BLOCK, WARN, INFO = "block", "warn", "info"

LEAD = "Lãnh đạo thường trực, ghi đè có lý do"
RULES = "Lãnh đạo thường trực, nhập mức riêng có căn cứ"

Subject = tuple[int | None, int | None]


@dataclass(frozen=True)
class Conflict:
    """One finding. `waived_by` is empty where nobody may waive it; `other` is the line it clashes with.

    `confirmed` is False where the rule it rests on has not been held against its source.
    """

    kind: str
    severity: str
    says: str
    cure: str
    waived_by: str = ""
    cite: tuple[dict[str, str], ...] = ()
    other: int | None = None
    confirmed: bool = True

    @property
    def blocks(self) -> bool:
        """Does the line stop here until it is cured or waived?"""
        return self.severity == BLOCK


Found = Iterable[tuple[int, Conflict]]


class Scene:
    """The lines asked about and everything of their subjects that may stand in the way, each read once."""

    def __init__(self, lines: Sequence[Nomination], day: date) -> None:
        self.lines, self.day = lines, day
        self.people = {line.person_id for line in lines if line.person_id}
        self.units = {line.collective_id for line in lines if line.collective_id}

    @cached_property
    def others(self) -> dict[Subject, list[Nomination]]:
        """All lines under way, sent up or decided, by subject."""
        about = Q(person__in=self.people) | Q(collective__in=self.units)
        rows = Nomination.objects.filter(about, state__in=COUNTED).select_related("submission__unit").order_by("pk")
        found: dict[Subject, list[Nomination]] = {}
        for row in rows:
            found.setdefault((row.person_id, row.collective_id), []).append(row)
        return found

    @property
    def granted(self) -> QuerySet[Grant]:
        """All honours in force."""
        about = Q(person__in=self.people) | Q(unit__in=self.units)
        return Grant.objects.filter(about, state=GrantState.IN_FORCE)

    @cached_property
    def grants(self) -> dict[Subject, list[Grant]]:
        """All honours in force, by subject."""
        found: dict[Subject, list[Grant]] = {}
        for row in self.granted.order_by("pk"):
            found.setdefault((row.person_id, row.unit_id), []).append(row)
        return found

    @cached_property
    def law(self) -> Law:
        """The law of the day, with what the office has laid over it."""
        return law_on(self.day, overrides())


def subject_of(line: Nomination) -> Subject:
    """Whom the line is about."""
    return line.person_id, line.collective_id


def cited(value: Value | None) -> tuple[dict[str, str], ...]:
    """The citation of a value as findings carry it; none where no such value is in force."""
    cites: tuple[Cite, ...] = value.cite if value else ()
    return tuple(cite.as_dict() for cite in cites)
