"""Sessions: the list, the page of one, and its steps, each asked for once more before it is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import requires
from accounts.permissions import Permission as P
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole
from core.workflow import Refused, open_moves
from council import box, facts, selectors
from council.forms import MinutesForm, ReasonForm, SessionForm
from council.models import Session
from council.services import ballots, minutes, sessions
from council.states import SessionState
from council.workflow import MOVES, quorum_of

COLUMNS = [
    Column("phien", "Phiên họp", ["title"], "main"),
    Column("ngay", "Họp lúc", ["held_at"]),
    Column("muc", "Số mục", cls="n"),
    Column("trang-thai", "Trạng thái"),
]
FILTERS = [
    Filter(
        "trang-thai", "Trạng thái", lambda query, value: query.filter(state=value),
        [Choice(state.value, state.label) for state in SessionState],
    )
]  # fmt: skip


@requires(P.SESSION_VIEW)
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    """The sessions of one's councils."""
    rows = selectors.session_list(request.user)
    table = Table(request, rows, COLUMNS, FILTERS, default="-ngay", noun="phiên họp")
    may_prepare = policy.holds(request.user, P.SESSION_PREPARE)
    context = {"table": table, "may_prepare": may_prepare}
    return page_or_fragment(request, "council/session_list.html", fragment="council/_sessions.html", context=context)


@requires(P.SESSION_PREPARE)
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: HttpRequest) -> HttpResponse:
    """Prepare a session."""
    form = SessionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("council", "title", "held_at", "due_at", "place")}
        made = sessions.create(**values, by=request.user, at=timezone.now())
        messages.success(request, "Đã lập phiên họp. Đồng chí thêm hồ sơ vào danh sách.")
        return redirect("council:session", pk=made.pk)
    context = {"form": form, "title": "Lập phiên họp", "button": "Lập phiên họp"}
    return render(request, "council/session_form.html", context, status=422 if form.errors else 200)


@requires(P.SESSION_PREPARE, among=selectors.sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, session: Session) -> HttpResponse:
    """Change time, place or name."""
    form = SessionForm(request.POST or None, user=request.user, session=session)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("title", "held_at", "due_at", "place")}
        version = form.cleaned_data["version"] or 0
        sessions.edit(session=session, **values, expected_version=version, by=request.user, at=timezone.now())
        messages.success(request, "Đã lưu phiên họp.")
        return redirect("council:session", pk=session.pk)
    context = {"form": form, "session": session, "title": "Sửa phiên họp", "button": "Lưu phiên họp"}
    return render(request, "council/session_form.html", context, status=422 if form.errors else 200)


@requires(P.SESSION_VIEW, among=selectors.sessions_visible_to)
@require_GET
def session(request: HttpRequest, session: Session) -> HttpResponse:
    """The page of one session: agenda, roll, recusals, what can be done now."""
    return render(request, "council/session.html", _page(request, session))


@requires(P.SESSION_PREPARE, among=selectors.sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def session_lock(request: HttpRequest, session: Session) -> HttpResponse:
    """Lock the list."""
    return _step(request, session, "lock", sessions.lock_list, "Đã chốt danh sách. Danh sách từ nay không sửa được.")


@requires(P.SESSION_CLOSE, among=selectors.sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def session_open(request: HttpRequest, session: Session) -> HttpResponse:
    """Open the vote."""
    return _step(request, session, "open", sessions.open_voting, "Đã mở bỏ phiếu.")


@requires(P.SESSION_CLOSE, among=selectors.sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def session_close(request: HttpRequest, session: Session) -> HttpResponse:
    """Close the vote and count."""
    return _step(
        request, session, "close", ballots.close, "Đã đóng bỏ phiếu, niêm phong và kiểm phiếu.", "council:result"
    )


@requires(P.SESSION_PREPARE, among=selectors.sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: HttpRequest, session: Session) -> HttpResponse:
    """Call the session off."""
    form = ReasonForm(request.POST or None, initial={"version": session.version})
    if request.method == "POST" and form.is_valid():
        version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
        sessions.cancel(session=session, reason=reason, expected_version=version, by=request.user, at=timezone.now())
        messages.success(request, "Đã hủy phiên họp. Hồ sơ trở lại trạng thái đủ điều kiện.")
        return redirect("council:session", pk=session.pk)
    context = {"session": session, "form": form, "title": "Hủy phiên họp", "button": "Hủy phiên họp", "danger": True}
    return render(request, "council/step_form.html", context, status=422 if form.errors else 200)


@requires(P.SESSION_PREPARE, among=selectors.sessions_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def session_minute(request: HttpRequest, session: Session) -> HttpResponse:
    """Add to the minutes and have them made."""
    form = MinutesForm(request.POST or None, initial={"version": session.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        minutes.minute(
            session=session,
            number=kept["number"],
            note=kept["note"],
            expected_version=kept["version"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "Đã lập biên bản. Hệ thống đang dựng bản PDF.")
        return redirect("council:result", pk=session.pk)
    context = {"session": session, "form": form, "title": "Lập biên bản", "button": "Lập biên bản"}
    return render(request, "council/step_form.html", context, status=422 if form.errors else 200)


def _step(
    request: HttpRequest,
    session: Session,
    name: str,
    service: Callable[..., Any],
    told: str,
    page: str = "council:session",
) -> HttpResponse:
    """GET asks once more (also where the dialog needs a page of its own), POST does it."""
    reason = ""
    if request.method == "POST":
        version = whole(request.POST.get("version", ""))
        try:
            service(session=session, by=request.user, at=timezone.now(), expected_version=version)
        except Refused as refusal:
            reason = str(refusal)
        else:
            messages.success(request, told)
            return redirect(page, pk=session.pk)
    context = {"session": session, "step": MOVES[name], "reason": reason, "action": request.path, **_counts(session)}
    return render(request, "council/step.html", context, status=409 if reason else 200)


def _counts(session: Session) -> dict[str, int]:
    voting = [seat for seat in session.seats.all() if seat.votes]
    return {
        "members": len(voting),
        "present": sum(seat.present for seat in voting),
        "cast": box.turnout_count(session),
        "item_count": session.items.count(),
    }


def _page(request: HttpRequest, session: Session) -> dict[str, Any]:
    items, seats = list(selectors.items_of(session)), list(session.seats.select_related("user"))
    now = timezone.now()
    found = facts.outlooks(session, items, seats)
    own = next((seat for seat in seats if seat.user_id == request.user.pk), None)
    return {
        "session": session,
        "groups": facts.groups(items, found),
        "obstacles": facts.obstacles(session, items, seats) if session.is_composed else [],
        "impossible": [item for item in items if not found[item.pk].possible],
        "seats": seats,
        "recusals": list(selectors.recusals_of(session)),
        "quorum": _quorum(session, items),
        "moves": open_moves(session, MOVES.values(), by=request.user, at=now),
        "may_prepare": policy.can(request.user, P.SESSION_PREPARE, session),
        "may_close": policy.can(request.user, P.SESSION_CLOSE, session),
        "votes_here": own is not None and own.votes and session.state == SessionState.OPEN,
        "has_voted": own is not None and box.has_voted(session, own),
        **_counts(session),
    }


def _quorum(session: Session, items: list[Any]) -> Any:
    """The quorum frozen at the lock; before it, the one that would be."""
    return facts.rules_of(session).quorum(item.award for item in items) if session.is_composed else quorum_of(session)
