"""`manage.py lint`: what tools can say about the code; the tests ask the same tools the same questions."""

import subprocess
import sys

from kiemsat_thidua.bootstrap.environment import ROOT

#: Name of the check -> arguments of the interpreter.
CHECKS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "--quiet", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "mypy": ["-m", "mypy"],
    "import contracts": ["-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"],
}


def main(arguments: list[str]) -> int:
    """Run every check, all of them even when one fails; `--fix` lets ruff mend what it can first."""
    if "--fix" in arguments:
        for mend in (["check", "--fix", "--quiet", "."], ["format", "--quiet", "."]):
            subprocess.run([sys.executable, "-m", "ruff", *mend], check=False, cwd=ROOT)
    codes = {}
    for name, command in CHECKS.items():
        codes[name] = subprocess.run([sys.executable, *command], check=False, cwd=ROOT).returncode
    for name, code in codes.items():
        print(f"{name}: {'đạt' if code == 0 else 'không đạt'}")
    return max(codes.values())
