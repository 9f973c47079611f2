"""Pages over a small and over the whole sector: as many queries, and how much longer."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import policy
from accounts.models import User
from accounts.roles import ROLES
from accounts.services.users import system_user
from benchmarks import scratch
from kiemsat_thidua.load.build import lay
from kiemsat_thidua.load.plan import Plan
from units.models import Posting, Unit

SMALL, WHOLE = Plan(2_000, 10), Plan(16_000, 10)
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
RUNS = 9
MILLION = 1_000_000


@dataclass(frozen=True)
class Measured:
    """One page: its queries, and its times in milliseconds, sorted."""

    queries: int
    times: list[float]

    def __str__(self) -> str:
        return f"{median(self.times):.0f} ms ({self.times[0]:.0f}–{self.times[-1]:.0f})"


def run() -> Iterator[str]:
    """Raises when a page asks more of the database because the sector is larger."""
    pages = []
    for plan in (SMALL, WHOLE):
        with scratch.database():
            yield _laid(plan)
            pages.append({name: _measure(client, url) for name, client, url in _pages()})
    small, whole = pages
    for name, few in small.items():
        many = whole[name]
        if few.queries != many.queries:
            raise AssertionError(f"{name}: {few.queries} queries, then {many.queries}")
        ratio = median(many.times) / median(few.times)
        yield f"{name}: {few.queries} queries both times; {few} → {many}, ×{ratio:.1f}"
    growth = WHOLE.people // SMALL.people
    yield f"median (least–most) of {RUNS} requests each, {SMALL.people} → {WHOLE.people} people, ×{growth}"


def _laid(plan: Plan) -> str:
    memory: list[float] = []
    began = time.monotonic()
    ledger = lay(plan=plan, by=system_user(), at=AT, tell=lambda _: memory.append(scratch.resident_mib()))
    seconds = time.monotonic() - began
    scratch.analyse()
    rows = sum(ledger.counts.values())
    return (
        f"seed_load {plan.people} × {plan.years}: {rows} rows in {seconds:.0f} s; "
        f"memory {memory[0]:.0f} MiB after the first set of people, {memory[-1]:.0f} MiB after the last"
    )


def _pages() -> list[tuple[str, Client, str]]:
    top = Unit.objects.get(code="TC")
    posting = Posting.objects.filter(unit__kind="tinh", valid_to=None).order_by("pk").first()
    if posting is None:
        raise AssertionError("nobody works in a province")
    office, head = _signed_in("office", top), _signed_in("unit_head", posting.unit)
    people = reverse("units:person_list")
    return [
        ("people, whole sector", office, people),
        ("people, whole sector, page 40", office, f"{people}?trang=40"),
        ("people, whole sector, by unit", office, f"{people}?xep=don-vi"),
        ("people, whole sector, by name", office, f"{people}?q=thanh+huyen"),
        ("people, one province", head, people),
        ("tree of units", office, reverse("units:unit_tree")),
        ("a branch of the tree", office, reverse("units:unit_branch", args=[top.pk])),
        ("a person", office, reverse("history:person", args=[posting.person_id])),
        ("a unit", office, reverse("history:unit", args=[posting.unit_id])),
    ]


def _signed_in(role: str, unit: Unit) -> Client:
    user = User.objects.create(username=role, full_name=role)
    policy.give(user, ROLES[role].permissions, unit)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _measure(client: Client, url: str) -> Measured:
    """The first request fills caches that a running server has; it is counted nowhere."""
    _get(client, url)
    with CaptureQueriesContext(connection) as asked:
        _get(client, url)
    return Measured(len(asked), sorted(_get(client, url) for _ in range(RUNS)))


def _get(client: Client, url: str) -> float:
    began = time.perf_counter_ns()
    answer = client.get(url)
    taken = time.perf_counter_ns() - began
    if answer.status_code != 200:
        raise AssertionError(f"{url}: {answer.status_code}")
    return taken / MILLION
