"""Lines worth a close look, found by the database alone: a little too many rather than too few.

What is found is then held against the rules of this folder, a page at a time.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from awards.conflicts.achievements import FOR_ACHIEVEMENT, SUDDEN
from awards.conflicts.initiatives import FULL
from awards.models import Nomination
from awards.states import COUNTED, LIVE, ONCE_A_YEAR, NominationState
from history.models import Grant, Initiative, InitiativeAuthor
from history.states import GrantState, InitiativeState
from rulebook import catalogue
from units.models import PendingMatter


def suspects(lines: QuerySet[Nomination], kind: str, day: date) -> QuerySet[Nomination]:
    """The lines under way, and drafts of none, that may have a finding of `kind`, or of any kind where it is ""."""
    chosen = [FINDERS[kind]] if kind in FINDERS else list(FINDERS.values())
    wanted = Q()
    for finder in chosen:
        wanted |= finder(day)
    return lines.filter(wanted, state__in=LIVE)


def _double(_day: date) -> Q:
    return Q(Exists(_other_lines().filter(award=OuterRef("award"), year=OuterRef("year"))))


def _held(_day: date) -> Q:
    same = _grants().filter(award=OuterRef("award"), year=OuterRef("year"), type=OuterRef("type"))
    return Q(Exists(same), type__in=ONCE_A_YEAR) & ~Q(state=NominationState.DECIDED)


def _pending(day: date) -> Q:
    still_open = Q(closed_on=None) | Q(closed_on__gt=day)
    about = Q(person=OuterRef("person")) | Q(unit=OuterRef("collective"))
    return Q(Exists(PendingMatter.objects.filter(still_open, about, opened_on__lte=day)))


def _achievement(_day: date) -> Q:
    forms = [award.code for award in catalogue.awards().values() if award.kind == "form" and award.group != "badge"]
    another = ~Q(award=OuterRef("award"), year=OuterRef("year"))
    near = Q(achievement_from__lte=OuterRef("achievement_to"), achievement_to__gte=OuterRef("achievement_from"))
    near |= Q(achievement=OuterRef("achievement")) & ~Q(achievement="")
    other = Q(award__in=forms, type__in=FOR_ACHIEVEMENT) & another & near
    granted = _grants().filter(other)
    own = Q(award__in=forms, type__in=FOR_ACHIEVEMENT)
    sudden = Q(Exists(granted), type__in=SUDDEN) | Q(Exists(granted.filter(type__in=SUDDEN)))
    return own & (Q(Exists(_other_lines().filter(other))) | sudden)


def _initiative(_day: date) -> Q:
    made = InitiativeAuthor.objects.filter(person=OuterRef("person"), initiative__state=InitiativeState.RECOGNISED)
    return Q(Exists(made), Exists(_other_lines().filter(state__in=LIVE)), person__isnull=False)


def _shares(_day: date) -> Q:
    over = Initiative.objects.filter(state=InitiativeState.RECOGNISED).annotate(total=Sum("credits__share"))
    authors = InitiativeAuthor.objects.filter(initiative__in=over.filter(total__gt=FULL).values("pk"))
    return Q(person__in=authors.values("person"))


def _number(_day: date) -> Q:
    standing = Grant.objects.exclude(state=GrantState.REVOKED).exclude(decision_number="")
    series = standing.annotate(signed=ExtractYear("decided_on")).values("decision_number", "decider", "signed")
    twice = series.annotate(days=Count("decided_on", distinct=True)).filter(days__gt=1).values("decision_number")
    return Q(Exists(_grants().filter(decision_number__in=twice)))


def _other_lines() -> QuerySet[Nomination]:
    about = Q(person=OuterRef("person")) | Q(collective=OuterRef("collective"))
    return Nomination.objects.filter(about, ~Q(pk=OuterRef("pk")), state__in=COUNTED)


def _grants() -> QuerySet[Grant]:
    about = Q(person=OuterRef("person")) | Q(unit=OuterRef("collective"))
    return Grant.objects.filter(about, state=GrantState.IN_FORCE)


FINDERS: dict[str, Callable[[date], Q]] = {
    "double": _double,
    "held": _held,
    "pending": _pending,
    "achievement": _achievement,
    "initiative": _initiative,
    "shares": _shares,
    "number": _number,
}
