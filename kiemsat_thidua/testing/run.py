"""Runs pytest once per database, each in its own process, with the services in its environment.

The settings read the environment when they load, so it must be right before pytest starts.
"""

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kiemsat_thidua.bootstrap.console import say
from kiemsat_thidua.bootstrap.environment import ROOT
from kiemsat_thidua.testing import browser, services

NO_TESTS_COLLECTED = 5
# What a developer's shell or an outer run may hold and a round must not inherit.
NOT_INHERITED = {"DATABASE_URL", "REDIS_URL", "REDIS_KEY_PREFIX", "APP_VAR", "PRODUCTION", "DJANGO_SETTINGS_MODULE"}


@dataclass(frozen=True)
class Outcome:
    """How one round ended; the counts are None when pytest did not reach its end."""

    title: str
    code: int
    passed: int | None = None
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        if self.passed is None:
            return f"{self.title}: pytest không chạy tới cuối (mã {self.code})"
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.title}: {self.passed} passed, {self.failed} failed{skipped}"


def main(arguments: list[str]) -> int:
    """Run all rounds that `arguments` ask for; the worst exit code."""
    options, for_pytest = _parser().parse_known_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kstd-test-")))
        outcomes = _rounds(options, for_pytest, folder, stack)
    return _report(outcomes, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="manage.py test",
        allow_abbrev=False,
        description="Kiểm thử toàn bộ trên SQLite, rồi trên PostgreSQL và Redis. Tham số khác được chuyển cho pytest.",
    )
    parser.add_argument("--browser", action="store_true", help="thêm kiểm thử bằng trình duyệt (tests/e2e)")
    parser.add_argument("--sqlite-only", action="store_true", help="chỉ SQLite; nói rõ phần không được kiểm thử")
    return parser


def _rounds(options: argparse.Namespace, for_pytest: list[str], folder: Path, stack: ExitStack) -> list[Outcome]:
    if options.sqlite_only:
        return [_pytest("alone", "SQLite", {}, for_pytest, folder)]
    # Looked for first, so that a machine without them hears of it before the long part.
    chromium = browser.ensure() if options.browser else None
    found = services.find(stack, f"kstd_{secrets.token_hex(4)}")
    databases = [("sqlite", "SQLite", dict[str, str]()), ("postgresql", found.version, found.settings("main"))]
    outcomes = _side_by_side(databases, for_pytest, folder, stack)
    if chromium is None:
        return outcomes
    # Playwright's loop runs in the thread of the test, where Django would refuse every query.
    own = {"E2E_CHROMIUM": chromium.path, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    title = f"{chromium.version} + {found.version}"
    browsing = [(kind, f"{title}, {kind}", {**own, **found.settings(kind)}) for kind in ("walks", "pages")]
    return outcomes + _side_by_side(browsing, for_pytest, folder, stack)


def _side_by_side(
    two: Sequence[tuple[str, str, Mapping[str, str]]], for_pytest: list[str], folder: Path, stack: ExitStack
) -> list[Outcome]:
    """Both at once, as each keeps one core busy; the second's output follows the first's."""
    first, second = two
    behind = _started(*second, for_pytest, folder, quiet=True)
    stack.callback(_end, behind.process)
    return [_pytest(*first, for_pytest, folder), _finished(behind)]


@dataclass(frozen=True)
class Round:
    """A pytest process at work; a quiet one writes to `log` and is shown when it is over."""

    kind: str
    title: str
    process: "subprocess.Popen[bytes]"
    summary: Path
    log: Path | None


def _pytest(kind: str, title: str, extra: Mapping[str, str], arguments: list[str], folder: Path) -> Outcome:
    return _finished(_started(kind, title, extra, arguments, folder))


def _started(
    kind: str, title: str, extra: Mapping[str, str], arguments: list[str], folder: Path, *, quiet: bool = False
) -> Round:
    summary, log = folder / f"{kind}.json", folder / f"{kind}.log" if quiet else None
    if log is None:
        say(f"\n=== {title} ===")
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_INHERITED}
    environment = {
        **inherited,
        **extra,
        "APP_VAR": str(folder / kind),
        "TEST_ROUND": kind,
        "TEST_SUMMARY": str(summary),
    }
    command = [sys.executable, "-m", "pytest", *arguments]
    if log is None:
        return Round(kind, title, subprocess.Popen(command, cwd=ROOT, env=environment), summary, log)
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    return Round(kind, title, process, summary, log)


def _finished(at_work: Round) -> Outcome:
    code = _wait_for(at_work.process)
    if at_work.log is not None:
        say(f"\n=== {at_work.title} ===")
        print(at_work.log.read_text(encoding="utf-8", errors="replace"), flush=True)
    if not at_work.summary.exists():
        return Outcome(at_work.title, code)
    told = json.loads(at_work.summary.read_text())
    title = told["title"] if at_work.kind in {"sqlite", "alone"} else at_work.title
    return Outcome(title, code, told["passed"], told["failed"], told["skipped"])


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        process.wait()


def _wait_for(process: "subprocess.Popen[bytes]") -> int:
    """Ctrl-C reaches pytest too: let it tear down, then end as it ended."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        raise
    except SystemExit:
        process.terminate()
        process.wait()
        raise


def _report(outcomes: list[Outcome], options: argparse.Namespace) -> int:
    print(flush=True)
    for outcome in outcomes:
        print(outcome)
    if options.sqlite_only:
        print("KHÔNG kiểm thử: PostgreSQL, Redis, trình duyệt (--sqlite-only)")
    elif not options.browser:
        print("KHÔNG kiểm thử: trình duyệt (thêm --browser)")
    totals = [sum(getattr(outcome, each) or 0 for outcome in outcomes) for each in ("passed", "failed", "skipped")]
    # In the form that build servers count.
    print("Total: {} passed, {} failed, {} skipped".format(*totals), flush=True)
    # A filter may leave one round empty; a run that tested nothing at all must not look green.
    codes = [outcome.code for outcome in outcomes if outcome.code != NO_TESTS_COLLECTED]
    return max((abs(code) for code in codes), default=NO_TESTS_COLLECTED)
