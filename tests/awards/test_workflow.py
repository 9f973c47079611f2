"""The table of moves: everything reachable, everybody's turn known, ends that end."""

import pytest

from awards.states import EDITABLE, FINAL, LIVE, NominationState
from awards.workflow import MOVES, REVIEW_MOVES, TURN, UNIT_MOVES

pytestmark = pytest.mark.once


def test_every_state_can_be_reached_from_a_draft():
    reached = {"draft"}
    while True:
        further = {move.target for move in MOVES.values() if move.source & reached} - reached
        if not further:
            break
        reached |= further
    assert reached == set(NominationState.values)


def test_it_is_always_known_whose_turn_it_is():
    assert set(TURN) == set(NominationState.values)
    assert set(TURN.values()) <= {"unit", "office", "council", "clerk", "signer", "nobody"}


def test_a_final_state_has_no_way_out():
    assert {state for state, turn in TURN.items() if turn == "nobody"} == set(FINAL)
    leaving = {state for move in MOVES.values() for state in move.source}
    assert leaving & set(FINAL) == set()


def test_every_state_that_is_not_final_has_a_way_out():
    leaving = {state for move in MOVES.values() for state in move.source}
    assert set(NominationState.values) - set(FINAL) == leaving


def test_a_line_is_a_draft_or_under_way_or_ended():
    assert {"draft"} | set(LIVE) | set(FINAL) == set(NominationState.values)
    assert set(EDITABLE) == {"draft", "incomplete"}


def test_the_unit_moves_where_it_is_its_turn_or_withdraws():
    for name in UNIT_MOVES:
        if name != "withdraw":
            assert {TURN[state] for state in MOVES[name].source} == {"unit"}


def test_reviewers_never_move_what_lies_with_the_unit_or_the_council_table():
    for name in REVIEW_MOVES:
        assert MOVES[name].source & {"draft", "incomplete", "on_agenda"} == set()


def test_the_council_and_the_decision_ask_rights_of_their_own():
    asked = {name: MOVES[name].permission.value for name in ("to_agenda", "pass", "fail", "decide")}
    assert asked == {
        "to_agenda": "session_prepare", "pass": "session_close", "fail": "session_close", "decide": "decision_number",
    }  # fmt: skip
