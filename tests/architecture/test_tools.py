"""Style, types and import contracts hold; nothing is checked by eye that a tool can check."""

import subprocess
import sys

import pytest

from kiemsat_thidua.bootstrap.environment import ROOT
from kiemsat_thidua.testing.lint import CHECKS

pytestmark = pytest.mark.once


@pytest.mark.parametrize("name", CHECKS)
def test_the_tool_has_nothing_to_say(name: str) -> None:
    ended = subprocess.run([sys.executable, *CHECKS[name]], cwd=ROOT, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-2000:]
