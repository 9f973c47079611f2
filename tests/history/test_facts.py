"""The facts of the rule book, read from the database."""

from datetime import date

import pytest

from history.facts import ClusterResult, facts_of_people, facts_of_units
from rulebook import codes
from rulebook import facts as book
from tests.factories.history import make_grant, make_initiative
from tests.factories.units import make_event, make_person, make_unit
from units.models import Absence, Discipline, PendingMatter, Posting, YearlyRating
from units.models.person import Category, Sex
from units.models.record import AbsenceReason, DisciplineKind, MatterKind, Rating

pytestmark = pytest.mark.django_db


def rate(subject, year, rating):
    about = {"unit": subject} if hasattr(subject, "issuing_code") else {"person": subject}
    YearlyRating.objects.create(**about, year=year, rating=rating)


def test_the_codes_of_the_tables_are_those_of_the_book():
    pairs = [
        (Sex, codes.SEXES),
        (Category, codes.CATEGORIES),
        (Rating, codes.RATINGS),
        (AbsenceReason, codes.ABSENCES),
        (DisciplineKind, codes.DISCIPLINE),
        (MatterKind, codes.PENDING),
    ]
    assert [set(choices.values) for choices, _ in pairs] == [set(known) for _, known in pairs]


def test_everything_known_of_a_person_reaches_the_book():
    unit = make_unit()
    person = make_person(
        unit, sex="female", joined_on=date(2009, 8, 1), since=date(2009, 8, 1), raised_retirement_age=False
    )
    rate(person, 2024, "good")
    rate(person, 2025, "excellent")
    made = make_initiative(unit, person, recognised_on=date(2025, 10, 1), code="SK1", level="sector")
    make_initiative(unit, person)
    grant = make_grant(person, "chien_si_thi_dua_co_so", 2024)
    grant.initiatives.add(made)
    Discipline.objects.create(
        person=person, kind="warning", decision="1/QĐ", decided_on=date(2020, 5, 1), misconduct_year=2019
    )
    Absence.objects.create(person=person, reason="maternity", valid_from=date(2025, 1, 1), valid_to=date(2025, 6, 30))
    PendingMatter.objects.create(person=person, kind="complaint", opened_on=date(2026, 1, 1))
    assert facts_of_people([person])[person.pk] == book.Individual(
        sex="female",
        category="official",
        joined_on=date(2009, 8, 1),
        ratings={2024: "good", 2025: "excellent"},
        grants=(book.Grant("chien_si_thi_dua_co_so", 2024, date(2024, 12, 20), "merit", "in_force"),),
        initiatives=(book.Initiative("SK1", "sector", date(2025, 10, 1), ("chien_si_thi_dua_co_so",)),),
        discipline=(book.Discipline(date(2020, 5, 1), "warning", None, 2019, None),),
        absences=(book.Absence("maternity", date(2025, 1, 1), date(2025, 6, 30)),),
        pending=(book.PendingMatter("complaint", date(2026, 1, 1), None),),
        postings=(),
        raised_retirement_age=False,
    )


def test_of_someone_without_any_row_nothing_is_known_to_exist():
    person = make_person()
    facts = facts_of_people([person])[person.pk]
    assert (facts.ratings, facts.grants, facts.initiatives, facts.discipline, facts.pending) == ({}, (), (), (), ())


def test_an_initiative_used_by_a_co_author_is_still_free_for_the_other():
    unit = make_unit()
    one, two = make_person(unit), make_person(unit)
    made = make_initiative(unit, one, two, recognised_on=date(2025, 10, 1))
    make_grant(one).initiatives.add(made)
    facts = facts_of_people([one, two])
    assert facts[one.pk].initiatives[0].used_for == ("chien_si_thi_dua_co_so",)
    assert facts[two.pk].initiatives[0].used_for == ()


def test_a_revoked_honour_sets_its_initiative_free():
    unit = make_unit()
    person = make_person(unit)
    made = make_initiative(unit, person, recognised_on=date(2025, 10, 1))
    make_grant(person, state="revoked", state_basis="QĐ 7").initiatives.add(made)
    assert facts_of_people([person])[person.pk].initiatives[0].used_for == ()


def test_posts_are_unknown_until_each_has_its_equivalent():
    unit = make_unit()
    person = make_person()
    first = Posting.objects.create(
        person=person, unit=unit, post="Trưởng phòng", valid_from=date(2015, 1, 1), valid_to=date(2019, 12, 31)
    )
    Posting.objects.create(
        person=person, unit=unit, post="Vụ trưởng", law_post="vu_truong", valid_from=date(2020, 1, 1)
    )
    assert facts_of_people([person])[person.pk].postings is None
    first.law_post = "khong"
    first.save()
    assert facts_of_people([person])[person.pk].postings == (book.Posting("vu_truong", date(2020, 1, 1), None),)


