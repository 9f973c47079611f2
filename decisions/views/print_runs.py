"""Lượt in: choose paper, printer and first number; print; say what came out of the printer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole
from core.vietnamese import clean_text
from core.workflow import Refused
from decisions.facts import printing
from decisions.forms.printing import RunForm
from decisions.models import PrintRun
from decisions.services import preview, print_runs
from decisions.states import RunState, SheetResult
from decisions.views.print_room import pdf_answer, status_of, tabs
from decisions.views.stock import chosen_kind, first_serial

STEPS = ["Chọn phôi, máy in", "In và kiểm tờ", "Ghi kết quả"]
COLUMNS = [
    Column("luot", "Lượt", ["pk"], "main"),
    Column("quyet-dinh", "Quyết định", ["decision__number"]),
    Column("may", "Máy in", ["printer__name"], "mh"),
    Column("nguoi", "Người in", ["by__full_name"], "mh"),
    Column("trang-thai", "Trạng thái", ["state"]),
]
FILTERS = [
    Filter(
        "trang-thai", "Trạng thái", lambda q, value: q.filter(state=value),
        [Choice(state.value, state.label) for state in RunState],
    )
]  # fmt: skip


@requires(P.CERTIFICATE_PRINT)
@require_GET
def run_list(request: HttpRequest) -> HttpResponse:
    """Who printed what, newest first."""
    table = Table(request, printing.runs_visible_to(request.user), COLUMNS, FILTERS, default="-luot", noun="lượt in")
    context = {"table": table, "tabs": tabs("run_list")}
    return page_or_fragment(request, "decisions/run_list.html", fragment="decisions/_runs.html", context=context)


@requires(P.CERTIFICATE_PRINT)
def run_new(request: HttpRequest) -> HttpResponse:
    """Step 1: what to print on which stock, with which printer, from which number."""
    form = RunForm(request.POST or None, user=request.user, initial=_proposed(request))
    if request.method == "POST" and form.is_valid() and (run := _prepared(request, form)):
        messages.success(request, "Đã xuất phôi. Đồng chí mở tệp in, in đúng cỡ 100 %, rồi ghi kết quả từng tờ.")
        return redirect("decisions:run", pk=run.pk)
    context = {
        "form": form, "steps": STEPS, "kinds": printing.with_balance(printing.kinds_visible_to(request.user)),
        "printers": printing.printers_visible_to(request.user).prefetch_related("profiles"),
        "crumbs": [("Lượt in", tabs("")[1].url), ("Lập lượt in", "")],
    }  # fmt: skip
    return render(request, "decisions/run_new.html", context, status=status_of(request, form))


@requires(P.CERTIFICATE_PRINT, among=printing.runs_visible_to)
@require_GET
def run(request: HttpRequest, found: PrintRun) -> HttpResponse:
    """Steps 2 and 3: the file, a look at the first sheet over the picture of the blank, the result of each sheet."""
    return render(request, "decisions/run.html", _desk(found))


@requires(P.CERTIFICATE_PRINT, among=printing.runs_visible_to)
@require_safe
def run_file(request: HttpRequest, found: PrintRun) -> HttpResponse:
    """The file for the printer: words alone."""
    return pdf_answer(print_runs.pdf_of(found), f"luot-in-{found.pk}")


@requires(P.CERTIFICATE_PRINT, among=printing.runs_visible_to)
@require_POST
def run_finish(request: HttpRequest, found: PrintRun) -> HttpResponse:
    """Record the result of each sheet."""
    typed = _typed(request, found)
    version = whole(request.POST.get("version", ""))
    try:
        print_runs.finish(run=found, results=typed, expected_version=version, by=request.user, at=timezone.now())
    except Refused as reason:
        return render(request, "decisions/run.html", _desk(found, typed, str(reason)), status=422)
    messages.success(request, "Đã ghi kết quả in. Sổ kho phôi đã cập nhật.")
    return redirect("decisions:run", pk=found.pk)


def _desk(found: PrintRun, typed: dict[int, tuple[str, str]] | None = None, error: str = "") -> dict[str, Any]:
    related = ("blank__kind", "certificate__line")
    sheets = list(found.sheets.select_related(*related).order_by("order"))
    for sheet in sheets:
        sheet.chosen, sheet.typed = (typed or {}).get(sheet.pk, (_shown(sheet.result), sheet.reason))
    done = found.state == RunState.DONE
    return {
        "run": found, "sheets": sheets, "steps": STEPS, "step": 3 if done else 2, "is_done": done,
        "error": error, "error_rows": [(error, "")],
        "results": [(r.value, r.label) for r in SheetResult if r != SheetResult.WAITING],
        "preview": preview.preview(print_runs.paper_of(found), found.design.prints),
        "scan": printing.scan_of(found.kind), "balance": printing.balance(found.kind),
        "crumbs": [("Lượt in", tabs("")[1].url), (f"Lượt {found.pk}", "")],
    }  # fmt: skip


def _shown(result: str) -> str:
    return SheetResult.PRINTED if result == SheetResult.WAITING else result


def _typed(request: HttpRequest, found: PrintRun) -> dict[int, tuple[str, str]]:
    keys = found.sheets.values_list("pk", flat=True)
    posted = request.POST
    return {pk: (posted.get(f"ket-qua-{pk}", ""), clean_text(posted.get(f"ly-do-{pk}", ""))[:300]) for pk in keys}


def _proposed(request: HttpRequest) -> dict[str, Any]:
    """The kind, decision and number the clerk most likely wants."""
    kind = chosen_kind(request)
    if kind is None:
        return {}
    waiting = printing.decisions_to_print(kind)
    decision = waiting.filter(pk=whole(request.GET.get("quyet-dinh", ""))).first() or waiting.first()
    count = min(printing.to_print(kind, decision).count(), print_runs.MOST) if decision else None
    printer = printing.printers_visible_to(request.user).filter(unit=kind.unit).first()
    return {"kind": kind, "decision": decision, "first": first_serial(kind), "count": count, "printer": printer}


def _prepared(request: HttpRequest, form: RunForm) -> PrintRun | None:
    try:
        return print_runs.prepare(wish=print_runs.Wish(**form.cleaned_data), by=request.user, at=timezone.now())
    except Refused as reason:
        form.add_error(None, str(reason))
        return None
