"""What is read of units and people: user first, QuerySet out, a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from units import tree
from units.models import Person, Posting, RoleAssignment, Unit, UnitEvent, UnitKind, UnitLink, UnitUserGrant

Units = Iterable[int] | QuerySet[Unit]

#: Nghị quyết 84/2025/UBTVQH15 sets up 355 VKSND khu vực from this day; the published lists name fewer.
REGIONS_BY_LAW, REGIONS_SINCE = 355, date(2025, 7, 1)


def within(units: Units, day: date | None = None) -> QuerySet[Unit]:
    """Scope of access: the units, all below them on `day` (today), and every ended unit whose
    successors lead into them; a unit ended without known successor belongs to its last superior.
    """
    when = _iso(day)
    return _reached(tree.inward_sql, tree.scope_days(when), units)


def descendants(units: Units, day: date | None = None) -> QuerySet[Unit]:
    """The units and all that stand below them on `day`, as the structure was then."""
    when = _iso(day)
    return _reached(tree.below_sql, tree.structure_days(when), units)


def superiors(units: Units, day: date | None = None) -> QuerySet[Unit]:
    """The units and all that stand above them on `day`, as the structure was then."""
    when = _iso(day)
    return _reached(tree.above_sql, tree.structure_days(when), units)


def sector() -> Unit | None:
    """VKSND tối cao as it stands today: what holds for it holds for the whole sector."""
    return units_on(timezone.localdate()).filter(kind=UnitKind.SUPREME).order_by("pk").first()


def units_visible_to(user: User, permission: Permission = Permission.UNIT_VIEW) -> QuerySet[Unit]:
    """The units for which `user` holds `permission`, by a grant on them or on whoever answers for them."""
    return within(policy.granted_scopes(user, permission, Unit))


def users_covering(permission: Permission, unit: Unit) -> QuerySet[User]:
    """Who may do `permission` in `unit`, by a grant on it or on whoever answers for it."""
    grants = UnitUserGrant.objects.filter(permission__codename=permission.value, content_object__in=unit.lineage())
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def in_force(day: date) -> Q:
    """Rows with `valid_from` and `valid_to` that hold on `day`; an open end is an empty column."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=day)) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def units_on(day: date) -> QuerySet[Unit]:
    """The units that exist on `day`."""
    return Unit.objects.filter(in_force(day))


def people_visible_to(
    user: User, permission: Permission = Permission.PERSON_VIEW, day: date | None = None
) -> QuerySet[Person]:
    """People whose present (or last) main posting lies in a unit for which `user` holds `permission`."""
    return Person.objects.filter(pk__in=_last_postings(units_visible_to(user, permission), day).values("person"))


def people_of(units: Units, day: date | None = None) -> QuerySet[Person]:
    """People whose present (or last) main posting lies in one of the units, whatever the tree."""
    return Person.objects.filter(pk__in=_last_postings(_ids(units), day).values("person"))


def staff_of(units: Units, day: date) -> QuerySet[Person]:
    """People in service who hold their main posting in one of the units on `day`."""
    held = Posting.objects.filter(in_force(day), is_main=True, unit__in=_ids(units))
    serving = Q(left_on__isnull=True) | Q(left_on__gte=day)
    return Person.objects.filter(serving, pk__in=held.values("person"))


def with_posting(people: QuerySet[Person], day: date | None = None) -> QuerySet[Person]:
    """Each person with `unit_id_now`, `unit_name_now`, `unit_search_now`, `post_now`, `rank_now` of the present
    (or last) posting.
    """
    posting = (
        Posting.objects.filter(person=OuterRef("pk"), is_main=True, valid_from__lte=day or timezone.localdate())
        .order_by("-valid_from")
    )  # fmt: skip
    return people.annotate(
        unit_id_now=Subquery(posting.values("unit_id")[:1]),
        unit_name_now=Subquery(posting.values("unit__short_name")[:1]),
        unit_search_now=Subquery(posting.values("unit__search_key")[:1]),
        post_now=Subquery(posting.values("post")[:1]),
        rank_now=Subquery(posting.values("rank")[:1]),
    )


def family(unit: Unit) -> QuerySet[Unit]:
    """The unit with all its forerunners and successors, near and far."""
    return _reached(tree.family_sql, (), [unit.pk])


