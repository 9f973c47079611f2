"""`.env.example` names exactly the keys that the product reads."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiemsat_thidua.bootstrap.environment import ROOT

pytestmark = pytest.mark.once

READERS = {"env.text", "env.boolean", "env.integer", "env.words", "os.environ.get", "text"}
#: Programs whose keys are for developers (docs/operations.md names them) or belong to someone else.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def _keys_read(path: Path) -> Iterator[str]:
    """First arguments in capitals of env.text("KEY") and os.environ.get("KEY")."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        key = node.args[0].value
        if ast.unparse(node.func) in READERS and isinstance(key, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", key):
            yield key


def test_every_key_that_is_read_is_in_the_example_and_the_reverse() -> None:
    sources = [path for path in (ROOT / "kiemsat_thidua").rglob("*.py") if "testing" not in path.parts]
    read = {key for path in sources for key in _keys_read(path)} - NOT_OURS
    shown = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert read == shown
