"""The sheet itself: the grid, its cells, its filling-in, the explanation of a verdict, the targets."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import policy
from accounts.access import NOT_FOUND, requires
from accounts.models import User
from accounts.permissions import Permission
from campaigns import selectors
from campaigns.forms import CellsForm, TargetRows, ticks_of_page
from campaigns.models import Registration
from campaigns.selectors.grid import Grid, grid_of
from campaigns.selectors.meters import bases_of, meters_of
from campaigns.services import lines, targets
from campaigns.services.lines import Changed, check_editable
from campaigns.views.asking import sheet_crumbs, submitted, version_of
from campaigns.workflow import MOVES
from core import journal
from core.htmx import page_or_fragment, wants_fragment
from core.workflow import Conflict, Refused, open_moves
from rulebook.engine import regime

FILLS = {"tat-ca": lines.register_everyone, "nam-truoc": lines.copy_previous}


@requires(Permission.REGISTRATION_VIEW, among=selectors.registrations_visible_to)
def registration(request: HttpRequest, sheet: Registration) -> HttpResponse:
    """The sheet; a POST is the whole grid as sent without scripts."""
    if request.method == "POST":
        return _save_page(request, sheet)
    return render(request, "campaigns/registration.html", page_of(request, sheet))


@requires(Permission.REGISTRATION_DRAFT, among=selectors.registrations_visible_to)
@require_POST
def registration_cell(request: HttpRequest, sheet: Registration) -> HttpResponse:
    """Some cells: the script gets back what changed, a plain form the page."""
    form = CellsForm(request.POST)
    if not form.is_valid():
        raise Refused("Không đọc được các ô vừa gửi. Tải lại trang rồi chọn lại.")
    facts = {"ticks": form.cleaned_data["doi"], "expected_version": form.cleaned_data["version"]}
    try:
        changed = lines.set_lines(registration=sheet, by=request.user, at=timezone.now(), **facts)
    except Conflict as conflict:
        return _conflict(request, sheet, conflict, [("doi", request.POST["doi"])], request.path)
    return _changed(request, changed)


@requires(Permission.REGISTRATION_DRAFT, among=selectors.registrations_visible_to)
@require_POST
def registration_fill(request: HttpRequest, sheet: Registration) -> HttpResponse:
    """The base title for everyone, or what was registered the year before."""
    fill = FILLS.get(request.POST.get("viec", ""))
    if fill is None:
        raise Http404(NOT_FOUND)
    changed = fill(registration=sheet, by=request.user, at=timezone.now(), expected_version=version_of(request))
    return _changed(request, changed)


@requires(Permission.REGISTRATION_VIEW, among=selectors.registrations_visible_to)
@require_GET
def registration_verdict(request: HttpRequest, sheet: Registration, person: int) -> HttpResponse:
    """Why the machine says what it says of one person's titles."""
    grid = grid_of(sheet, timezone.localdate())
    row = next((row for row in grid.rows if row.key == f"p{person}"), None)
    if row is None:
        raise Http404(NOT_FOUND)
    context = {"sheet": sheet, "row": row, "grid": grid, "crumbs": sheet_crumbs(sheet, row.name)}
    return page_or_fragment(request, "campaigns/verdict.html", fragment="campaigns/_verdict.html", context=context)


@requires(Permission.REGISTRATION_DRAFT, among=selectors.registrations_visible_to)
def registration_targets(request: HttpRequest, sheet: Registration) -> HttpResponse:
    """What the unit undertakes in its work."""
    rows = TargetRows.of(sheet, request.POST or None)
    facts = {"by": request.user, "at": timezone.now(), "expected_version": version_of(request)}
    if submitted(request, rows, lambda: targets.set_targets(registration=sheet, targets=rows.targets(), **facts)):
        messages.success(request, "Đã lưu chỉ tiêu thi đua.")
        return redirect(f"{reverse('campaigns:registration', args=[sheet.pk])}#chi-tieu-thi-dua")
    errors = [(text, field.auto_id) for form in rows.forms for field in form for text in field.errors]
    errors += [(text, "") for text in rows.refusals]
    context = {"sheet": sheet, "rows": rows, "errors": errors, "crumbs": sheet_crumbs(sheet, "Chỉ tiêu thi đua")}
    return render(request, "campaigns/targets.html", context, status=422 if errors else 200)


