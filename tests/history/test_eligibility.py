"""Verdicts on people and units of the database, the same as the book gives to the bare facts."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import RuleOverride
from history.eligibility import judge_people, judge_person, judge_sector, judge_unit, overrides
from history.facts import facts_of_people
from rulebook import catalogue
from rulebook.engine import judge
from tests.factories.history import make_grant, make_initiative
from tests.factories.units import make_event, make_person, make_unit
from units.models import PendingMatter, Person, Unit, YearlyRating
from units.selectors import units_on

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 5)


def rate(subject, ratings):
    about = {"unit": subject} if hasattr(subject, "issuing_code") else {"person": subject}
    for year, rating in ratings.items():
        YearlyRating.objects.create(**about, year=year, rating=rating)


@pytest.fixture
def candidate():
    """Three titles of the base in a row, a sector initiative, excellent in the year."""
    unit = make_unit()
    person = make_person(unit, joined_on=date(2009, 8, 1))
    rate(person, {2023: "excellent", 2024: "good", 2025: "excellent"})
    for year, day in ((2023, date(2023, 12, 20)), (2024, date(2024, 12, 20)), (2025, date(2025, 11, 28))):
        make_grant(person, "chien_si_thi_dua_co_so", year, decided_on=day)
    make_initiative(unit, person, recognised_on=date(2025, 10, 1), level="sector")
    return person


def test_the_database_and_the_bare_facts_get_the_same_verdict(candidate):
    facts = facts_of_people([candidate])[candidate.pk]
    asked = judge("chien_si_thi_dua_nganh", "individual", "merit", 2025, DAY, facts)
    verdict = judge_people([candidate], "chien_si_thi_dua_nganh", 2025, DAY)[candidate.pk]
    assert verdict == asked
    assert verdict.outcome == "eligible"


def test_an_open_matter_turns_the_verdict(candidate):
    PendingMatter.objects.create(person=candidate, kind="denunciation", opened_on=date(2025, 11, 1))
    assert judge_people([candidate], "chien_si_thi_dua_nganh", 2025, DAY)[candidate.pk].outcome == "not_eligible"


def test_missing_ratings_are_never_a_refusal():
    person = make_person(make_unit(), joined_on=date(2009, 8, 1))
    assert judge_people([person], "lao_dong_tien_tien", 2025, DAY)[person.pk].outcome == "undetermined"


def test_verdicts_on_many_take_as_many_queries_as_on_one(candidate, django_assert_num_queries):
    others = [make_person(make_unit()) for _ in range(5)]
    with django_assert_num_queries(9):
        judge_people([candidate], "lao_dong_tien_tien", 2025, DAY)
    with django_assert_num_queries(9):
        assert len(judge_people([candidate, *others], "lao_dong_tien_tien", 2025, DAY)) == 6


def test_several_awards_are_judged_from_one_reading(candidate, django_assert_num_queries):
    with django_assert_num_queries(9):
        verdicts = judge_person(candidate, ["lao_dong_tien_tien", "chien_si_thi_dua_co_so"], 2025, DAY)
    assert list(verdicts) == ["lao_dong_tien_tien", "chien_si_thi_dua_co_so"]


def make_override(by, **values):
    values = {
        "parameter": "lao_dong_tien_tien.min_service", "award": "lao_dong_tien_tien", "value": 1,
        "valid_from": date(2025, 1, 1), "status": "secondary",
        "cite_document": "Quy chế mẫu", "cite_place": "Điều 1", "created_at": datetime(2025, 1, 1).astimezone(),
        **values,
    }  # fmt: skip
    return RuleOverride.objects.create(by=by, **values)


def test_an_override_reaches_the_book_unless_withdrawn_or_unknown(minh):
    known = "lao_dong_tien_tien.min_service"
    make_override(minh)
    withdrawn = {"withdrawn_at": datetime(2025, 2, 1).astimezone(), "withdrawn_by": minh, "withdraw_reason": "Nhầm"}
    make_override(minh, **withdrawn)
    make_override(minh, award="", parameter="no.such.thing")
    (laid,) = overrides()
    assert (laid.parameter, laid.by, laid.cite[0].doc) == (known, str(minh), "Quy chế mẫu")
    assert laid.status == "secondary"


@pytest.fixture
def heir():
    """A unit of July 2025 whose forerunner was excellent before."""
    old = make_unit(valid_to=date(2025, 6, 30))
    new = make_unit(valid_from=date(2025, 7, 1))
    make_event(old, new, date(2025, 7, 1))
    return old, new


def test_a_unit_without_a_past_is_judged_by_its_own_facts(heir):
    _, new = heir
    rate(new, {2025: "failed"})
    assert judge_unit(new, "tap_the_lao_dong_tien_tien", 2025, DAY).outcome == "not_eligible"


def test_a_units_own_year_is_not_replaced_by_that_of_its_forerunner(heir):
    old, new = heir
    rate(old, {2024: "excellent"})
    rate(new, {2024: "good", 2025: "excellent"})
    verdict = judge_unit(new, "bang_khen_vien_truong", 2025, DAY)
    assert verdict.outcome == "not_eligible"


def test_a_refusal_that_the_past_of_a_forerunner_would_lift_is_left_to_people(heir):
    old, new = heir
    make_grant(old, "tap_the_lao_dong_xuat_sac", 2024)
    rate(new, {2024: "completed", 2025: "excellent"})
    verdict = judge_unit(new, "bang_khen_vien_truong", 2025, DAY)
    assert verdict.outcome == "undetermined"
    assert verdict.findings[-1].rule == "succession"
    assert verdict.confirmed is False


AWARDS = list(catalogue.awards())


def every_verdict(**more):
    return list(judge_sector(awards=AWARDS, year=2025, day=DAY, **more))


@pytest.fixture
def sector(candidate, heir, minh):
    """People and units of every kind: a past of their own, of a forerunner, an override, an open matter."""
    old, new = heir
    make_grant(old, "tap_the_lao_dong_xuat_sac", 2024)
    rate(new, {2024: "completed", 2025: "excellent"})
    beginner = make_person(new, joined_on=date(2025, 9, 1))
    rate(beginner, {2025: "good"})
    accused = make_person(new, joined_on=date(2001, 1, 1))
    PendingMatter.objects.create(person=accused, kind="denunciation", opened_on=date(2025, 11, 1))
    make_override(minh, value={"test": "months_in_service", "months": 4})


@pytest.mark.usefixtures("sector")
def test_the_streamed_pass_gives_the_verdicts_of_the_single_questions():
    found = every_verdict()
    asked = [
        *(("individual", person.pk, award, judge_person(person, [award], 2025, DAY)[award])
          for person in Person.objects.order_by("pk") for award, _ in catalogue.choices_for("individual")),
        *(("collective", unit.pk, award, judge_unit(unit, award, 2025, DAY))
          for unit in units_on(DAY).order_by("pk") for award, _ in catalogue.choices_for("collective")),
    ]  # fmt: skip
    assert found == asked
    assert any(each.verdict.overrides for each in found)
    assert any(each.verdict.findings[-1].rule == "succession" for each in found)
    assert {each.verdict.outcome for each in found} == {"eligible", "not_eligible", "undetermined"}


@pytest.mark.usefixtures("sector")
def test_small_sets_give_what_one_large_set_gives(monkeypatch):
    whole = every_verdict()
    monkeypatch.setattr("history.facts.PEOPLE_AT_ONCE", 2)
    monkeypatch.setattr("history.facts.UNITS_AT_ONCE", 1)
    assert every_verdict() == whole


def test_a_larger_sector_takes_as_many_queries(candidate, heir, django_assert_num_queries):
    def grow(number):
        for _ in range(number):
            unit = make_unit(under=heir[1])
            person = make_person(unit, joined_on=date(2001, 1, 1))
            rate(person, {2024: "good", 2025: "excellent"})
            rate(unit, {2025: "good"})
            make_initiative(unit, person, recognised_on=date(2025, 10, 1))
            make_grant(person, "lao_dong_tien_tien", 2024)

    rate(heir[0], {2024: "good"})
    grow(1)
    with CaptureQueriesContext(connection) as few:
        every_verdict()
    grow(12)
    with django_assert_num_queries(len(few)):
        every_verdict()


def test_only_what_is_asked_for_is_judged(candidate, heir):
    assert {each.subject for each in every_verdict(people=Person.objects.all())} == {"individual"}
    assert {each.pk for each in every_verdict(units=Unit.objects.filter(pk=heir[1].pk))} == {heir[1].pk}


def test_who_has_left_and_what_has_ended_is_not_of_the_sector(candidate, heir):
    gone = make_person(heir[1], left_on=date(2025, 10, 31))
    found = {(each.subject, each.pk) for each in every_verdict()}
    assert ("individual", candidate.pk) in found
    assert ("individual", gone.pk) not in found
    assert ("collective", heir[0].pk) not in found
