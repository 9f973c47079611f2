"""Taking back and setting right: the drafts, what is to come back, what is to be looked at again."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import requires
from accounts.permissions import Permission as P
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole
from core.workflow import Refused
from decisions import selectors
from decisions.forms import CorrectionForm, RecoveryForm, ReverseForm, SettleForm
from decisions.models import Decision, DecisionLine, Recheck, Recovery
from decisions.services import drafting, rechecking, recovering, reversing
from decisions.states import DecisionKind

HEADS = {
    DecisionKind.REVOCATION: ("Hủy bỏ nội dung khen thưởng", "Soạn quyết định hủy bỏ"),
    DecisionKind.CORRECTION: ("Đính chính nội dung khen thưởng", "Soạn quyết định đính chính"),
}
RECOVERY_COLUMNS = [
    Column("ten", "Cá nhân, tập thể", ["line__name_printed"], "main"),
    Column("quyet-dinh", "Quyết định hủy bỏ", ["decision__dated", "decision__number"]),
    Column("tien", "Tiền phải thu", ["money_due"], "n"),
    Column("hien-vat", "Hiện vật"),
    Column("han", "Hạn", ["due_on"]),
]
RECOVERY_FILTERS = [
    Filter("q", "Họ tên, số quyết định", partial(selectors.found_by, decision="decision__")),
    Filter(
        "trang-thai", "Trạng thái", lambda q, value: selectors.still_open(q) if value == "con" else q,
        [Choice("con", "Còn phải thu")],
    ),
]  # fmt: skip
RECHECK_COLUMNS = [
    Column("viec", "Danh hiệu, hồ sơ cần xét lại", ["found_at"], "main"),
    Column("vi", "Vì hủy bỏ"),
    Column("ket-luan", "Điều kiện thay đổi"),
    Column("trang-thai", "Xử lý"),
]
RECHECK_FILTERS = [
    Filter(
        "trang-thai", "Xử lý", lambda q, value: q.filter(settled_at__isnull=value == "cho"),
        [Choice("cho", "Chờ xét lại"), Choice("xong", "Đã xử lý")],
    )
]  # fmt: skip


@requires(P.DECISION_DRAFT, among=selectors.decisions_visible_to)
def decision_revoke(request: HttpRequest, found: Decision) -> HttpResponse:
    """Draft the decision that takes lines back."""
    return _reverse(request, found, DecisionKind.REVOCATION)


@requires(P.DECISION_DRAFT, among=selectors.decisions_visible_to)
def decision_correct(request: HttpRequest, found: Decision) -> HttpResponse:
    """Draft the decision that sets lines right."""
    return _reverse(request, found, DecisionKind.CORRECTION)


@requires(P.DECISION_DRAFT, among=selectors.lines_to_correct)
def correction_line(request: HttpRequest, found: DecisionLine) -> HttpResponse:
    """What a correction prints instead."""
    shown = {name: getattr(found, name) for name in reversing.PRINTED} | {"version": found.decision.version}
    form = CorrectionForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data.pop("version")
        reversing.edit_line(
            line=found, values=form.cleaned_data, expected_version=version, by=request.user, at=timezone.now()
        )
        messages.success(request, "Đã lưu nội dung đính chính.")
        return redirect("decisions:decision", pk=found.decision_id)
    context = {"line": found, "decision": found.decision, "form": form, "crumbs": _crumbs(found.decision)}
    return render(request, "decisions/correction_line.html", context, status=422 if form.errors else 200)


@requires(P.DECISION_DRAFT, among=selectors.decisions_visible_to)
@require_POST
def decision_discard(request: HttpRequest, found: Decision) -> HttpResponse:
    """Throw a draft away; its lines are free again."""
    version = whole(request.POST.get("version", ""))
    drafting.discard(decision=found, expected_version=version, by=request.user, at=timezone.now())
    messages.success(request, "Đã xóa dự thảo. Các hồ sơ trong dự thảo chờ soạn lại.")
    return redirect("decisions:decision_list")


@requires(P.RECOVERY_RECORD)
@require_GET
def recovery_list(request: HttpRequest) -> HttpResponse:
    """What is to come back, nearest day first."""
    rows = selectors.recoveries_visible_to(request.user)
    table = Table(request, rows, RECOVERY_COLUMNS, RECOVERY_FILTERS, default="han", noun="trường hợp")
    context = {"table": table, "today": timezone.localdate(), "open": selectors.still_open(rows).count()}
    return page_or_fragment(
        request, "decisions/recovery_list.html", fragment="decisions/_recoveries.html", context=context
    )


@requires(P.RECOVERY_RECORD, among=selectors.recoveries_visible_to)
def recovery(request: HttpRequest, found: Recovery) -> HttpResponse:
    """Record what came back."""
    form = RecoveryForm(request.POST or None, recovery=found)
    if request.method == "POST" and form.is_valid() and _recorded(request, found, form):
        messages.success(request, f"Đã ghi thu hồi của {found.line.name_printed}.")
        return redirect("decisions:recovery_list")
    context = {"recovery": found, "form": form, "today": timezone.localdate()}
    return render(request, "decisions/recovery.html", context, status=422 if form.errors else 200)


@requires(P.DECISION_DRAFT)
@require_GET
def recheck_list(request: HttpRequest) -> HttpResponse:
    """Honours and dossiers that rested on a revoked one."""
    rows = selectors.rechecks_visible_to(request.user)
    table = Table(request, rows, RECHECK_COLUMNS, RECHECK_FILTERS, default="-viec", noun="việc")
    return page_or_fragment(
        request, "decisions/recheck_list.html", fragment="decisions/_rechecks.html", context={"table": table}
    )


@requires(P.DECISION_DRAFT, among=selectors.rechecks_visible_to)
def recheck(request: HttpRequest, found: Recheck) -> HttpResponse:
    """What changed for one of them, and what people decided."""
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rechecking.settle(recheck=found, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
        messages.success(request, "Đã ghi kết quả xử lý.")
        return redirect("decisions:recheck_list")
    context = {"recheck": found, "form": form}
    return render(request, "decisions/recheck.html", context, status=422 if form.errors else 200)


@requires(P.DECISION_DRAFT)
@require_GET
def mismatch_list(request: HttpRequest) -> HttpResponse:
    """What the nightly comparison of decisions and history found."""
    columns = [Column("sai-lech", "Sai lệch", ["says"], "main"), Column("tu", "Thấy từ", ["found_at"])]
    rows = selectors.mismatches_visible_to(request.user)
    table = Table(request, rows, columns, default="-tu", noun="sai lệch")
    return page_or_fragment(
        request, "decisions/mismatch_list.html", fragment="decisions/_mismatches.html", context={"table": table}
    )


def _reverse(request: HttpRequest, found: Decision, kind: DecisionKind) -> HttpResponse:
    chosen = [whole(key) for key in request.GET.getlist("dong")]
    today = timezone.localdate()
    form = ReverseForm(request.POST or None, decision=found, kind=kind, day=today, initial={"lines": chosen})
    made = _drafted(request, found, kind, form) if request.method == "POST" and form.is_valid() else None
    if made is not None:
        first = made.lines.order_by("order").first()
        messages.success(request, "Đã soạn dự thảo. Số và chữ ký do hai người thực hiện như mọi quyết định.")
        if kind == DecisionKind.CORRECTION and first is not None:
            return redirect("decisions:correction_line", pk=first.pk)
        return redirect("decisions:decision", pk=made.pk)
    title, button = HEADS[kind]
    context = {"decision": found, "form": form, "title": title, "button": button, "crumbs": _crumbs(found)}
    return render(request, "decisions/reverse.html", context, status=422 if form.errors else 200)


def _drafted(request: HttpRequest, found: Decision, kind: DecisionKind, form: forms.Form) -> Decision | None:
    values = form.cleaned_data
    try:
        return reversing.draft(
            original=found, lines=list(values["lines"]), kind=kind, ground=values.get("ground", ""),
            reason=values["reason"], by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refused as reason:
        form.add_error(None, str(reason))
        return None


def _recorded(request: HttpRequest, found: Recovery, form: forms.Form) -> bool:
    values: dict[str, Any] = dict(form.cleaned_data)
    version = values.pop("version")
    try:
        recovering.record(recovery=found, expected_version=version, by=request.user, at=timezone.now(), **values)
    except Refused as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _crumbs(found: Decision) -> list[tuple[str, str]]:
    here = reverse("decisions:decision", args=[found.pk])
    return [("Quyết định", reverse("decisions:decision_list")), (found.number_text or "Dự thảo", here)]
