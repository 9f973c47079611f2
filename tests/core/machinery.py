"""The real programs of the product, run on the database and the queue of the running test."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from celery import current_app
from django.conf import settings
from django.db import connection

from core.models import Job
from kiemsat_thidua.bootstrap.environment import ROOT
from kiemsat_thidua.serving.programs import programs
from tests.kiemsat_thidua.serving.installation import Installation
from tests.kiemsat_thidua.waiting import processes_with

#: Long enough for a busy machine to give its signs of life, short enough to wait for.
LEASE, SWEEP = 6, 2


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What makes a program work where the test works."""
    return {
        "DATABASE_URL": _database(), "APP_VAR": str(settings.VAR_DIR), "APP_BOOTSTRAP": "0",
        "JOB_LEASE_SECONDS": str(LEASE), "SWEEP_SECONDS": str(SWEEP), "WEB_CONCURRENCY": "1",
        "STATIC_ROOT": str(folder / "static"), "PYTHONPATH": str(ROOT),
        "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage", **more,
    }  # fmt: skip


@contextmanager
def served(folder: Path, **more: str) -> Iterator[Installation]:
    """`manage.py serve`, answering; every process of it is gone afterwards."""
    forget_rings()
    made = Installation(folder, **environment(folder, **more))
    try:
        made.start("--no-demo")
        yield made
    finally:
        made.end()


class Crew:
    """Single programs of `serve`, each started as `serve` starts it; nobody restarts them."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.mark = f"CREW_MARK={folder}"
        self.environment = {**os.environ, **environment(folder, **more), "CREW_MARK": str(folder)}
        self.commands = {
            child.name: child.command for child in programs(port=0, beat_schedule=str(folder / "beat-schedule"))
        }
        self.said = folder / "said"
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, *, app: str = "kiemsat_thidua") -> "subprocess.Popen[bytes]":
        """One program, leading a group of its own; `app` may know more kinds of jobs than the product."""
        command = [app if word == "kiemsat_thidua" else word for word in self.commands[name]]
        with self.said.open("ab") as said:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=said, stderr=said, start_new_session=True
            )
        self.started.append(process)
        return process

    def end(self) -> None:
        """Kill what is left of all of them."""
        for pid in processes_with(self.mark):
            os.kill(pid, signal.SIGKILL)
        for process in self.started:
            process.wait()


@contextmanager
def crew(folder: Path, **more: str) -> Iterator[Crew]:
    """Programs to start one by one."""
    forget_rings()
    made = Crew(folder, **more)
    try:
        yield made
    finally:
        made.end()


def forget_rings() -> None:
    """Rings of earlier tests are about jobs of theirs."""
    current_app.control.purge()


def state(job: Job) -> str:
    """As the database has it now."""
    job.refresh_from_db()
    return job.state


def _database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(Path(name).resolve()))}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
