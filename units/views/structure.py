"""The tree of units as of a day. Branches open by themselves with htmx, and as pages without."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.models import User
from accounts.permissions import Permission
from core.typed import whole
from units.forms import TreeDayForm
from units.models import Unit, UnitKind
from units.selectors import (
    REGIONS_BY_LAW,
    Node,
    counts_by_kind,
    event_days,
    nodes_below,
    regions_missing,
    top_nodes,
    units_visible_to,
)

#: Branches with more units than this are shown in groups, larger groups closed.
CROWDED, LONG_GROUP = 12, 40
#: So few units at the top are shown with their branches open.
FEW_TOPS = 3
_GROUP_OF = {
    UnitKind.HIGH: "VKSND cấp cao",
    UnitKind.PROVINCE: "VKSND cấp tỉnh",
    UnitKind.REGION: "VKSND khu vực",
    UnitKind.DISTRICT: "VKSND cấp huyện",
    UnitKind.SECTION: "Phòng",
    UnitKind.MILITARY_ZONE: "VKSQS quân khu và tương đương",
    UnitKind.MILITARY_REGION: "VKSQS khu vực",
}


@dataclass
class Group:
    """Units of one kind under one superior; `before` is their number on the day compared."""

    label: str
    nodes: list[Node]
    total: int
    before: int | None = None
    is_open: bool = True


@dataclass(frozen=True)
class Point:
    """A day on the line of reorganisations, with how many units ended then."""

    day: date
    x: int
    number: int
    great: bool
    shown: bool


@requires(Permission.UNIT_VIEW)
@require_GET
def unit_tree(request: HttpRequest) -> HttpResponse:
    """The structure on `?ngay=`, compared with the day before the last great reform if `?so=` says so."""
    seen = Unit.objects.filter(pk=whole(request.GET.get("mo", "")), pk__in=units_visible_to(request.user)).first()
    return render(request, "units/unit_tree.html", tree_context(request, seen))


@requires(Permission.UNIT_VIEW, among=units_visible_to)
@require_GET
def unit_branch(request: HttpRequest, unit: Unit) -> HttpResponse:
    """What stands under one unit, for htmx to put in its place."""
    day, compare, _ = _days(request)
    context = {"groups": _grouped(unit, nodes_below(unit, day, compare), day, compare), "day": day, "compare": compare}
    return render(request, "units/_branch.html", context)


def tree_context(request: HttpRequest, opened: Unit | None) -> dict[str, Any]:
    """What the tree needs, with the branch of `opened` unfolded."""
    day, compare, form = _days(request)
    nodes = _unfolded(request.user, day, compare, opened)
    return {
        "form": form,
        "day": day,
        "compare": compare,
        "groups": [Group("", nodes, len(nodes))],
        "current": opened,
        "axis": _axis(day),
        "missing": regions_missing(day),
        "by_law": REGIONS_BY_LAW,
    }


def _days(request: HttpRequest) -> tuple[date, date | None, TreeDayForm]:
    """The day shown, the day compared (or None), and the form that says so."""
    today = timezone.localdate()
    first_visit = "ngay" not in request.GET
    typed = {"ngay": f"{today:%d/%m/%Y}", "so": "on"} if first_visit else request.GET
    probe = TreeDayForm(typed, compare=None)
    day = (probe.cleaned_data.get("ngay") if probe.is_valid() else None) or today
    before = _before_reform(day)
    form = TreeDayForm(typed, compare=before)
    return day, before if typed.get("so") else None, form


def _before_reform(day: date) -> date | None:
    """The last day before the greatest reorganisation up to `day`."""
    past = [(number, when) for when, number in event_days() if when <= day]
    return max(past)[1] - timedelta(days=1) if past else None


def _unfolded(user: User, day: date, compare: date | None, opened: Unit | None) -> list[Node]:
    """The top of the tree, one level open, and the path to `opened`."""
    path = set(opened.lineage(day).values_list("pk", flat=True)) if opened else set()
    nodes = top_nodes(user, day, compare)
    if len(nodes) <= FEW_TOPS:
        path |= {node.unit.pk for node in nodes}
    _unfold(nodes, path, day, compare)
    return nodes


def _unfold(nodes: Iterable[Node], path: set[int], day: date, compare: date | None) -> None:
    for node in nodes:
        if node.unit.pk in path and not node.is_leaf:
            below = nodes_below(node.unit, day, compare)
            _unfold(below, path, day, compare)
            node.branch = _grouped(node.unit, below, day, compare, path)


def _grouped(unit: Unit, nodes: list[Node], day: date, compare: date | None, path: Iterable[int] = ()) -> list[Group]:
    if len(nodes) <= CROWDED:
        return [Group("", nodes, len(nodes))]
    before = counts_by_kind(unit, compare) if compare else {}
    groups: dict[str, Group] = {}
    for node in nodes:
        label = _GROUP_OF.get(UnitKind(node.unit.kind), "Đơn vị trực thuộc")
        group = groups.setdefault(label, Group(label, [], 0))
        group.nodes.append(node)
        group.total += node.mark != "ended"
    goes_on = _leads_on(nodes, path)
    for group in groups.values():
        group.before = sum(before.get(kind, 0) for kind in {node.unit.kind for node in group.nodes}) or None
        group.is_open = _leads_on(group.nodes, path) or (not goes_on and len(group.nodes) <= LONG_GROUP)
        if not group.total:
            group.label, group.total, group.before = "Đơn vị đã chấm dứt", len(group.nodes), None
    return list(groups.values())


def _leads_on(nodes: Iterable[Node], path: Iterable[int]) -> bool:
    return any(node.unit.pk in set(path) for node in nodes)


def _axis(day: date) -> list[Point]:
    """The days of reorganisations and the day shown, as points of a line 540 units long."""
    numbers = dict(event_days())
    greatest = max(numbers.values(), default=0)
    days = sorted({*numbers, day})
    step = 460 / max(1, len(days) - 1)
    return [
        Point(
            when,
            x=round(50 + place * step),
            number=numbers.get(when, 0),
            great=numbers.get(when) == greatest,
            shown=when == day,
        )
        for place, when in enumerate(days)
    ]
