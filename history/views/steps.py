"""“Bước tiếp theo” on the page of a person or a unit: the reasoning of the nightly pass, for one."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from accounts import policy
from accounts.permissions import Permission
from history import papers, selectors
from history.models import Discovery
from history.services.looking import steps_of_person, steps_of_unit
from history.states import DiscoveryState, Nearness
from units.models import Person, Unit


def next_of(request: HttpRequest, subject: Person | Unit, day: date) -> dict[str, Any]:
    """The panel's steps and year; a dossier may be begun where the last pass found the same."""
    year = selectors.year_under_review(day)
    if isinstance(subject, Person):
        steps = papers.next_steps(steps_of_person(subject, year=year, day=day))
        found = Discovery.objects.filter(person=subject)
    else:
        steps = papers.next_steps(steps_of_unit(subject, year=year, day=day))
        found = Discovery.objects.filter(collective=subject)
    if policy.can(request.user, Permission.SUBMISSION_DRAFT, subject):
        open_ones = found.filter(year=year, ended_on=None, outcome=Nearness.ELIGIBLE)
        rows = open_ones.exclude(state=DiscoveryState.DECLINED).values_list("award", "type", "pk")
        keys = {(award, kind): pk for award, kind, pk in rows}
        for step in steps:
            step.start = keys.get((step.award, step.type)) if step.kind == "ok" else None
    return {"steps": steps, "steps_year": year, "steps_day": day}
