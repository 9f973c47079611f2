"""Every condition of the book, in every text of the law it had, has a case on each side of its boundary.

What is needed is derived from the data, so a new value without cases fails here.
"""

from collections import defaultdict
from datetime import date

import pytest

from rulebook.book import load
from rulebook.questions import answer_all
from rulebook.shapes import Condition
from rulebook.values import Parameter, Value
from tests.rulebook.reading_cases import all_cases, findings_by_path

pytestmark = pytest.mark.once

BOOK = load()
CONDITIONS = [parameter for parameter in BOOK.parameters.values() if parameter.shape == "condition"]


def _paths(condition: Condition, rule: str) -> list[str]:
    """The findings a condition gives: itself, its alternatives, and what a run of years must hold."""
    found = [rule]
    for part in condition.any_of + condition.all_of:
        found += [f"{rule}/{path}" for path in _paths(part, part.rule or part.test)]
    if condition.test == "merit_run":
        inside = [name for name in ("excellent_years", "titles", "initiatives") if name in condition.params]
        ways = [f"sets/sets_{number}" for number in range(1, len(condition.params.get("sets", ())) + 1)]
        parts = inside + ways
        found += [f"{rule}/{part}" for part in (["run_length", *parts] if parts else [])]
    return found


def _needed() -> list[tuple[Parameter, Value, str]]:
    return [
        (parameter, value, path)
        for parameter in CONDITIONS
        for value in parameter.values
        if value.content is not None
        for path in _paths(value.content, parameter.code.partition(".")[2])
    ]


@pytest.fixture(scope="module")
def sides():
    """For each condition, path and first day in force: the sides on which a case stands."""
    found = defaultdict(set)
    for case in all_cases():
        if case.question["kind"] != "eligibility":
            continue
        (answer,) = answer_all([case.question])
        day = date.fromisoformat(case.question["governing_day"])
        for path, finding in findings_by_path(answer["findings"]).items():
            for section in (case.question["award"], "bars"):
                parameter = BOOK.parameters.get(f"{section}.{path.partition('/')[0]}")
                value = parameter.find(day) if parameter else None
                if value is not None:
                    found[parameter.code, value.start, path].add(finding["met"])
    return found


@pytest.mark.parametrize(("parameter", "value", "path"), _needed(), ids=lambda part: getattr(part, "code", None))
def test_a_case_stands_on_each_side_of_every_condition(parameter, value, path, sides):
    missing = {True, False} - sides[parameter.code, value.start, path]
    assert not missing, f"{parameter.code} từ {value.start}: {path} chưa có trường hợp {missing}"


def test_every_award_of_the_contract_is_in_the_cases():
    asked = {case.question["award"] for case in all_cases()}
    left_to_people = {
        "huan_chuong_chien_cong_hang_nhat", "huan_chuong_chien_cong_hang_nhi", "huan_chuong_chien_cong_hang_ba",
        "huan_chuong_dai_doan_ket_dan_toc",
    }  # fmt: skip
    assert set(BOOK.awards) - asked == left_to_people
