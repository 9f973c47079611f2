"""The list of submissions, the desk of one draft, its files, its check and its sending."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import policy
from accounts.access import requires
from accounts.permissions import Permission as P
from awards import facts, selectors
from awards.forms import FileForm, HeadingForm, SubmissionForm, heading_of
from awards.models import Submission
from awards.models.evidence import SUBMISSION_KINDS
from awards.models.submission import LEVELS
from awards.services import obstacles, submissions
from awards.views import panels
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole
from core.workflow import Refused

COLUMNS = [
    Column("trich-yeu", "Tờ trình", ["title"], "main"),
    Column("cap", "Cấp xét", ["level"]),
    Column("dong", "Số hồ sơ", ["line_count"], "n"),
    Column("trang-thai", "Trạng thái"),
    Column("han", "Hạn bổ sung", ["next_due"]),
    Column("gui", "Gửi lúc", ["sent_at"], "mh"),
]
STANDINGS = {"nhap": "Đang soạn", "da-gui": "Đã gửi", "bo-sung": "Có hồ sơ cần bổ sung"}
LINE_COLUMNS = [
    Column("ten", "Cá nhân, tập thể", ["sort_key"], "main"),
    Column("muc", "Đề nghị", ["award"]),
    Column("dieu-kien", "Kiểm tra điều kiện"),
    Column("trang-thai", "Trạng thái"),
]


@requires(P.SUBMISSION_VIEW)
@require_GET
def submission_list(request: HttpRequest) -> HttpResponse:
    """Submissions one may see; returned ones and drafts first."""
    rows = selectors.with_totals(selectors.submissions_visible_to(request.user))
    table = Table(request, rows, COLUMNS, _filters(), tail=["-urgent", "-created_at"], noun="tờ trình")
    context = {"table": table, "can_draft": policy.holds(request.user, P.SUBMISSION_DRAFT)}
    return page_or_fragment(
        request, "awards/submission_list.html", fragment="awards/_submissions.html", context=context
    )


@requires(P.SUBMISSION_DRAFT)
def submission_new(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    units = selectors.drafting_units(request.user)
    form = SubmissionForm(request.POST or None, campaigns=selectors.open_campaigns(units), units=units)
    if request.method == "POST" and form.is_valid():
        try:
            made = submissions.create(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error("campaign", str(reason))
        else:
            return redirect("awards:submission", pk=made.pk)
    return render(request, "awards/submission_new.html", {"form": form}, status=422 if form.errors else 200)


@requires(P.SUBMISSION_VIEW, among=selectors.submissions_visible_to)
@require_GET
def submission(request: HttpRequest, found: Submission) -> HttpResponse:
    """A draft to work on, or a sent tờ trình to follow."""
    return render(request, "awards/submission.html", desk(request, found))


@requires(P.SUBMISSION_DRAFT, among=selectors.submissions_visible_to)
def submission_edit(request: HttpRequest, found: Submission) -> HttpResponse:
    """Change the heading of a draft."""
    form = HeadingForm(request.POST or None, initial=heading_of(found))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        submissions.edit(submission=found, **values, expected_version=version, by=request.user, at=timezone.now())
        messages.success(request, "Đã lưu trích yếu tờ trình.")
        return redirect("awards:submission", pk=found.pk)
    context = {"submission": found, "form": form, "crumbs": crumbs(found)}
    return render(request, "awards/submission_edit.html", context, status=422 if form.errors else 200)


@requires(P.SUBMISSION_DRAFT, among=selectors.submissions_visible_to)
def submission_discard(request: HttpRequest, found: Submission) -> HttpResponse:
    """Ask, then throw a draft away."""
    if request.method != "POST":
        return render(request, "awards/submission_discard.html", {"submission": found, "crumbs": crumbs(found)})
    submissions.discard(submission=found, expected_version=version_of(request), by=request.user, at=timezone.now())
    messages.success(request, "Đã xóa bản nháp tờ trình.")
    return redirect("awards:submission_list")


@requires(P.SUBMISSION_DRAFT, among=selectors.submissions_visible_to)
@require_POST
def submission_file(request: HttpRequest, found: Submission) -> HttpResponse:
    """Add a file to the tờ trình."""
    form = FileForm(request.POST, request.FILES, kinds=SUBMISSION_KINDS)
    if form.is_valid():
        values = form.cleaned_data
        submissions.attach(
            subject=found,
            kind=values["kind"],
            file=values["file"],
            note=values["note"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"Đã thêm tệp {values['file'].name}.")
        return redirect("awards:submission", pk=found.pk)
    return render(request, "awards/submission.html", desk(request, found, file_form=form), status=422)


@requires(P.SUBMISSION_DRAFT, among=selectors.submissions_visible_to)
@require_POST
def submission_file_remove(request: HttpRequest, found: Submission, file: int) -> HttpResponse:
    """Take a file out of the tờ trình."""
    attachment = get_object_or_404(found.attachments.all(), pk=file)
    submissions.detach(attachment=attachment, by=request.user, at=timezone.now())
    messages.success(request, f"Đã gỡ tệp {attachment.name}.")
    return redirect("awards:submission", pk=found.pk)


@requires(P.SUBMISSION_DRAFT, among=selectors.submissions_visible_to)
@require_GET
def submission_check(request: HttpRequest, found: Submission) -> HttpResponse:
    """Everything that will be sent, and everything that stands in the way."""
    if found.is_sent:
        return redirect("awards:submission_receipt", pk=found.pk)
    check = obstacles.of_submission(found, by=request.user, at=timezone.now())
    for line in check.lines:
        line.summary = check.verdicts[line.pk]
    may_send = policy.can(request.user, P.SUBMISSION_SEND, found)
    shown = check.shown(f"{reverse('awards:submission', args=[found.pk])}#dong")
    blocking = [item for item in shown if item.blocks]
    context = {
        "submission": found,
        "check": check,
        "crumbs": crumbs(found),
        "may_send": may_send,
        "rows": _answers(found, check),
        "totals": _totals(check),
        "why_not": _why_not_sent(blocking, may_send=may_send),
        "blocking": blocking,
        "warnings": [item for item in shown if not item.blocks],
    }
    return render(request, "awards/submission_check.html", context)


@requires(P.SUBMISSION_SEND, among=selectors.submissions_visible_to)
@require_POST
def submission_send(request: HttpRequest, found: Submission) -> HttpResponse:
    """Send once; a second press leads to the same receipt."""
    submissions.send(submission=found, expected_version=version_of(request), by=request.user, at=timezone.now())
    return redirect("awards:submission_receipt", pk=found.pk)


@requires(P.SUBMISSION_VIEW, among=selectors.submissions_visible_to)
@require_GET
def submission_receipt(request: HttpRequest, found: Submission) -> HttpResponse:
    """What the unit keeps as proof of sending."""
    if not found.is_sent:
        return redirect("awards:submission", pk=found.pk)
    holders = sorted({line.held_by.name for line in selectors.lines_of(found)})
    context = {"submission": found, "holders": holders, "line_count": found.nominations.count()}
    return render(request, "awards/submission_receipt.html", context)


def desk(request: HttpRequest, found: Submission, **more: Any) -> dict[str, Any]:
    """What the page of one tờ trình shows."""
    may_draft = policy.can(request.user, P.SUBMISSION_DRAFT, found)
    drafting = may_draft and not found.is_sent
    check = obstacles.of_submission(found, by=request.user, at=timezone.now()) if drafting else None
    table = Table(request, selectors.lines_of(found), LINE_COLUMNS, noun="hồ sơ")
    for line in table.rows:
        line.summary = check.verdicts.get(line.pk) if check else panels.eligibility.summary(line.present_verdict)
        line.obstacles = obstacles.grouped(check.obstacles).get(line.pk, []) if check else []
    files = panels.files(facts.files_of_submissions([found.pk])[found.pk])
    shown = check.shown(f"{reverse('awards:submission', args=[found.pk])}#dong") if check else []
    blocking = sum(item.blocks for item in shown)
    return {
        "obstacles": shown,
        "blocking": blocking,
        "version_field": [("version", found.version)],
        "file_add_url": reverse("awards:submission_file", args=[found.pk]),
        "why_not": f"Còn {blocking} việc phải xử lý trước khi gửi" if blocking else "",
        "submission": found,
        "table": table,
        "check": check,
        "drafting": drafting,
        "files": files,
        "crumbs": crumbs(found),
        "may_remove_files": drafting,
        "may_add_files": drafting or (may_draft and found.nominations.filter(state="incomplete").exists()),
        "meters": panels.meters(check.caps) if check else [],
        "level": dict(LEVELS)[found.level],
        "file_form": FileForm(kinds=SUBMISSION_KINDS),
        **more,
    }


def crumbs(found: Submission, *, here: str = "") -> list[tuple[str, str]]:
    """The way to a tờ trình, and to a page below it."""
    name = found.receipt_code or "Bản nháp"
    own = [(name, reverse("awards:submission", args=[found.pk])), (here, "")] if here else [(name, "")]
    return [("Hồ sơ đề nghị", reverse("awards:submission_list")), *own]


def version_of(request: HttpRequest) -> int | None:
    """The version that the user saw, from the form."""
    return whole(request.POST.get("version", ""), -1)


def _filters() -> list[Filter]:
    def standing(query: Any, value: str) -> Any:
        if value == "bo-sung":
            return query.filter(returned__gt=0)
        return query.filter(sent_at__isnull=value == "nhap")

    return [
        Filter(
            "q",
            "Trích yếu, mã tiếp nhận",
            lambda query, value: query.filter(title__icontains=value) | query.filter(receipt_code__iexact=value),
        ),
        Filter("trang-thai", "Trạng thái", standing, [Choice(key, label) for key, label in STANDINGS.items()]),
        Filter("cap", "Cấp xét", lambda query, value: query.filter(level=value), [Choice(*row) for row in LEVELS]),
    ]


def _answers(found: Submission, check: obstacles.Check) -> list[tuple[str, str, str]]:
    page, edit = (reverse(f"awards:{name}", args=[found.pk]) for name in ("submission", "submission_edit"))
    number, dated = found.number or "chưa ghi số", f"ngày {found.dated:%d/%m/%Y}" if found.dated else "chưa ghi ngày"
    files = panels.files(facts.files_of_submissions([found.pk])[found.pk])
    return [
        ("Đơn vị trình", found.unit.name, ""),
        ("Phong trào", f"{found.campaign} (năm {found.campaign.year})", ""),
        ("Cấp xét", dict(LEVELS)[found.level], ""),
        ("Trích yếu", found.title, edit),
        ("Số, ngày", f"{number}, {dated}", edit),
        ("Tệp kèm theo", "; ".join(f"{file['title']} ({file['hint']})" for file in files) or "chưa có", f"{page}#tep"),
        ("Hồ sơ", f"{len(check.lines)} dòng", f"{page}#dong"),
    ]


def _totals(check: obstacles.Check) -> list[tuple[str, int]]:
    """How many lines ask for each award."""
    totals: dict[str, int] = {}
    for line in check.lines:
        totals[line.entry.label] = totals.get(line.entry.label, 0) + 1
    return sorted(totals.items())


def _why_not_sent(blocking: list[obstacles.Obstacle], *, may_send: bool) -> str:
    if blocking:
        return f"Còn {len(blocking)} việc phải xử lý trước khi gửi"
    return "" if may_send else "Thủ trưởng đơn vị gửi tờ trình; đồng chí đã soạn xong thì báo thủ trưởng"
