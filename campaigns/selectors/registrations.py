"""Which registrations one sees, how far the units below are, and what waits for whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from campaigns.models import Answer, Campaign, CampaignKind, Commitment, Origin, Registration, RegistrationLine
from campaigns.selectors.campaigns import NOT_REGISTERING, registering_units, running_campaigns, running_campaigns_of
from campaigns.states import SEEN_FROM_ABOVE, CampaignState
from campaigns.states import RegistrationState as R
from units.models import Person, Unit
from units.selectors import family, parent_of, superiors, units_visible_to, users_with

#: No registration has been opened yet.
NOT_OPENED = "none"
#: The stages by which superiors sort units; a unit that has not begun has “not sent” like one that drafts.
STAGES: dict[str, frozenset[str]] = {
    "chua-gui": frozenset({NOT_OPENED, R.DRAFT}),
    "cho-duyet": frozenset({R.SENT}),
    "tu-choi": frozenset({R.RETURNED}),
    "da-duyet": frozenset({R.ACCEPTED}),
    "da-khoa": frozenset({R.LOCKED}),
}
STAGE_LABELS: dict[str, str] = {
    "chua-gui": SEEN_FROM_ABOVE[R.DRAFT],
    "cho-duyet": SEEN_FROM_ABOVE[R.SENT],
    "tu-choi": SEEN_FROM_ABOVE[R.RETURNED],
    "da-duyet": SEEN_FROM_ABOVE[R.ACCEPTED],
    "da-khoa": SEEN_FROM_ABOVE[R.LOCKED],
}


@dataclass(frozen=True)
class Progress:
    """How many units stand at each stage."""

    by_stage: dict[str, int]

    @property
    def total(self) -> int:
        """All units."""
        return sum(self.by_stage.values())

    @property
    def sent(self) -> int:
        """Units whose sheet lies with the superior, or was taken over."""
        return self.total - self.by_stage["chua-gui"] - self.by_stage["tu-choi"]

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Stage in words and number of units."""
        return [(STAGE_LABELS[stage], number) for stage, number in self.by_stage.items()]


@dataclass(frozen=True)
class OwnSheet:
    """One of the user's own units in a running campaign, with its registration if there is one."""

    campaign: Campaign
    unit: Unit
    registration: Registration | None


def registrations_visible_to(user: User) -> QuerySet[Registration]:
    """One's own unit's registrations and those of the units below."""
    units = units_visible_to(user, Permission.REGISTRATION_VIEW)
    sheets = Registration.objects.filter(unit__in=units)
    return sheets.select_related("campaign__unit", "unit", "sent_by", "answered_by")


def lines_visible_to(user: User) -> QuerySet[RegistrationLine]:
    """The lines of the registrations one sees."""
    units = units_visible_to(user, Permission.REGISTRATION_VIEW)
    return RegistrationLine.objects.filter(registration__unit__in=units).select_related(
        "registration__unit", "registration__campaign", "person", "collective"
    )


def counted_lines(registration: Registration) -> QuerySet[RegistrationLine]:
    """The lines that are sent: the unit's own, and those the head confirmed."""
    return RegistrationLine.objects.filter(registration=registration, answer=Answer.CONFIRMED)


def waiting_lines(registration: Registration) -> QuerySet[RegistrationLine]:
    """What people proposed and the head has not answered."""
    return RegistrationLine.objects.filter(registration=registration, answer=Answer.WAITING)


def proposed_lines(registration: Registration) -> QuerySet[RegistrationLine]:
    """What people proposed, whatever the head answered, person by person."""
    lines = RegistrationLine.objects.filter(registration=registration, origin=Origin.PERSON)
    return lines.select_related("person", "answered_by").order_by("person__sort_key", "person", "pk")


def commitments_of(registration: Registration) -> QuerySet[Commitment]:
    """What people undertook in their own words, by name."""
    said = Commitment.objects.filter(registration=registration).select_related("person")
    return said.order_by("person__sort_key", "pk")


def answers_from_above(user: User, registration: Registration) -> bool:
    """Does `user` hold the office's right on a superior of the unit, or on the unit that launched the campaign?"""
    above = registration.unit.lineage().exclude(pk=registration.unit_id)
    scopes = policy.granted_scopes(user, Permission.REGISTRATION_ACCEPT, Unit)
    return scopes.filter(Q(pk__in=above.values("pk")) | Q(pk=registration.campaign.unit_id)).exists()


def nearest_office(unit: Unit, day: date) -> list[User]:
    """Who receives what `unit` sends: the users of the first superior that has an office."""
    above = parent_of(unit, day)
    while above is not None:
        users = list(users_with(Permission.REGISTRATION_ACCEPT, above))
        if users:
            return users
        above = parent_of(above, day)
    return []


def previous_registration(registration: Registration) -> Registration | None:
    """What the unit, or the unit it continues, sent in the yearly campaign of the year before."""
    before = Registration.objects.filter(
        campaign__year=registration.campaign.year - 1, campaign__kind=CampaignKind.ANNUAL, sent_at__isnull=False
    )
    kin = family(registration.unit).values("pk")
    return before.filter(unit__in=kin).select_related("campaign", "unit").order_by("-sent_at", "pk").first()