def test_facts_of_twenty_people_take_as_many_queries_as_of_two(django_assert_num_queries):
    unit = make_unit()
    people = [make_person(unit) for _ in range(20)]
    for person in people:
        rate(person, 2025, "good")
        make_grant(person)
        make_initiative(unit, person, recognised_on=date(2025, 1, 1))
    with django_assert_num_queries(8):
        facts_of_people(people[:2])
    with django_assert_num_queries(8):
        assert len(facts_of_people(people)) == 20


@pytest.fixture
def collective():
    """A province with a section below; four people, one of them in the section."""
    unit = make_unit(founded_on=date(1960, 7, 26))
    section = make_unit(kind="phong", under=unit)
    people = [make_person(unit) for _ in range(3)] + [make_person(section)]
    return unit, people


def facts_of(unit, year=2025, **more):
    return facts_of_units([unit], year, date(2025, 12, 5), **more)[unit.pk]


def test_a_unit_is_counted_with_what_stands_below_it(collective):
    unit, _ = collective
    make_person(unit, left_on=date(2025, 11, 30))
    assert facts_of(unit).members.total == 4


def test_ratings_count_once_everybody_is_rated(collective):
    unit, people = collective
    for person in people[:3]:
        rate(person, 2025, "good")
    assert facts_of(unit).members.completed_or_better is None
    rate(people[3], 2025, "completed")
    assert facts_of(unit).members.completed_or_better == 4


def test_one_failure_is_known_before_all_are_rated(collective):
    unit, people = collective
    rate(people[0], 2025, "good")
    rate(people[1], 2025, "failed")
    assert facts_of(unit).members.completed_or_better == 1


def test_titles_are_unknown_until_the_year_has_been_decided_here(collective):
    unit, people = collective
    members = facts_of(unit).members
    assert (members.lao_dong_tien_tien, members.chien_si_thi_dua_co_so) == (None, None)
    for person in people[:3]:
        make_grant(person, "lao_dong_tien_tien")
    make_grant(people[0])
    members = facts_of(unit).members
    assert (members.lao_dong_tien_tien, members.chien_si_thi_dua_co_so) == (3, 1)


def test_sanctions_from_a_warning_up_are_counted_by_year(collective):
    unit, people = collective
    for person, kind, day in ((people[0], "reprimand", date(2025, 1, 2)), (people[1], "warning", date(2025, 1, 2)),
                              (people[2], "demotion", date(2024, 1, 2))):  # fmt: skip
        Discipline.objects.create(person=person, kind=kind, decision="1/QĐ", decided_on=day)
    assert facts_of(unit).members.disciplined_warning_or_above == 1


def test_a_units_own_facts_and_what_its_cluster_says(collective):
    unit, _ = collective
    rate(unit, 2025, "excellent")
    rate(unit, 2024, "good")
    make_grant(unit, "co_thi_dua_nganh", 2024)
    PendingMatter.objects.create(unit=unit, kind="inspection", opened_on=date(2025, 1, 1), closed_on=date(2025, 2, 1))
    facts = facts_of(unit, clusters={unit.pk: ClusterResult(leads_cluster=True)})
    assert (facts.rating, facts.ratings) == ("excellent", {2024: "good", 2025: "excellent"})
    assert facts.grants == (book.Grant("co_thi_dua_nganh", 2024, date(2024, 12, 20), "merit", "in_force"),)
    assert facts.pending == (book.PendingMatter("inspection", date(2025, 1, 1), date(2025, 2, 1)),)
    assert (facts.leads_cluster, facts.flag_eligible, facts.founded_on) == (True, None, date(1960, 7, 26))


def test_honours_of_a_forerunner_are_counted_only_when_asked_for():
    old, new = make_unit(valid_to=date(2025, 6, 30)), make_unit(valid_from=date(2025, 7, 1))
    make_event(old, new, date(2025, 7, 1))
    make_grant(old, "co_thi_dua_nganh", 2024)
    rate(old, 2024, "good")
    assert facts_of(new).grants == ()
    joint = facts_of(new, also={new.pk: {old.pk}})
    assert [grant.year for grant in joint.grants] == [2024]
    assert joint.ratings == {2024: "good"}


def test_facts_of_many_units_take_as_many_queries_as_of_one(django_assert_num_queries):
    units = [make_unit() for _ in range(6)]
    for unit in units:
        make_person(unit)
        rate(unit, 2025, "good")
    with django_assert_num_queries(8):
        facts_of_units(units[:1], 2025, date(2025, 12, 5))
    with django_assert_num_queries(8):
        assert len(facts_of_units(units, 2025, date(2025, 12, 5))) == 6