def page_of(request: HttpRequest, sheet: Registration) -> dict[str, Any]:
    """Everything the page of a sheet shows to this user."""
    now = timezone.now()
    grid = grid_of(sheet, timezone.localdate(now))
    closed = why_closed(sheet, request.user)
    return {
        "sheet": sheet,
        "grid": grid,
        "meters": meters_of(grid),
        "bases": bases_of(grid),
        "regime": regime(grid.day),
        "targets": sheet.targets.order_by("order"),
        "proposals": list(selectors.proposed_lines(sheet)),
        "commitments": selectors.commitments_of(sheet),
        "crumbs": sheet_crumbs(sheet),
        "is_open": not closed,
        "closed": closed,
        "moves": open_moves(sheet, MOVES.values(), by=request.user, at=now),
        "may_draft": policy.can(request.user, Permission.REGISTRATION_DRAFT, sheet),
        "may_send": policy.can(request.user, Permission.REGISTRATION_SEND, sheet),
        "may_answer": policy.can(request.user, Permission.REGISTRATION_ACCEPT, sheet),
        "is_own": selectors.own_units(request.user).filter(pk=sheet.unit_id).exists(),
        "previous": selectors.previous_registration(sheet) if not closed else None,
    }


def why_closed(sheet: Registration, user: User) -> str:
    """Why `user` cannot change the sheet now; nothing when it is open."""
    if not policy.can(user, Permission.REGISTRATION_DRAFT, sheet):
        return "Đồng chí xem được bản đăng ký này, không sửa."
    try:
        check_editable(sheet, by=user, at=timezone.now())
    except Refused as reason:
        return str(reason)
    return ""


def _save_page(request: HttpRequest, sheet: Registration) -> HttpResponse:
    grid: Grid = grid_of(sheet, timezone.localdate())
    ticked = request.POST.getlist("o")
    facts = {"ticks": ticks_of_page(grid, ticked), "expected_version": version_of(request)}
    try:
        changed = lines.set_lines(registration=sheet, by=request.user, at=timezone.now(), **facts)
    except Conflict as conflict:
        return _conflict(request, sheet, conflict, [("o", value) for value in ticked], request.path)
    return _changed(request, changed)


def _changed(request: HttpRequest, changed: Changed) -> HttpResponse:
    """The rows that changed and the meters; for a plain form the page with the same words."""
    says = _words(changed)
    if not wants_fragment(request):
        for text in says or ["Đã lưu bản đăng ký."]:
            messages.success(request, text)
        return redirect("campaigns:registration", pk=changed.registration.pk)
    sheet = changed.registration
    grid = grid_of(sheet, timezone.localdate())
    rows = [row for row in grid.rows if row.key in changed.keys]
    context = {
        "sheet": sheet,
        "grid": grid,
        "rows": rows,
        "collectives": [row for row in grid.collectives if row.key in changed.keys],
        "meters": meters_of(grid),
        "says": says,
        "is_open": True,
    }
    return render(request, "campaigns/_changes.html", context)


def _words(changed: Changed) -> list[str]:
    says = []
    if changed.kept:
        says.append(f"Giữ danh hiệu cơ sở của {', '.join(changed.kept)} vì đang đăng ký danh hiệu cao hơn.")
    if changed.skipped:
        says.append(f"Không lấy được {len(changed.skipped)} đăng ký cũ: {'; '.join(changed.skipped[:5])}.")
    return says


def _conflict(
    request: HttpRequest, sheet: Registration, conflict: Conflict, values: list[tuple[str, str]], action: str
) -> HttpResponse:
    """Both sides, cell by cell; “Giữ của tôi” sends mine again on top of the version now stored."""
    current = Registration.objects.get(pk=sheet.pk)
    last = journal.history_of(current).first()
    context = {
        "sheet": current,
        "who": last.by if last else "",
        "at": last.at if last else None,
        "rows": [(name, mine, conflict.theirs.get(name, "")) for name, mine in conflict.mine.items()],
        "action": action,
        "hidden": [("version", str(current.version)), *values],
        "reload": reverse("campaigns:registration", args=[sheet.pk]),
        "crumbs": sheet_crumbs(sheet),
    }
    name = "campaigns/_conflict.html" if wants_fragment(request) else "campaigns/conflict.html"
    return render(request, name, context, status=409)
