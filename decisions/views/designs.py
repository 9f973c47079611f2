"""Mẫu bằng: the list by award, one edition with its living preview, the next edition."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission as P
from core.typed import whole
from core.workflow import Refused
from decisions.facts import printing
from decisions.forms.printing import DesignForm
from decisions.models import CertificateDesign, StockKind
from decisions.papers import layout as layouts
from decisions.papers.certificate import emblem_of, trial_paper
from decisions.services import designs as studio
from decisions.services import preview
from decisions.views.emblems import emblem_address
from decisions.views.print_room import pdf_answer, status_of, tabs
from documents.services import render as rendering
from documents.services.render_engine import RenderError
from documents.services.render_ornament import COLOURS, ORNAMENTS, border
from documents.services.render_overprint import overprint
from rulebook import catalogue
from rulebook.certificates import rule
from units.models import Unit

PEOPLE = {"dau": "Người đầu danh sách", "dai-nhat": "Tên dài nhất", "dai-don-vi": "Chức vụ, đơn vị dài nhất"}
ORNAMENT_AGE = 86_400


@dataclass(frozen=True)
class Subject:
    """What a design is for: an award on stock, or on white paper of a body."""

    award: str
    stock: StockKind | None
    unit: Unit | None

    @property
    def query(self) -> str:
        """As it stands in addresses."""
        if self.stock:
            return f"phoi={self.stock.pk}"
        return f"danh-hieu={self.award}" + (f"&co-quan={self.unit.pk}" if self.unit else "")


@requires(P.CERTIFICATE_PRINT)
@require_GET
def design_list(request: HttpRequest) -> HttpResponse:
    """Each printed award with its designs, on white paper and on stock, and what the book says of it."""
    today = timezone.localdate()
    kinds = list(printing.kinds_visible_to(request.user))
    bodies = list(printing.bodies(request.user))
    mine = list(printing.designs_visible_to(request.user).order_by("-valid_from", "-edition"))
    awards = [
        {"code": code, "label": label, "law": rule(code, today), "designs": [d for d in mine if d.award == code],
         "kinds": [k for k in kinds if k.award == code], "bodies": bodies}
        for code, label in printing.printed_awards()
    ]  # fmt: skip
    return render(
        request, "decisions/design_list.html", {"awards": awards, "today": today, "tabs": tabs("design_list")}
    )


@requires(P.CERTIFICATE_PRINT)
def design_new(request: HttpRequest) -> HttpResponse:
    """The next edition of an award's design, begun from the last one."""
    subject = _subject(request)
    before = _before(request, subject)
    form = _form(request, subject, before)
    if request.method == "POST" and form.is_valid() and (made := _begun(request, subject, form)):
        messages.success(
            request, f"Đã lập mẫu, lần {made.edition}. Bằng của quyết định từ ngày áp dụng in theo mẫu này."
        )
        return redirect("decisions:design", pk=made.pk)
    context = {**_desk(request, subject, form, before), "design": None}
    return render(request, "decisions/design.html", context, status=status_of(request, form))


@requires(P.CERTIFICATE_PRINT, among=printing.designs_visible_to)
def design(request: HttpRequest, found: CertificateDesign) -> HttpResponse:
    """One edition: to read, and to change while nothing was printed from it."""
    subject = Subject(found.award, found.stock, found.unit)
    form = _form(request, subject, found)
    if request.method == "POST" and form.is_valid() and _changed(request, found, form):
        messages.success(request, "Đã lưu mẫu.")
        return redirect("decisions:design", pk=found.pk)
    return render(
        request, "decisions/design.html", _desk(request, subject, form, found), status=status_of(request, form)
    )


@requires(P.CERTIFICATE_PRINT)
@require_POST
def design_try(request: HttpRequest) -> HttpResponse:
    """The preview for what is typed now; nothing is saved."""
    subject = _subject(request)
    base = _before(request, subject)
    form = _form(request, subject, base)
    form.is_valid()
    context = {**_look(request, subject, form, base), "form": form}
    return render(request, "decisions/_design_preview.html", context, status=422 if form.errors else 200)


@requires(P.CERTIFICATE_PRINT, among=printing.designs_visible_to)
@require_safe
def design_file(request: HttpRequest, found: CertificateDesign) -> HttpResponse:
    """One sheet as PDF, marked as a draft."""
    layout = layouts.layout_of(found, timezone.localdate())
    people = printing.samples(found.unit, found.award)
    who, emblem = people.get(request.GET.get("nguoi", "dau")), emblem_of(found)
    paper = trial_paper(found.award, layout, who, timezone.localdate(), emblem=emblem)
    try:
        pdf = overprint(paper, prints=found.prints) if found.stock else rendering.render_pdf(paper)
    except RenderError as reason:
        raise Refused(str(reason)) from None
    return pdf_answer(pdf, f"mau-bang-{found.pk}")


