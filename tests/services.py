"""Pytest plugin: the surroundings of a test process, the report's head, and the counts for the closing line.

Loaded with `-p` so that it runs before the settings are read. `manage.py test` has put the services into
the environment by then; pytest on its own runs on SQLite in a temporary folder.
"""

import atexit
import gc
import json
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

if "APP_VAR" not in os.environ:
    os.environ["APP_VAR"] = tempfile.mkdtemp(prefix="kstd-pytest-")
    atexit.register(shutil.rmtree, os.environ["APP_VAR"], ignore_errors=True)
# WhiteNoise warns about a missing folder, and a warning is an error here.
(Path(os.environ["APP_VAR"]) / "static").mkdir(parents=True, exist_ok=True)
# Pages are tested without collecting static files first.
os.environ.setdefault("STATICFILES_BACKEND", "django.contrib.staticfiles.storage.StaticFilesStorage")


def pytest_report_header() -> str:
    """Which databases these tests talk to; ends the run when they are not the round's."""
    if os.environ.get("TEST_ROUND") in {"postgresql", "walks", "pages"} and connection.vendor != "postgresql":
        pytest.exit("Lượt này phải chạy trên PostgreSQL.", returncode=1)
    return f"databases: {_title()}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to each round what is its own; outside `manage.py test` nothing is left out."""
    here = os.environ.get("TEST_ROUND")
    if here is None:
        return
    rounds = {item: _rounds_of(item) for item in items}
    config.hook.pytest_deselected(items=[item for item in items if here not in rounds[item]])
    items[:] = [item for item in items if here in rounds[item]]


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the collector, a seventh of a long run, need not visit it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 20)


def _rounds_of(item: pytest.Item) -> set[str]:
    if browsing := item.get_closest_marker("e2e"):
        return set(browsing.args) or {"walks"}
    if item.get_closest_marker("once"):
        return {"sqlite", "alone"}
    one = item.get_closest_marker("only")
    return {"alone", *(one.args if one else ("sqlite", "postgresql"))}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Leave the counts where `manage.py test` looks for them."""
    told = os.environ.get("TEST_SUMMARY")
    if told is None:
        return
    count = {name: len(terminalreporter.stats.get(name, [])) for name in ("passed", "failed", "error", "skipped")}
    answer = {
        "title": _title(),
        "passed": count["passed"],
        "failed": count["failed"] + count["error"],
        "skipped": count["skipped"],
    }
    Path(told).write_text(json.dumps(answer))


def _title() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    return "PostgreSQL + Redis" if settings.REDIS_URL else "PostgreSQL"
