"""The table of moves is whole: every state has its turn, is reached, and final ones have no way out."""

import pytest

from accounts.permissions import ON_COUNCIL
from council.states import SessionState
from council.workflow import MOVES, TURN

pytestmark = pytest.mark.once
FINAL = {SessionState.MINUTED, SessionState.CANCELLED}


def test_every_state_says_whose_turn_it_is():
    assert set(TURN) == set(SessionState)
    assert {state for state, turn in TURN.items() if turn == "nobody"} == FINAL


def test_every_state_is_reached_from_the_draft():
    reached = {SessionState.DRAFT}
    while more := {move.target for move in MOVES.values() if move.source & reached} - reached:
        reached |= more
    assert reached == set(SessionState)


def test_final_states_have_no_way_out_and_all_others_have():
    left = {state for move in MOVES.values() for state in move.source}
    assert left == set(SessionState) - FINAL


def test_a_counted_session_is_never_taken_back():
    assert all(
        move.target in {SessionState.CLOSED, SessionState.MINUTED}
        for move in MOVES.values()
        if move.source & {SessionState.CLOSED}
    )


def test_every_move_is_a_right_on_the_council():
    assert {move.permission for move in MOVES.values()} <= ON_COUNCIL


def test_names_and_keys_agree():
    assert {name: move.name for name, move in MOVES.items()} == {name: name for name in MOVES}
