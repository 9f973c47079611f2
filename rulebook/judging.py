"""Is this subject eligible for that award? All conditions of the day are held against the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rulebook.asking import Asking, Override, asking
from rulebook.codes import SUBJECTS, TYPES
from rulebook.criteria.case import Case
from rulebook.criteria.evaluate import evaluate
from rulebook.facts import Facts
from rulebook.findings import Finding, ForPeople, Verdict
from rulebook.values import Cite, Parameter


def judge(
    award: str,
    subject: str,
    type: str,  # noqa: A002 - the name of the contract
    year: int,
    governing_day: date,
    facts: Facts,
    overrides: Iterable[Override] = (),
) -> Verdict:
    """The verdict on one subject for one award under the law of ``governing_day``; KeyError for an unknown award."""
    ask = asking(governing_day, overrides)
    entry = ask.book.awards[award]
    kind = "merit" if entry["group"] == "badge" else type  # C-16: the badge has one route
    case = Case(ask, award, subject, kind, year, facts, _standard_of)
    findings = _holder(case, entry) or _all_findings(case, entry)
    confirmed = all(finding.confirmed for finding in findings) and ask.says("regimes.text_read")
    people = _people(case, f"{award}.people", "bars.people")
    return Verdict(tuple(findings), people, confirmed, ask.overrides())


def _holder(case: Case, entry: Mapping[str, Any]) -> list[Finding]:
    if entry["holder"] not in ("both", case.subject):
        says = f"{entry['label']} không dành cho {SUBJECTS[case.subject]}"
        return [Finding("holder", False, says, entry["cite"])]
    if case.type not in entry["types"]:
        says = f"{entry['label']} không xét theo loại hình {TYPES[case.type]}"
        return [Finding("type", False, says, entry["cite"])]
    return []


def _all_findings(case: Case, entry: Mapping[str, Any]) -> list[Finding]:
    own = _conditions(case, case.award)
    if not own and not _people(case, f"{case.award}.people"):
        says = (
            f"Sổ luật chưa có tiêu chuẩn {entry['label']} cho {SUBJECTS[case.subject]} "
            f"theo loại hình {TYPES[case.type]} vào ngày {case.day:%d/%m/%Y}"
        )
        own = [Finding("standard_not_read", None, says, entry["cite"], confirmed=False)]
    return own + _conditions(case, "bars")


def _conditions(case: Case, section: str) -> list[Finding]:
    found = []
    for parameter in case.book.section(section, "condition"):
        if not _speaks_of(case, parameter):
            continue
        value = case.asking.of(parameter)
        finding = evaluate(case, value.content, value, parameter.code.partition(".")[2]) if value else None
        if finding is not None:
            found.append(finding)
    return found


def _speaks_of(case: Case, parameter: Parameter) -> bool:
    return parameter.applies(case.subject, case.type) and (not parameter.awards or case.award in parameter.awards)


def _people(case: Case, *sections: str) -> tuple[ForPeople, ...]:
    found = []
    for parameter in (parameter for section in sections for parameter in case.book.section(section, "text")):
        value = case.asking.of(parameter) if _speaks_of(case, parameter) else None
        if value is not None:
            found.append(ForPeople(parameter.code.rpartition(".")[2], value.content, value.cite))
    return tuple(found)


def _standard_of(case: Case, award: str) -> Verdict:
    """The standard of a lower title of the same year, judged from the same facts, bars left out."""
    lower = replace(case, award=award, type="merit")
    entry = case.book.awards[award]
    findings = _holder(lower, entry) or _conditions(lower, award)
    if not findings:
        findings = [_nothing_read(case.asking, entry)]
    return Verdict(tuple(findings), (), all(finding.confirmed for finding in findings))


def _nothing_read(ask: Asking, entry: Mapping[str, Any]) -> Finding:
    cite: tuple[Cite, ...] = entry["cite"]
    says = f"sổ luật chưa có tiêu chuẩn {entry['short']} vào ngày {ask.day:%d/%m/%Y}"
    return Finding("standard_not_read", None, says, cite, confirmed=False)
