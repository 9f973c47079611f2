"""What the clock does to decisions: at night they are held against the history of honours."""

from celery import shared_task
from django.utils import timezone

from accounts.services.users import system_user
from decisions.services.checking import check


@shared_task(name="decisions.tasks.compare_grants")
def compare_grants() -> int:
    """Shortly before morning; returns how many differences stand."""
    return len(check(by=system_user(), at=timezone.now()))
