"""What stands on a tờ trình."""

from datetime import date

import pytest
from django.urls import reverse

from awards import papers
from documents.services.render import render_pdf
from rulebook import catalogue
from tests.documents.decree import faults
from tests.factories import awards as make
from tests.factories.units import make_person

pytestmark = pytest.mark.django_db

SENDER = papers.Sender(
    "Viện kiểm sát nhân dân khu vực 1 - Phú Thọ", "Viện kiểm sát nhân dân tỉnh Phú Thọ", "Phú Thọ", "Viện trưởng"
)


def _paper(submission, lines):
    return papers.submission_paper(
        submission, lines, SENDER, catalogue.legal_bases(date(2026, 9, 1)), date(2026, 11, 10)
    )


def test_a_submission_names_its_grounds_its_totals_and_everybody(sent, region):
    sent.number = "45/TTr-VKS"
    people = [make.make_nomination(sent, award=make.BKVT, person=make_person(region)) for _ in range(2)]
    flag = make.make_nomination(sent, award=make.CO_NGANH, collective=region)
    paper = _paper(sent, [*people, flag])
    assert paper.letterhead.number_text == "45/TTr-VKS"
    assert paper.blocks[1].text == "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"
    grounds = [block.text for block in paper.blocks if getattr(block, "style", "") == "italic"][:-1]
    assert [text[-1] for text in grounds] == [*";" * (len(grounds) - 1), "."]
    assert any("/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định" in text for text in grounds)
    table = next(block for block in paper.blocks if block.kind == "table")
    assert [row.cells[1:] for row in table.rows] == [
        ("Cờ thi đua ngành Kiểm sát nhân dân", "1", ""),
        ("Bằng khen của Viện trưởng Viện kiểm sát nhân dân tối cao", "", "2"),
    ]
    annex = paper.annexes[0]
    assert [row.label for row in annex.rows if row.is_group] == [row.cells[1] for row in table.rows]
    assert annex.closing == "Danh sách có 03 hồ sơ./."
    assert annex.reference.startswith("(Kèm theo Tờ trình số 45/TTr-VKS ngày 10 tháng 11 năm 2026 của Viện kiểm sát")


def test_a_submission_as_printed_keeps_to_the_decree(sent, region):
    people = [make_person(region, full_name=name) for name in ["H'Hen Niê", "Y Moan Êban", "K'Sor Phước"] * 8]
    paper = _paper(sent, [make.make_nomination(sent, award=make.BKVT, person=person) for person in people])
    assert faults(render_pdf(paper), paper) == []


def test_an_appraisal_as_printed_keeps_to_the_decree(sent, region):
    line = make.make_nomination(sent, award=make.BKVT, person=make_person(region))
    paper = papers.appraisal_paper(line, [], SENDER, date(2026, 11, 10))
    assert faults(render_pdf(paper), paper) == []


def test_a_paper_not_sent_yet_is_a_draft(root, region):
    draft = make.make_submission(region)
    assert _paper(draft, [make.make_nomination(draft)]).draft
    assert not _paper(make.make_submission(region, sent_by=draft.created_by), []).draft


def test_the_paper_is_opened_by_those_who_see_the_submission(sent, region, lan, nam, as_user):
    make.make_nomination(sent, state="submitted")
    url = reverse("awards:submission_pdf", args=[sent.pk])
    assert as_user(lan).get(url).content.startswith(b"%PDF-")
    assert as_user(nam).get(url).status_code == 404
