"""What the product imports, it asks for by name: nothing is used because something else happened to bring it."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from kiemsat_thidua.bootstrap.environment import ROOT
from tests.architecture.sources import ours

pytestmark = pytest.mark.once

PARTS_FOR_TESTS = {"tests", "benchmarks"}


def test_every_imported_package_is_asked_for() -> None:
    folders = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in ours(".py")}
    imported = set()
    for path in ours(".py"):
        if path.relative_to(ROOT).parts[0] not in PARTS_FOR_TESTS:
            imported |= _tops(ast.parse(path.read_text(encoding="utf-8")))
    theirs = imported - folders - set(sys.stdlib_module_names)
    sources = packages_distributions()
    assert {name for name in theirs if not _wishes() & {_plain(each) for each in sources.get(name, [])}} == set()


def _tops(tree: ast.Module) -> set[str]:
    """First parts of all absolute imports."""
    nodes = list(ast.walk(tree))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    partial = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plain | partial}


def _wishes() -> set[str]:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    return {_plain(re.split(r"[\[<>=~! #;]", line)[0]) for line in lines if line and not line.startswith(("#", "-"))}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
