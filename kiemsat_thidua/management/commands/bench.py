"""`manage.py bench NAME`: the heavy proofs and measurements that do not belong in every test run."""

import os
import platform
import subprocess
import time
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

FOLDER = Path(settings.BASE_DIR) / "benchmarks"
RESULTS = FOLDER / "RESULTS.md"


class Command(BaseCommand):
    """Runs `benchmarks/bench_NAME.py`: its `run()` gives the lines of its result, or raises what was not shown."""

    help = "Chạy một phép đo hoặc phép chứng minh nặng; kết quả được ghi thêm vào benchmarks/RESULTS.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="tên phép đo; bỏ trống để xem danh sách")

    def handle(self, *args: Any, **options: Any) -> None:
        known = {path.stem.removeprefix("bench_"): path.stem for path in sorted(FOLDER.glob("bench_*.py"))}
        name = options["name"]
        if name is None:
            for each, module in known.items():
                self.stdout.write(f"{each:<20} {_first_line(module)}")
            return
        if name not in known:
            raise CommandError(f"Không có phép đo {name}. Có: {', '.join(known)}.")
        began = time.monotonic()
        lines: list[str] = []
        missed = None
        try:
            for line in import_module(f"benchmarks.{known[name]}").run():
                self.stdout.write(f"- {line}")
                lines.append(line)
        except AssertionError as reason:
            missed = reason
            lines.append(f"MISSED: {reason}")
        entry = _entry(name, _first_line(known[name]), lines, time.monotonic() - began)
        with RESULTS.open("a", encoding="utf-8") as results:
            results.write(entry)
        self.stdout.write(entry)
        if missed is not None:
            raise CommandError(f"Phép đo {name} không đạt: {missed}")


def _first_line(module: str) -> str:
    return (import_module(f"benchmarks.{module}").__doc__ or "").strip().splitlines()[0]


def _entry(name: str, what: str, lines: list[str], seconds: float) -> str:
    """One result: when, on what, of which state of the code; appended, never edited."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, {_database()}"
    said = "\n".join(f"- {line}" for line in lines)
    title = f"{name}, {timezone.localtime():%d/%m/%Y %H:%M}, {_commit()}"
    return f"\n## {title}\n{what}\n\n{said}\n- {machine}; {seconds:.0f} s\n"


def _database() -> str:
    connection.ensure_connection()
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}" + (" + Redis" if settings.REDIS_URL else "")


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    told = subprocess.run(command, cwd=settings.BASE_DIR, check=False, capture_output=True, text=True)
    return told.stdout.strip() or "no commit"
