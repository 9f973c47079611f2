"""The queue as an Excel sheet, with the same filters as on screen; a tờ trình as PDF and as Word."""

from datetime import date
from io import BytesIO

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.permissions import Permission as P
from awards import eligibility, papers, selectors
from awards.models import Nomination, Submission
from awards.views.reviews import queue_table
from documents.services import word
from documents.services.render import render_pdf
from documents.views.files import send_word
from rulebook import catalogue
from units.selectors import with_superiors

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = (
    "STT",
    "Mã hồ sơ",
    "Cá nhân, tập thể",
    "Chức vụ",
    "Đơn vị",
    "Đơn vị trình",
    "Danh hiệu, hình thức",
    "Năm",
    "Kiểm tra điều kiện",
    "Trạng thái",
    "Hạn xử lý",
    "Người thẩm định",
)
WIDTHS = (6, 16, 28, 28, 36, 36, 36, 8, 18, 20, 12, 24)
MOST = 10_000


@requires(P.NOMINATION_REVIEW)
@require_GET
def review_export(request: HttpRequest) -> HttpResponse:
    """Every line that matches the filters (at most ten thousand), in the order of their ids."""
    lines = queue_table(request, selectors.queue(request.user, below="duoi" in request.GET)).filtered
    response = HttpResponse(_sheet(lines.order_by("pk")[:MOST]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="tham-dinh-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


@requires(P.SUBMISSION_VIEW, among=selectors.submissions_visible_to)
@require_GET
def submission_pdf(request: HttpRequest, found: Submission) -> HttpResponse:
    """The tờ trình with its list, to be printed and signed; a draft is marked as one."""
    response = HttpResponse(render_pdf(_paper(found)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.receipt_code or "du-thao"}.pdf"'
    return response


@requires(P.SUBMISSION_VIEW, among=selectors.submissions_visible_to)
@require_GET
def submission_word(request: HttpRequest, found: Submission) -> HttpResponse:
    """The same tờ trình as an editable Word file."""
    day = _day(found)
    data = word.word_file(_paper(found), with_superiors(found.unit, day), day)
    return send_word(data, f"To trinh {found.receipt_code or 'du thao'}")


def _day(found: Submission) -> date:
    return found.dated or timezone.localdate(found.sent_at or timezone.now())


def _paper(found: Submission) -> papers.SubmissionPaper:
    day = _day(found)
    sender = selectors.sender_of(found, day)
    return papers.submission_paper(
        found,
        list(selectors.lines_of(found).filter(lowered_from=None)),
        papers.Sender(**sender),
        catalogue.legal_bases(day),
        found.dated,
    )


def _sheet(lines: QuerySet[Nomination]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("Hồ sơ thẩm định")
        bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        for place, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, head, bold)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for number, line in enumerate(lines, 1):
            for place, value in enumerate(_cells(number, line)):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                else:
                    sheet.write(number, place, value)
    return buffer.getvalue()


def _cells(number: int, line: Nomination) -> tuple[object, ...]:
    return (
        number,
        line.code,
        line.shown_name,
        line.post_printed,
        line.unit_printed,
        line.submission.shown_unit,
        line.entry.label,
        line.year,
        eligibility.summary(line.present_verdict).text,
        line.state_from_above,
        line.due or "",
        str(line.reviewed_by or ""),
    )