def progress_of(user: User, campaign: Campaign, day: date) -> QuerySet[Unit]:
    """The units of `campaign` that `user` may see, each with `registration_id`, `stage`, `sent_at` and `lines`."""
    sheets = Registration.objects.filter(campaign=campaign, unit=OuterRef("pk"))
    lines = (
        RegistrationLine.objects.filter(registration__campaign=campaign, registration__unit=OuterRef("pk"))
        .filter(answer=Answer.CONFIRMED)
        .order_by()
        .values("registration")
        .annotate(number=Count("pk"))
        .values("number")
    )
    concerned = Q(pk__in=registering_units(campaign, day).values("pk"))
    began = Q(pk__in=Registration.objects.filter(campaign=campaign).values("unit"))
    visible = units_visible_to(user, Permission.REGISTRATION_VIEW)
    return Unit.objects.filter(concerned | began, pk__in=visible.values("pk")).annotate(
        registration_id=Subquery(sheets.values("pk")[:1]),
        stage=Coalesce(Subquery(sheets.values("state")[:1]), Value(NOT_OPENED)),
        sent_at=Subquery(sheets.values("sent_at")[:1]),
        lines=Coalesce(Subquery(lines[:1], output_field=IntegerField()), 0),
    )


def progress_counts(units: QuerySet[Unit]) -> Progress:
    """How many of the units of `progress_of` stand at each stage; one query."""
    by_state = dict(units.order_by().values_list("stage").annotate(number=Count("pk")))  # type: ignore[misc]  # `progress_of` names it
    return Progress({stage: sum(by_state.get(state, 0) for state in states) for stage, states in STAGES.items()})


def own_units(user: User) -> QuerySet[Unit]:
    """The units whose registration `user` drafts by a role held on the unit itself."""
    return policy.granted_scopes(user, Permission.REGISTRATION_DRAFT, Unit).exclude(kind__in=NOT_REGISTERING)


def has_units_below(user: User) -> bool:
    """Does `user` see registrations of other units than those whose sheet `user` drafts?"""
    visible = units_visible_to(user, Permission.REGISTRATION_VIEW).exclude(kind__in=NOT_REGISTERING)
    return visible.exclude(pk__in=own_units(user).values("pk")).exists()


def draftable_units(user: User) -> QuerySet[Unit]:
    """The units whose registration `user` may draft, by a role on them or above them."""
    return units_visible_to(user, Permission.REGISTRATION_DRAFT).exclude(kind__in=NOT_REGISTERING)


def own_sheets(user: User, day: date) -> list[OwnSheet]:
    """For each own unit and each campaign it takes part in: the registration, or None while it is not begun.

    Running campaigns, and all in which the unit has a registration; the newest first.
    """
    units = {unit.pk: unit for unit in own_units(user)}
    if not units:
        return []
    sheets = Registration.objects.filter(unit__in=units).select_related("campaign__unit", "unit")
    found = {(sheet.campaign_id, sheet.unit_id): sheet for sheet in sheets}
    rows = [OwnSheet(sheet.campaign, sheet.unit, sheet) for sheet in found.values()]
    above = {unit: set(superiors([unit], day).values_list("pk", flat=True)) for unit in units}
    for campaign in running_campaigns(day):
        rows += [
            OwnSheet(campaign, unit, None)
            for pk, unit in units.items()
            if campaign.unit_id in above[pk] and (campaign.pk, pk) not in found and unit.is_in_force(day)
        ]
    return sorted(rows, key=lambda row: (-row.campaign.year, row.campaign.pk, row.unit.sort_key))


def own_lines(person: Person, campaign: Campaign) -> QuerySet[RegistrationLine]:
    """Everything registered for a person in a campaign, by the person or by the unit."""
    lines = RegistrationLine.objects.filter(registration__campaign=campaign, person=person)
    return lines.select_related("registration")


def count_registrations(user: User) -> int:
    """What waits for `user`: sheets to begin, finish or send; sheets sent up to the office."""
    today = timezone.localdate()
    waiting = {R.DRAFT, R.RETURNED}
    mine = sum(
        sheet.registration is None or sheet.registration.state in waiting
        for sheet in own_sheets(user, today)
        if sheet.campaign.state == CampaignState.LAUNCHED
    )
    office = units_visible_to(user, Permission.REGISTRATION_ACCEPT)
    return mine + Registration.objects.filter(unit__in=office, state=R.SENT).exclude(sent_by=user).count()


def count_own(user: User) -> int:
    """Running campaigns in which `user` has proposed nothing and the unit has registered nothing for `user`."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        return 0
    running = [campaign.pk for campaign in running_campaigns_of(person, timezone.localdate())]
    done = RegistrationLine.objects.filter(person=person, registration__campaign__in=running)
    return len(set(running) - set(done.values_list("registration__campaign", flat=True)))
