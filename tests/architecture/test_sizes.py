"""Files a person can read in one sitting, functions that fit on a screen."""

import ast

import pytest

from tests.architecture.sources import ours

pytestmark = pytest.mark.once

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _is_migration(path: object) -> bool:
    return "migrations" in str(path).split("/")


def test_no_file_is_longer_than_400_lines() -> None:
    sources = [path for path in ours(".py", ".js", ".css", ".html") if not _is_migration(path)]
    long = {str(path): lines for path in sources if (lines := len(path.read_text().splitlines())) > LINES_OF_A_FILE}
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}: {_length(node)}"
        for path in ours(".py")
        if not _is_migration(path)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, Function) and _length(node) > LINES_OF_A_FUNCTION
    ]
    assert long == []


def _length(node: Function) -> int:
    """Lines of the body after its docstring: saying why must never cost a line of what."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
