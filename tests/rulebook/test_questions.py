"""Questions that cannot be read: one line naming the question and the field, exit 2; nothing else is said."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from rulebook.errors import QuestionError
from rulebook.questions import answer_all, answer_text
from tests.rulebook.test_contract import EXAMPLE

pytestmark = pytest.mark.once

VOTE = {
    "id": "v1", "kind": "vote", "award": "co_thi_dua_chinh_phu", "governing_day": "2026-01-01",
    "members": 10, "present": 9, "recused": 0, "yes": 8, "written_yes": 0,
}  # fmt: skip
QUOTA = {
    "id": "q1", "kind": "quota", "award": "co_thi_dua_chinh_phu", "governing_day": "2026-01-01",
    "base": 5, "proposed": 1,
}  # fmt: skip
MONEY = {"id": "m1", "kind": "money", "award": "giay_khen", "holder": "individual", "decided_on": "2026-01-01"}
NOTICE = {"id": "n1", "kind": "notice", "award": "giay_khen", "opens": "2026-03-02", "closes": "2026-03-13"}
MISSING = object()

BAD = [
    (EXAMPLE, "kind", "wish"),
    (EXAMPLE, "kind", MISSING),
    (EXAMPLE, "award", "no_such_award"),
    (EXAMPLE, "award", MISSING),
    (EXAMPLE, "subject", "household"),
    (EXAMPLE, "type", "heroic"),
    (EXAMPLE, "type", MISSING),
    (EXAMPLE, "year", "2025"),
    (EXAMPLE, "year", 25),
    (EXAMPLE, "governing_day", "05/12/2025"),
    (EXAMPLE, "governing_day", "2025-02-30"),
    (EXAMPLE, "governing_day", "20251205"),
    (EXAMPLE, "individual", MISSING),
    (EXAMPLE, "individual", []),
    (EXAMPLE, "individual.sex", "unknown"),
    (EXAMPLE, "individual.joined_on", 2009),
    (EXAMPLE, "individual.ratings", {"năm": "good"}),
    (EXAMPLE, "individual.ratings", {"2025": "great"}),
    (EXAMPLE, "individual.grants", {}),
    (EXAMPLE, "individual.grants", [{"award": "no_such_award", "year": 2023}]),
    (EXAMPLE, "individual.grants", [{"award": "giay_khen"}]),
    (EXAMPLE, "individual.grants", ["giay_khen"]),
    (EXAMPLE, "individual.initiatives", [{"level": "world", "recognised_on": "2025-01-01"}]),
    (EXAMPLE, "individual.initiatives", [{"level": "base"}]),
    (EXAMPLE, "individual.initiatives", [{"level": "base", "recognised_on": "2025-01-01", "used_for": ["huy hiệu"]}]),
    (EXAMPLE, "individual.discipline", [{"measure": "scolding", "decided_on": "2025-01-01"}]),
    (EXAMPLE, "individual.discipline", [{"measure": "warning"}]),
    (EXAMPLE, "individual.absences", [{"reason": "holiday", "from": "2025-01-01"}]),
    (EXAMPLE, "individual.absences", [{"reason": "illness", "from": "2025-02-01", "to": "2025-01-01"}]),
    (EXAMPLE, "individual.pending", [{"matter": "rumour"}]),
    (EXAMPLE, "individual.postings", [{"post": "king", "from": "2020-01-01"}]),
    (EXAMPLE, "individual.raised_retirement_age", "no"),
    (VOTE, "members", 0),
    (VOTE, "members", MISSING),
    (VOTE, "members", 10.5),
    (VOTE, "members", True),
    (VOTE, "present", 11),
    (VOTE, "yes", 10),
    (VOTE, "yes", -1),
    (VOTE, "recused", 11),
    (VOTE, "written_yes", 2),
    (VOTE, "governing_day", MISSING),
    (QUOTA, "base", -1),
    (QUOTA, "proposed", "1"),
    (QUOTA, "award", MISSING),
    (MONEY, "holder", "household"),
    (MONEY, "decided_on", "hôm nay"),
    (NOTICE, "closes", "2026-03-01"),
    (NOTICE, "closes", "2099-03-01"),
    (NOTICE, "opens", MISSING),
]


def spoilt(question, path, value):
    copy = json.loads(json.dumps(question))
    *above, name = path.split(".")
    place = copy
    for key in above:
        place = place[key]
    if value is MISSING:
        del place[name]
    else:
        place[name] = value
    return copy


@pytest.mark.parametrize(("question", "path", "value"), BAD)
def test_a_bad_question_is_refused_naming_its_id_and_field(question, path, value):
    with pytest.raises(QuestionError) as caught:
        answer_all([spoilt(question, path, value)])
    assert caught.value.question == question["id"]
    assert caught.value.field.startswith(path)
    assert "\n" not in str(caught.value)


def test_more_votes_than_voters_are_refused():
    with pytest.raises(QuestionError, match="yes"):
        answer_all([{**VOTE, "recused": 3}])


@pytest.mark.parametrize("identity", [MISSING, "", None, [], True])
def test_a_question_without_an_id_is_named_by_its_place(identity):
    with pytest.raises(QuestionError, match=r"thứ 2.*«id»"):
        answer_all([VOTE, spoilt(VOTE, "id", identity)])


@pytest.mark.parametrize("text", ["", "{", "[1]", "7", '"a"', "[null]"])
def test_text_that_holds_no_questions_is_refused(text):
    with pytest.raises(QuestionError):
        answer_text(text)


def test_null_means_not_known_as_absence_does():
    with_null = spoilt(EXAMPLE, "individual.grants", None)
    without = spoilt(EXAMPLE, "individual.grants", MISSING)
    assert answer_all([with_null]) == answer_all([without])


def test_the_words_of_an_entry_may_be_named_in_more_than_one_way():
    ways = [{"measure": "warning"}, {"kind": "warning"}, {"discipline": "warning"}]
    answers = [
        answer_all([spoilt(EXAMPLE, "individual.discipline", [{**way, "decided_on": "2025-03-01"}])]) for way in ways
    ]
    assert answers[0] == answers[1] == answers[2]


def run(capfdbinary, *args):
    code = 0
    try:
        call_command("ask", *args)
    except SystemExit as stop:
        code = stop.code
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


def test_the_command_prints_one_list_in_vietnamese_and_exits_0(tmp_path, capfdbinary):
    file = tmp_path / "q.json"
    file.write_text(json.dumps([EXAMPLE, VOTE]), encoding="utf-8")
    code, out, err = run(capfdbinary, str(file))
    assert (code, err) == (0, "")
    assert json.loads(out) == answer_all([EXAMPLE, VOTE])
    assert "liên tục" in out


def test_a_dash_reads_standard_input(monkeypatch, capfdbinary):
    raw = io.BytesIO(json.dumps([VOTE]).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    code, out, _ = run(capfdbinary, "-")
    assert (code, json.loads(out)[0]["passed"]) == (0, True)


def test_a_bad_question_gives_one_line_and_exit_2(tmp_path, capfdbinary):
    file = tmp_path / "q.json"
    file.write_text(json.dumps([EXAMPLE, spoilt(VOTE, "award", "no_such_award")]), encoding="utf-8")
    code, out, err = run(capfdbinary, str(file))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "v1" in err
    assert "award" in err


def test_half_a_surrogate_pair_in_an_id_does_not_stop_the_answer(tmp_path, capfdbinary):
    file = tmp_path / "q.json"
    file.write_text(json.dumps([{**VOTE, "id": "\ud800"}]), encoding="utf-8")
    code, out, _ = run(capfdbinary, str(file))
    assert (code, json.loads(out)[0]["passed"]) == (0, True)


def test_keys_nobody_reads_are_named_in_the_answer():
    (answer,) = answer_all([spoilt(EXAMPLE, "individual.initiativs", [])])
    assert answer["ignored"] == ["individual.initiativs"]
    assert "ignored" not in answer_all([EXAMPLE])[0]


def test_the_badge_needs_no_type():
    question = {**spoilt(EXAMPLE, "type", MISSING), "award": "ky_niem_chuong"}
    assert answer_all([question])[0]["outcome"] == "eligible"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"", b"[" * 100_000])
def test_an_unreadable_file_gives_one_line_and_exit_2(content, tmp_path, capfdbinary):
    file = tmp_path / "q.json"
    file.write_bytes(content)
    code, out, err = run(capfdbinary, str(file))
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_file_that_is_not_there_gives_one_line_and_exit_2(tmp_path, capfdbinary):
    code, _, err = run(capfdbinary, str(tmp_path / "none.json"))
    assert (code, err.count("\n")) == (2, 1)
