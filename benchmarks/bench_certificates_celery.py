"""16,000 certificates and their decision through Celery, two workers killed twice on the way: each exactly once."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

from benchmarks import fresh

COUNT = 16_000


def run() -> Iterator[str]:
    """Raises when anything is missing, doubled or in the wrong place."""
    with tempfile.TemporaryDirectory(prefix="thidua-killed-") as folder:
        place = Path(folder, "db.sqlite3")
        own = {
            "DATABASE_URL": f"sqlite:///{quote(str(place))}", "APP_VAR": folder, "APP_BOOTSTRAP": "0", "REDIS_URL": "",
        }  # fmt: skip
        with patch.dict(os.environ, own):
            said = fresh.run("benchmarks.killed:whole", count=COUNT, folder=folder).said
    yield (
        f"{COUNT} lines, {said['jobs']} jobs: workers killed {said['kills']} times, {said['in hand']} jobs in hand "
        f"then; {said['again']} jobs run again, the finished ones not"
    )
    yield f"{said['pages']} certificates, each once, on the page it says; every line of the list once"
    yield f"joint file {said['bytes'] / 1024:.0f} KiB; from signature to the end {said['seconds']:.0f} s"
    acts = said["acts"]
    yield f"one act each: number {acts['number']:.1f} s, sign {acts['sign']:.1f} s, issue {acts['issue']:.1f} s"
    yield f"largest worker process: {said['peak']:.0f} MiB"
