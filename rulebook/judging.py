"""Is this subject eligible for that award? All conditions of the day are held against the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rulebook.asking import Asking, Override, law_on
from rulebook.codes import SUBJECTS, TYPES
from rulebook.criteria.case import Case
from rulebook.criteria.evaluate import evaluate
from rulebook.facts import Facts
from rulebook.findings import Finding, Verdict
from rulebook.law import Law, Spoken
from rulebook.values import Cite


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
    return judge_all([award], subject, type, year, law_on(governing_day, overrides), facts)[award]


def judge_all(
    awards: Iterable[str],
    subject: str,
    type: str,  # noqa: A002 - the name of the contract
    year: int,
    law: Law,
    facts: Facts,
) -> dict[str, Verdict]:
    """The verdicts on one subject for several awards, the same as one by one; what they share is found out once."""
    memory: dict[Any, Any] = {}
    verdicts = {}
    for award in awards:
        entry = law.book.awards[award]
        kind = "merit" if entry["group"] == "badge" else type  # C-16: the badge has one route
        case = Case(Asking(law), award, subject, kind, year, facts, _standard_of, memory)
        verdicts[award] = _verdict(case, entry)
    return verdicts


def _verdict(case: Case, entry: Mapping[str, Any]) -> Verdict:
    findings = _holder(case, entry) or _all_findings(case, entry)
    confirmed = all(finding.confirmed for finding in findings) and case.asking.says("regimes.text_read")
    people = case.asking.law.people(case.award, case.subject, case.type)
    if case.asking.law.overlaid:
        _meet(case, *_texts(case, f"{case.award}.people"), *_texts(case, "bars.people"))
    return Verdict(tuple(findings), people, confirmed, case.asking.overrides())


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
    if not own and not _meet(case, *_texts(case, f"{case.award}.people")):
        says = (
            f"Sổ luật chưa có tiêu chuẩn {entry['label']} cho {SUBJECTS[case.subject]} "
            f"theo loại hình {TYPES[case.type]} vào ngày {case.day:%d/%m/%Y}"
        )
        own = [Finding("standard_not_read", None, says, entry["cite"], confirmed=False)]
    return own + _conditions(case, "bars")


def _conditions(case: Case, section: str) -> list[Finding]:
    found = []
    for code, value in case.asking.law.spoken(section, "condition", case.award, case.subject, case.type):
        case.asking.meet(code, value)
        finding = evaluate(case, value.content, value, code.partition(".")[2])
        if finding is not None:
            found.append(finding)
    return found


def _texts(case: Case, section: str) -> tuple[Spoken, ...]:
    return case.asking.law.spoken(section, "text", case.award, case.subject, case.type)


def _meet(case: Case, *texts: Spoken) -> bool:
    """Whether there is anything for people to confirm; overrides among it are met."""
    for code, value in texts:
        case.asking.meet(code, value)
    return bool(texts)


def _standard_of(case: Case, award: str) -> Verdict:
    """The standard of a lower title of the same year, judged from the same facts, bars left out."""
    return case.once(("standard", award), lambda apart: _standard(apart, award))


def _standard(case: Case, award: str) -> Verdict:
    lower = case.about(award, "merit", case.asking)
    entry = case.book.awards[award]
    findings = _holder(lower, entry) or _conditions(lower, award)
    if not findings:
        findings = [_nothing_read(case.asking, entry)]
    return Verdict(tuple(findings), (), all(finding.confirmed for finding in findings))


def _nothing_read(ask: Asking, entry: Mapping[str, Any]) -> Finding:
    cite: tuple[Cite, ...] = entry["cite"]
    says = f"sổ luật chưa có tiêu chuẩn {entry['short']} vào ngày {ask.day:%d/%m/%Y}"
    return Finding("standard_not_read", None, says, cite, confirmed=False)
