"""The list, the drafting, the desk of one decision and its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import policy
from accounts.access import requires
from accounts.permissions import Permission as P
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole, wholes
from core.vietnamese import search_key
from core.workflow import Refused, open_moves
from decisions import selectors
from decisions.facts.order import SPLITS, shared_out
from decisions.forms import DraftForm, NewForm, NumberForm, ReasonForm
from decisions.models import Decision
from decisions.services import drafting, issuing, rendering, rendering_parts, signing
from decisions.states import DecisionState
from decisions.views.print_room import Tab
from decisions.workflow import MOVES

#: What the two buttons beside the number do, and what is said then.
NUMBERING: dict[str, tuple[Callable[..., Decision], str]] = {
    "": (issuing.give_number, "Đã cấp số. Đồng chí trình người ký."),
    "trinh-ky": (issuing.number_and_send, "Đã cấp số và trình ký."),
}
COLUMNS = [
    Column("so", "Số", ["unnumbered", "dated", "number"]),
    Column("trich-yeu", "Trích yếu", ["sort_key"], "main"),
    Column("duoc-khen", "Được khen"),
    Column("nguoi-ky", "Người ký", cls="mh"),
    Column("trang-thai", "Trạng thái"),
]
FILTERS = [
    Filter("q", "Số, trích yếu", lambda query, value: query.filter(search_key__contains=search_key(value))),
    Filter(
        "trang-thai", "Trạng thái", lambda query, value: query.filter(state=value),
        [Choice(state.value, state.label) for state in DecisionState],
    ),
]  # fmt: skip


@requires(P.DECISION_VIEW)
@require_GET
def decision_list(request: HttpRequest) -> HttpResponse:
    """Decisions, drafts first, then the newest."""
    rows = selectors.drafts_first(selectors.with_totals(selectors.decisions_visible_to(request.user)))
    table = Table(request, rows, COLUMNS, FILTERS, default="-so", noun="quyết định")
    sessions = selectors.sessions_to_decide(request.user)[:5]
    context = {"table": table, "sessions": sessions}
    return page_or_fragment(request, "decisions/decision_list.html", fragment="decisions/_list.html", context=context)


@requires(P.DECISION_DRAFT, among=selectors.sessions_to_decide, on=lambda session: session.council.unit)
def decision_new(request: HttpRequest, session: Any) -> HttpResponse:
    """Choose passed lines of a session and how they are shared out over decisions; the numbers are shown live."""
    form = NewForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid():
        return _drafted(request, session, form.cleaned_data)
    context = {"session": session, "form": form, "ways": _ways(request, session)}
    status = 422 if form.errors else 200
    return page_or_fragment(
        request, "decisions/decision_new.html", fragment="decisions/_ways.html", context=context, status=status
    )


@requires(P.DECISION_VIEW, among=selectors.decisions_visible_to)
@require_GET
def decision(request: HttpRequest, found: Decision) -> HttpResponse:
    """The desk of one decision."""
    return render(request, "decisions/decision.html", desk(request, found))


@requires(P.DECISION_VIEW, among=selectors.decisions_visible_to)
@require_GET
def decision_lines(request: HttpRequest, found: Decision) -> HttpResponse:
    """The same desk with the list of recipients."""
    return render(request, "decisions/decision_lines.html", desk(request, found, part="decision_lines"))


@requires(P.DECISION_DRAFT, among=selectors.decisions_visible_to)
def decision_edit(request: HttpRequest, found: Decision) -> HttpResponse:
    """Change the words of a draft."""
    form = DraftForm(request.POST or None, decision=found)
    if request.method == "POST" and form.is_valid() and _edited(request, found, form):
        messages.success(request, "Đã lưu dự thảo.")
        return redirect("decisions:decision", pk=found.pk)
    context = {"decision": found, "form": form, "crumbs": _crumbs(found)}
    return render(request, "decisions/decision_edit.html", context, status=422 if form.errors else 200)


@requires(P.DECISION_NUMBER, among=selectors.decisions_visible_to)
@require_POST
def decision_number(request: HttpRequest, found: Decision) -> HttpResponse:
    """Give the number and the day; by the other button send it to the signer too."""
    form = NumberForm(request.POST, decision=found)
    service, done = NUMBERING.get(request.POST.get("viec", ""), NUMBERING[""])
    if form.is_valid():
        values = form.cleaned_data
        try:
            service(
                decision=found, dated=values["dated"], number=values["number"], expected_version=values["version"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, done)
            return redirect("decisions:decision", pk=found.pk)
    return render(request, "decisions/decision.html", desk(request, found, number_form=form), status=422)


@requires(P.DECISION_NUMBER, among=selectors.decisions_visible_to)
@require_POST
def decision_send_to_sign(request: HttpRequest, found: Decision) -> HttpResponse:
    """To the signer."""
    return _step(request, found, issuing.send_to_sign, "Đã trình ký.")


@requires(P.DECISION_SIGN, among=selectors.decisions_visible_to, fresh=True)
@require_POST
def decision_sign(request: HttpRequest, found: Decision) -> HttpResponse:
    """Mark as signed; asks for the password again."""
    return _step(request, found, issuing.sign, "Đã xác nhận ký. Hệ thống đang dựng quyết định và bằng.")


@requires(P.DECISION_SIGN, among=selectors.decisions_visible_to)
def decision_send_back(request: HttpRequest, found: Decision) -> HttpResponse:
    """Back to the clerk, with a reason."""
    return _back(request, found, issuing.send_back, "Trả lại văn thư")


@requires(P.DECISION_NUMBER, among=selectors.decisions_visible_to)
def decision_recall(request: HttpRequest, found: Decision) -> HttpResponse:
    """Away from a signer who does not come to sign, with a reason."""
    return _back(request, found, issuing.recall, "Rút lại")


@requires(P.DECISION_NUMBER, among=selectors.decisions_visible_to)
@require_POST
def decision_issue(request: HttpRequest, found: Decision) -> HttpResponse:
    """Issue: write the history, tell the units, open verification."""
    return _step(request, found, issuing.issue, "Đã ban hành. Kết quả đã ghi vào quá trình khen thưởng.")


@requires(P.CERTIFICATE_PRINT, among=selectors.decisions_visible_to)
@require_POST
def decision_render(request: HttpRequest, found: Decision) -> HttpResponse:
    """Render the papers anew."""
    rendering.queue_again(decision=found, by=request.user, at=timezone.now())
    messages.success(request, "Đã xếp hàng dựng lại. Đồng chí có thể rời trang, việc vẫn chạy.")
    return redirect("decisions:decision", pk=found.pk)


@requires(P.DECISION_VIEW, among=selectors.decisions_visible_to)
@require_GET
def decision_preview(request: HttpRequest, found: Decision) -> HttpResponse:
    """The decision as it would be printed now, as PDF."""
    response = HttpResponse(rendering.preview(found), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="du-thao.pdf"'
    return response


def desk(
    request: HttpRequest, found: Decision, *, part: str = "decision", number_form: NumberForm | None = None
) -> dict[str, Any]:
    """What the pages of one decision show; `part`: which of them."""
    now = timezone.now()
    lines = Table(request, selectors.lines_of(found), noun="dòng")
    prints = selectors.prints(found)
    return {
        "decision": found,
        "crumbs": _crumbs(found),
        "tabs": _parts(request, found, part, lines=lines.total, prints=prints),
        "lines": lines,
        "prints": prints,
        "moves": open_moves(found, MOVES.values(), by=request.user, at=now),
        "number_form": number_form
        or NumberForm(decision=found, initial={"version": found.version, "dated": timezone.localdate(now)}),
        "papers": selectors.documents_of(found),
        "jobs": selectors.jobs_of(found),
        "signing": signing.standing(found, request.user),
        "sent_back": selectors.sent_back(found),
        "totals": selectors.totals(found),
        "is_locked": found.signed_at is None,
        "is_printable": found.state in rendering.PRINTABLE,
        "too_long": rendering_parts.too_long(found),
    }


def _back(request: HttpRequest, found: Decision, service: Callable[..., Decision], word: str) -> HttpResponse:
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        service(
            decision=found, reason=form.cleaned_data["reason"], expected_version=form.cleaned_data["version"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, f"Đã {word[:1].lower()}{word[1:]}.")
        return redirect("decisions:decision", pk=found.pk)
    context = {"decision": found, "form": form, "word": word, "crumbs": _crumbs(found)}
    return render(request, "decisions/send_back.html", context, status=422 if form.errors else 200)


def _parts(request: HttpRequest, found: Decision, part: str, *, lines: int, prints: bool) -> list[Tab]:
    names: dict[str, tuple[str, int | None]] = {
        "decision": ("Quyết định", None), "decision_lines": ("Danh sách kèm theo", lines),
    }  # fmt: skip
    if prints and policy.can(request.user, P.CERTIFICATE_PRINT, found):
        names["decision_calibrate"] = ("Căn chỉnh in", None)
    return [
        Tab(label, reverse(f"decisions:{name}", args=[found.pk]), name == part, count)
        for name, (label, count) in names.items()
    ]


def _drafted(request: HttpRequest, session: Any, values: dict[str, Any]) -> HttpResponse:
    chosen = [line.pk for line in values["lines"]]
    made = drafting.draft_from_lines(
        session=session, chosen=chosen, split=values["split"], by=request.user, at=timezone.now()
    )
    words = f"{len(made)} dự thảo" if len(made) > 1 else "dự thảo"
    messages.success(request, f"Đã soạn {words}. Đồng chí kiểm tra câu chữ rồi chuyển văn thư cấp số.")
    if len(made) == 1:
        return redirect("decisions:decision", pk=made[0].pk)
    return redirect(f"{reverse('decisions:decision_list')}?trang-thai={DecisionState.DRAFT}")


def _ways(request: HttpRequest, session: Any) -> list[tuple[str, int, int]]:
    """For each way of sharing out: its name, how many decisions come of it, how many lines are chosen."""
    sent = request.POST if request.method == "POST" else request.GET
    keys = set(wholes(sent.getlist("lines")))
    lines = [line for line in selectors.undecided_of(session) if not sent or line.pk in keys]
    return [(label, len(shared_out(lines, code)), len(lines)) for code, label in SPLITS.items()]


def _edited(request: HttpRequest, found: Decision, form: DraftForm) -> bool:
    try:
        drafting.edit(
            decision=found, values=form.stored(), expected_version=form.cleaned_data["version"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except Refused as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _step(request: HttpRequest, found: Decision, service: Callable[..., Decision], done: str) -> HttpResponse:
    version = whole(request.POST.get("version", ""))
    service(decision=found, expected_version=version, by=request.user, at=timezone.now())
    messages.success(request, done)
    return redirect("decisions:decision", pk=found.pk)


def _crumbs(found: Decision) -> list[tuple[str, str]]:
    return [("Quyết định", "/quyet-dinh/"), (found.number_text or "Dự thảo", "")]
