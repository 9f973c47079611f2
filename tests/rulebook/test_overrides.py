"""What the office lays over the book: dated, cited, named in the answer; the book itself stays as it is."""

from datetime import date

import pytest

from rulebook import engine
from rulebook.book import load
from rulebook.engine import Override
from rulebook.errors import BookError, NoValue, QuestionError
from rulebook.facts import Individual
from rulebook.questions import answer_all
from rulebook.values import Cite

pytestmark = pytest.mark.once

RULE = (Cite("Quy chế mẫu", "Điều 5"),)
SHARE = Override("votes.chien_si_thi_dua_nganh", date(2026, 1, 1), "90/100", RULE, "Phòng TĐKT")


def vote(day, *overrides):
    return engine.vote("chien_si_thi_dua_nganh", day, members=10, present=10, yes=9, overrides=overrides)


def test_a_councils_own_share_fills_the_gap_and_is_named():
    result = vote(date(2026, 5, 5), SHARE)
    assert (result.passed, result.share_needed, result.confirmed) == (True, "90/100", True)
    assert result.as_dict()["overrides"] == [
        {
            "parameter": "votes.chien_si_thi_dua_nganh",
            "by": "Phòng TĐKT",
            "cite": [{"doc": "Quy chế mẫu", "at": "Điều 5"}],
        }
    ]
    assert result.cite == RULE


def test_without_it_nothing_changes():
    assert vote(date(2026, 5, 5)).passed is None
    assert "overrides" not in vote(date(2026, 5, 5)).as_dict()


def test_it_holds_from_its_first_day_only():
    assert vote(date(2025, 12, 31), SHARE).as_dict() == vote(date(2025, 12, 31)).as_dict()


def test_after_its_last_day_the_book_holds_again():
    short = Override("votes.chien_si_thi_dua_co_so", date(2024, 3, 1), "2/3", RULE, "x", end=date(2024, 3, 31))
    shares = [
        engine.vote_rule("chien_si_thi_dua_co_so", day, [short]).share
        for day in (date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 1))
    ]
    assert [str(share) for share in shares] == ["80/100", "2/3", "2/3", "80/100"]


def test_a_share_may_be_fixed_for_an_award_no_document_speaks_of():
    own = Override("votes.bang_khen_vien_truong", date(2026, 1, 1), "2/3", RULE, "x")
    assert engine.vote("bang_khen_vien_truong", date(2026, 5, 5), members=9, present=9, yes=6, overrides=[own]).passed


def test_a_quota_may_be_fixed():
    own = Override("quotas.chien_si_thi_dua_co_so", date(2026, 1, 1), "15/100", RULE, "x")
    result = engine.quota("chien_si_thi_dua_co_so", date(2026, 5, 5), 120, 21, [own])
    assert (result.cap, result.over_by) == (18, 3)
    assert result.as_dict()["overrides"][0]["by"] == "x"


def test_a_condition_may_be_replaced_by_another():
    content = {"test": "months_in_service", "months": 4}
    own = Override("lao_dong_tien_tien.min_service", date(2026, 1, 1), content, RULE, "x")
    facts = Individual(
        category="official", joined_on=date(2026, 8, 1), ratings={2026: "good"}, discipline=(), absences=(), pending=()
    )
    question = ("lao_dong_tien_tien", "individual", "merit", 2026, date(2026, 12, 1), facts)
    assert engine.judge(*question).outcome == "not_eligible"
    verdict = engine.judge(*question, overrides=[own])
    assert verdict.outcome == "eligible"
    assert [used.parameter for used in verdict.overrides] == ["lao_dong_tien_tien.min_service"]


def test_a_condition_may_be_taken_out_of_force():
    own = Override("bars.pending", date(2026, 1, 1), None, RULE, "x")
    verdict = engine.judge("giay_khen", "individual", "ad_hoc", 2026, date(2026, 5, 5), Individual(), [own])
    assert verdict.findings == ()


def test_the_book_is_not_touched():
    before = load().parameters["votes.chien_si_thi_dua_nganh"]
    vote(date(2026, 5, 5), SHARE)
    assert load().parameters["votes.chien_si_thi_dua_nganh"] is before


def test_a_page_and_ask_agree_given_the_same_override():
    question = {
        "id": "v", "kind": "vote", "award": "chien_si_thi_dua_nganh", "governing_day": "2026-05-05",
        "members": 10, "present": 10, "yes": 9,
        "overrides": [{"parameter": "votes.chien_si_thi_dua_nganh", "from": "2026-01-01", "value": "90/100",
                       "cite": [{"doc": "Quy chế mẫu", "at": "Điều 5"}], "by": "Phòng TĐKT"}],
    }  # fmt: skip
    (answer,) = answer_all([question])
    assert answer == {"id": "v", **vote(date(2026, 5, 5), SHARE).as_dict()}


def test_an_unknown_parameter_is_refused():
    with pytest.raises(NoValue):
        vote(date(2026, 5, 5), Override("votes.no_such_award", date(2026, 1, 1), "90/100", RULE, "x"))


def test_a_value_of_the_wrong_type_is_refused():
    with pytest.raises(BookError):
        vote(date(2026, 5, 5), Override("votes.chien_si_thi_dua_nganh", date(2026, 1, 1), 90, RULE, "x"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("parameter", "votes.no_such_award"),
        ("from", "2026"),
        ("to", "2025-12-31"),
        ("value", "chín mươi"),
        ("cite", []),
        ("cite", None),
        ("by", ""),
    ],
)
def test_a_bad_override_is_a_bad_question(key, value):
    override = {
        "parameter": "votes.chien_si_thi_dua_nganh", "from": "2026-01-01", "value": "90/100",
        "cite": [{"doc": "Quy chế mẫu", "at": "Điều 5"}], "by": "x", key: value,
    }  # fmt: skip
    question = {
        "id": "v", "kind": "vote", "award": "chien_si_thi_dua_nganh", "governing_day": "2026-05-05",
        "members": 10, "present": 10, "yes": 9, "overrides": [override],
    }  # fmt: skip
    with pytest.raises(QuestionError) as caught:
        answer_all([question])
    assert caught.value.field.startswith(f"overrides[0].{key}")
