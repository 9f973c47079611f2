"""Roles held on units: the assignment is the fact, guardian's rows follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import ON_UNIT, Permission
from accounts.roles import ROLES, Held
from core import journal
from core.act import act
from core.workflow import Refused, lock
from units.models import RoleAssignment, Unit, UnitUserGrant
from units.selectors import roles_on

Right = tuple[int, int, str]


@dataclass(frozen=True)
class Differences:
    """Rights that should exist and did not, and the reverse: (user id, unit id, code)."""

    missing: list[Right] = field(default_factory=list)
    surplus: list[Right] = field(default_factory=list)


@act
def assign(
    *, user: User, role: str, unit: Unit, valid_from: date, by: User, at: datetime, valid_to: date | None = None,
    reason: str = "", delegated_by: User | None = None,
) -> RoleAssignment:  # fmt: skip
    """Let `user` hold `role` on `unit`; the rights begin on the first day (today: at once)."""
    lock(user)
    if user.pk == by.pk:
        raise Refused("Không phân công vai trò cho chính mình. Đồng chí nhờ một quản trị khác phân công.")
    _check(user, role, unit, valid_from, valid_to)
    assignment = RoleAssignment.objects.create(
        user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, reason=reason,
        delegated_by=delegated_by,
    )  # fmt: skip
    align(user, unit, day=timezone.localdate(at))
    changes = {"user": user.username, "role": role, "from": valid_from, "to": valid_to}
    if delegated_by:
        changes["delegated_by"] = delegated_by.username
    journal.record(unit, by=by, at=at, kind="role.assign", changes=changes, note=reason)
    return assignment


@act
def delegate(
    *, assignment: RoleAssignment, to: User, valid_from: date, valid_to: date, reason: str, by: User, at: datetime
) -> RoleAssignment:
    """Lend one's own role for a time that lies inside one's own; a lent role is not lent on."""
    if assignment.delegated_by_id:
        raise Refused("Vai trò được ủy quyền không ủy quyền lại được.")
    if not (assignment.is_in_force(valid_from) and assignment.is_in_force(valid_to)):
        raise Refused("Thời gian ủy quyền phải nằm trong thời gian giữ vai trò.")
    return assign(
        user=to, role=assignment.role, unit=assignment.unit, valid_from=valid_from, valid_to=valid_to, reason=reason,
        delegated_by=assignment.user, by=by, at=at,
    )  # fmt: skip


@act
def end(*, assignment: RoleAssignment, last_day: date, by: User, at: datetime, reason: str = "") -> RoleAssignment:
    """The role ends with `last_day`; from yesterday back the rights go at once."""
    locked = lock(assignment)
    if locked.valid_to is not None and locked.valid_to <= last_day:
        raise Refused(f"Vai trò này đã kết thúc ngày {locked.valid_to:%d/%m/%Y}.")
    if last_day < locked.valid_from:
        raise Refused(f"Ngày kết thúc phải từ ngày {locked.valid_from:%d/%m/%Y}, ngày bắt đầu vai trò.")
    before, locked.valid_to = locked.valid_to, last_day
    locked.save(update_fields=["valid_to"])
    align(locked.user, locked.unit, day=timezone.localdate(at))
    changes = {"user": locked.user.username, "role": locked.role, "to": [before, last_day]}
    journal.record(locked.unit, by=by, at=at, kind="role.end", changes=changes, note=reason)
    return locked


def align(user: User, unit: Unit, *, day: date) -> None:
    """Make guardian's rows of `user` on `unit` what the assignments of `day` say."""
    due = {code for _, _, code in _due(roles_on(day).filter(user=user, unit=unit))}
    rows = UnitUserGrant.objects.filter(user=user, content_object=unit)
    stored = set(rows.values_list("permission__codename", flat=True))
    policy.give(user, map(Permission, due - stored), unit)
    policy.take(user, map(Permission, stored - due), unit)


def differences(day: date) -> Differences:
    """Where guardian's rows and the assignments of `day` disagree; two queries."""
    due = set(_due(roles_on(day)))
    rows = UnitUserGrant.objects.values_list("user", "content_object", "permission__codename")
    stored = set(rows)
    return Differences(missing=sorted(due - stored), surplus=sorted(stored - due))


@act
def sync(*, day: date, by: User, at: datetime) -> Differences:
    """Repair what differs: assignments begin and end by the calendar, without anybody's click."""
    found = differences(day)
    pairs = {(user, unit) for user, unit, _ in [*found.missing, *found.surplus]}
    users = User.objects.in_bulk({user for user, _ in pairs})
    units = Unit.objects.in_bulk({unit for _, unit in pairs})
    for user, unit in sorted(pairs):
        align(users[user], units[unit], day=day)
    if pairs:
        changes = {"missing": len(found.missing), "surplus": len(found.surplus)}
        journal.record(None, by=by, at=at, kind="role.sync", changes=changes)
    return found


def _due(assignments: Iterable[RoleAssignment]) -> Iterable[Right]:
    for assignment in assignments:
        for permission in assignment.definition.permissions & ON_UNIT:
            yield assignment.user_id, assignment.unit_id, permission.value


def _check(user: User, role: str, unit: Unit, valid_from: date, valid_to: date | None) -> None:
    definition = ROLES.get(role)
    if definition is None or definition.held is not Held.UNIT:
        raise Refused("Vai trò này không phân công trên đơn vị.")
    if user.is_system or not user.is_active:
        raise Refused(f"Tài khoản {user.username} không nhận vai trò được.")
    if not unit.is_in_force(valid_from):
        raise Refused(f"{unit} không hoạt động vào ngày {valid_from:%d/%m/%Y}. Chọn đơn vị khác hoặc ngày khác.")
    same = RoleAssignment.objects.filter(user=user, role=role, unit=unit)
    same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    if valid_to is not None:
        same = same.filter(valid_from__lte=valid_to)
    if same.exists():
        raise Refused(f"{user} đã giữ vai trò “{definition.label}” ở {unit} trong thời gian này.")
