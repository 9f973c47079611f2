"""Days after a decision, by the law of its day."""

from datetime import date

from rulebook import clocks


def test_money_and_item_of_an_annulled_award_come_back_within_15_working_days():
    clock = clocks.recovery(date(2026, 11, 16))
    assert (clock.days, clock.due, clock.confirmed) == (15, date(2026, 12, 8), True)  # 24/11 is a day off
    assert [cite.at for cite in clock.cite] == ["Điều 58"]


def test_before_the_decree_no_such_day_is_known():
    assert clocks.recovery(date(2024, 5, 6)) == clocks.Clock(None, None)


def test_a_year_without_calendar_leaves_the_day_open_and_keeps_the_number_of_days():
    clock = clocks.recovery(date(2026, 12, 28))
    assert (clock.due, clock.days) == (None, 15)


def test_items_of_99_reach_them_in_10_working_days_and_of_100_in_20():
    day = date(2026, 6, 1)
    assert [clocks.hand_over(day, cases).due for cases in (99, 100)] == [date(2026, 6, 15), date(2026, 6, 29)]


def test_the_days_of_hand_over_are_marked_as_our_reading():
    assert not clocks.hand_over(date(2026, 6, 1), 1).confirmed


def test_the_law_names_four_grounds_of_annulment_from_2024_on():
    assert [ground.code for ground in clocks.grounds(date(2026, 11, 21))] == [
        "ground_false_record", "ground_forgery", "ground_unlawful_procedure", "ground_later_finding",
    ]  # fmt: skip
    assert clocks.grounds(date(2023, 12, 31)) == ()


def test_the_order_of_a_ceremony_is_cited():
    found = clocks.ceremony_order(date(2026, 11, 21))
    assert found is not None
    assert found.cite[0].at == "Điều 29 khoản 5"
