"""The bell, the progress of jobs, the journal, and the health check."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import NOT_FOUND, public, requires, signed_in
from accounts.permissions import Permission
from core import selectors
from core.models import Event, Job, Notification
from core.services import jobs
from core.services.notifications import mark_read
from core.tables import Choice, Column, Filter, Table

#: htmx stops polling when it reads this status.
STOP_POLLING = 286

JOURNAL_COLUMNS = [
    Column("muc", "Mục", cls="n"),
    Column("viec", "Việc, đối tượng", cls="main"),
    Column("doi", "Thay đổi"),
    Column("ai", "Người làm"),
    Column("luc", "Lúc"),
    Column("bam", "Mã băm", cls="mh"),
]


@public
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Is the database there? For the proxy and the container's check."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@signed_in
@require_GET
def notifications(request: HttpRequest) -> HttpResponse:
    """One's own lines, newest first."""
    table = Table(request, selectors.notifications_of(request.user))
    return render(request, "core/notifications.html", {"table": table})


@signed_in
@require_POST
def notifications_read(request: HttpRequest) -> HttpResponse:
    """Mark all of one's lines as read."""
    mark_read(user=request.user, at=timezone.now())
    return redirect("core:notifications")


@signed_in
@require_GET
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where a line points; the line itself is marked by the inbox, a GET changes nothing."""
    line = get_object_or_404(Notification, pk=pk, user=request.user)
    return redirect(line.url or "core:notifications")


@signed_in
@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """The jobs one has asked for."""
    table = Table(request, selectors.jobs_of(request.user))
    return render(request, "core/job_list.html", {"table": table})


@signed_in
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress of one job; htmx asks for the fragment every two seconds until it is over."""
    found = _job(request, pk)
    done, total = selectors.counted(found)
    named = found.subject._meta.verbose_name if found.subject else ""
    context = {"job": found, "done": done, "total": total, "failures": selectors.failed_parts(found),
               "subject_name": named, "may_steer": selectors.may_steer_job(request.user, found)}  # fmt: skip
    if request.htmx:
        status = STOP_POLLING if found.is_over else 200
        return render(request, "core/_job.html", context, status=status)
    return render(request, "core/job.html", context)


@signed_in
@require_POST
def job_change(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Pause, resume, cancel or retry a job."""
    found = _job(request, pk)
    if not selectors.may_steer_job(request.user, found):
        raise PermissionDenied("Chỉ người yêu cầu hoặc người in bằng mới dừng hoặc chạy lại được việc này.")
    changes = {"tam-dung": jobs.pause, "tiep-tuc": jobs.resume, "huy": jobs.cancel, "thu-lai": jobs.retry}
    if step not in changes:
        raise Http404(NOT_FOUND)
    changes[step](job=found, by=request.user, at=timezone.now())
    return redirect("core:job", pk=pk)


@requires(Permission.JOURNAL_VIEW)
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """The journal, newest first."""
    rows = selectors.journal_visible_to(request.user)
    table = Table(request, rows, columns=JOURNAL_COLUMNS, filters=_journal_filters(), noun="mục")
    return render(request, "core/journal.html", {"table": table})


def _journal_filters() -> list[Filter]:
    """As an auditor asks: who did what to whom, and when."""
    acts = [Choice(kind, words) for kind, words in selectors.journal_acts().items()]
    return [
        Filter("q", "Đối tượng, ghi chú", _about, placeholder="Mã hồ sơ, họ tên, số quyết định"),
        Filter("nguoi", "Người làm", lambda rows, value: rows.filter(by__full_name__icontains=value)),
        Filter("viec", "Việc", lambda rows, value: rows.filter(kind=value), acts),
        Filter(
            "tu", "Từ ngày", lambda rows, value: rows.filter(at__date__gte=_day(value)), placeholder="Từ dd/mm/yyyy"
        ),
        Filter(
            "den", "Đến ngày", lambda rows, value: rows.filter(at__date__lte=_day(value)), placeholder="Đến dd/mm/yyyy"
        ),
    ]


def _about(rows: QuerySet[Event], value: str) -> QuerySet[Event]:
    return rows.filter(Q(subject_label__icontains=value) | Q(note__icontains=value))


def _day(value: str) -> date:
    return datetime.strptime(value, "%d/%m/%Y").date()  # noqa: DTZ007 - a day, not a moment


def _job(request: HttpRequest, pk: int) -> Job:
    found = Job.objects.filter(pk=pk).select_related("by").first()
    if found is None or not selectors.may_see_job(request.user, found):
        raise Http404(NOT_FOUND)
    return found
