"""Once a day: what killed processes left half written is swept away."""

from celery import shared_task
from django.utils import timezone

from documents.services.storage import sweep_leftovers


@shared_task
def sweep_files() -> int:
    """Safe to run at any time and twice."""
    return sweep_leftovers(at=timezone.now())
