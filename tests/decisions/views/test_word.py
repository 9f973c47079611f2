"""Word beside each PDF, and the page where an office puts its own template in use."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Docx
from docx.oxml.ns import qn

from documents.models import WordTemplate
from documents.services import word_drawn
from tests.factories.units import make_user


@pytest.fixture
def office(desk, client):
    client.force_login(desk.office)
    return client


def opened(answer):
    assert answer.status_code == 200, answer.content.decode()[:500]
    assert ".docx" in answer["Content-Disposition"]
    return Docx(BytesIO(answer.content))


def words_of(file) -> str:
    return "\n".join(t.text or "" for t in file.element.body.iter(qn("w:t")))


def put(office, desk, data: bytes, **more):
    values = {
        "kind": "decision", "unit": desk.world.unit.pk, "valid_from": "01/01/2026", "note": "Mẫu năm 2026",
        "file": SimpleUploadedFile("mau.docx", data), **more,
    }  # fmt: skip
    return office.post(reverse("decisions:word_template_add"), values)


def test_the_word_file_of_a_decision_holds_number_names_and_total(office, desk):
    numbered = desk.numbered()
    file = opened(office.get(reverse("decisions:decision_word", args=[numbered.pk])))
    text = words_of(file)
    for line in numbered.lines.all():
        assert line.name_printed in text
    assert numbered.number_text in text
    assert "DỰ THẢO" in text
    assert "02 cá nhân" in text


def test_the_list_comes_as_a_file_of_its_own(office, desk):
    file = opened(office.get(reverse("decisions:list_word", args=[desk.draft().pk])))
    assert len(file.tables) == 1
    assert "QUYẾT ĐỊNH:" not in words_of(file)


def test_others_do_not_get_the_word_file_of_a_draft(desk, client):
    client.force_login(make_user())
    assert client.get(reverse("decisions:decision_word", args=[desk.draft().pk])).status_code == 404


def test_a_template_of_the_office_is_used_from_its_day_on(office, desk):
    made, out = Docx(BytesIO(word_drawn.template("decision"))), BytesIO()
    made.add_paragraph("Câu của mẫu riêng")
    made.save(out)
    answer = put(office, desk, out.getvalue())
    assert answer.status_code == 302
    assert "Câu của mẫu riêng" in words_of(
        opened(office.get(reverse("decisions:decision_word", args=[desk.draft().pk])))
    )
    page = office.get(reverse("decisions:word_templates")).content.decode()
    assert "Mẫu năm 2026" in page
    template = WordTemplate.objects.get()
    office.post(reverse("decisions:word_template_withdraw", args=[template.pk]))
    assert "Ngừng dùng" in office.get(reverse("decisions:word_templates")).content.decode()


def test_a_template_with_mistakes_is_answered_with_a_report_and_nothing_typed_is_lost(office, desk):
    made, out = Docx(), BytesIO()
    made.add_paragraph("Số: {{ so_quyet_dinh }}")
    made.save(out)
    answer = put(office, desk, out.getvalue())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Không có trường “so_quyet_dinh”" in page
    assert "Thiếu trường bắt buộc “can_cu”" in page
    assert "Mẫu năm 2026" in page
    assert not WordTemplate.objects.exists()


def test_no_template_can_be_put_in_use_for_a_unit_of_others(office, desk, region):
    answer = put(office, desk, word_drawn.template("decision"), unit=region.pk)
    assert answer.status_code == 422
    assert not WordTemplate.objects.exists()


@pytest.mark.parametrize("kind", ["decision", "submission", "minutes", "list"])
def test_each_kind_has_its_fields_and_its_own_template(office, kind):
    page = office.get(reverse("decisions:word_fields", args=[kind])).content.decode()
    assert "bắt buộc" in page
    opened(office.get(reverse("decisions:word_template_own", args=[kind])))


def test_an_unknown_kind_is_not_found(office):
    assert office.get(reverse("decisions:word_fields", args=["khac"])).status_code == 404
