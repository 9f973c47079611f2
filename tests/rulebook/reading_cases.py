"""Reads the cases of tests/rulebook/cases: what they ask, of which facts, and what they expect."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "cases"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Case:
    """One sentence, one question, what must come out; a background of facts may be shared by a file."""

    file: str
    says: str
    question: dict[str, Any]
    expect: dict[str, Any]


def all_cases() -> list[Case]:
    """Every case of every file."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in _of_file(path)]


def _of_file(path: Path) -> list[Case]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [_case(path.stem, content, entry, number) for number, entry in enumerate(content["cases"], 1)]


def _case(file: str, content: dict[str, Any], entry: dict[str, Any], number: int) -> Case:
    question = {"id": f"{file}-{number}", **content.get("question", {}), **entry.get("question", {})}
    if question.get("kind", "eligibility") == "eligibility":
        question = {"kind": "eligibility", "type": "merit", **question}
        facts = {**content.get("facts", {}), **entry.get("facts", {})}
        question[question["subject"]] = {key: value for key, value in facts.items() if value != UNKNOWN}
    return Case(file, entry["case"], json.loads(json.dumps(question, default=str)), entry["expect"])


def findings_by_path(findings: list[dict[str, Any]], above: str = "") -> dict[str, dict[str, Any]]:
    """Findings and their parts, by the names of rules joined with a slash."""
    found = {}
    for finding in findings:
        path = above + finding["rule"]
        found[path] = finding
        for parts in ("any_of", "all_of"):
            found.update(findings_by_path(finding.get(parts, []), path + "/"))
    return found
