"""One unit: where it stands, what became of it, what it received and what its forerunners did."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import policy
from accounts.access import requires
from accounts.permissions import Permission
from history import papers, selectors
from history.papers import Event
from history.views.lineage import diagram
from history.views.steps import next_of
from units.importers import regions_named_by_law
from units.models import Unit, UnitEvent, UnitKind
from units.selectors import REGIONS_SINCE, descendants, parent_of, staff_of, units_visible_to
from units.views.structure import tree_context


@requires(Permission.UNIT_VIEW, among=units_visible_to)
@require_GET
def unit(request: HttpRequest, subject: Unit) -> HttpResponse:
    """The unit beside the tree of the day."""
    tree = tree_context(request, subject)
    day = tree["day"]
    last_day = day if subject.is_in_force(day) else subject.valid_to or day
    superior = parent_of(subject, last_day)
    context = {
        **tree,
        "unit": subject,
        "superior": superior,
        "staff": staff_of([subject.pk], last_day).count(),
        "staff_day": last_day,
        "diagram": diagram(subject),
        "regions": _regions(subject, day),
        "basis": _basis(subject),
        "milestones": _milestones(subject),
        "crumbs": _crumbs(subject, superior),
        **_honours(request, subject),
    }
    return render(request, "history/unit.html", context)


def _honours(request: HttpRequest, subject: Unit) -> dict[str, Any]:
    """What it received and what its forerunners did, for those who may see honours."""
    if not policy.can(request.user, Permission.GRANT_VIEW, subject):
        return {"may_see_honours": False}
    own = list(selectors.grants_of_unit(subject))
    return {
        "may_see_honours": True,
        "totals": papers.unit_totals(own),
        "honours": papers.events(own, subject.ratings.all()),
        "inherited": selectors.inherited_grants(subject),
        **(next_of(request, subject, today) if subject.is_in_force(today := timezone.localdate()) else {}),
    }


def _regions(subject: Unit, day: date) -> str:
    """How many regional procuracies of a province are in the tree, held against the published lists."""
    named = regions_named_by_law()
    if subject.code not in named or day < REGIONS_SINCE:
        return ""
    here = descendants([subject.pk], day).filter(kind=UnitKind.REGION).count()
    official = named[subject.code]
    if official is None:
        return f"{here} đơn vị đã biết; danh sách công bố chưa nêu đủ"
    return f"{here}/{official} đơn vị theo danh sách công bố"


def _basis(subject: Unit) -> list[UnitEvent]:
    """The acts that made or ended the unit, each document once."""
    rows = UnitEvent.objects.filter(Q(predecessor=subject) | Q(successor=subject)).order_by("date", "pk")
    return list({(row.date, row.basis): row for row in rows}.values())


def _milestones(subject: Unit) -> list[Event]:
    """Beginning, superiors, successions and end, newest first."""
    found: list[Event] = []
    if subject.founded_on:
        found.append(Event(subject.founded_on, "life", "Thành lập", dot="title"))
    if subject.valid_from:
        found.append(Event(subject.valid_from, "life", f"Hoạt động với tên {subject.name}", dot="title"))
    links = subject.parent_links.select_related("parent").order_by("valid_from")
    found += [
        Event(link.valid_from, "life", f"Trực thuộc {link.parent.short_name}") for link in links if link.valid_from
    ]
    ends = subject.endings.select_related("successor")
    found += [Event(row.date, "life", _ending(row), row.basis, dot="err", status=row.confidence) for row in ends]
    starts = subject.beginnings.select_related("predecessor")
    found += [
        Event(row.date, "life", f"Kế thừa {row.predecessor.short_name}", row.basis, status=row.confidence)
        for row in starts
    ]
    return papers.name_years(sorted(found, key=lambda event: event.day, reverse=True))


def _ending(row: UnitEvent) -> str:
    heir = row.successor.short_name if row.successor else "chưa xác định đơn vị kế thừa"
    return f"{row.get_kind_display()}: {heir}"


def _crumbs(subject: Unit, superior: Unit | None) -> list[tuple[str, str]]:
    above = [(superior.short_name, reverse("history:unit", args=[superior.pk]))] if superior else []
    return [("Cây đơn vị", reverse("units:unit_tree")), *above, (subject.short_name, "")]
