"""The native libraries with which PDF papers are made (WeasyPrint loads them by name)."""

import ctypes
import sys

from kiemsat_thidua.bootstrap import debian
from kiemsat_thidua.bootstrap.console import say

# Library to load -> Debian's package that holds it; Pango brings GLib, HarfBuzz and Fontconfig along.
NEEDED = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def missing() -> list[str]:
    """The packages whose library cannot be loaded here."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for library, package in NEEDED.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure() -> bool:
    """Install what is missing where we may; otherwise say the command. True when nothing is missing."""
    packages = missing()
    if not packages or (debian.install(packages) and not missing()):
        return True
    say(f"Thiếu thư viện để tạo văn bản PDF. Chạy: {debian.advice(packages)}")
    return False
