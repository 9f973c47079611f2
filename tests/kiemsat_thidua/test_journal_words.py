"""Every act that services record has words on the page of the journal."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from documents.states import NumberState
from kiemsat_thidua.journal_words import ACTS, acts
from units.models.unit import EventKind

pytestmark = pytest.mark.once

APPS = ("accounts", "core", "units", "documents", "history", "campaigns", "awards", "council", "decisions", "reports")
#: Acts whose names the code puts together: steps of workflows, and those that carry a state or kind.
MADE = {
    "f'{locked._meta.model_name}.{step.name}'": set(),
    "f'{model._meta.model_name}.{step.name}'": set(),
    "f'unit.{kind.value}'": {f"unit.{kind.value}" for kind in EventKind},
    "kind": {"nomination.extend", "nomination.override"},
    "f'number.{state.value}'": {f"number.{state.value}" for state in (NumberState.RESERVED, NumberState.IMPORTED)},
}


def _recorded() -> set[str]:
    """The acts that stand in calls of `journal.record(kind=…)`."""
    found: set[str] = set()
    for app in APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {"journal.record", "record"}:
                    found |= _kinds(node, path)
    return found


def _kinds(call: ast.Call, path: Path) -> set[str]:
    value = next((keyword.value for keyword in call.keywords if keyword.arg == "kind"), None)
    if value is None:
        return set()
    words = [each.value for each in ast.walk(value) if isinstance(each, ast.Constant)]
    if isinstance(value, ast.Constant | ast.IfExp):
        return {str(word) for word in words}
    return MADE.get(ast.unparse(value), {f"{path}: {ast.unparse(value)}"})


def test_every_recorded_act_is_named():
    assert sorted(_recorded() - set(acts())) == []


def test_no_name_is_kept_for_an_act_that_nobody_records():
    assert sorted(set(ACTS) - _recorded()) == []
