"""The project's own Python environment: `.venv`, filled by uv from a lock with hashes.

A stamp inside it names the locks it holds, so a second start asks nothing of the network.
"""

import fcntl
import hashlib
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiemsat_thidua.bootstrap import debian
from kiemsat_thidua.bootstrap.console import say, stop

ROOT = Path(__file__).resolve().parents[2]
RUNTIME_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "tests" / "requirements.txt"
UV_LOCK = Path(__file__).with_name("uv.txt")


def folder() -> Path:
    """Where the environment lies; APP_VENV moves it."""
    return Path(os.environ.get("APP_VENV") or ROOT / ".venv").absolute()


def python() -> Path:
    """The environment's interpreter."""
    return folder() / "bin" / "python"


def ensure(lock: Path) -> None:
    """Make the environment hold every package of `lock`; do nothing when it already does."""
    if _holds(lock):
        return
    with _alone():
        if not _holds(lock):
            _fill(lock)


def enter() -> None:
    """Go on inside the environment: replaces this process unless it already runs there."""
    if Path(sys.prefix).resolve() != folder().resolve():
        os.execv(python(), [str(python()), *sys.argv])  # noqa: S606 - the same command, another interpreter


def _stamp() -> Path:
    return folder() / "locks.sha256"


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _holds(lock: Path) -> bool:
    return python().exists() and _stamp().exists() and _digest(lock) in _stamp().read_text().split()


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once must not fill one environment: the second waits for the first."""
    beside = folder().with_name(f"{folder().name}.lock")
    beside.parent.mkdir(parents=True, exist_ok=True)
    with beside.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _fill(lock: Path) -> None:
    say("Đang chuẩn bị môi trường Python (chỉ lần đầu hoặc khi danh sách gói thay đổi)…")
    if not _works():
        _create()
    _stamp().unlink(missing_ok=True)
    if not _install(lock):
        stop("Không cài được các gói Python. Kiểm tra kết nối tới kho gói (PyPI hoặc PIP_INDEX_URL) rồi chạy lại.")
    # The test lock is made on top of the product's: whoever holds it holds both.
    held = {lock, RUNTIME_LOCK} if lock == TEST_LOCK else {lock}
    _stamp().write_text("".join(f"{_digest(each)}\n" for each in sorted(held)))


def _works() -> bool:
    """False when there is no interpreter or its Python has gone from the machine."""
    return python().exists() and _quiet([str(python()), "-m", "pip", "--version"])


def _create() -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(folder())]
    if _quiet(command):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if debian.install([package]) and _quiet(command):
        return
    stop(f"Không tạo được môi trường Python. Chạy: {debian.advice([package])}")


def _install(lock: Path) -> bool:
    """By uv, about ten times faster; by pip where uv has no build for the machine."""
    pip = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    uv = folder() / "bin" / "uv"
    if uv.exists() or _run([*pip, "--only-binary=:all:", "-r", str(UV_LOCK)]):
        install = [str(uv), "pip", "install", "--quiet", "--python", str(python())]
        return _run([*install, "--require-hashes", "-r", str(lock)])
    return _run([*pip, "-r", str(lock)])


def _run(command: list[str]) -> bool:
    environment = {**_trust(), **os.environ}
    ended = subprocess.run(command, check=False, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    return ended.returncode == 0


def _trust() -> dict[str, str]:
    """Let uv believe whom this machine believes, as pip does: office networks have certificates of their own."""
    known = ssl.get_default_verify_paths()
    return {"UV_SYSTEM_CERTS": "1"} if known.cafile or known.capath else {}


def _quiet(command: list[str]) -> bool:
    nowhere = subprocess.DEVNULL
    return subprocess.run(command, check=False, stdin=nowhere, stdout=nowhere, stderr=nowhere).returncode == 0
