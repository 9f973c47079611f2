"""What the database itself refuses of honours and initiatives."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from history.models import Grant, Initiative, InitiativeAuthor
from tests.factories.history import make_grant, make_initiative
from tests.factories.units import make_person, make_unit

pytestmark = pytest.mark.django_db


def refuses(constraint, write):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    # SQLite names the columns, not the constraint, when a unique index is hurt.
    assert constraint in str(error.value) or "UNIQUE constraint failed" in str(error.value)


def change(row, **values):
    return lambda: type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("both", [True, False])
def test_a_grant_is_about_a_person_or_a_unit(both):
    grant = make_grant(make_person())
    values = {"unit": make_unit()} if both else {"person": None}
    refuses("grant_about_person_or_unit", change(grant, **values))


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("grant_state_known", {"state": "lost", "state_basis": "x"}),
        ("grant_type_known", {"type": "kindness"}),
        ("grant_provenance_known", {"provenance": "rumour"}),
        ("grant_year_plausible", {"year": 25}),
        (
            "achievement_begins_before_it_ends",
            {"achievement_from": date(2025, 2, 1), "achievement_to": date(2025, 1, 1)},
        ),
        ("grant_source_type_and_id_together", {"source_id": 1}),
        ("not_in_force_for_a_reason", {"state": "revoked"}),
    ],
)
def test_a_grant_says_only_what_can_be(constraint, values):
    refuses(constraint, change(make_grant(make_person()), **values))


def test_one_grant_per_decision_line():
    kind = ContentType.objects.get_for_model(Grant)
    make_grant(make_person(), source_type=kind, source_id=7)
    refuses("one_grant_per_decision_line", lambda: make_grant(make_person(), source_type=kind, source_id=7))


def test_nobody_holds_a_merit_award_of_a_year_twice():
    person, unit = make_person(), make_unit()
    make_grant(person)
    refuses("one_merit_award_per_person_and_year", lambda: make_grant(person))
    make_grant(unit, "tap_the_lao_dong_xuat_sac")
    refuses("one_merit_award_per_unit_and_year", lambda: make_grant(unit, "tap_the_lao_dong_xuat_sac"))


def test_a_merit_and_a_thematic_award_of_one_year_stand_side_by_side():
    person = make_person()
    make_grant(person, "bang_khen_vien_truong")
    make_grant(person, "bang_khen_vien_truong", type="thematic")
    make_grant(person, "bang_khen_vien_truong", type="thematic")
    assert Grant.objects.count() == 3


def test_a_revoked_award_makes_room_for_another():
    person = make_person()
    make_grant(person, state="revoked", state_basis="QĐ 9")
    make_grant(person)
    assert Grant.objects.count() == 2


def test_whoever_holds_an_honour_cannot_be_deleted():
    person = make_person()
    make_grant(person)
    with pytest.raises(ProtectedError):
        person.delete()


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("initiative_has_code_and_title", {"title": ""}),
        ("initiative_has_code_and_title", {"code": ""}),
        ("initiative_level_known", {"level": "galaxy"}),
        ("initiative_state_known", {"state": "lost"}),
        ("initiative_year_plausible", {"year": 25}),
        ("recognised_with_day_and_decision", {"state": "recognised"}),
    ],
)
def test_an_initiative_says_only_what_can_be(constraint, values):
    refuses(constraint, change(make_initiative(make_unit()), **values))


def test_an_initiative_code_is_used_once():
    make_initiative(make_unit(), code="SK")
    refuses("code", lambda: make_initiative(make_unit(), code="SK"))


@pytest.mark.parametrize("share", [0, 101])
def test_a_share_lies_between_1_and_100(share):
    made = make_initiative(make_unit())
    refuses(
        "share_between_1_and_100",
        lambda: InitiativeAuthor.objects.create(initiative=made, person=make_person(), share=share, order=1),
    )


def test_an_author_is_named_once_and_no_place_is_taken_twice():
    author = make_person()
    made = make_initiative(make_unit(), author)
    refuses(
        "one_credit_per_author",
        lambda: InitiativeAuthor.objects.create(initiative=made, person=author, share=1, order=2),
    )
    refuses(
        "one_author_per_place",
        lambda: InitiativeAuthor.objects.create(initiative=made, person=make_person(), share=1, order=1),
    )
    assert Initiative.objects.get().authors.count() == 1
