"""The browser of the browser tests: Debian's Chromium, driven through Playwright."""

import os
import shutil
import subprocess
from dataclasses import dataclass

from kiemsat_thidua.bootstrap import debian
from kiemsat_thidua.bootstrap.console import stop

NAMES = ["chromium", "chromium-browser", "google-chrome"]
# pdftoppm shows the papers of the browser tests as pictures.
PACKAGES = ["chromium", "poppler-utils"]


@dataclass(frozen=True)
class Browser:
    """Where it is and how it names itself ("Chromium 142.0.7444.59")."""

    path: str
    version: str


def ensure() -> Browser:
    """Find the browser or install it; ends the run with one line where neither is possible."""
    found = _found()
    if found is None and debian.install(PACKAGES):
        found = _found()
    if found is None:
        stop(f"Thiếu trình duyệt để kiểm thử. Chạy: {debian.advice(PACKAGES)}")
    return found


def _found() -> Browser | None:
    path = os.environ.get("E2E_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None or shutil.which("pdftoppm") is None:
        return None
    told = subprocess.run([path, "--version"], check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return Browser(path, " ".join(told.stdout.split()[:2])) if told.returncode == 0 else None
