"""Every condition of the book, in every regime it outlived, has a case on each side of its boundary.

What is needed is derived from the data, so a new value without cases fails here. A case stands for the
other regimes too: it is asked again with all its days moved there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rulebook.book import load
from rulebook.questions import answer_all
from rulebook.regimes import Column, columns
from rulebook.shapes import Condition
from rulebook.values import Parameter, Value
from tests.rulebook.moving_cases import moved
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


def _regimes(value: Value) -> list[Column]:
    """The regimes in which a value is in force on some day."""
    return [
        column
        for column in columns()
        if (column.end is None or value.start <= column.end) and (value.end is None or value.end >= column.start)
    ]


def _asked() -> Iterator[tuple[date, str, dict[str, Any]]]:
    """Each case as it is written, then in every other regime: its day, its award, its findings by path."""
    for case in all_cases():
        if case.question["kind"] != "eligibility":
            continue
        own = date.fromisoformat(case.question["governing_day"])
        others = [column for column in columns() if not _holds(column, own)]
        for question in [case.question, *(moved(case.question, column) for column in others)]:
            (answer,) = answer_all([question])
            day = date.fromisoformat(question["governing_day"])
            yield day, question["award"], findings_by_path(answer["findings"])


def _holds(column: Column, day: date) -> bool:
    return column.start <= day and (column.end is None or day <= column.end)


def _sides(asked: Iterable[tuple[date, str, dict[str, Any]]]) -> dict[Any, set[Any]]:
    """For each condition, text, regime and path: the sides on which a case stands."""
    found = defaultdict(set)
    for day, award, findings in asked:
        regime = next((column.start for column in columns() if _holds(column, day)), None)
        for path, finding in findings.items():
            for section in (award, "bars"):
                parameter = BOOK.parameters.get(f"{section}.{path.partition('/')[0]}")
                value = parameter.find(day) if parameter else None
                if value is not None:
                    found[parameter.code, value.start, regime, path].add(finding["met"])
    return found


def _missing(sides: dict[Any, set[Any]], parameter: Parameter, value: Value, path: str) -> list[str]:
    """The regimes in which a condition has no case on one of its sides."""
    return [
        f"{column.name}: {side}"
        for column in _regimes(value)
        for side in (True, False)
        if side not in sides[parameter.code, value.start, column.start, path]
    ]


@pytest.fixture(scope="module")
def asked():
    return list(_asked())


@pytest.fixture(scope="module")
def sides(asked):
    return _sides(asked)


@pytest.mark.parametrize(("parameter", "value", "path"), _needed(), ids=lambda part: getattr(part, "code", None))
def test_a_case_stands_on_each_side_of_every_condition_in_every_regime(parameter, value, path, sides):
    missing = _missing(sides, parameter, value, path)
    assert not missing, f"{parameter.code} từ {value.start}: {path} chưa có trường hợp {missing}"


@pytest.mark.parametrize("side", [True, False])
def test_a_condition_whose_cases_stand_on_one_side_only_is_found(side, asked):
    """The control: without the cases of one side the test above must fail, for every condition."""
    one_sided = _sides(
        (day, award, {path: finding for path, finding in findings.items() if finding["met"] is not side})
        for day, award, findings in asked
    )
    assert all(_missing(one_sided, *needed) for needed in _needed())


def test_a_new_text_of_a_condition_without_cases_is_found(sides):
    parameter = BOOK.parameters["lao_dong_tien_tien.min_service"]
    new = replace(parameter.values[-1], start=date(2026, 12, 1), content=Condition(test="months_in_service"))
    assert _missing(sides, parameter, new, "min_service") == [
        f"Luật sửa đổi năm 2026: {side}" for side in (True, False)
    ]


def test_every_award_of_the_contract_is_in_the_cases():
    asked = {case.question["award"] for case in all_cases()}
    left_to_people = {
        "huan_chuong_chien_cong_hang_nhat", "huan_chuong_chien_cong_hang_nhi", "huan_chuong_chien_cong_hang_ba",
        "huan_chuong_dai_doan_ket_dan_toc",
    }  # fmt: skip
    assert set(BOOK.awards) - asked == left_to_people
