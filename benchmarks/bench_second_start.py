"""From a clean clone: the first start, and a second one that needs no package index and keeps the data."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kiemsat_thidua.bootstrap.environment import ROOT
from tests.kiemsat_thidua.serving.installation import NO_INDEX, Installation
from tests.kiemsat_thidua.waiting import processes_with

COUNT = "from accounts.models import User; print(User.objects.count())"
# What the first start says while it makes something; the second may say none of it.
MAKING = "Đang"


def run() -> Iterator[str]:
    """Raises when the second start makes anything, loses anything or leaves a process behind."""
    with tempfile.TemporaryDirectory(prefix="kstd-clone-") as temporary:
        folder = Path(temporary)
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "clone")], check=True)
        first = Installation(folder, source=folder / "clone", python=shutil.which("python3"), APP_BOOTSTRAP="1")
        seconds, users = _start_and_stop(first)
        assert MAKING in first.told()
        yield f"first start: page answers after {seconds:.0f} s, {users} users"

        first.environment.update(NO_INDEX)
        seconds, kept = _start_and_stop(first)
        # The last line is said when asked to end.
        assert MAKING not in first.told().replace("Đang dừng…", ""), first.told()
        assert kept == users, (kept, users)
        yield f"second start, package index unreachable: page answers after {seconds:.0f} s, {kept} users, nothing made"


def _start_and_stop(installation: Installation) -> tuple[float, int]:
    began = time.monotonic()
    try:
        installation.start()
        seconds = time.monotonic() - began
        assert installation.health() == 200
        users = int(installation.shell(COUNT))
        assert installation.stop() == 0
        assert processes_with(installation.mark) == []
    finally:
        installation.end()
    return seconds, users
