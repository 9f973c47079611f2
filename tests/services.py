"""Pytest plugin: the surroundings of a test process, the report's head, and the counts for the closing line.

Loaded with `-p` so that it runs before the settings are read. `manage.py test` has put the services into
the environment by then; pytest on its own runs on SQLite in a temporary folder.
"""

import atexit
import json
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

if "APP_VAR" not in os.environ:
    os.environ["APP_VAR"] = tempfile.mkdtemp(prefix="kstd-pytest-")
    atexit.register(shutil.rmtree, os.environ["APP_VAR"], ignore_errors=True)
# Pages are tested without collecting static files first.
os.environ.setdefault("STATICFILES_BACKEND", "django.contrib.staticfiles.storage.StaticFilesStorage")

BROWSER = "browser"


def pytest_report_header() -> str:
    return f"databases: {_title()}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests have a round of their own; outside `manage.py test` nothing is left out."""
    this_round = os.environ.get("TEST_ROUND")
    if this_round is None:
        return
    left_out = [item for item in items if (item.get_closest_marker("e2e") is None) == (this_round == BROWSER)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


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
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return "PostgreSQL + Redis" if os.environ.get("REDIS_URL") else "PostgreSQL"
    return f"SQLite {sqlite3.sqlite_version}"
