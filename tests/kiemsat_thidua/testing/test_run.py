"""The closing lines of `manage.py test` and its exit code."""

import argparse

import pytest

from kiemsat_thidua.testing.run import Outcome, _parser, _report

pytestmark = pytest.mark.once

FULL = argparse.Namespace(browser=True, sqlite_only=False)
GOOD = Outcome("SQLite 3.40.1", 0, 812, 0, 1)


@pytest.mark.parametrize(
    ("codes", "worst"), [([0, 0], 0), ([0, 1], 1), ([1, 0], 1), ([2, 1], 2), ([5, 0], 0), ([5, 5], 5), ([0, -9], 9)]
)
def test_the_exit_code_is_the_worst(codes: list[int], worst: int) -> None:
    assert _report([Outcome("SQLite", code, 1) for code in codes], FULL) == worst


def test_each_database_closes_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    _report([GOOD, Outcome("PostgreSQL 15.19 + Redis 7.0.15", 1, 810, 2)], FULL)
    assert capsys.readouterr().out.splitlines()[1:] == [
        "SQLite 3.40.1: 812 passed, 0 failed, 1 skipped",
        "PostgreSQL 15.19 + Redis 7.0.15: 810 passed, 2 failed",
        "Total: 1622 passed, 2 failed, 1 skipped",
    ]


def test_a_round_that_broke_off_is_not_mistaken_for_one_without_failures(capsys: pytest.CaptureFixture[str]) -> None:
    assert _report([GOOD, Outcome("PostgreSQL 15.19 + Redis 7.0.15", 4)], FULL) == 4
    assert "PostgreSQL 15.19 + Redis 7.0.15: pytest không chạy tới cuối (mã 4)" in capsys.readouterr().out


def test_what_was_not_tested_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    _report([GOOD], argparse.Namespace(browser=False, sqlite_only=True))
    assert "KHÔNG kiểm thử: PostgreSQL, Redis, trình duyệt" in capsys.readouterr().out


def test_other_arguments_go_to_pytest() -> None:
    options, rest = _parser().parse_known_args(["tests/units", "--browser", "-k", "tree", "-x"])
    assert options.browser
    assert rest == ["tests/units", "-k", "tree", "-x"]
