"""What the database itself refuses, whoever writes: one test per constraint."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories.units import make_person, make_role, make_unit, make_user
from units.models import (
    Absence,
    Discipline,
    PendingMatter,
    Person,
    Posting,
    RoleAssignment,
    Unit,
    UnitEvent,
    UnitLink,
    YearlyRating,
)

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2020, 1, 1), date(2020, 1, 2)


def refuses(constraint, write):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    # SQLite names the columns, not the constraint, when a unique index is hurt.
    assert constraint in str(error.value) or "UNIQUE constraint failed" in str(error.value)


@pytest.mark.parametrize("field", ["code", "name", "short_name"])
def test_a_unit_has_a_code_and_names(field):
    unit = make_unit()
    refuses("unit_has_code_and_names", lambda: Unit.objects.filter(pk=unit.pk).update(**{field: ""}))


def test_a_unit_is_of_a_known_kind():
    unit = make_unit()
    refuses("unit_kind_known", lambda: Unit.objects.filter(pk=unit.pk).update(kind="khac"))


def test_a_unit_has_a_known_confidence():
    unit = make_unit()
    refuses("unit_confidence_known", lambda: Unit.objects.filter(pk=unit.pk).update(confidence="maybe"))


def test_a_unit_begins_before_it_ends():
    refuses("unit_begins_before_it_ends", lambda: make_unit(valid_from=NEXT, valid_to=DAY))


def test_a_unit_code_is_used_once():
    make_unit("A")
    refuses("code", lambda: make_unit("A"))


def test_a_unit_never_stands_under_itself():
    unit = make_unit()
    refuses("no_unit_under_itself", lambda: UnitLink.objects.create(child=unit, parent=unit))


def test_a_link_begins_before_it_ends():
    a, b = make_unit(), make_unit()
    refuses(
        "link_begins_before_it_ends", lambda: UnitLink.objects.create(child=a, parent=b, valid_from=NEXT, valid_to=DAY)
    )


def test_superiors_of_a_unit_never_overlap():
    top, unit = make_unit(), make_unit()
    UnitLink.objects.create(child=unit, parent=top, valid_from=DAY, valid_to=date(2020, 6, 30))
    refuses(
        "one_parent_at_a_time",
        lambda: UnitLink.objects.create(child=unit, parent=make_unit(), valid_from=date(2020, 6, 30)),
    )
    UnitLink.objects.create(child=unit, parent=make_unit(), valid_from=date(2020, 7, 1))


def event(**values):
    values = {"kind": "merge", "date": DAY, "basis": "NQ 84", **values}
    return UnitEvent.objects.create(**values)


def test_an_event_is_of_a_known_kind():
    refuses("event_kind_known", lambda: event(predecessor=make_unit(), successor=make_unit(), kind="lost"))


def test_an_event_has_a_known_confidence():
    refuses(
        "event_confidence_known",
        lambda: event(predecessor=make_unit(), successor=make_unit(), confidence="maybe"),
    )


def test_no_unit_succeeds_itself():
    unit = make_unit()
    refuses("no_unit_succeeds_itself", lambda: event(predecessor=unit, successor=unit))


def test_only_a_dissolved_unit_may_lack_a_successor():
    refuses("only_dissolved_without_successor", lambda: event(predecessor=make_unit(), successor=None))


def test_one_event_per_pair_and_day():
    a, b = make_unit(), make_unit()
    event(predecessor=a, successor=b)
    refuses("one_event_per_pair_and_day", lambda: event(predecessor=a, successor=b))


def test_one_ending_without_successor_per_day():
    unit = make_unit()
    event(predecessor=unit, successor=None, kind="dissolve")
    refuses("one_open_ending_per_day", lambda: event(predecessor=unit, successor=None, kind="dissolve"))


@pytest.mark.parametrize("field", ["code", "full_name"])
def test_a_person_has_a_code_and_a_name(field):
    person = make_person()
    refuses("person_has_code_and_name", lambda: Person.objects.filter(pk=person.pk).update(**{field: ""}))


def test_a_persons_sex_is_known():
    refuses("person_sex_known", lambda: make_person(sex="?"))


def test_a_persons_category_is_known():
    refuses("person_category_known", lambda: make_person(category="guest"))


def test_one_is_born_before_joining():
    refuses("person_born_before_joining", lambda: make_person(born_on=DAY, joined_on=DAY))


def test_one_joins_before_leaving():
    refuses("person_joins_before_leaving", lambda: make_person(joined_on=NEXT, left_on=DAY))


def test_a_user_belongs_to_one_person():
    user = make_user()
    make_person(user=user)
    refuses("user_id", lambda: make_person(user=user))


def test_a_posting_begins_before_it_ends():
    person = make_person()
    refuses(
        "posting_begins_before_it_ends",
        lambda: Posting.objects.create(person=person, unit=make_unit(), valid_from=NEXT, valid_to=DAY),
    )


def test_main_postings_of_a_person_never_overlap():
    person = make_person()
    first, second = make_unit(), make_unit()
    Posting.objects.create(person=person, unit=first, valid_from=DAY, valid_to=date(2020, 6, 30))
    refuses(
        "no_overlapping_main_postings",
        lambda: Posting.objects.create(person=person, unit=second, valid_from=date(2020, 6, 30)),
    )
    Posting.objects.create(person=person, unit=second, valid_from=date(2020, 5, 1), is_main=False)
    later = Posting.objects.create(person=person, unit=second, valid_from=date(2020, 7, 1))
    refuses(
        "no_overlapping_main_postings",
        lambda: Posting.objects.filter(pk=later.pk).update(valid_from=date(2020, 6, 1)),
    )


@pytest.mark.parametrize("both", [True, False])
def test_a_rating_is_about_a_person_or_a_unit(both):
    subjects = {"person": make_person(), "unit": make_unit()} if both else {}
    refuses("rating_about_person_or_unit", lambda: YearlyRating.objects.create(**subjects, year=2025, rating="good"))


def test_a_rating_is_one_of_the_four():
    refuses("rating_known", lambda: YearlyRating.objects.create(person=make_person(), year=2025, rating="super"))


def test_a_rating_is_of_a_plausible_year():
    refuses("rating_year_plausible", lambda: YearlyRating.objects.create(person=make_person(), year=25, rating="good"))


@pytest.mark.parametrize("kind", ["person", "unit"])
def test_one_rating_per_subject_and_year(kind):
    subject = {kind: make_person() if kind == "person" else make_unit()}
    YearlyRating.objects.create(**subject, year=2025, rating="good")
    refuses("one_rating_per", lambda: YearlyRating.objects.create(**subject, year=2025, rating="failed"))


def test_an_absence_has_a_known_reason():
    refuses(
        "absence_reason_known",
        lambda: Absence.objects.create(person=make_person(), reason="picnic", valid_from=DAY, valid_to=NEXT),
    )


def test_an_absence_begins_before_it_ends():
    refuses(
        "absence_begins_before_it_ends",
        lambda: Absence.objects.create(person=make_person(), reason="study", valid_from=NEXT, valid_to=DAY),
    )


def test_one_absence_per_first_day():
    person = make_person()
    Absence.objects.create(person=person, reason="study", valid_from=DAY, valid_to=NEXT)
    refuses(
        "one_absence_per_first_day",
        lambda: Absence.objects.create(person=person, reason="illness", valid_from=DAY, valid_to=NEXT),
    )


def sanction(person, **values):
    values = {"kind": "warning", "decision": "1/QĐ", "decided_on": NEXT, **values}
    return Discipline.objects.create(person=person, **values)


def test_a_sanction_is_of_a_known_kind():
    refuses("discipline_kind_known", lambda: sanction(make_person(), kind="scolding"))


def test_a_sanction_ends_after_its_decision():
    refuses("sanction_ends_after_decision", lambda: sanction(make_person(), ends_on=DAY))


def test_misconduct_is_of_a_plausible_year():
    refuses("misconduct_year_plausible", lambda: sanction(make_person(), misconduct_year=20))


def test_one_sanction_per_decision():
    person = make_person()
    sanction(person)
    refuses("one_sanction_per_decision", lambda: sanction(person))


@pytest.mark.parametrize("both", [True, False])
def test_a_matter_is_about_a_person_or_a_unit(both):
    subjects = {"person": make_person(), "unit": make_unit()} if both else {}
    refuses(
        "matter_about_person_or_unit",
        lambda: PendingMatter.objects.create(**subjects, kind="complaint", opened_on=DAY),
    )


def test_a_matter_is_of_a_known_kind():
    refuses(
        "matter_kind_known",
        lambda: PendingMatter.objects.create(person=make_person(), kind="gossip", opened_on=DAY),
    )


def test_a_matter_opens_before_it_closes():
    refuses(
        "matter_opens_before_it_closes",
        lambda: PendingMatter.objects.create(person=make_person(), kind="press", opened_on=NEXT, closed_on=DAY),
    )


def test_a_role_begins_before_it_ends():
    refuses(
        "role_begins_before_it_ends",
        lambda: make_role(make_user(), "office", make_unit(), valid_from=NEXT, valid_to=DAY),
    )


def test_nobody_delegates_to_oneself():
    user = make_user()
    refuses(
        "nobody_delegates_to_oneself",
        lambda: make_role(user, "office", make_unit(), delegated_by=user, valid_to=date(2030, 1, 1)),
    )


def test_a_delegation_has_an_end():
    refuses("delegation_has_an_end", lambda: make_role(make_user(), "office", make_unit(), delegated_by=make_user()))


def test_one_open_assignment_per_user_role_and_unit():
    user, unit = make_user(), make_unit()
    make_role(user, "office", unit)
    refuses("one_open_role_per_user_and_unit", lambda: make_role(user, "office", unit, valid_from=DAY))
    assert RoleAssignment.objects.count() == 1
