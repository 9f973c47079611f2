"""The jurist's cases: one sentence each in tests/rulebook/cases, asked as ``manage.py ask`` would."""

import pytest

from rulebook.questions import answer_all
from tests.rulebook.reading_cases import all_cases, findings_by_path

pytestmark = pytest.mark.once

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.says}")
def test_the_book_answers_as_the_case_says(case):
    (answer,) = answer_all([case.question])
    expect = dict(case.expect)
    met = expect.pop("met", {})
    findings = findings_by_path(answer.get("findings", []))
    assert {path: findings[path]["met"] for path in met} == met
    assert {key: answer[key] for key in expect} == expect


def test_no_two_cases_of_a_file_say_the_same():
    said = [(case.file, case.says) for case in CASES]
    assert len(said) == len(set(said))
