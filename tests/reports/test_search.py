"""The search of the frame: codes, names without accents, units that are no more, nothing typed."""

from datetime import date

import pytest
from django.urls import reverse

from tests.decisions.conftest import make_desk
from tests.factories import awards as make
from tests.factories.units import make_person, make_unit


@pytest.fixture
def found(as_user, lan):
    """What Lan reads after typing something."""
    return lambda typed: as_user(lan).get(reverse("reports:search"), {"q": typed}).content.decode()


def test_names_need_no_accents(found, region):
    make_person(region, full_name="Phạm Đức Đượm")
    assert "Phạm Đức Đượm" in found("pham duc")
    assert "Phạm Đức Đượm" not in found("nguyen duc")


def test_words_may_stand_apart(found, region):
    make_person(region, full_name="Phạm Văn Đức")
    assert "Phạm Văn Đức" in found("pham duc")


def test_a_sheet_is_found_by_its_code_and_a_line_by_its_own(found, root, region, lan, hung):
    sheet = make.make_submission(region, campaign=make.make_intake(root), created_by=lan, sent_by=hung)
    line = make.make_nomination(sheet, person=make_person(region))
    assert reverse("awards:submission", args=[sheet.pk]) in found(sheet.receipt_code.lower())
    assert reverse("awards:nomination", args=[line.pk]) in found(line.code)


def test_codes_need_no_zeros_and_no_dashes(found, root, region, lan, hung):
    sheet = make.make_submission(
        region, campaign=make.make_intake(root), created_by=lan, sent_by=hung, receipt_code="TT-2026-00042"
    )
    line = make.make_nomination(sheet, person=make_person(region))
    line.code = "HS-2026-00418"
    line.fill_keys()
    line.save(update_fields=["code", "search_key"])
    assert reverse("awards:nomination", args=[line.pk]) in found("hs 2026 418")
    assert reverse("awards:submission", args=[sheet.pk]) in found("TT-2026-42")


def test_an_issued_decision_leads_a_stranger_to_the_public_register(as_user, nam):
    decision = make_desk().issued()
    page = as_user(nam).get(reverse("reports:search"), {"q": decision.number_text}).content.decode()
    assert reverse("decisions:decision", args=[decision.pk]) not in page
    assert f"{reverse('decisions:register')}?q=" in page


def test_a_decision_not_yet_issued_is_found_by_no_stranger(as_user, nam):
    decision = make_desk().numbered()
    page = as_user(nam).get(reverse("reports:search"), {"q": decision.number_text}).content.decode()
    assert f"{reverse('decisions:register')}?q=" not in page


def test_nobody_finds_the_sheet_of_another_unit(as_user, nam, root, region, lan, hung):
    sheet = make.make_submission(region, campaign=make.make_intake(root), created_by=lan, sent_by=hung)
    page = as_user(nam).get(reverse("reports:search"), {"q": sheet.receipt_code}).content.decode()
    assert reverse("awards:submission", args=[sheet.pk]) not in page


def test_a_unit_that_is_no_more_shows_its_last_day(found, region):
    make_unit(name="Phòng cũ", short_name="Phòng cũ", kind="phong", under=region, valid_to=date(2025, 6, 30))
    assert "hoạt động đến hết ngày 30/06/2025" in found("phong cu")


def test_nothing_typed_is_not_called_nothing_found(found):
    assert "Nhập nội dung cần tìm" in found(" ")
    assert "Không tìm thấy" in found("khong co ai ten nay")
