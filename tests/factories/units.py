"""The smallest valid units and people; structure by plain rows, no services."""

from datetime import date
from itertools import count

from accounts.models import User
from units.models import Person, Posting, RoleAssignment, Unit, UnitEvent, UnitLink

_numbers = count(1)
LONG_AGO = date(2015, 6, 1)


def make_unit(code: str = "", *, under: Unit | None = None, kind: str = "tinh", **values: object) -> Unit:
    """A unit; `under` links it to a superior for its whole life."""
    number = next(_numbers)
    values.setdefault("name", f"Viện kiểm sát nhân dân số {number}")
    values.setdefault("short_name", f"VKSND số {number}")
    values.setdefault("valid_from", LONG_AGO)
    unit = Unit.objects.create(code=code or f"U{number}", kind=kind, **values)
    if under:
        UnitLink.objects.create(child=unit, parent=under, valid_from=unit.valid_from, valid_to=unit.valid_to)
    return unit


def make_event(predecessor: Unit, successor: Unit | None, day: date, kind: str = "merge") -> UnitEvent:
    """What became of `predecessor`, which must end the day before."""
    return UnitEvent.objects.create(
        predecessor=predecessor, successor=successor, kind=kind, date=day, basis="Nghị quyết 84/2025/UBTVQH15"
    )


def make_person(unit: Unit | None = None, *, since: date = LONG_AGO, **values: object) -> Person:
    """A person, posted to `unit` since a day."""
    number = next(_numbers)
    posting = {key: values.pop(key) for key in ("post", "rank", "law_post", "is_head") if key in values}
    values.setdefault("code", f"CB{number:05}")
    values.setdefault("full_name", f"Nguyễn Văn {number}")
    values.setdefault("sex", "male")
    values.setdefault("joined_on", since)
    person = Person.objects.create(**values)
    if unit:
        Posting.objects.create(person=person, unit=unit, valid_from=since, **posting)
    return person


def make_user(username: str = "", **values: object) -> User:
    """Someone who can sign in, without any role."""
    number = next(_numbers)
    return User.objects.create_user(
        username=username or f"nguoidung{number}", full_name=values.pop("full_name", f"Người dùng {number}"), **values
    )


def make_role(user: User, role: str, unit: Unit, **values: object) -> RoleAssignment:
    """An assignment without its rights; use `units.services.roles.assign` to have both."""
    values.setdefault("valid_from", LONG_AGO)
    return RoleAssignment.objects.create(user=user, role=role, unit=unit, **values)
