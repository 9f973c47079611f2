"""Which campaigns one sees, and which units register in one."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from campaigns.models import Campaign
from campaigns.states import CampaignState
from units.models import Person, Posting, Unit, UnitKind, UnitLink
from units.selectors import descendants, in_force, parent_of, superiors, units_visible_to

#: Kinds that register nothing themselves: the sector as a whole, and parts that stand in their unit's sheet.
NOT_REGISTERING = (UnitKind.SUPREME, UnitKind.COMMITTEE, UnitKind.SECTION)


def home_units(user: User) -> QuerySet[Unit]:
    """The units on which `user` holds a role, and the one where `user` is posted today."""
    posted = Posting.objects.filter(in_force(timezone.localdate()), is_main=True, person__user=user)
    granted = policy.granted_scopes(user, Permission.UNIT_VIEW, Unit)
    return Unit.objects.filter(Q(pk__in=granted.values("pk")) | Q(pk__in=posted.values("unit")))


def campaigns_visible_to(user: User) -> QuerySet[Campaign]:
    """What one's unit, its superiors and the units below have launched; drafts only for those who manage them."""
    known = Q(unit__in=superiors(home_units(user))) | Q(unit__in=units_visible_to(user, Permission.UNIT_VIEW))
    managed = Q(unit__in=units_visible_to(user, Permission.CAMPAIGN_MANAGE))
    return Campaign.objects.filter(known & ~Q(state=CampaignState.DRAFT) | managed).select_related("unit")


def campaigns_managed_by(user: User) -> QuerySet[Campaign]:
    """The campaigns that `user` may edit, launch and close."""
    return Campaign.objects.filter(unit__in=units_visible_to(user, Permission.CAMPAIGN_MANAGE)).select_related("unit")


def launching_units(user: User) -> QuerySet[Unit]:
    """The units for which `user` may launch a campaign: those on which the office's role is held."""
    units = policy.granted_scopes(user, Permission.CAMPAIGN_MANAGE, Unit)
    return units.filter(in_force(timezone.localdate())).order_by("sort_key", "pk")


def running_campaigns(day: date) -> QuerySet[Campaign]:
    """Launched campaigns that receive registrations on `day`, the nearest deadline first."""
    return (
        Campaign.objects.filter(
            state=CampaignState.LAUNCHED, registration_opens_on__lte=day, registration_closes_on__gte=day
        )
        .select_related("unit")
        .order_by("registration_closes_on", "pk")
    )


def registering_units(campaign: Campaign, day: date) -> QuerySet[Unit]:
    """The units that register in `campaign`: those below its unit in force on `day` (or the nearest day of it)."""
    when = campaign.day_within(day)
    below = descendants([campaign.unit_id], when)
    return below.filter(in_force(when)).exclude(kind__in=NOT_REGISTERING)


def sections_of(unit: Unit, day: date) -> QuerySet[Unit]:
    """The parts of a unit whose people stand in its sheet."""
    links = UnitLink.objects.filter(in_force(day), parent=unit, child__kind=UnitKind.SECTION)
    return Unit.objects.filter(in_force(day), pk__in=links.values("child")).order_by("sort_key", "pk")


def registering_unit_of(person: Person, day: date) -> Unit | None:
    """The unit in whose sheet a person stands on `day`; None without a posting."""
    posting = person.posting_on(day)
    if posting is None or not (posting.valid_to is None or posting.valid_to >= day):
        return None
    unit: Unit | None = posting.unit
    return parent_of(unit, day) if unit is not None and unit.kind == UnitKind.SECTION else unit


def running_campaigns_of(person: Person, day: date) -> list[Campaign]:
    """The campaigns in which `person` may register on `day`."""
    unit = registering_unit_of(person, day)
    if unit is None or unit.kind in NOT_REGISTERING:
        return []
    return list(running_campaigns(day).filter(unit__in=superiors([unit.pk], day)))


def count_campaigns(user: User) -> int:
    """Campaigns now running: the number in the menu."""
    return campaigns_visible_to(user).filter(state=CampaignState.LAUNCHED).count()
