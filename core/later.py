"""Work for later and for those above: jobs by name, never by import.

The project's table `kiemsat_thidua.listeners` says which function does a kind of job and who
listens to an announcement; a test resolves every name in it.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from core.services import jobs


@cache
def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = import_string(f"{settings.LISTENERS}.{name}")
    return table


def worker_of(kind: str) -> str:
    """The dotted name of the function that does jobs of `kind`; it takes `job` and returns its result."""
    name: str = _table("JOBS")[kind]
    return name


def announce(event: str, *, by: User, at: datetime, **facts: Any) -> None:
    """Tell those above that something happened: one job per listener, in this transaction."""
    key = ":".join(f"{name}={value}" for name, value in sorted(facts.items()))
    for kind in _table("LISTENERS").get(event, ()):
        jobs.queue(kind=kind, key=f"{event}:{kind}:{key}", title=event, payload=facts, by=by, at=at)
