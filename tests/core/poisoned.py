"""The product's Celery with two more kinds of jobs: one that kills whoever takes it, one that does no harm.

Loaded as an application of Celery, before there are models.
"""

import os
import signal
from typing import Any

from kiemsat_thidua import listeners
from kiemsat_thidua.celery import app

__all__ = ["app"]
POISON, HARMLESS = "thu.doc", "thu.lanh"


def kill(*, job: Any) -> dict[str, Any]:
    """As the kernel does when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def work(*, job: Any) -> dict[str, Any]:
    """Done at once."""
    return {"number": job.payload["number"]}


listeners.JOBS[POISON] = "tests.core.poisoned.kill"
listeners.JOBS[HARMLESS] = "tests.core.poisoned.work"
