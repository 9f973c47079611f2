"""Every number and level of the book has a case that would come out otherwise if it were one step off.

Each value is moved one step up and one step down; where no case notices, a case at the boundary is missing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from rulebook import asking, codes
from rulebook.book import load
from rulebook.questions import answer_all
from rulebook.shapes import Condition, Rung, Share
from rulebook.values import Parameter, Value
from tests.rulebook.reading_cases import all_cases, findings_by_path

pytestmark = pytest.mark.once

BOOK = load()
SHAPES = {"condition", "ladder", "fraction", "integer", "boolean"}
#: What no question of `ask` rests on: certificates, hand-over, recovery, sums of a period; their readers test them.
NOT_ASKED = ("certificates.", "hand_over.", "recovery.", "conflicts.", "money_rules.titles_of_one_period")
Steps = Iterator[tuple[str, Any]]


def _steps(content: Any) -> Steps:
    if isinstance(content, bool):
        yield "!", not content
        return
    for kind, moved in MOVES.items():
        if isinstance(content, kind):
            yield from moved(content)


def _of_condition(condition: Condition) -> Steps:
    for number, part in enumerate(condition.any_of):
        for name, moved in _of_condition(part):
            ways = (*condition.any_of[:number], moved, *condition.any_of[number + 1 :])
            yield f"any_of[{number}].{name}", replace(condition, any_of=ways)
    for key, content in condition.params.items():
        for name, moved in _steps(content):
            yield f"{key}{name}", replace(condition, params=MappingProxyType({**condition.params, key: moved}))


def _of_number(number: int) -> Steps:
    yield "+1", number + 1
    if number:
        yield "-1", number - 1


def _of_share(share: Share) -> Steps:
    yield "+", replace(share, numerator=share.numerator + 1)
    yield "-", replace(share, numerator=share.numerator - 1)


def _of_word(word: str) -> Steps:
    for scale in (list(codes.RATINGS), list(codes.LEVELS)):
        if word in scale:
            place = scale.index(word)
            yield from (
                (f"→{other}", other) for other in (*scale[max(0, place - 1) : place], *scale[place + 1 : place + 2])
            )


def _of_tuple(members: tuple[Any, ...]) -> Steps:
    for number, member in enumerate(members):
        for name, moved in _steps(member):
            yield f"[{number}]{name}", (*members[:number], moved, *members[number + 1 :])


def _of_counts(counts: dict[str, int]) -> Steps:
    for award, count in counts.items():
        for name, moved in _of_number(count):
            yield f".{award}{name}", {**counts, award: moved}


def _of_rung(rung: Rung) -> Steps:
    for field in ("months", "below"):
        for name, moved in _steps(getattr(rung, field)):
            yield f".{rung.post}.{field}{name}", replace(rung, **{field: moved})


MOVES: dict[type, Callable[[Any], Steps]] = {
    Condition: _of_condition,
    int: _of_number,
    Share: _of_share,
    str: _of_word,
    tuple: _of_tuple,
    dict: _of_counts,
    Rung: _of_rung,
}


def _moved() -> list[tuple[Parameter, Value, str, Any]]:
    return [
        (parameter, value, name, content)
        for parameter in BOOK.parameters.values()
        if parameter.shape in SHAPES and not parameter.code.startswith(NOT_ASKED)
        for value in parameter.values
        for name, content in _steps(value.content)
    ]


def _signature(question: dict[str, Any]) -> Any:
    (answer,) = answer_all([question])
    findings = {path: (f["met"], f["confirmed"]) for path, f in findings_by_path(answer.get("findings", [])).items()}
    rest = {key: value for key, value in answer.items() if key not in ("findings", "says", "cite")}
    return findings, rest


@pytest.fixture(scope="module")
def asked():
    """The cases by the section of the book they may rest on, with what they answer now."""
    found = defaultdict(list)
    for case in all_cases():
        award, kind = case.question["award"], case.question["kind"]
        before = (case.question, _signature(case.question))
        for section in {award, "bars", kind, case.question.get("type", kind)}:
            found[section].append(before)
    return found


# Which cases may rest on the values of a file that is not named after an award.
FAMILIES = {
    "votes": "vote",
    "votes_written": "vote",
    "quotas": "quota",
    "quotas_floor": "quota",
    "base_salary": "money",
    "notice": "notice",
    "readings": "eligibility",
    "regimes": "eligibility",
}


@pytest.mark.parametrize(
    ("parameter", "value", "name", "content"),
    _moved(),
    ids=lambda part: getattr(part, "code", part if isinstance(part, str) else ""),
)
def test_a_case_notices_one_step(parameter, value, name, content, asked, monkeypatch):
    values = tuple(replace(v, content=content) if v is value else v for v in parameter.values)
    book = replace(BOOK, parameters={**BOOK.parameters, parameter.code: replace(parameter, values=values)})
    monkeypatch.setattr(asking, "load", lambda: book)
    section = parameter.code.partition(".")[0]
    cases = asked[FAMILIES.get(section, section)]
    assert any(_signature(question) != before for question, before in cases), f"{parameter.code} {name}"
