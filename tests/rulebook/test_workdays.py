"""Working days of state bodies, held against an independent library of public holidays."""

from datetime import date, timedelta

import holidays
import pytest

from rulebook.book import load
from rulebook.engine import earliest_close, notice
from rulebook.workdays import add_working_days, is_working_day, working_days

pytestmark = pytest.mark.once

BOOK = load()
YEARS = range(2017, 2027)
# The yearly notice of 2026 swapped Friday 2 January for Saturday 10 January; the library does not know it.
KNOWN_DIFFERENCES = {date(2026, 1, 2), date(2026, 1, 10)}


@pytest.mark.parametrize("year", YEARS)
def test_a_year_agrees_with_the_library(year):
    theirs = holidays.country_holidays("VN", years=year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    ours = {day for day in days if day.year == year and is_working_day(BOOK, day) != theirs.is_working_day(day)}
    assert ours == {day for day in KNOWN_DIFFERENCES if day.year == year}


@pytest.mark.parametrize("year", YEARS)
def test_days_off_are_weekdays_and_days_worked_are_saturdays(year):
    first = date(year, 1, 1)
    off = BOOK.value(f"calendar_{year}.off", first).content
    assert all(day.year == year and day.weekday() < 5 for day in off)
    worked = BOOK.parameters.get(f"calendar_{year}.worked")
    for day in worked.find(first).content if worked else ():
        assert (day.year, day.weekday()) == (year, 5)


@pytest.mark.parametrize("year", [2016, 2027])
def test_a_year_without_a_calendar_is_not_guessed(year):
    assert is_working_day(BOOK, date(year, 6, 1)) is None
    assert working_days(BOOK, date(year, 6, 1), date(year, 6, 3)) is None
    assert add_working_days(BOOK, date(year, 6, 1), 3) is None


def test_working_days_are_counted_on_both_ends():
    assert working_days(BOOK, date(2026, 3, 2), date(2026, 3, 2)) == 1
    assert working_days(BOOK, date(2026, 3, 7), date(2026, 3, 8)) == 0


def test_working_days_are_added_past_weekends_and_holidays():
    assert add_working_days(BOOK, date(2026, 8, 28), 1) == date(2026, 9, 3)


def test_the_earliest_close_is_the_first_day_that_is_enough():
    award, opens = "huan_chuong_lao_dong_hang_ba", date(2026, 8, 24)
    closes = earliest_close(award, opens)
    assert notice(award, opens, closes).enough is True
    assert notice(award, opens, closes - timedelta(days=1)).enough is False


def test_the_earliest_close_is_the_day_itself_where_no_notice_is_needed():
    assert earliest_close("giay_khen", date(2026, 8, 24)) == date(2026, 8, 24)


def test_the_earliest_close_is_unknown_where_the_law_or_the_calendar_is():
    assert earliest_close("huan_chuong_lao_dong_hang_ba", date(2025, 6, 30)) is None
    assert earliest_close("huan_chuong_lao_dong_hang_ba", date(2026, 12, 28)) is None
