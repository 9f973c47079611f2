"""Laws of arithmetic that must hold whatever the numbers: votes, quotas, money, months."""

import ast
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rulebook
from rulebook import engine
from rulebook.asking import asking
from rulebook.book import load
from rulebook.catalogue import awards
from rulebook.engine import Override
from rulebook.periods import add_months, complete_months, joined, months_in
from rulebook.values import Cite, Value

pytestmark = pytest.mark.once
unhurried = settings(deadline=None)

BOOK = load()
SHARES = [
    (code.partition(".")[2], value.start, value.content)
    for code, parameter in BOOK.parameters.items()
    if code.startswith("votes.") and parameter.shape == "fraction"
    for value in parameter.values
]
CAPS = [
    (code.partition(".")[2], value.start, value.content)
    for code, parameter in BOOK.parameters.items()
    if code.startswith("quotas.")
    for value in parameter.values
]
DAYS = st.dates(date(1980, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(("award", "day", "share"), SHARES)
def test_the_least_number_of_yes_passes_and_one_fewer_fails(award, day, share):
    wanted = Fraction(share.numerator, share.denominator)
    for members in range(1, 61):
        least = next(n for n in range(members + 1) if Fraction(n, members) >= wanted)
        result = engine.vote(award, day, members=members, present=members, yes=least)
        assert (result.passed, result.min_yes, result.base) == (True, least, members)
        assert engine.vote(award, day, members=members, present=members, yes=least - 1).passed is False


@unhurried
@given(st.sampled_from(SHARES), st.integers(1, 60), st.data())
def test_one_more_yes_never_hurts_and_recusals_never_help(share, members, data):
    award, day, _ = share
    yes = data.draw(st.integers(0, members - 1))
    recused = data.draw(st.integers(0, members - yes - 1))
    before = engine.vote(award, day, members=members, present=members, yes=yes, recused=recused)
    after = engine.vote(award, day, members=members, present=members, yes=yes + 1, recused=recused)
    assert before.passed <= after.passed
    assert before.base == members
    assert before.possible == (members - recused >= before.min_yes)
    if after.passed:
        assert after.possible


@unhurried
@given(st.integers(1, 100).flatmap(lambda whole: st.tuples(st.integers(1, whole), st.just(whole))),
       st.integers(1, 60))  # fmt: skip
def test_any_share_the_sector_may_set_is_counted_in_whole_numbers(share, members):
    part, whole = share
    own = Override("votes.giay_khen", date(2026, 1, 1), f"{part}/{whole}", (Cite("Quy chế", "Điều 1"),), "x")
    least = next(n for n in range(members + 1) if Fraction(n, members) >= Fraction(part, whole))
    passed = []
    for yes in range(members + 1):
        result = engine.vote("giay_khen", date(2026, 2, 1), members=members, present=members, yes=yes, overrides=[own])
        assert (result.min_yes, result.base) == (least, members)
        assert [type(number) for number in (result.min_yes, result.base, result.yes_counted)] == [int] * 3
        passed.append(result.passed)
    assert passed == [False] * least + [True] * (members + 1 - least)


@pytest.mark.parametrize("module", ["thresholds", "shapes", "quota", "periods"])
def test_votes_caps_and_time_are_counted_without_decimals(module):
    tree = ast.parse((Path(rulebook.__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)), node.lineno
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Name) and node.id in {"float", "round"}), node.lineno


@unhurried
@given(st.integers(1, 100).flatmap(lambda whole: st.tuples(st.integers(1, whole), st.just(whole))),
       st.integers(0, 300), st.integers(0, 3))  # fmt: skip
def test_any_cap_the_sector_may_set_grows_with_its_base(share, base, floor):
    cite = (Cite("Quy chế", "Điều 1"),)
    laid = [
        Override("quotas.tap_the_lao_dong_xuat_sac", date(2026, 1, 1), f"{share[0]}/{share[1]}", cite, "x"),
        Override("quotas_floor.tap_the_lao_dong_xuat_sac", date(2026, 1, 1), floor, cite, "x"),
    ]
    one, more = (engine.quota("tap_the_lao_dong_xuat_sac", date(2026, 2, 1), n, 0, laid) for n in (base, base + 1))
    assert one.cap <= more.cap
    assert one.cap == max(base * share[0] // share[1], floor if base else 0)


@unhurried
@given(st.sampled_from(sorted(BOOK.parameters)), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_no_value_is_read_outside_its_days(code, day):
    found = BOOK.find(code, day)
    assert found is None or found.covers(day)
    assert asking(day).find(code) == found


@pytest.mark.parametrize("code", sorted(code for code, parameter in BOOK.parameters.items() if parameter.values))
def test_each_value_begins_and_ends_on_its_own_days(code):
    for value in BOOK.parameters[code].values:
        outside = [value.start - timedelta(days=1), *([value.end + timedelta(days=1)] if value.end else [])]
        inside = [value.start, value.end or date(2099, 12, 31)]
        assert [BOOK.find(code, day) for day in inside] == [None if value.content is None else value] * 2
        assert all(BOOK.find(code, day) is not value for day in outside)


@unhurried
@given(st.sampled_from(sorted(BOOK.parameters)), st.dates(date(2020, 1, 1), date(2028, 12, 31)),
       st.integers(0, 400), st.dates(date(2019, 1, 1), date(2029, 12, 31)))  # fmt: skip
def test_what_is_laid_over_the_book_holds_on_its_days_and_on_no_other(code, start, length, day):
    end = start + timedelta(days=length)
    laid = Value("of the sector", start, end, (Cite("Quy chế", "Điều 1"),), "confirmed", override="x")
    book = BOOK.replacing(code, laid)
    if start <= day <= end:
        assert book.find(code, day) is laid
    else:
        before, after = BOOK.find(code, day), book.find(code, day)
        assert (before and before.content) == (after and after.content)


@unhurried
@given(st.sampled_from(CAPS), st.integers(0, 60), st.integers(0, 80))
def test_a_cap_is_rounded_down_and_grows_with_its_base(cap, base, proposed):
    award, day, share = cap
    result, larger = engine.quota(award, day, base, proposed), engine.quota(award, day, base + 1, proposed)
    floor = 1 if award == "tap_the_lao_dong_xuat_sac" and base else 0
    assert result.cap == max(base * share.numerator // share.denominator, floor)
    assert result.over_by == max(0, proposed - result.cap)
    assert result.cap <= larger.cap
    assert result.over_by >= larger.over_by


@unhurried
@given(st.sampled_from(sorted(awards())), st.sampled_from(["individual", "collective"]),
       st.dates(date(2024, 1, 1), date(2027, 2, 28)))  # fmt: skip
def test_money_is_rounded_up_once_by_less_than_ten_thousand(award, holder, day):
    result = engine.money(award, holder, day)
    if not awards()[award].may_be_held_by(holder):
        assert result.amount is None
        return
    assert result.raw == result.coefficient * result.base_salary
    assert result.amount % 10_000 == 0
    assert 0 <= result.amount - result.raw < 10_000
    assert result.confirmed == (day >= date(2025, 7, 1))


@unhurried
@given(st.sampled_from(sorted(code for code, award in awards().items() if award.holder == "both")),
       st.dates(date(2025, 7, 1), date(2027, 2, 28)))  # fmt: skip
def test_a_collective_gets_twice_the_coefficient_of_a_form(award, day):
    one, many = engine.money(award, "individual", day), engine.money(award, "collective", day)
    assert many.coefficient == 2 * one.coefficient
    assert many.raw == 2 * one.raw


@unhurried
@given(DAYS, st.integers(0, 600))
def test_a_period_that_ends_the_day_before_its_anniversary_is_complete(start, months):
    end = add_months(start, months) - timedelta(days=1)
    assert complete_months(start, end) == months
    if months:
        assert complete_months(start, end - timedelta(days=1)) == months - 1


@unhurried
@given(DAYS, st.integers(0, 4000))
def test_months_never_shrink_with_a_later_end(start, days):
    end = start + timedelta(days=days)
    assert complete_months(start, end) <= complete_months(start, end + timedelta(days=1))


@unhurried
@given(st.lists(st.tuples(DAYS, st.integers(0, 900)), max_size=6))
def test_joined_periods_count_each_day_once(spans):
    periods = [(start, start + timedelta(days=days)) for start, days in spans]
    days = {start + timedelta(days=n) for start, end in periods for n in range((end - start).days + 1)}
    merged = joined(periods)
    assert sum((end - start).days + 1 for start, end in merged) == len(days)
    assert all(later[0] - earlier[1] > timedelta(days=1) for earlier, later in pairwise(merged))
    assert months_in(periods) == months_in(merged)
