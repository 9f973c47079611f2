"""Who is one condition short this year goes into next year's registration, where that is open."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from awards import selectors
from campaigns.models import Campaign, Registration, RegistrationLine
from campaigns.services import lines, registrations
from campaigns.services.lines import Tick
from core.act import act
from core.workflow import Refused
from history.models import Discovery
from units.models import Unit, UnitKind
from units.selectors import parent_of, units_visible_to

Refusal = tuple[Discovery, str]


@dataclass
class Registered:
    """The sheets that now hold the lines, the suggestions they came from, and who was left out and why."""

    sheets: list[Registration] = field(default_factory=list)
    done: list[Discovery] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@act
def register(*, discoveries: Sequence[Discovery], by: User, at: datetime) -> Registered:
    """A line for each in the sheet of its unit for the following year; a line that is there stays as it is."""
    day, found = timezone.localdate(at), Registered()
    campaigns = campaigns_to_register(by, day)
    sheets: dict[tuple[Campaign, Unit], list[Discovery]] = defaultdict(list)
    for row in discoveries:
        campaign = campaign_of(row, campaigns)
        if campaign is None:
            found.refused.append((row, f"Chưa có phong trào năm {row.year + 1} nhận đăng ký {row.entry.label}."))
        else:
            sheets[campaign, _registering_unit(row.unit, day)].append(row)
    for (campaign, unit), rows in sheets.items():
        try:
            found.sheets.append(_into_sheet(campaign=campaign, unit=unit, rows=rows, by=by, at=at))
            found.done += rows
        except (Refused, PermissionDenied) as why:
            found.refused += [(row, str(why)) for row in rows]
    return found


def campaigns_to_register(user: User, day: date) -> list[Campaign]:
    """The campaigns that take registrations of the user's units on `day`, the awards they are open for at hand."""
    units = units_visible_to(user, Permission.REGISTRATION_DRAFT)
    rows = selectors.open_campaigns(units).prefetch_related("awards")
    return [row for row in rows if row.receives_on(day)]


def campaign_of(row: Discovery, campaigns: Iterable[Campaign]) -> Campaign | None:
    """Where a suggestion may be registered for the year after its own."""
    for campaign in campaigns:
        listed = {each.award for each in campaign.awards.all()}
        if campaign.year == row.year + 1 and row.award in listed:
            return campaign
    return None


def registered(rows: Sequence[Discovery]) -> set[int]:
    """Which of the suggestions stand in a registration of the following year: one query."""
    people = {row.person_id for row in rows if row.person_id}
    units = {row.collective_id for row in rows if row.collective_id}
    years = {row.year + 1 for row in rows}
    lines_there = RegistrationLine.objects.filter(registration__campaign__year__in=years, answer="confirmed")
    near = lines_there.filter(person__in=people) | lines_there.filter(collective__in=units)
    keys = set(near.values_list("person", "collective", "award", "registration__campaign__year"))
    return {row.pk for row in rows if (row.person_id, row.collective_id, row.award, row.year + 1) in keys}


@act
def _into_sheet(*, campaign: Campaign, unit: Unit, rows: Sequence[Discovery], by: User, at: datetime) -> Registration:
    sheet = registrations.open_registration(campaign=campaign, unit=unit, by=by, at=at)
    ticks = [
        Tick(f"p{row.person_id}" if row.person_id else f"u{row.collective_id}", row.award, on=True) for row in rows
    ]
    return lines.set_lines(registration=sheet, ticks=ticks, by=by, at=at, expected_version=None).registration


def _registering_unit(unit: Unit, day: date) -> Unit:
    """A section's people and the section itself stand in the sheet of its superior."""
    return (parent_of(unit, day) or unit) if unit.kind == UnitKind.SECTION else unit
