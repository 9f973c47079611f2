"""What is read of honours and initiatives: user in, QuerySet out, constant queries."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import Permission
from core.models import RuleOverride
from history.models import Discovery, Grant, Initiative
from history.states import DiscoveryState, GrantState
from units.models import Person, Unit, UnitEvent
from units.selectors import people_visible_to, units_visible_to


def grants_visible_to(user: User) -> QuerySet[Grant]:
    """Honours of the units and of the people for whom `user` holds the right to view honours, and one's own."""
    units = units_visible_to(user, Permission.GRANT_VIEW)
    people = people_visible_to(user, Permission.GRANT_VIEW)
    return Grant.objects.filter(Q(unit__in=units) | Q(person__in=people) | Q(person__user=user))


def grants_of_person(person: Person) -> QuerySet[Grant]:
    """A person's honours, newest first, revoked ones included."""
    return person.grants.order_by("-year", "-decided_on", "-pk")


def grants_of_unit(unit: Unit) -> QuerySet[Grant]:
    """What this unit received under its own name, newest first."""
    return unit.grants.order_by("-year", "-decided_on", "-pk")


def inherited_grants(unit: Unit) -> QuerySet[Grant]:
    """What the forerunners of the unit received; shown with reference, not counted as its own."""
    before = UnitEvent.objects.filter(successor=unit).values("predecessor")
    earlier = UnitEvent.objects.filter(successor__in=before).values("predecessor")
    rows = Grant.objects.filter(Q(unit__in=before) | Q(unit__in=earlier), state=GrantState.IN_FORCE)
    return rows.select_related("unit").order_by("-year", "-decided_on", "-pk")


def initiatives_visible_to(user: User) -> QuerySet[Initiative]:
    """Initiatives of the units `user` may view, and those one has made."""
    units = units_visible_to(user, Permission.GRANT_VIEW)
    return Initiative.objects.filter(Q(unit__in=units) | Q(credits__person__user=user)).distinct()


def initiatives_of(person: Person) -> QuerySet[Initiative]:
    """A person's recognised initiatives, newest first."""
    return person.initiatives.filter(state="recognised").order_by("-recognised_on", "-pk")


def discoveries_visible_to(user: User) -> QuerySet[Discovery]:
    """What the last pass found in the units for which `user` holds the right to view honours."""
    units = units_visible_to(user, Permission.GRANT_VIEW)
    return Discovery.objects.filter(unit__in=units, ended_on=None).select_related("person", "collective", "unit", "by")


def waiting_on(day: date) -> Q:
    """Suggestions nobody has set aside on `day`: a postponed one comes back on its day."""
    return Q(state__in=[DiscoveryState.OPEN, DiscoveryState.TAKEN]) | Q(state=DiscoveryState.POSTPONED, until__lte=day)


def year_under_review(day: date) -> int:
    """The year the last pass looked at; before the first one, that of `day`."""
    last = Discovery.objects.order_by("-refreshed_at").values_list("year", flat=True).first()
    return last or day.year


def override_rows() -> QuerySet[RuleOverride]:
    """Every value the office has ever laid over the book, the newest first, withdrawn ones included."""
    return RuleOverride.objects.select_related("by", "withdrawn_by").order_by("-valid_from", "-pk")


def people_to_try(user: User) -> QuerySet[Person]:
    """People whose register `user` may both open and see the honours of."""
    seen = people_visible_to(user, Permission.GRANT_VIEW)
    return people_visible_to(user).filter(pk__in=seen.values("pk"))


def units_to_try(user: User) -> QuerySet[Unit]:
    """Units whose honours `user` may see."""
    return units_visible_to(user, Permission.GRANT_VIEW)
