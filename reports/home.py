"""What the first page shows beside the tasks: campaigns under way, new honours, the law in force."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission as P
from campaigns.models import Campaign
from campaigns.selectors.campaigns import campaigns_visible_to
from history.models import Grant
from rulebook import catalogue
from rulebook.sources import Source
from units.models import Posting
from units.selectors import in_force, units_visible_to

#: Titles nearly everybody receives each year are no news.
EVERYDAY = ("lao_dong_tien_tien", "chien_si_tien_tien", "tap_the_lao_dong_tien_tien")


@dataclass(frozen=True)
class Card:
    """A campaign and how much of its time has passed, in whole percent."""

    campaign: Campaign
    passed: int


def cards(user: User, today: date) -> list[Card]:
    """The newest campaigns the user takes part in."""
    rows = campaigns_visible_to(user).order_by("-starts_on", "-pk")[:4]
    return [Card(row, _passed(row, today)) for row in rows]


def new_honours(user: User) -> list[Grant]:
    """The last honours of one's own person and of the units one sees."""
    mine = Q(person__user=user) | Q(unit__in=units_visible_to(user, P.GRANT_VIEW))
    rows = Grant.objects.filter(mine, state="in_force").exclude(award__in=EVERYDAY).select_related("unit", "person")
    return list(rows.order_by("-decided_on", "-pk")[:4])


def laws(today: date) -> list[Source]:
    """The documents in force today, to open from the first page."""
    return [source for source in catalogue.legal_bases(today, "decision") if source.link][:5]


def place_of(user: User, today: date) -> dict[str, Any]:
    """Where the user works today: the unit's name for the heading, the post for the line below."""
    posting = Posting.objects.filter(in_force(today), person__user=user, is_main=True).select_related("unit").first()
    return {"unit": posting.unit if posting else None, "post": posting.post if posting else ""}


def _passed(campaign: Campaign, today: date) -> int:
    days = (campaign.ends_on - campaign.starts_on).days or 1
    return max(0, min(100, (today - campaign.starts_on).days * 100 // days))
