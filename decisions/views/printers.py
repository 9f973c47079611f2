"""Máy in: the list, and the desk where one is measured, corrected and checked."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission as P
from core.typed import whole
from core.workflow import Refused
from decisions import selectors
from decisions.facts import printing
from decisions.forms.printing import CorrectionByHandForm, MeasuredForm, PrinterForm
from decisions.models import CertificateDesign, Decision, Printer
from decisions.papers.layout import layout_of
from decisions.services import preview
from decisions.services import printers as workshop
from decisions.views.decisions import desk
from decisions.views.print_room import pdf_answer, status_of, tabs
from documents.papers import Box, Correction
from documents.services.correction import marks
from documents.services.render_calibration import trial_sheet

A4 = ("297x210", "A4 ngang, 297 × 210 mm")


@requires(P.CERTIFICATE_PRINT)
@require_GET
def printer_list(request: HttpRequest) -> HttpResponse:
    """Printers with the correction in use."""
    rows = printing.printers_visible_to(request.user).prefetch_related("profiles__by")
    return render(request, "decisions/printer_list.html", {"printers": rows, "tabs": tabs("printer_list")})


@requires(P.CERTIFICATE_PRINT)
def printer_new(request: HttpRequest) -> HttpResponse:
    """A further printer or tray."""
    form = PrinterForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and (printer := _added(request, form)):
        messages.success(request, "Đã thêm máy in. Đồng chí in tờ thử, đo bốn dấu rồi nhập số đo.")
        return redirect("decisions:printer", pk=printer.pk)
    context = {"form": form, "title": "Thêm máy in", "button": "Thêm máy in", "back": "decisions:printer_list"}
    context["crumbs"] = [("Máy in", tabs("")[3].url), ("Thêm máy in", "")]
    return render(request, "decisions/room_form.html", context, status=status_of(request, form))


@requires(P.CERTIFICATE_PRINT, among=printing.printers_visible_to)
def printer(request: HttpRequest, found: Printer) -> HttpResponse:
    """The desk of one printer; sent, it takes the four measured marks."""
    form = MeasuredForm(request.POST or None, sheets=_sheets(found))
    if request.method == "POST" and form.is_valid() and _measured(request, found, form):
        messages.success(request, "Đã tính và lưu bù lệch. Đồng chí in tờ kiểm tra để đối chiếu.")
        return redirect("decisions:printer", pk=found.pk)
    return render(request, "decisions/printer.html", _desk(request, found, form), status=status_of(request, form))


@requires(P.CERTIFICATE_PRINT, among=printing.printers_visible_to)
def printer_correct(request: HttpRequest, found: Printer) -> HttpResponse:
    """The correction typed by hand."""
    form = CorrectionByHandForm(request.POST or None, initial=_by_hand(found))
    if request.method == "POST" and form.is_valid() and _corrected(request, found, form):
        messages.success(request, "Đã lưu bù lệch cho máy in này.")
        return redirect("decisions:printer", pk=found.pk)
    context = _desk(request, found, MeasuredForm(sheets=_sheets(found)), form)
    return render(request, "decisions/printer.html", context, status=status_of(request, form))


@requires(P.CERTIFICATE_PRINT, among=selectors.decisions_visible_to)
def decision_calibrate(request: HttpRequest, found: Decision) -> HttpResponse:
    """A printer's correction beside the decision whose certificates it is to print."""
    printers = list(found.unit.printers.order_by("name", "tray"))
    asked = whole(request.GET.get("may-in", ""))
    printer = next((row for row in printers if row.pk == asked), printers[0] if printers else None)
    form = CorrectionByHandForm(request.POST or None, initial=_by_hand(printer)) if printer else None
    if request.method == "POST" and printer and form and form.is_valid() and _corrected(request, printer, form):
        messages.success(request, "Đã lưu bù lệch cho máy in này.")
        return redirect(f"{reverse('decisions:decision_calibrate', args=[found.pk])}?may-in={printer.pk}")
    context = desk(request, found, part="decision_calibrate") | {"printers": printers, "printer": printer}
    if printer:
        design = _design(printer, awards=selectors.awards_of(found))
        context |= {"save_url": request.get_full_path()} | _board(printer, design, form)
    return render(request, "decisions/decision_calibrate.html", context, status=status_of(request, form))


