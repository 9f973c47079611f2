"""What the clock does to councils: seats begin and end by their dates."""

from celery import shared_task
from django.utils import timezone

from accounts.services.users import system_user
from council.services.ballots import erase_old
from council.services.councils import sync


@shared_task(name="council.tasks.sync_grants")
def sync_grants() -> int:
    """Shortly after midnight: the rights of today's members; returns how many rows differed."""
    now = timezone.now()
    return sync(day=timezone.localdate(now), by=system_user(), at=now)


@shared_task(name="council.tasks.erase_ballots")
def erase_ballots() -> int:
    """Once a day: slips nobody may complain about any more; returns how many sessions."""
    return erase_old(by=system_user(), at=timezone.now())
