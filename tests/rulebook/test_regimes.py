"""Which law governs a day and a dossier."""

from datetime import date

import pytest

from rulebook.engine import governing_day, regime
from rulebook.errors import NoValue

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
