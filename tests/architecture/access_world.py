"""One world for the walk over all addresses: three units, a user of every role on the first, objects everywhere.

Every unit's data carry words (`token`) that nobody outside may ever read: in pages, addresses, headers, counts.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import ROLES, Held, Role
from accounts.services.users import system_user
from tests.architecture import access_rooms as rooms
from tests.architecture.access_table import BELOW, FOREIGN, OVERRIDE, OWN, PLACES, Page, secrets_from
from tests.factories.history import make_override
from tests.factories.units import make_person, make_unit, make_user
from units.models import Unit
from units.services import roles

SINCE = date(2020, 1, 1)
#: Someone who has signed in and holds nothing; and whoever has not signed in.
WITHOUT_ROLE, ANONYMOUS = "without role", "anonymous"


@dataclass
class World:
    """Units and users by their word; objects by kind and place: what the address and the form need."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    subjects: dict[tuple[str, str], Any] = field(default_factory=dict)
    addresses: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)

    def put(self, kind: str, place: str, subject: Any, **more: int) -> None:
        """Remember an object under its kind and place, and what an address needs to name it."""
        self.subjects[kind, place] = subject
        self.addresses[kind, place] = {"pk": subject.pk, **more}

    def freshen(self) -> None:
        """Read every object again: later acts have changed earlier ones."""
        for subject in self.subjects.values():
            subject.refresh_from_db()

    def filled(self, page: Page, place: str) -> dict[str, Any]:
        """What a POST to the page sends: "{version}" and other words filled in."""
        words = {**self.words, "version": getattr(self.subjects.get((page.kind, place)), "version", 0)}
        return {key: value.format(**words) if isinstance(value, str) else value for key, value in page.data.items()}

    def address(self, page: Page, place: str) -> str:
        """Where the page about the object in `place` lies."""
        return reverse(page.name, kwargs={**self.addresses.get((page.kind, place), {}), **page.args})


def token(place: str, room: str = "") -> str:
    """A word that stands only in the data of one unit, and of one room there."""
    return f"Zq{place}{room or 'unit'}"


def hidden_from(role: Role | None) -> re.Pattern[str]:
    """Finds any word that the role may never read, with letters of any case."""
    return re.compile("|".join(token(*secret) for secret in secrets_from(role)), re.IGNORECASE)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back; durable transactions may begin in it, as in tests of one function."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        try:
            yield
        finally:
            transaction.set_rollback(True)


def build() -> World:
    """The whole world, once for all tests of a module."""
    world = World()
    top = make_unit("QT.TC", name="Viện kiểm sát nhân dân tối cao", short_name="VKSND tối cao", kind="toi_cao")
    world.units["top"] = top
    for place, above in ((OWN, top), (BELOW, None), (FOREIGN, top)):
        name = f"Viện kiểm sát nhân dân {token(place)}"
        world.units[place] = make_unit(
            f"QT.{place.upper()}", name=name, short_name=f"VKSND {token(place)}", place="Hà Nội",
            issuing_code=f"VKS{place.upper()}", kind="tinh" if above else "khu_vuc", under=above or world.units[OWN],
        )  # fmt: skip
    _appoint(world)
    for place in PLACES:
        rooms.furnish(world, place, token)
    make_override(
        world.users["office_lead"], "votes.giay_khen", "2/3", date(2026, 1, 1), pk=OVERRIDE, status="unconfirmed"
    )
    world.words |= {"campaign": world.subjects["campaign", OWN].pk, "unit": world.units[BELOW].pk}
    world.freshen()
    return world


def _appoint(world: World) -> None:
    """A user for every role, with rights given by the services that give them; council seats come later."""
    now = timezone.now()
    machine = system_user()
    for code, role in ROLES.items():
        user = machine if role.held is Held.NOWHERE else make_user(code, full_name=f"Người {code}")
        world.users[code] = user
        if role.held is Held.UNIT:
            roles.assign(user=user, role=code, unit=world.units[OWN], valid_from=SINCE, by=machine, at=now)
    person = make_person(world.units[OWN], user=world.users["person"], full_name="Người person", post="Chuyên viên")
    world.words["own person"] = person.pk
    world.users[WITHOUT_ROLE] = make_user("khongvaitro", full_name="Người không vai trò")