@requires(P.CERTIFICATE_PRINT, among=printing.printers_visible_to)
@require_safe
def printer_sheet(request: HttpRequest, found: Printer, what: str) -> HttpResponse:
    """The trial sheet, or the check sheet with the correction in use."""
    sizes = {value: value for value, _ in _sheets(found)}
    width, height = (float(mm) for mm in sizes.get(request.GET.get("kho", ""), A4[0]).split("x"))
    profile = found.profile if what == "kiem-tra" else None
    if what == "kiem-tra" and profile is None:
        raise Http404(NOT_FOUND)
    boxes = [box for _, box in _boxes(_design(found, width, height))]
    pdf = trial_sheet(width, height, boxes=boxes, correction=profile.correction if profile else None, title=f"{found}.")
    return pdf_answer(pdf, f"to-{what}")


def _desk(
    request: HttpRequest, found: Printer, form: MeasuredForm, by_hand: CorrectionByHandForm | None = None
) -> dict[str, Any]:
    return _board(found, _design(found), by_hand) | {
        "form": form, "marks": marks(297, 210),
        "profiles": found.profiles.select_related("by").order_by("-pk")[:8],
        "crumbs": [("Máy in", tabs("")[3].url), (str(found), "")],
    }  # fmt: skip


def _board(
    found: Printer, design: CertificateDesign | None, by_hand: CorrectionByHandForm | None = None
) -> dict[str, Any]:
    """The correction in use, to be changed by hand, and the boxes of a design before and after it."""
    profile = found.profile
    correction = profile.correction if profile else Correction()
    width, height = (design.layout["width"], design.layout["height"]) if design else (297, 210)
    return {
        "printer": found, "profile": profile, "design": design, "width": width, "height": height,
        "by_hand": by_hand or CorrectionByHandForm(initial=_by_hand(found)), "sheets": _sheets(found),
        "boxes": [(box, preview.moved(box, correction)) for _, box in _boxes(design)],
        "across": range(0, int(width) + 1, 10), "down": range(0, int(height) + 1, 10),
    }  # fmt: skip


def _sheets(found: Printer) -> list[tuple[str, str]]:
    """Papers a sheet may be printed on: A4, and each size of the body's stock."""
    kinds = found.unit.stock_kinds.order_by("width", "height")
    sizes = {f"{k.width:g}x{k.height:g}": f"{k.name}, {k.width:g} × {k.height:g} mm" for k in kinds}
    return list({**sizes, A4[0]: A4[1]}.items())


def _design(
    found: Printer, width: float = 0, height: float = 0, *, awards: Collection[str] = ()
) -> CertificateDesign | None:
    """The newest design on stock of the body, on that size of sheet or for one of the awards if such are named."""
    rows = found.unit.designs.filter(stock__isnull=False).order_by("-valid_from", "-pk")
    if awards:
        rows = rows.filter(award__in=awards)
    fitting = [row for row in rows if not width or (row.layout["width"], row.layout["height"]) == (width, height)]
    return fitting[0] if fitting else None


def _boxes(design: CertificateDesign | None) -> list[tuple[str, Box]]:
    """What is printed, the code as a box of its size."""
    if design is None:
        return []
    layout = layout_of(design, timezone.localdate())
    spot = layout.code
    code = Box(spot.label, spot.x, spot.y, spot.size, spot.size, ())
    return [(name, box) for name, box in (*layout.boxes, ("code", code)) if name in design.prints]


def _by_hand(found: Printer) -> dict[str, float]:
    now = found.profile.correction if found.profile else Correction()
    return {
        "right": now.right, "down": now.down, "scale_x": now.scale_x * 100, "scale_y": now.scale_y * 100,
        "turn": now.turn,
    }  # fmt: skip


def _added(request: HttpRequest, form: PrinterForm) -> Printer | None:
    values = {name: form.cleaned_data[name] for name in ("name", "tray", "note")}
    try:
        return workshop.add(unit=form.body, **values, by=request.user, at=timezone.now())
    except Refused as reason:
        form.add_error("name", str(reason))
        return None


def _measured(request: HttpRequest, found: Printer, form: MeasuredForm) -> bool:
    width, height = form.size()
    try:
        workshop.measure(
            printer=found, measured=form.measured(), width=width, height=height,
            with_profile=form.cleaned_data["printed"] == "kiem-tra", by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refused as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _corrected(request: HttpRequest, found: Printer, form: CorrectionByHandForm) -> bool:
    try:
        workshop.correct(printer=found, correction=form.correction(), by=request.user, at=timezone.now())
    except Refused as reason:
        form.add_error(None, str(reason))
        return False
    return True
