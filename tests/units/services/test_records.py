"""Ratings, absences, sanctions, open matters."""

from datetime import UTC, date, datetime

import pytest

from core.models import Event
from core.workflow import Refused
from tests.factories.units import make_person, make_unit, make_user
from units.models import YearlyRating
from units.services.records import (
    RatingRow,
    close_matter,
    open_matter,
    rate,
    record_absence,
    record_discipline,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


@pytest.fixture
def by():
    return make_user()


def test_ratings_of_people_and_units_are_stored_and_replaced(by):
    person, unit = make_person(), make_unit()
    assert rate(rows=[RatingRow(person, 2025, "good"), RatingRow(unit, 2025, "excellent")], by=by, at=NOW) == 2
    assert rate(rows=[RatingRow(person, 2025, "excellent"), RatingRow(unit, 2025, "excellent")], by=by, at=NOW) == 1
    stored = {(row.person or row.unit, row.year, row.rating) for row in YearlyRating.objects.all()}
    assert stored == {(person, 2025, "excellent"), (unit, 2025, "excellent")}
    assert Event.objects.filter(kind="rating.record").count() == 3


def test_an_unknown_rating_is_refused_and_nothing_is_saved(by):
    with pytest.raises(Refused, match="super"):
        rate(rows=[RatingRow(make_person(), 2025, "good"), RatingRow(make_person(), 2025, "super")], by=by, at=NOW)
    assert not YearlyRating.objects.exists()


def test_many_ratings_take_as_many_queries_as_few(by, django_assert_max_num_queries):
    people = [make_person() for _ in range(12)]
    with django_assert_max_num_queries(16):
        rate(rows=[RatingRow(person, 2025, "good") for person in people], by=by, at=NOW)


def test_days_of_absence_are_recorded_once(by):
    person = make_person()
    record_absence(
        person=person, reason="maternity", valid_from=date(2025, 1, 1), valid_to=date(2025, 6, 30), by=by, at=NOW
    )
    with pytest.raises(Refused, match="trùng"):
        record_absence(person=person, reason="study", valid_from=date(2025, 6, 30), by=by, at=NOW)
    record_absence(person=person, reason="study", valid_from=date(2025, 7, 1), by=by, at=NOW)
    with pytest.raises(Refused, match="trùng"):
        record_absence(person=person, reason="illness", valid_from=date(2026, 1, 1), by=by, at=NOW)


def test_a_sanction_is_recorded_once(by):
    person = make_person()
    facts = {"person": person, "kind": "warning", "decision": "12/QĐ-VKS", "decided_on": date(2025, 3, 1)}
    record_discipline(**facts, misconduct_year=2024, by=by, at=NOW)
    with pytest.raises(Refused, match="12/QĐ-VKS"):
        record_discipline(**facts, by=by, at=NOW)


def test_a_matter_is_closed_once_and_not_before_it_opened(by):
    matter = open_matter(subject=make_unit(), kind="inspection", opened_on=date(2025, 3, 1), by=by, at=NOW)
    with pytest.raises(Refused, match="01/03/2025"):
        close_matter(matter=matter, closed_on=date(2025, 2, 28), by=by, at=NOW)
    assert close_matter(matter=matter, closed_on=date(2025, 4, 1), by=by, at=NOW).closed_on == date(2025, 4, 1)
    with pytest.raises(Refused, match="01/04/2025"):
        close_matter(matter=matter, closed_on=date(2025, 5, 1), by=by, at=NOW)