def unit_name_on(unit: Unit, day: date) -> str:
    """How the unit, its forerunner or its successor was called on `day`; "" when that cannot be told.

    A unit not yet (or no longer) in force is followed through renamings and mergers as long as
    exactly one unit stands on the other side.
    """
    if unit.is_in_force(day):
        return unit.name
    kin = family(unit).in_bulk()
    forward = unit.valid_to is not None and unit.valid_to < day
    pairs = UnitEvent.objects.filter(predecessor__in=kin, successor__in=kin).values_list("predecessor", "successor")
    steps = pairs if forward else [(later, earlier) for earlier, later in pairs]
    found = tree.only_kin(steps, unit.pk, lambda pk: kin[pk].is_in_force(day))
    return kin[found].name if found else ""


def parent_of(unit: Unit, day: date) -> Unit | None:
    """The unit's direct superior on `day`; for an ended unit, its last one."""
    links = UnitLink.objects.filter(child=unit).select_related("parent")
    held = links.filter(in_force(day)).first() or links.order_by("valid_to").last()
    return held.parent if held else None


def with_superiors(unit: Unit, day: date) -> list[Unit]:
    """The unit and those above it on `day`, nearest first."""
    line = [unit]
    while (above := parent_of(line[-1], day)) is not None and above not in line:
        line.append(above)
    return line


def roles_on(day: date) -> QuerySet[RoleAssignment]:
    """The assignments that hold on `day`."""
    return RoleAssignment.objects.filter(in_force(day))


def role_codes_of(user: User) -> set[str]:
    """The roles `user` holds today on units, and “person” for whoever has a record."""
    codes = set(roles_on(timezone.localdate()).filter(user=user).values_list("role", flat=True))
    return codes | ({"person"} if Person.objects.filter(user=user).exists() else set())


def users_with(permission: Permission, unit: Unit) -> QuerySet[User]:
    """Active users who hold `permission` by a role on the unit itself, not from above."""
    grants = UnitUserGrant.objects.filter(content_object=unit, permission__codename=permission.value)
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("pk")


def role_assignments_visible_to(user: User) -> QuerySet[RoleAssignment]:
    """The assignments on units whose roles `user` manages."""
    managed = units_visible_to(user, Permission.ROLE_MANAGE)
    return RoleAssignment.objects.filter(unit__in=managed).select_related("user", "unit", "delegated_by")


def users_to_assign(user: User) -> QuerySet[User]:
    """Accounts to which `user` may give a role: of people and holders of roles in the units whose roles
    `user` manages, and new ones that belong nowhere yet; never one's own.
    """
    held, people = roles_on(timezone.localdate()), Person.objects.filter(user__isnull=False)
    managed = units_visible_to(user, Permission.ROLE_MANAGE)
    here = Q(pk__in=held.filter(unit__in=managed).values("user")) | Q(
        pk__in=people_visible_to(user, Permission.ROLE_MANAGE).filter(user__isnull=False).values("user")
    )
    nowhere = ~Q(pk__in=held.values("user")) & ~Q(pk__in=people.values("user"))
    return User.objects.filter(here | nowhere, is_active=True, is_system=False).exclude(pk=user.pk)


@dataclass
class Node:
    """A line of the tree as of a day; `below` stand under it, `past` ended into it since the day compared."""

    unit: Unit
    mark: str = ""
    below: int = 0
    past: int = 0
    branch: Sequence[object] | None = None

    @property
    def is_leaf(self) -> bool:
        """Nothing to open."""
        return not self.below and not self.past


def top_nodes(user: User, day: date, compare: date | None = None) -> list[Node]:
    """Units in force on `day` that `user` may see and under whose superior there is nothing to see."""
    seen = units_visible_to(user)
    covered = UnitLink.objects.filter(in_force(day), parent__in=seen.filter(in_force(day)))
    rows = seen.filter(in_force(day)).exclude(pk__in=covered.values("child"))
    return _nodes(rows, day, compare)


def nodes_below(unit: Unit, day: date, compare: date | None = None) -> list[Node]:
    """What stands under `unit` on `day`; with `compare`, also what was there then and has ended into it."""
    here = Q(pk__in=UnitLink.objects.filter(in_force(day), parent=unit).values("child"))
    if compare:
        here |= Q(pk__in=_succeeded(compare, day).filter(successor=unit).values("predecessor"))
        here |= Q(pk__in=_left_over(compare, day).filter(parent=unit).values("child"))
    return _nodes(Unit.objects.filter(here), day, compare)


