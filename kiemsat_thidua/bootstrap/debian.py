"""Installing Debian packages where we may, saying the command where we may not."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from kiemsat_thidua.bootstrap.console import say

# Another apt may hold the lock, on machines that update themselves: wait for it.
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
LISTS = Path("/var/lib/apt/lists")


def may_install() -> bool:
    """True for root on Debian and its kin."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None and Path("/etc/debian_version").exists()


def advice(packages: Iterable[str]) -> str:
    """The command a person types to install `packages`."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages: list[str]) -> bool:
    """Install `packages`; False when this machine does not let us, or the attempt failed."""
    if not may_install():
        return False
    say(f"Đang cài gói hệ thống: {' '.join(packages)}")
    has_lists = any(LISTS.glob("*_Packages*"))
    if has_lists and _apt("install", *packages):
        return True
    # No lists of packages yet, or lists too old to be served any more.
    return _apt("update") and _apt("install", *packages)


def _apt(action: str, *packages: str) -> bool:
    options = ["-y", "--no-install-recommends"] if action == "install" else []
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [*APT, action, *options, *packages]
    nothing = subprocess.DEVNULL
    return subprocess.run(command, check=False, env=environment, stdin=nothing, stdout=sys.stderr).returncode == 0
