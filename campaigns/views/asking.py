"""What the views of this app share: the version a page showed, a refusal beside its form, crumbs."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest
from django.urls import reverse

from campaigns.models import Campaign, Registration
from core.typed import whole
from core.workflow import Refused

T = TypeVar("T")
Crumbs = list[tuple[str, str]]


class Sent(Protocol):
    """A form, or rows of forms."""

    def is_valid(self) -> bool:
        """Is all of it right?"""

    def add_error(self, field: Any, text: Any) -> None:
        """Say what was refused."""


def version_of(request: HttpRequest) -> int:
    """The version the user saw; 0, which none ever is, where the page did not say."""
    return whole(request.POST.get("version", ""))


def submitted(request: HttpRequest, form: Sent, act: Callable[[], T]) -> T | None:
    """What `act` answers to a form that was sent and is right; None where there is something to show again.

    A refusal stands above the form, and nothing typed is lost.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except Refused as reason:
        form.add_error(None, str(reason))
        return None


def campaign_crumbs(campaign: Campaign | None, *last: str) -> Crumbs:
    """Phong trào / title / what is being done."""
    crumbs = [("Phong trào", reverse("campaigns:campaign_list"))]
    if campaign is not None:
        crumbs.append((campaign.title, reverse("campaigns:campaign", args=[campaign.pk]) if last else ""))
    return [*crumbs, *((word, "") for word in last)]


def sheet_crumbs(registration: Registration, *last: str) -> Crumbs:
    """Đăng ký thi đua / unit / year / what is being done."""
    url = reverse("campaigns:registration", args=[registration.pk]) if last else ""
    return [
        ("Đăng ký thi đua", reverse("campaigns:registration_list")),
        (registration.unit.short_name, ""),
        (f"Năm {registration.campaign.year}", url),
        *((word, "") for word in last),
    ]
