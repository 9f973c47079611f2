"""The badge of 2022: 402 recipients, 20 of the central offices, 13 of the high procuracies, 369 of the provinces."""

from collections import Counter
from io import BytesIO

from pypdf import PdfReader

from core.models import Job
from core.tasks import run_job
from council.models import AgendaItem, Session
from decisions import selectors
from decisions.models import Certificate, Decision, Payment
from documents.models import Document
from documents.services import storage
from history.models import Grant
from tests.factories.council import make_line
from tests.factories.units import make_person, make_unit

SHARES = {"VKSND tối cao": 20, "VKSND cấp cao": 13, "VKSND cấp tỉnh": 369}
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
MIDDLE = ("Văn", "Thị", "Đức", "Thị Thanh", "Quang", "Thị Bích", "Hữu")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Giang", "Hằng", "Khánh", "Liên", "Minh", "Nga", "Phượng", "Quyết", "Trường")


def name_of(number: int) -> str:
    """A different invented name for each of the first 910."""
    return f"{FAMILY[number % 10]} {MIDDLE[number % 7]} {GIVEN[number % 13]}"


def four_hundred(desk) -> Decision:
    """Issued: one decision on 402 people whom a session has passed, with number and signature."""
    session, lines = desk.world.draft(lines=0), []
    for place, size in SHARES.items():
        unit = make_unit(under=desk.world.unit, name=f"Viện kiểm sát nhân dân {place}", short_name=place)
        for _ in range(size):
            person = make_person(unit, full_name=name_of(len(lines)), post="Kiểm sát viên")
            lines.append(
                make_line(
                    desk.world.unit, from_unit=unit, award="ky_niem_chuong", person=person, state="passed",
                    post_printed="Kiểm sát viên",
                )
            )  # fmt: skip
    AgendaItem.objects.bulk_create(
        AgendaItem(session=session, order=order, kind="nomination", nomination=line, title=line.name_printed)
        for order, line in enumerate(lines, 1)
    )
    Session.objects.filter(pk=session.pk).update(state="closed")
    desk.session = Session.objects.get(pk=session.pk)
    return desk.issued()


def work_off() -> None:
    """Every job of the decision's own paper that waits, until none is left."""
    waits = Job.objects.filter(state="queued", payload__kind="decision")
    while waiting := list(waits.values_list("pk", flat=True)):
        for job_id in waiting:
            run_job(job_id)


def _pages(kind: str) -> list[str]:
    paper = PdfReader(BytesIO(storage.read_stored(Document.objects.get(kind=kind).sha256)))
    return [" ".join(page.extract_text().split()) for page in paper.pages]


def test_402_are_drafted_numbered_signed_issued_rendered_and_one_is_taken_back(desk):
    issued = four_hundred(desk)
    lines = list(selectors.lines_of(issued))
    assert Counter(line.nomination.submission.unit.short_name for line in lines) == SHARES
    assert [line.golden_book_no for line in lines] == list(range(1, 403))
    assert Grant.objects.filter(award="ky_niem_chuong").count() == Payment.objects.count() == 402
    work_off()
    pages = _pages("decision")
    annex = [text for text in pages if "Ghi chú" in text]
    assert len(annex) > 10
    assert all("STT Họ và tên" in text for text in annex)  # the headings of the list stand on each of its pages
    whole = " ".join(pages)
    assert "402 cá nhân (bốn trăm linh hai cá nhân)" in whole
    assert "611.040.000 đồng (Bằng chữ: Sáu trăm mười một triệu không trăm bốn mươi nghìn đồng)" in whole
    assert all(line.name_printed in whole for line in lines)
    assert Certificate.objects.filter(line__decision=issued).count() == 402
    desk.sent_through(desk.revocation(issued, lines[199]))
    assert Grant.objects.filter(state="in_force").count() == issued.lines.filter(standing="in_force").count() == 401
