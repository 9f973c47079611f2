"""The queue as an Excel sheet, with the same filters as on screen; a tờ trình as PDF and as Word."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.permissions import Permission as P
from awards import eligibility, facts, papers, selectors
from awards.models import Nomination, Submission
from awards.views.reviews import queue_table
from awards.views.sheets import send_sheet
from documents.services import word
from documents.services.render import render_pdf
from documents.views.files import send_word
from rulebook import catalogue
from units.selectors import with_superiors

#: Heading and width of each column.
COLUMNS = (
    ("STT", 6), ("Mã hồ sơ", 16), ("Cá nhân, tập thể", 28), ("Chức vụ", 28), ("Đơn vị", 36), ("Đơn vị trình", 36),
    ("Danh hiệu, hình thức", 36), ("Năm", 8), ("Kiểm tra điều kiện", 18), ("Trạng thái", 20), ("Hạn xử lý", 12),
    ("Người thẩm định", 24), ("Ghi đè kết luận", 60),
)  # fmt: skip
MOST = 10_000


@requires(P.NOMINATION_REVIEW)
@require_GET
def review_export(request: HttpRequest) -> HttpResponse:
    """Every line that matches the filters (at most ten thousand), in the order of their ids."""
    lines = queue_table(request, selectors.queue(request.user, below="duoi" in request.GET)).filtered
    found = list(lines.order_by("pk")[:MOST])
    overridden = facts.overrides_of(line.pk for line in found if line.override_by_id)
    rows = (_cells(number, line, overridden.get(line.pk, ())) for number, line in enumerate(found, 1))
    return send_sheet("tham-dinh", "Hồ sơ thẩm định", COLUMNS, rows)


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


@requires(P.SUBMISSION_VIEW, among=selectors.nominations_visible_to)
@require_GET
def appraisal_pdf(request: HttpRequest, line: Nomination) -> HttpResponse:
    """Phiếu thẩm định of one line: the conclusion condition by condition, and who set it aside when and why."""
    day = timezone.localdate()
    above = with_superiors(line.held_by, day)
    appraiser = papers.Sender(
        name=line.held_by.name, superior=above[1].name if len(above) > 1 else "", place=line.held_by.place, head_post=""
    )
    paper = papers.appraisal_paper(line, facts.overrides_of([line.pk]).get(line.pk, []), appraiser, day)
    response = HttpResponse(render_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="phieu-tham-dinh-{line.code}.pdf"'
    return response


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


def _cells(number: int, line: Nomination, overridden: Sequence[facts.Overridden]) -> tuple[object, ...]:
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
        "; ".join(one.says for one in overridden),
    )
