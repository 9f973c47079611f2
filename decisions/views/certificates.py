"""Certificates: the print room, one recipient's file, and the public register."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import NOT_FOUND, public, requires
from accounts.permissions import Permission as P
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table, came_from
from core.typed import wholes
from core.workflow import Refused
from decisions import selectors
from decisions.models import Certificate
from decisions.models.decision import public_titles
from decisions.services import certificates
from decisions.states import CertificateState
from decisions.views.print_room import tabs

COLUMNS = [
    Column("ten", "Họ tên, tập thể", ["line__person__sort_key", "line__name_printed"], "main"),
    Column("danh-hieu", "Danh hiệu, hình thức", ["line__award"]),
    Column("quyet-dinh", "Quyết định", ["line__decision__dated", "line__decision__number", "line__order"]),
    Column("trang-thai", "Trạng thái", ["state"]),
]
FILTERS = [
    Filter("q", "Họ tên, số quyết định", selectors.found_by),
    Filter(
        "trang-thai", "Trạng thái", lambda q, value: q.filter(state=value),
        [Choice(state.value, state.label) for state in CertificateState],
    ),
]  # fmt: skip
REGISTER_COLUMNS = [
    Column("so", "Số, ngày", ["dated", "number"]),
    Column("trich-yeu", "Trích yếu", ["sort_key"], "main"),
    Column("co-quan", "Cơ quan ban hành", ["issuer_name"]),
    Column("duoc-khen", "Được khen"),
    Column("hieu-luc", "Hiệu lực"),
]
REGISTER_FILTERS = [Filter("q", "Số, trích yếu", selectors.publicly_found)]


@requires(P.CERTIFICATE_PRINT)
@require_GET
def certificate_list(request: HttpRequest) -> HttpResponse:
    """What is to be printed, marked and handed over."""
    rows = selectors.certificates_visible_to(request.user)
    table = Table(request, rows, COLUMNS, FILTERS, default="-quyet-dinh", noun="bằng")
    context = {"table": table, "tabs": tabs("certificate_list")}
    return page_or_fragment(
        request, "decisions/certificate_list.html", fragment="decisions/_certificates.html", context=context
    )


@requires(P.CERTIFICATE_PRINT)
@require_POST
def certificate_mark(request: HttpRequest) -> HttpResponse:
    """Mark the chosen certificates as printed, handed over or spoilt."""
    chosen = selectors.certificates_visible_to(request.user).filter(pk__in=_ids(request))
    back = came_from(request, reverse("decisions:certificate_list"))
    step, note = request.POST.get("viec", ""), request.POST.get("ly-do", "")
    try:
        moved, refused = certificates.mark(
            certificates=list(chosen), step=step, note=note, by=request.user, at=timezone.now()
        )
    except Refused as reason:
        messages.warning(request, str(reason))
        return redirect(back)
    if moved:
        messages.success(request, f"Đã ghi {len(moved)}/{len(moved) + len(refused)} bằng.")
    for certificate, reason in refused[:20]:
        messages.warning(request, f"{certificate.line.name_printed}: {reason}")
    return redirect(back)


@requires(P.CERTIFICATE_PRINT, among=selectors.certificates_visible_to)
@require_GET
def certificate_file(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """One recipient's certificate, cut from the joint file."""
    pdf = certificates.one_file(certificate)
    if pdf is None:
        raise Http404(NOT_FOUND)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bang-{certificate.pk}.pdf"'
    return response


@public
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The public register of issued decisions: numbers and titles, no names of individuals."""
    table = Table(
        request, selectors.issued_register(), REGISTER_COLUMNS, REGISTER_FILTERS, default="-so", noun="quyết định"
    )
    titles = public_titles(table.rows)
    for row in table.rows:
        row.public_title = titles[row.pk]
    return page_or_fragment(
        request, "decisions/register.html", fragment="decisions/_register.html", context={"table": table}
    )


def _ids(request: HttpRequest) -> list[int]:
    return wholes(request.POST.getlist("bang"))
