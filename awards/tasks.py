"""What the clock does to dossiers: each night it looks who has come to a higher award."""

from celery import shared_task
from django.utils import timezone

from accounts.services.users import system_user
from awards.selectors import year_taking_dossiers
from history.services.discovering import begin


@shared_task(name="awards.tasks.discover")
def discover() -> int:
    """Queue the pass for the year whose dossiers are taken now; returns the id of its job."""
    now = timezone.now()
    day = timezone.localdate(now)
    return begin(year=year_taking_dossiers(day), day=day, by=system_user(), at=now).pk
