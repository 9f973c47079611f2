"""A conclusion that was set aside is printed wherever the line is shown: who, when, why."""

from datetime import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from awards.services import reviews
from tests.documents.reading import read
from tests.factories import awards as make

pytestmark = pytest.mark.django_db
WHEN = datetime(2026, 11, 20, 9, 45).astimezone()
REASON = "Đã có công văn xác nhận sáng kiến."


def text_of(pdf):
    """The words in the order of the page, lines joined."""
    return " ".join(" ".join(run.text for run in read(pdf).runs).split())


def address(line):
    return reverse("awards:appraisal_pdf", args=[line.pk])


@pytest.fixture
def overridden(reviewed, province_lead):
    """A line found wanting that the lead lets pass."""
    reviewed.verdict = make.NOT_ELIGIBLE
    reviewed.save()
    return reviews.override(nomination=reviewed, reason=REASON, by=province_lead, at=WHEN, expected_version=1)


def test_the_appraisal_prints_who_set_the_conclusion_aside_when_and_why(overridden, as_user, thu):
    answer = as_user(thu).get(address(overridden))
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    for words in ("PHIẾU THẨM ĐỊNH", overridden.code, "Không đạt", "Chưa có sáng kiến được công nhận cấp ngành"):
        assert words in text
    assert f"Lê Văn Phú ghi đè kết luận lúc 09:45 ngày 20/11/2026. Lý do: {REASON}" in text
    assert "Điều kiện được ghi đè: Chưa có sáng kiến được công nhận cấp ngành." in text


def test_without_an_override_the_appraisal_speaks_of_none(reviewed, as_user, thu):
    text = text_of(as_user(thu).get(address(reviewed)).content)
    assert "PHIẾU THẨM ĐỊNH" in text
    assert "ghi đè" not in text.lower()


def test_the_page_of_the_line_says_the_same(overridden, as_user, thu):
    text = as_user(thu).get(reverse("awards:nomination", args=[overridden.pk])).content.decode()
    assert "Lê Văn Phú ghi đè kết luận lúc 09:45 ngày 20/11/2026:</b> Đã có công văn" in text
    assert address(overridden) in text


def test_the_appraisal_table_has_a_column_for_it(overridden, as_user, thu):
    answer = as_user(thu).get(reverse("awards:review_export"))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert any(f"Lê Văn Phú ghi đè kết luận lúc 09:45 ngày 20/11/2026. Lý do: {REASON}" in row for row in rows)
    assert any("Ghi đè kết luận" in row for row in rows)


def test_an_appraisal_of_a_line_one_may_not_see_is_not_found(overridden, as_user, make_user):
    assert as_user(make_user("la", "Người Lạ")).get(address(overridden)).status_code in (403, 404)
