"""The secretary's work on a session: agenda, attendance, recusals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import requires
from accounts.permissions import Permission as P
from core.tables import Choice, Column, Filter, Table
from core.typed import whole, wholes
from core.vietnamese import search_key
from core.workflow import Refused
from council.forms import OtherItemForm, RecusalForm
from council.models import AgendaItem, Recusal, Seat, Session
from council.selectors import candidates_for, initiatives_for, sessions_visible_to
from council.services import agenda
from rulebook.catalogue import award_choices

COLUMNS = [
    Column("ten", "Cá nhân, tập thể", ["sort_key"], "main"),
    Column("danh-hieu", "Danh hiệu, hình thức", ["award"]),
    Column("don-vi", "Đơn vị trình", ["submission__unit__sort_key"]),
]


@requires(P.SESSION_PREPARE, among=sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_add(request: HttpRequest, session: Session) -> HttpResponse:
    """Choose among the qualified lines of the council's unit."""
    reason = ""
    if request.method == "POST":
        try:
            return _add(request, session)
        except Refused as refusal:
            reason = str(refusal)
    table = Table(request, candidates_for(session), COLUMNS, _filters(), default="ten", noun="hồ sơ", sizes=(100, 500))
    context = {"session": session, "table": table, "reason": reason}
    return render(request, "council/agenda_add.html", context, status=409 if reason else 200)


@requires(P.SESSION_PREPARE, among=sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_other(request: HttpRequest, session: Session) -> HttpResponse:
    """Put an initiative, or a result of a cluster in words, on the agenda."""
    form = OtherItemForm(
        request.POST or None, initiatives=initiatives_for(session), initial={"version": session.version}
    )
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        common = {"session": session, "expected_version": kept["version"], "by": request.user, "at": timezone.now()}
        if kept["initiative"]:
            agenda.add_initiative(initiative=kept["initiative"], **common)
        else:
            agenda.add_cluster_result(title=kept["title"], **common)
        messages.success(request, "Đã thêm vào danh sách.")
        return redirect("council:session", pk=session.pk)
    context = {"session": session, "form": form, "title": "Thêm nội dung khác", "button": "Thêm vào danh sách"}
    return render(request, "council/step_form.html", context, status=422 if form.errors else 200)


@requires(P.SESSION_PREPARE, among=sessions_visible_to)
@require_POST
def agenda_remove(request: HttpRequest, session: Session, item: int) -> HttpResponse:
    """Take an item off the agenda."""
    found = get_object_or_404(AgendaItem, session=session, pk=item)
    agenda.remove(item=found, expected_version=_version(request), by=request.user, at=timezone.now())
    messages.success(request, f"Đã đưa “{found.title}” ra khỏi danh sách.")
    return redirect("council:session", pk=session.pk)


@requires(P.SESSION_PREPARE, among=sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, session: Session) -> HttpResponse:
    """Who is there, and why others are not."""
    seats, reason = list(session.seats.all()), ""
    if request.method == "POST":
        try:
            return _record(request, session, seats)
        except Refused as refusal:
            reason = str(refusal)
    context = {"session": session, "seats": seats, "reason": reason}
    return render(request, "council/attendance.html", context, status=409 if reason else 200)


@requires(P.SESSION_PREPARE, among=sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def recusal_add(request: HttpRequest, session: Session) -> HttpResponse:
    """Note that a member does not vote on an item."""
    form = RecusalForm(request.POST or None, session=session, initial={"item": request.GET.get("muc")})
    if request.method == "POST" and form.is_valid():
        try:
            agenda.recuse(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi không tham gia biểu quyết.")
            return redirect("council:session", pk=session.pk)
    context = {
        "session": session,
        "form": form,
        "title": "Ghi không tham gia biểu quyết",
        "button": "Ghi không tham gia",
    }
    return render(request, "council/step_form.html", context, status=422 if form.errors else 200)


@requires(P.SESSION_PREPARE, among=sessions_visible_to)
@require_POST
def recusal_remove(request: HttpRequest, session: Session, recusal: int) -> HttpResponse:
    """Take back a recusal entered by hand."""
    found = get_object_or_404(Recusal, item__session=session, pk=recusal)
    agenda.withdraw_recusal(recusal=found, by=request.user, at=timezone.now())
    messages.success(request, "Đã bỏ ghi không tham gia biểu quyết.")
    return redirect("council:session", pk=session.pk)


def _add(request: HttpRequest, session: Session) -> HttpResponse:
    chosen = set(wholes(request.POST.getlist("ho-so")))
    lines = list(candidates_for(session).filter(pk__in=chosen))
    if len(lines) != len(chosen):
        raise Refused("Có hồ sơ không còn chờ phiên họp. Đồng chí chọn lại.")
    items = agenda.add_nominations(
        session=session, nominations=lines, expected_version=_version(request), by=request.user, at=timezone.now()
    )
    messages.success(request, f"Đã đưa {len(items)} hồ sơ vào danh sách.")
    return redirect("council:session", pk=session.pk)


def _filters() -> list[Filter]:
    return [
        Filter("q", "Tên", lambda query, value: query.filter(search_key__contains=search_key(value))),
        Filter(
            "danh-hieu", "Danh hiệu", lambda query, value: query.filter(award=value),
            [Choice(code, label) for code, label in award_choices()],
        ),
    ]  # fmt: skip


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version", ""))


def _record(request: HttpRequest, session: Session, seats: list[Seat]) -> HttpResponse:
    present = {seat.pk for seat in seats if f"co-mat-{seat.pk}" in request.POST}
    absences = {seat.pk: request.POST.get(f"ly-do-{seat.pk}", "") for seat in seats}
    for seat in seats:  # nothing typed is lost when it is refused
        seat.present, seat.absence = seat.pk in present, absences[seat.pk]
    agenda.record_attendance(session=session, present=present, absences=absences, by=request.user, at=timezone.now())
    messages.success(request, "Đã lưu danh sách có mặt.")
    return redirect("council:session", pk=session.pk)
