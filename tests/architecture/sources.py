"""Which files are ours, for the tests about the code itself."""

import subprocess
from pathlib import Path

from kiemsat_thidua.bootstrap.environment import ROOT


def ours(*suffixes: str) -> list[Path]:
    """Every file of the project with one of `suffixes`, as git sees it; other people's code left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return [
        ROOT / name
        for name in listed
        if name.endswith(suffixes) and not name.startswith("static/vendor/") and (ROOT / name).is_file()
    ]
