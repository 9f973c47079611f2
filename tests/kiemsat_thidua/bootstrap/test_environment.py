"""The environment is filled once, from the lock only, and never asks the network again."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiemsat_thidua.bootstrap import systemlibs
from kiemsat_thidua.bootstrap.environment import ROOT, RUNTIME_LOCK, TEST_LOCK, UV_LOCK

pytestmark = pytest.mark.once

ENSURE = "import sys; from pathlib import Path; from kiemsat_thidua.bootstrap import environment as e; "
PIN = re.compile(r"^([A-Za-z0-9_.\[\]-]+)==(\S+)", re.MULTILINE)
# Nothing listens there: whoever asks the package index fails.
UNREACHABLE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/",
    "UV_INDEX_URL": "http://127.0.0.1:9/",
    "PIP_RETRIES": "0",
    "PIP_FIND_LINKS": "",
}


def _ensure(venv: Path, lock: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", f"{ENSURE} e.ensure(e.{lock})"],
        cwd=ROOT,
        env={**os.environ, **UNREACHABLE, "APP_VENV": str(venv)},
        check=False,
        capture_output=True,
        text=True,
    )


def _stamped(venv: Path, *locks: Path) -> Path:
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    (venv / "locks.sha256").write_text("".join(f"{hashlib.sha256(lock.read_bytes()).hexdigest()}\n" for lock in locks))
    return venv


@pytest.mark.parametrize("lock", ["RUNTIME_LOCK", "TEST_LOCK"])
def test_a_filled_environment_is_left_alone_without_a_package_index(tmp_path: Path, lock: str) -> None:
    venv = _stamped(tmp_path / "venv", RUNTIME_LOCK, TEST_LOCK)
    before = sorted(venv.rglob("*"))

    ended = _ensure(venv, lock)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert sorted(venv.rglob("*")) == before


def test_without_a_package_index_a_first_start_says_what_to_do_and_leaves_no_stamp(tmp_path: Path) -> None:
    ended = _ensure(tmp_path / "venv", "RUNTIME_LOCK")

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "Không cài được các gói Python. Kiểm tra kết nối tới kho gói" in ended.stderr
    assert not (tmp_path / "venv" / "locks.sha256").exists()


def test_a_changed_lock_is_noticed(tmp_path: Path) -> None:
    venv = _stamped(tmp_path / "venv", UV_LOCK)

    assert "Đang chuẩn bị môi trường Python" in _ensure(venv, "RUNTIME_LOCK").stderr


def test_the_test_lock_holds_every_version_of_the_products_lock() -> None:
    product, tests = ({*PIN.findall(lock.read_text())} for lock in (RUNTIME_LOCK, TEST_LOCK))
    assert product
    assert product - tests == set()


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, TEST_LOCK, UV_LOCK], ids=lambda lock: str(lock.relative_to(ROOT)))
def test_every_locked_package_carries_a_hash(lock: Path) -> None:
    requirements = lock.read_text().replace("\\\n", " ").splitlines()
    pinned = [line for line in requirements if PIN.match(line)]
    assert pinned
    assert [line for line in pinned if "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("folder", [ROOT, ROOT / "tests"], ids=["product", "tests"])
def test_every_wish_is_in_its_lock_and_says_why(folder: Path) -> None:
    locked = {name.lower().replace("_", "-") for name, _ in PIN.findall((folder / "requirements.txt").read_text())}
    lines = (folder / "requirements.in").read_text().splitlines()
    wishes = [line for line in lines if line and not line.startswith(("#", "-"))]
    assert [line for line in wishes if "#" not in line] == []
    names = {re.split(r"[\[<>=~! #;]", line)[0].lower().replace("_", "-") for line in wishes}
    assert names - {name.partition("[")[0] for name in locked} == set()


def test_the_libraries_of_papers_are_here() -> None:
    assert systemlibs.missing() == []


def test_a_missing_library_is_named_with_the_command_that_brings_it(tmp_path: Path) -> None:
    code = (
        "from kiemsat_thidua.bootstrap import debian, systemlibs as s; "
        "s.NEEDED['libkhong-co.so.9'] = 'libkhong-co9'; debian.may_install = lambda: False; print(s.ensure())"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ended.stdout == "False\n"
    assert "Chạy: sudo apt-get install -y --no-install-recommends libkhong-co9" in ended.stderr
