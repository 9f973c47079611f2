"""Which law governs a day and a dossier."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from rulebook.book import load
from rulebook.engine import governing_day, regime
from rulebook.errors import NoValue
from rulebook.regimes import columns, transition

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("day", "name", "read"),
    [
        (date(2004, 7, 1), "Luật 2003 và các luật sửa đổi", True),
        (date(2023, 12, 31), "Luật 2003 và các luật sửa đổi", True),
        (date(2024, 1, 1), "Luật 2022 và Nghị định 98/2023", True),
        (date(2025, 6, 30), "Luật 2022 và Nghị định 98/2023", True),
        (date(2025, 7, 1), "Luật 2022 và Nghị định 152/2025", True),
        (date(2026, 9, 30), "Luật 2022 và Nghị định 152/2025", True),
        (date(2026, 10, 1), "Luật 2022 sửa đổi năm 2026", False),
    ],
)
def test_each_day_has_one_regime(day, name, read):
    found = regime(day)
    assert (found.name, found.read) == (name, read)
    assert found.cite
    assert all(document.in_force(day) for document in found.documents)


def test_there_is_no_regime_before_the_first_law():
    with pytest.raises(NoValue):
        regime(date(2004, 6, 30))


def test_the_day_of_receipt_governs():
    assert governing_day(date(2026, 9, 30)) == date(2026, 9, 30)


def test_a_dossier_received_before_the_new_law_may_have_it_where_it_is_more_favourable():
    assert governing_day(date(2026, 9, 30), more_favourable=True) == date(2026, 10, 1)
    assert governing_day(date(2026, 10, 2), more_favourable=True) == date(2026, 10, 2)


RULES = "transition.received_before"


@pytest.mark.parametrize(
    ("received", "considered", "day", "doc"),
    [
        (date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 1), "Cách hiểu của sổ luật"),
        (date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 1), "152/2025/NĐ-CP"),
        (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 1), "06/2026/QH16"),
        (date(2025, 6, 30), date(2026, 11, 1), date(2025, 7, 1), "152/2025/NĐ-CP"),
    ],
)
def test_a_dossier_received_on_the_eve_of_a_new_law_ends_under_the_older_one(received, considered, day, doc):
    rule = transition(received, considered)
    assert (rule.start, rule.cite[0].doc) == (day, doc)
    assert regime(governing_day(received)).name != regime(considered).name


@pytest.mark.parametrize(
    ("received", "considered"),
    [
        (date(2024, 1, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2027, 5, 1)),
        (date(2025, 7, 1), date(2025, 7, 1)),
    ],
)
def test_a_dossier_received_from_the_first_day_on_needs_no_transitional_rule(received, considered):
    assert transition(received, considered) is None


def test_each_first_day_of_a_law_has_its_transitional_rule():
    starts = {value.start for value in load().parameters["regimes.name"].values}
    assert {value.start for value in load().parameters[RULES].values} == starts - {min(starts)}


def test_only_the_law_of_2026_lets_people_choose_the_more_favourable_rule():
    assert governing_day(date(2025, 6, 30), more_favourable=True) == date(2026, 10, 1)
    allowing = [value.start for value in load().parameters[RULES].values if value.content.more_favourable]
    assert allowing == [date(2026, 10, 1)]


def test_the_decree_of_2023_ends_the_votes_it_left_to_the_sector_with_2025():
    share = load().parameters["votes.chien_si_thi_dua_co_so"]
    assert share.find(date(2025, 12, 31)).confirmed is False
    assert share.find(date(2026, 1, 1)) is None


def test_the_columns_follow_one_another_without_a_gap():
    found = columns()
    assert [(column.start, column.name) for column in found] == [
        (date(2004, 7, 1), "Luật 2003, Nghị định 91/2017, Thông tư 01/2019"),
        (date(2024, 1, 1), "Luật 2022, Nghị định 98/2023"),
        (date(2024, 10, 1), "Thông tư 02/2024"),
        (date(2025, 7, 1), "Nghị định 152/2025"),
        (date(2026, 10, 1), "Luật sửa đổi năm 2026"),
    ]
    assert all(one.end + timedelta(days=1) == other.start for one, other in pairwise(found))
    assert found[-1].end is None
