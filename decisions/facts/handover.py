"""What is still to be presented, and by when: working days from the decision, by the rule book."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.permissions import Permission
from decisions.models import Decision, DecisionLine
from decisions.states import DecisionKind, DecisionState
from documents.states import Standing
from rulebook import catalogue, clocks
from rulebook.clocks import Clock
from units.selectors import units_visible_to


def lines_visible_to(user: User) -> QuerySet[DecisionLine]:
    """Issued lines in force that bring an item, of bodies where `user` hands certificates over."""
    units = units_visible_to(user, Permission.CERTIFICATE_PRINT)
    items = [code for code, award in catalogue.awards().items() if award.item != "money_only"]
    return (
        DecisionLine.objects.filter(
            decision__unit__in=units, decision__state=DecisionState.ISSUED, award__in=items,
            standing=Standing.IN_FORCE,
        )
        .exclude(decision__kind=DecisionKind.REVOCATION)
        .select_related("decision__unit", "target", "hand_over", "certificate", "person", "collective")
    )  # fmt: skip


def clocks_of(decisions: Iterable[int]) -> dict[int, Clock]:
    """By decision id: until when its items are to be handed over; the number of cases decides the days."""
    rows = Decision.objects.filter(pk__in=set(decisions), dated__isnull=False).annotate(cases=Count("lines"))
    return {row.pk: clocks.hand_over(row.dated, row.cases) for row in rows if row.dated}


def overdue(lines: QuerySet[DecisionLine], today: date) -> QuerySet[DecisionLine]:
    """Lines not handed over although their day has passed."""
    waiting = lines.filter(hand_over=None)
    due = clocks_of(waiting.order_by().values_list("decision", flat=True).distinct())
    late = [pk for pk, clock in due.items() if clock.due is not None and clock.due < today]
    return waiting.filter(Q(decision__in=late))
