"""One person: totals, lifetime, and what may come next by the law of today."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import policy
from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page_or_fragment, wants_fragment
from history import papers, selectors
from history.views.steps import next_of
from units.models import Person
from units.selectors import people_visible_to

#: Years of the lifetime that are shown before “xem tất cả”.
SHOWN_YEARS = 10
TABS = [("", "Tất cả"), ("danh-hieu", "Danh hiệu"), ("khen-thuong", "Khen thưởng")]
_KIND_OF_TAB = {"danh-hieu": "title", "khen-thuong": "form"}


@requires(Permission.PERSON_VIEW, among=people_visible_to)
@require_GET
def person(request: HttpRequest, subject: Person) -> HttpResponse:
    """The record of someone in one's scope."""
    crumbs = [("Cá nhân", reverse("units:person_list")), (subject.full_name, "")]
    return _record(request, subject, {"crumbs": crumbs})


@requires(Permission.OWN_RECORD)
@require_GET
def own_record(request: HttpRequest) -> HttpResponse:
    """One's own record; accounts without a person say what to do."""
    subject = Person.objects.filter(user=request.user).first()
    if subject is None:
        return render(request, "history/no_record.html")
    return _record(request, subject, {"is_own": True})


def _record(request: HttpRequest, subject: Person, more: dict[str, Any]) -> HttpResponse:
    today = timezone.localdate()
    grants = list(selectors.grants_of_person(subject))
    posting = subject.posting_on(today)
    context = {
        "person": subject,
        "posting": posting,
        "may_open_unit": posting and policy.can(request.user, Permission.UNIT_VIEW, posting.unit),
        "service": papers.service_text(subject.joined_on, subject.left_on or today) if subject.joined_on else "",
        "totals": papers.totals(grants),
        "initiatives": selectors.initiatives_of(subject),
        "today": today,
        **_lifetime(request, subject, grants, today),
        **more,
    }
    if not wants_fragment(request):
        context |= next_of(request, subject, today)
    return page_or_fragment(request, "history/person.html", fragment="history/_lifetime.html", context=context)


def _lifetime(request: HttpRequest, subject: Person, grants: list[Any], today: date) -> dict[str, Any]:
    """The timeline with its filter; older years on demand."""
    tab = request.GET.get("loc", "")
    postings = subject.postings.select_related("unit")
    rows = papers.events(grants, subject.ratings.all(), postings)
    if tab in _KIND_OF_TAB:
        rows = papers.name_years([row for row in rows if row.kind == _KIND_OF_TAB[tab]])
    everything = "tat-ca" in request.GET
    recent = rows if everything else [row for row in rows if row.day.year > today.year - SHOWN_YEARS]
    older = [row for row in rows if row.day.year <= today.year - SHOWN_YEARS]
    return {
        "events": recent,
        "older": [] if everything else older,
        "tabs": [{"key": key, "label": label, "is_current": key == tab} for key, label in TABS],
        "tab": tab,
    }
