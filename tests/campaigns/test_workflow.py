"""The tables of moves: every state is reached, somebody's turn is known in each, and who may do what."""

import pytest

from accounts.permissions import Permission
from campaigns.states import SEEN_FROM_ABOVE, CampaignState, RegistrationState
from campaigns.workflow import CAMPAIGN_MOVES, CAMPAIGN_TURN, MOVES, TURN
from core.workflow import open_moves, why_not
from tests.factories.campaigns import make_campaign, make_line, make_registration

TABLES = [
    pytest.param(CAMPAIGN_MOVES, CampaignState, CAMPAIGN_TURN, id="campaign"),
    pytest.param(MOVES, RegistrationState, TURN, id="registration"),
]


def reached(moves, start="draft"):
    known, before = {start}, set()
    while known != before:
        before = set(known)
        known |= {move.target for move in moves.values() if move.source & known}
    return known


@pytest.mark.parametrize(("moves", "states", "turn"), TABLES)
def test_every_state_is_reachable_from_a_draft(moves, states, turn):
    assert reached(moves) == set(states.values)


@pytest.mark.parametrize(("moves", "states", "turn"), TABLES)
def test_every_state_says_whose_turn_it_is(moves, states, turn):
    assert set(turn) == set(states.values)


@pytest.mark.parametrize(("moves", "states", "turn"), TABLES)
def test_moves_name_themselves_and_only_known_states(moves, states, turn):
    for name, move in moves.items():
        assert move.name == name
        assert {*move.source, move.target} <= set(states.values)


def test_superiors_have_words_of_their_own_for_every_state():
    assert set(SEEN_FROM_ABOVE) == set(RegistrationState.values)


def test_only_the_head_sends_and_only_the_office_answers():
    rights = {name: move.permission for name, move in MOVES.items()}
    answer = Permission.REGISTRATION_ACCEPT
    assert rights.pop("send") == Permission.REGISTRATION_SEND
    assert set(rights.values()) == {answer}


@pytest.mark.parametrize(
    ("state", "open_for_the_office"),
    [
        ("draft", set()),
        ("sent", {"accept"}),
        ("returned", set()),
        ("accepted", {"lock"}),
        ("locked", set()),
    ],
)
def test_the_office_does_in_each_state_what_the_table_says(campaign, region, minh, now, state, open_for_the_office):
    sheet = make_registration(campaign, region, state=state)
    moves = open_moves(sheet, MOVES.values(), by=minh, at=now)
    assert {name for name, reason in moves.items() if reason is None} == open_for_the_office


def test_the_grey_button_says_the_sentence_of_the_guard(registration, hung, now):
    says = why_not(registration, MOVES["send"], by=hung, at=now)
    assert says == "Chưa đăng ký danh hiệu, hình thức nào. Chọn ít nhất một ô trong lưới."


def test_a_filled_sheet_can_be_sent(registration, people, hung, now):
    make_line(registration, person=people[0])
    assert why_not(registration, MOVES["send"], by=hung, at=now) is None


def test_nothing_is_sent_in_a_closed_campaign(root, region, people, hung, now):
    sheet = make_registration(make_campaign(root, state="closed"), region)
    make_line(sheet, person=people[0])
    says = why_not(sheet, MOVES["send"], by=hung, at=now)
    assert says == "Phong trào đang ở trạng thái “Đã kết thúc”, không nhận hay sửa đăng ký."
