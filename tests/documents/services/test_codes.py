"""Codes of verification: of letters that cannot be mistaken, drawn once a subject."""

import pytest
from django.urls import reverse

from documents.models import VerificationCode
from documents.services.codes import ALPHABET, codes_for, draw, mark, normalised

pytestmark = pytest.mark.django_db


def code_of(subject, now):
    return codes_for(subjects=[subject], at=now)[subject.pk]


def test_the_alphabet_has_31_letters_and_no_look_alikes():
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert set(ALPHABET) & set("01OIL") == set()


def test_a_subject_has_one_code_however_often_it_is_asked_for(region, now):
    first, second = code_of(region, now), code_of(region, now)
    assert first == second
    assert (len(first.code), len(first.typed)) == (26, 12)
    assert set(first.code + first.typed) <= set(ALPHABET)


def test_codes_of_many_subjects_cost_the_same_queries_as_of_few(
    root, province, region, other_province, now, django_assert_num_queries
):
    code_of(root, now)
    VerificationCode.objects.all().delete()
    with django_assert_num_queries(5):  # savepoint or transaction of the act, look, insert, read
        codes_for(subjects=[root], at=now)
    with django_assert_num_queries(5):
        codes = codes_for(subjects=[root, province, region, other_province], at=now)
    assert len({code.code for code in codes.values()}) == 4


def test_the_mark_leads_to_the_public_page_of_the_configured_address(region, now, settings):
    settings.PUBLIC_BASE_URL = "https://thidua.example"
    code = code_of(region, now)
    assert mark(code).url == f"https://thidua.example{reverse('documents:verify_code', args=[code.code])}"
    assert mark(code).typed == f"{code.typed[:4]}-{code.typed[4:8]}-{code.typed[8:]}"


def test_codes_are_drawn_by_lot():
    assert len({draw(12) for _ in range(200)}) == 200


@pytest.mark.parametrize("typed", ["7h4m-qx47-bk26", " 7H4M QX47 BK26 ", "7H4M–QX47–BK26", "7h4mqx47bk26"])
def test_a_code_may_be_typed_with_dashes_spaces_and_small_letters(typed):
    assert normalised(typed) == "7H4MQX47BK26"


def test_codes_of_two_models_are_not_drawn_at_once(region, van, now):
    """Their primary keys would be taken for each other's: a code of something else, or of nothing."""
    with pytest.raises(TypeError):
        codes_for(subjects=[region, van], at=now)
