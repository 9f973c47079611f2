"""What stands on a tờ trình."""

from datetime import date

import pytest
from django.urls import reverse

from awards import papers
from rulebook import catalogue
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
    assert paper.blocks[1].text == "Căn cứ Luật Thi đua, khen thưởng;"
    table = next(block for block in paper.blocks if block.kind == "table")
    assert [row.cells[1:] for row in table.rows] == [
        ("Cờ thi đua ngành Kiểm sát nhân dân", "1", ""),
        ("Bằng khen của Viện trưởng VKSND tối cao", "", "2"),
    ]
    annex = paper.annexes[0]
    assert [row.label for row in annex.rows if row.is_group] == [flag.entry.label, people[0].entry.label]
    assert annex.closing == "Danh sách có 3 hồ sơ./."


def test_a_paper_not_sent_yet_is_a_draft(root, region):
    draft = make.make_submission(region)
    assert _paper(draft, [make.make_nomination(draft)]).draft
    assert not _paper(make.make_submission(region, sent_by=draft.created_by), []).draft


def test_the_paper_is_opened_by_those_who_see_the_submission(sent, region, lan, nam, as_user):
    make.make_nomination(sent, state="submitted")
    url = reverse("awards:submission_pdf", args=[sent.pk])
    assert as_user(lan).get(url).content.startswith(b"%PDF-")
    assert as_user(nam).get(url).status_code == 404
