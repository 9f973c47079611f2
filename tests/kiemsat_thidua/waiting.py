"""Waiting for a condition with a bound, and looking at processes."""

import time
from collections.abc import Callable
from pathlib import Path

BOUND = 180.0  # seconds; far beyond what a loaded machine needs


def until(condition: Callable[[], object], what: str) -> None:
    """Return once `condition` holds; fail by name when it does not within the bound."""
    end = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.05)


def processes_with(mark: str) -> list[int]:
    """Every living process whose environment holds `mark`: children and their children alike."""
    return [pid for pid in _all_processes() if mark in _environment(pid)]


def _all_processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _environment(pid: int) -> str:
    try:
        # A process that has ended but was not collected has an empty environment.
        return Path(f"/proc/{pid}/environ").read_text(errors="replace")
    except OSError:
        return ""