@requires(P.CERTIFICATE_PRINT)
@require_safe
def design_ornament(request: HttpRequest, ornament: str, colour: str, width: int, height: int) -> HttpResponse:
    """The ornament of a sheet as a drawing for the preview."""
    if ornament not in ORNAMENTS or colour not in COLOURS or not (100 <= width <= 600 and 70 <= height <= 450):
        raise Http404(NOT_FOUND)
    response = HttpResponse(border(width, height, ornament, colour), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["Cache-Control"] = f"private, max-age={ORNAMENT_AGE}"
    return response


def _subject(request: HttpRequest) -> Subject:
    """Award, stock and body named in the address, else the first; 404 for an award nothing is printed for."""
    kind = printing.kinds_visible_to(request.user).filter(pk=whole(request.GET.get("phoi", ""))).first()
    known = [code for code, _ in printing.printed_awards()]
    award = kind.award if kind else request.GET.get("danh-hieu", known[0])
    if award not in known:
        raise Http404(NOT_FOUND)
    bodies = printing.bodies(request.user)
    unit = kind.unit if kind else bodies.filter(pk=whole(request.GET.get("co-quan", ""))).first() or bodies.first()
    return Subject(award, kind, unit)


def _before(request: HttpRequest, subject: Subject) -> CertificateDesign | None:
    """The edition on whose page one is (`mau`), else the last."""
    rows = printing.designs_visible_to(request.user).filter(award=subject.award, stock=subject.stock, unit=subject.unit)
    return rows.filter(pk=whole(request.GET.get("mau", ""))).first() or rows.order_by("-edition").first()


def _form(request: HttpRequest, subject: Subject, base: CertificateDesign | None) -> DesignForm:
    today, award, stock = timezone.localdate(), subject.award, subject.stock
    size = {"width": stock.width, "height": stock.height} if stock else {}
    numbers = base.layout if base else layouts.standard(award, today, **size)
    initial = {
        "ornament": base.ornament if base else "van_day", "colour": base.colour if base else "vang",
        "prints": base.prints if base else list(layouts.ON_STOCK), "basis": base.basis if base else "",
        "valid_from": base.valid_from if base else today, "version": base.version if base else 0,
    }  # fmt: skip
    return DesignForm(request.POST or None, award=award, stock=stock, numbers=numbers, initial=initial)


def _chosen(form: DesignForm) -> studio.Chosen:
    values = form.cleaned_data
    return studio.Chosen(
        layout=form.stored(), prints=form.printed(), ornament=values.get("ornament", "van_day"),
        colour=values.get("colour", "vang"), valid_from=values["valid_from"], basis=values["basis"],
    )  # fmt: skip


def _begun(request: HttpRequest, subject: Subject, form: DesignForm) -> CertificateDesign | None:
    try:
        return studio.begin(
            unit=subject.unit,
            award=subject.award,
            stock=subject.stock,
            chosen=_chosen(form),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as reason:
        form.add_error("valid_from", str(reason))
        return None


def _changed(request: HttpRequest, found: CertificateDesign, form: DesignForm) -> bool:
    version = form.cleaned_data["version"] or 0
    try:
        studio.change(design=found, chosen=_chosen(form), expected_version=version, by=request.user, at=timezone.now())
    except Refused as reason:
        form.add_error("valid_from", str(reason))
        return False
    return True


def _desk(request: HttpRequest, subject: Subject, form: DesignForm, found: CertificateDesign | None) -> dict[str, Any]:
    entry = catalogue.award(form.award)
    title = f"Mẫu {entry.label}" + (f", {form.stock}" if form.stock else "")
    return {
        **_look(request, subject, form, found), "query": subject.query, "form": form, "design": found, "title": title,
        "award": entry, "crumbs": [("Mẫu bằng", tabs("")[4].url), (title, "")],
    }  # fmt: skip


def _look(request: HttpRequest, subject: Subject, form: DesignForm, base: CertificateDesign | None) -> dict[str, Any]:
    """What the preview needs: the numbers typed if they are good, else those before; the recipient chosen."""
    today = timezone.localdate()
    law = rule(form.award, today)
    values = form.cleaned_data if form.is_bound else form.initial
    is_whole = form.is_bound and all(name in form.cleaned_data for name in form.fields if name in form.before)
    numbers = (
        form.stored()
        if is_whole
        else layouts.stored(form.before, width=form.before["width"], height=form.before["height"])
    )
    look = {"ornament": values.get("ornament") or "van_day", "colour": values.get("colour") or "vang"}
    layout = layouts.read(numbers, law, **look)
    people = printing.samples(subject.unit, form.award) if subject.unit else {}
    who = request.POST.get("nguoi") or request.GET.get("nguoi") or "dau"
    paper = trial_paper(form.award, layout, people.get(who), today)
    prints = values.get("prints") or list(layouts.ON_STOCK) if form.stock else layouts.PRINTABLE
    emblem = printing.emblem_of(base) if base and not form.stock else None
    return {
        "preview": preview.preview(paper, prints), "people": PEOPLE, "who": who, "law": law,
        "look": None if form.stock else look,
        "emblem": emblem, "emblem_url": emblem_address(base, emblem) if base and emblem else "",
        "remarks": layouts.remarks(layout, law), "on_stock": form.stock,
        "scan": form.stock and printing.scan_of(form.stock),
        "scan_url": reverse("decisions:stock_scan", args=[form.stock.pk]) if form.stock else "",
    }  # fmt: skip
