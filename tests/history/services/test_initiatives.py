"""Initiatives that a paper decision recognised."""

from datetime import date

import pytest

from core.workflow import Refused
from history.models import Initiative
from history.services.initiatives import record_recognised
from tests.factories.units import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(minh, region, now):
    def call(*authors, code="SK1"):
        return record_recognised(
            code=code, title="Số hóa hồ sơ án", unit=region, year=2025, level="sector",
            recognised_on=date(2025, 10, 1), decision="400/QĐ-VKSTC", authors=authors, by=minh, at=now,
        )  # fmt: skip

    return call


def test_an_initiative_is_recorded_with_its_authors_in_order(record, region):
    first, second = make_person(region), make_person(region)
    made = record((first, 60), (second, 40))
    assert [(credit.person, credit.share) for credit in made.credits.order_by("order")] == [(first, 60), (second, 40)]
    assert made.state == "recognised"


def test_shares_beyond_the_whole_no_author_and_an_author_twice_are_refused(record, region):
    one, two = make_person(region), make_person(region)
    with pytest.raises(Refused, match="110 %"):
        record((one, 60), (two, 50))
    with pytest.raises(Refused, match="Chưa có tác giả"):
        record()
    with pytest.raises(Refused, match="hai lần"):
        record((one, 60), (one, 30))
    assert not Initiative.objects.exists()


def test_a_code_is_used_once(record, region):
    record((make_person(region), 100))
    with pytest.raises(Refused, match="đã dùng"):
        record((make_person(region), 100))
