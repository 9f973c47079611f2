"""Kho phôi: kinds with their balance, the ledger of numbers, receipts, write-off, the picture of the blank."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission as P
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole
from core.workflow import Refused
from decisions.facts import printing
from decisions.forms.printing import ReceiptForm, ScanForm, StockKindForm, WriteOffForm
from decisions.models import Blank, PrintedSheet, StockKind
from decisions.services import stock as ledger
from decisions.states import BlankPlace, SheetResult
from decisions.views.print_room import status_of, tabs
from documents.views.files import send

COLUMNS = [
    Column("so", "Số sê-ri", ["serial"], "main"),
    Column("tinh-trang", "Tình trạng", ["place"]),
    Column("in-cho", "In cho"),
    Column("luot", "Lượt in, người in", cls="mh"),
    Column("nhan", "Nhận ngày", ["receipt__received_on"], "mh"),
]
FILTERS = [
    Filter("so", "Số sê-ri", lambda q, value: q.filter(serial=int(value))),
    Filter(
        "tinh-trang", "Tình trạng", lambda q, value: q.filter(place=value),
        [Choice(place.value, place.label) for place in BlankPlace],
    ),
]  # fmt: skip


@requires(P.CERTIFICATE_PRINT)
@require_GET
def stock_list(request: HttpRequest) -> HttpResponse:
    """Every kind with its balance."""
    kinds = printing.with_balance(printing.kinds_visible_to(request.user))
    return render(request, "decisions/stock_list.html", {"kinds": kinds, "tabs": tabs("stock_list")})


@requires(P.CERTIFICATE_PRINT)
def stock_new(request: HttpRequest) -> HttpResponse:
    """A further kind of stock."""
    form = StockKindForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and (kind := _added(request, form)):
        messages.success(request, "Đã lập loại phôi. Đồng chí ghi phôi nhận vào kho rồi lập mẫu căn chỉnh.")
        return redirect("decisions:stock", pk=kind.pk)
    context = {"form": form, "title": "Lập loại phôi", "button": "Lập loại phôi", "back": "decisions:stock_list"}
    context["crumbs"] = [("Kho phôi", tabs("")[2].url), ("Lập loại phôi", "")]
    return render(request, "decisions/room_form.html", context, status=status_of(request, form))


@requires(P.CERTIFICATE_PRINT, among=printing.kinds_visible_to)
@require_GET
def stock(request: HttpRequest, kind: StockKind) -> HttpResponse:
    """The ledger of one kind: which number is where, for whom it was printed, by whom."""
    rows = Blank.objects.filter(kind=kind).select_related("kind", "receipt")
    table = _with_sheets(Table(request, rows, COLUMNS, FILTERS, default="so", noun="phôi"))
    context = {
        "kind": kind, "table": table, "balance": printing.balance(kind),
        "receipts": kind.receipts.select_related("by").order_by("-pk")[:10], "scan": printing.scan_of(kind),
        "designs": kind.designs.order_by("-edition")[:5], "crumbs": _crumbs(kind),
    }  # fmt: skip
    return page_or_fragment(request, "decisions/stock.html", fragment="decisions/_blanks.html", context=context)


@requires(P.CERTIFICATE_PRINT, among=printing.kinds_visible_to)
def stock_receive(request: HttpRequest, kind: StockKind) -> HttpResponse:
    """Blanks come in."""
    form = ReceiptForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _did(form, ledger.receive, kind=kind, **_who(request)):
        messages.success(request, "Đã ghi phôi nhận vào kho.")
        return redirect("decisions:stock", pk=kind.pk)
    return _form_page(request, kind, form, "Nhận phôi vào kho", "Ghi nhận phôi")


@requires(P.CERTIFICATE_PRINT, among=printing.kinds_visible_to)
def stock_write_off(request: HttpRequest, kind: StockKind) -> HttpResponse:
    """Blanks spoilt in the store or given back."""
    form = WriteOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _did(form, ledger.write_off, kind=kind, **_who(request)):
        messages.success(request, "Đã ghi vào sổ kho.")
        return redirect("decisions:stock", pk=kind.pk)
    return _form_page(request, kind, form, "Ghi phôi hỏng, trả lại", "Ghi vào sổ")


@requires(P.CERTIFICATE_PRINT, among=printing.kinds_visible_to)
def stock_scan_new(request: HttpRequest, kind: StockKind) -> HttpResponse:
    """Upload a picture of the blank; it shows on the screen and never prints."""
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _did(form, ledger.keep_scan, kind=kind, **_who(request)):
        messages.success(request, "Đã lưu ảnh quét phôi.")
        return redirect("decisions:stock", pk=kind.pk)
    return _form_page(request, kind, form, "Ảnh quét phôi", "Lưu ảnh")


@requires(P.CERTIFICATE_PRINT, among=printing.kinds_visible_to)
@require_safe
def stock_scan(request: HttpRequest, kind: StockKind) -> HttpResponse:
    """The picture of the blank."""
    scan = printing.scan_of(kind)
    if scan is None:
        raise Http404(NOT_FOUND)
    answer: HttpResponse = send(scan, inline=True)
    return answer


def _form_page(request: HttpRequest, kind: StockKind, form: Any, title: str, button: str) -> HttpResponse:
    context = {
        "form": form, "title": title, "button": button, "kind": kind, "crumbs": [*_crumbs(kind)[:1], (kind.name, "")],
        "multipart": form.is_multipart(), "balance": printing.balance(kind),
    }  # fmt: skip
    return render(request, "decisions/room_form.html", context, status=status_of(request, form))


def _crumbs(kind: StockKind) -> list[tuple[str, str]]:
    return [("Kho phôi", tabs("")[2].url), (kind.name, "")]


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


def _did(form: Any, service: Any, **more: Any) -> bool:
    """Carry out what the form says; a refusal stands above the form, with all that was typed."""
    try:
        service(**form.cleaned_data, **more)
    except Refused as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _added(request: HttpRequest, form: StockKindForm) -> StockKind | None:
    values = form.cleaned_data
    new = ledger.NewKind(
        values["name"], values["award"], float(values["width"]), float(values["height"]), values["letters"],
        values["digits"],
    )  # fmt: skip
    try:
        return ledger.add_kind(unit=form.body, new=new, **_who(request))
    except Refused as reason:
        form.add_error("name", str(reason))
        return None


def _with_sheets(table: Table) -> Table:
    """Beside each blank of this page of the ledger the last sheet it was: `row.sheet`."""
    rows = PrintedSheet.objects.filter(blank__in=[row.pk for row in table.rows]).exclude(result=SheetResult.UNUSED)
    related = ("certificate__line__decision", "run__by", "run__printer")
    found = {sheet.blank_id: sheet for sheet in rows.select_related(*related).order_by("pk")}
    for row in table.rows:
        row.sheet = found.get(row.pk)
    return table


def first_serial(kind: StockKind | None) -> int | None:
    """The number to propose for the next run."""
    return printing.next_serial(kind) if kind else None


def chosen_kind(request: HttpRequest) -> StockKind | None:
    """The kind named in the address, if it is the user's; else the first."""
    kinds = printing.kinds_visible_to(request.user)
    return kinds.filter(pk=whole(request.GET.get("phoi", ""))).first() or kinds.first()