def counts_by_kind(unit: Unit, day: date) -> dict[str, int]:
    """How many units of each kind stood directly under `unit` on `day`."""
    links = UnitLink.objects.filter(in_force(day), parent=unit)
    return dict(links.values_list("child__kind").annotate(number=Count("pk")).order_by())


def event_days() -> list[tuple[date, int]]:
    """The days on which units ended, with how many."""
    return list(
        UnitEvent.objects.values_list("date").annotate(number=Count("predecessor", distinct=True)).order_by("date")
    )


def regions_missing(day: date) -> int:
    """How many of the regional procuracies that the law names are not in the tree on `day`."""
    if day < REGIONS_SINCE:
        return 0
    return max(0, REGIONS_BY_LAW - units_on(day).filter(kind=UnitKind.REGION).count())


def _nodes(rows: QuerySet[Unit], day: date, compare: date | None) -> list[Node]:
    known = {"below_count": _count(UnitLink.objects.filter(in_force(day), parent=OuterRef("pk")), "parent")}
    if compare:
        known["succeeded"] = _count(_succeeded(compare, day).filter(successor=OuterRef("pk")), "successor")
        known["left_over"] = _count(_left_over(compare, day).filter(parent=OuterRef("pk")), "parent")
    return [
        Node(
            unit,
            _mark(unit, day, compare),
            getattr(unit, "below_count", 0),
            getattr(unit, "succeeded", 0) + getattr(unit, "left_over", 0),
        )
        for unit in rows.annotate(**known).order_by("sort_key", "pk")
    ]


def _mark(unit: Unit, day: date, compare: date | None) -> str:
    if unit.valid_to is not None and unit.valid_to < day:
        return "ended"
    return "new" if compare and not unit.is_in_force(compare) else ""


def _count(rows: QuerySet[Any], key: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(key).annotate(number=Count("pk")).values("number")), 0)


def _ended(prefix: str, compare: date, day: date) -> Q:
    """In force on `compare`, ended before `day`."""
    began = Q(**{f"{prefix}__valid_from__isnull": True}) | Q(**{f"{prefix}__valid_from__lte": compare})
    return began & Q(**{f"{prefix}__valid_to__gte": compare, f"{prefix}__valid_to__lt": day})


def _succeeded(compare: date, day: date) -> QuerySet[UnitEvent]:
    return UnitEvent.objects.filter(_ended("predecessor", compare, day), successor__isnull=False)


def _left_over(compare: date, day: date) -> QuerySet[UnitLink]:
    """Links of units that ended without known successor."""
    known = UnitEvent.objects.filter(predecessor=OuterRef("child"), successor__isnull=False)
    return UnitLink.objects.filter(_ended("child", compare, day), ~Exists(known), valid_to__gte=compare)


def _last_postings(units: Units, day: date | None) -> QuerySet[Posting]:
    """Main postings in `units` after which, up to `day`, the person began no other."""
    when = day or timezone.localdate()
    newer = Posting.objects.filter(
        person=OuterRef("person"), is_main=True, valid_from__lte=when, valid_from__gt=OuterRef("valid_from")
    )
    return Posting.objects.filter(~Exists(newer), unit__in=units, is_main=True, valid_from__lte=when)


def _ids(units: Units) -> Units:
    return units if isinstance(units, QuerySet) else list(units)


def _iso(day: date | None) -> str:
    return (day or timezone.localdate()).isoformat()


def _reached(walk: object, days: tuple[str, ...], units: Units) -> QuerySet[Unit]:
    """Units reached by one of the walks of `units.tree` from `units` (ids, or a QuerySet kept as SQL)."""
    if isinstance(units, QuerySet):
        try:
            start, parameters = units.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            return Unit.objects.none()
    else:
        parameters = tuple(units)
        start = ", ".join(["%s"] * len(parameters))
        if not parameters:
            return Unit.objects.none()
    return Unit.objects.filter(pk__in=RawSQL(walk(start), (*days, *parameters)))  # type: ignore[operator]  # noqa: S611
