"""The count of votes: whole numbers, no rounding, the base never shrinks."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.voting import Count, Share, can_pass, has_quorum, needed_votes, result, stricter

pytestmark = pytest.mark.once

SHARES = [Share(1, 2), Share(1, 2, over=True), Share(2, 3), Share(3, 4), Share(80, 100), Share(90, 100), Share(1, 1)]
shares = st.sampled_from(SHARES)
members = st.integers(1, 60)


@given(shares, members, st.data())
def test_a_count_passes_when_the_exact_fraction_reaches_the_share(share, base, data):
    yes = data.draw(st.integers(0, base))
    reached, asked = Fraction(yes, base), Fraction(share.num, share.den)
    expected = reached > asked if share.over else reached >= asked
    assert result(Count(yes=yes), share, base).passed is expected


@given(shares, members)
def test_the_votes_needed_are_the_fewest_that_pass(share, base):
    needed = needed_votes(share, base)
    assert result(Count(yes=needed), share, base).passed
    assert not result(Count(yes=needed - 1), share, base).passed


@given(shares, members, st.data())
def test_one_more_yes_never_turns_a_pass_into_a_failure(share, base, data):
    yes = data.draw(st.integers(0, base - 1))
    fewer, more = (result(Count(yes=n), share, base).passed for n in (yes, yes + 1))
    assert more or not fewer


@given(shares, members, st.data())
def test_one_more_member_never_turns_a_failure_into_a_pass(share, base, data):
    yes = data.draw(st.integers(0, base))
    smaller, larger = (result(Count(yes=yes), share, size).passed for size in (base, base + 1))
    assert smaller or not larger


@given(shares, members, st.data())
def test_no_and_blank_slips_weigh_the_same(share, base, data):
    yes = data.draw(st.integers(0, base))
    no = data.draw(st.integers(0, base - yes))
    all_no = result(Count(yes, base - yes, 0), share, base)
    mixed = result(Count(yes, no, base - yes - no), share, base)
    assert all_no.passed is mixed.passed


@given(shares, members, st.data())
def test_an_item_can_pass_exactly_while_the_others_are_enough(share, base, data):
    recused = data.draw(st.integers(0, base))
    possible = can_pass(needed_votes(share, base), voters=base - recused)
    assert possible is result(Count(yes=base - recused), share, base).passed


@pytest.mark.parametrize(
    ("percent", "table"),
    [
        (80, {9: 8, 10: 8, 11: 9, 13: 11, 15: 12, 17: 14, 19: 16, 21: 17, 25: 20}),
        (90, {9: 9, 10: 9, 11: 10, 13: 12, 15: 14, 17: 16, 19: 18, 21: 19, 25: 23}),
    ],
)
def test_the_votes_needed_of_common_councils(percent, table):
    assert {size: needed_votes(Share(percent, 100), size) for size in table} == table


def test_one_recusal_makes_nine_tenths_of_nine_impossible():
    assert can_pass(needed_votes(Share(90, 100), 9), voters=9)
    assert not can_pass(needed_votes(Share(90, 100), 9), voters=8)


def test_nobody_at_all_passes_nothing():
    assert not result(Count(), Share(90, 100), 0).passed


@given(shares, members, st.data())
def test_a_quorum_is_a_share_of_all_members(share, size, data):
    present = data.draw(st.integers(0, size))
    assert has_quorum(share, present=present, members=size) is (present >= needed_votes(share, size))


def test_without_a_rule_of_quorum_somebody_must_still_be_there():
    assert has_quorum(None, present=1, members=9)
    assert not has_quorum(None, present=0, members=9)


def test_the_stricter_of_two_quorums_is_kept():
    assert stricter([Share(2, 3), Share(80, 100)]) == Share(80, 100)
    assert stricter([Share(1, 2), Share(1, 2, over=True)]) == Share(1, 2, over=True)
    assert stricter([]) is None


@pytest.mark.parametrize(("num", "den"), [(0, 1), (3, 2), (-1, 2), (1, 0)])
def test_a_share_lies_between_nothing_and_the_whole(num, den):
    with pytest.raises(ValueError, match="no share"):
        Share(num, den)


@pytest.mark.parametrize(
    ("share", "text"),
    [(Share(90, 100), "90 %"), (Share(2, 3), "2/3"), (Share(1, 2, over=True), "quá 50 %"), (Share(1, 2), "50 %")],
)
def test_a_share_is_written_as_people_write_it(share, text):
    assert share.text == text
