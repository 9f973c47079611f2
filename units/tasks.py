"""What the clock does to units: roles begin and end by their dates."""

from celery import shared_task
from django.utils import timezone

from accounts.services.users import system_user
from units.services.roles import sync


@shared_task(name="units.tasks.sync_grants")
def sync_grants() -> int:
    """Shortly after midnight: the rights of today's assignments; returns how many rows differed."""
    now = timezone.now()
    found = sync(day=timezone.localdate(now), by=system_user(), at=now)
    return len(found.missing) + len(found.surplus)
