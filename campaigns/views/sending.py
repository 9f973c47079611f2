"""Check answers, send, receipt; and the proposals of people that the head answers before."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission
from campaigns import selectors
from campaigns.forms import ReasonForm
from campaigns.models import Registration, RegistrationLine
from campaigns.selectors.grid import Grid, grid_of
from campaigns.services import own, registrations
from campaigns.services.checks import check
from campaigns.views.asking import sheet_crumbs, submitted, version_of
from campaigns.workflow import MOVES
from core.workflow import why_not


@requires(Permission.REGISTRATION_DRAFT, among=selectors.registrations_visible_to)
@require_GET
def registration_check(request: HttpRequest, sheet: Registration) -> HttpResponse:
    """What will be sent, what stands in the way, what is only a warning."""
    now = timezone.now()
    grid = grid_of(sheet, timezone.localdate(now))
    context = {
        "sheet": sheet,
        "grid": grid,
        "check": check(sheet, by=request.user, at=now, grid=grid),
        "answers": _answers(sheet, grid),
        "targets": sheet.targets.order_by("order"),
        "reason": why_not(sheet, MOVES["send"], by=request.user, at=now) or "",
        "crumbs": sheet_crumbs(sheet, "Kiểm tra và gửi"),
    }
    return render(request, "campaigns/registration_check.html", context)


@requires(Permission.REGISTRATION_SEND, among=selectors.registrations_visible_to)
@require_POST
def registration_send(request: HttpRequest, sheet: Registration) -> HttpResponse:
    """Send, then show the receipt."""
    registrations.send(registration=sheet, by=request.user, at=timezone.now(), expected_version=version_of(request))
    return redirect("campaigns:registration_receipt", pk=sheet.pk)


@requires(Permission.REGISTRATION_VIEW, among=selectors.registrations_visible_to)
@require_GET
def registration_receipt(request: HttpRequest, sheet: Registration) -> HttpResponse:
    """The code under which the superior received the sheet."""
    if sheet.sent_at is None or sheet.is_editable:
        raise Http404(NOT_FOUND)
    return render(request, "campaigns/receipt.html", {"sheet": sheet, "crumbs": sheet_crumbs(sheet, "Biên nhận")})


@requires(Permission.REGISTRATION_SEND, among=selectors.lines_visible_to)
def registration_line(request: HttpRequest, line: RegistrationLine, step: str) -> HttpResponse:
    """The head's answer to one proposal; returning has a form of its own."""
    facts = {"line": line, "by": request.user, "at": timezone.now(), "expected_version": version_of(request)}
    if step == "xac-nhan" and request.method == "POST":
        own.confirm_line(**facts)
        return _answered(request, line, f"Đã xác nhận {line.entry.short} của {line.subject_name}.")
    if step != "tra-lai":
        raise Http404(NOT_FOUND)
    form = ReasonForm(request.POST or None)
    if submitted(request, form, lambda: own.return_line(reason=form.cleaned_data["reason"], **facts)):
        return _answered(request, line, f"Đã trả lại {line.entry.short} của {line.subject_name}.")
    title = f"Trả lại đăng ký {line.entry.short} của {line.subject_name}"
    context = {"form": form, "sheet": line.registration, "version": line.version, "title": title}
    context["crumbs"] = sheet_crumbs(line.registration, "Trả lại đăng ký của cá nhân")
    return render(request, "campaigns/registration_answer.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, line: RegistrationLine, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect(f"{reverse('campaigns:registration', args=[line.registration_id])}#tu-dang-ky")


def _answers(sheet: Registration, grid: Grid) -> list[tuple[str, str, str]]:
    """Each title with how many and who, and the place where it is changed."""
    page = reverse("campaigns:registration", args=[sheet.pk])
    rows = [("Đơn vị", sheet.unit.name, ""), ("Phong trào", sheet.campaign.title, "")]
    for award in grid.columns:
        names = [row.name for row in grid.rows for cell in row.cells if cell.award.code == award.code and cell.on]
        rows.append((award.label, _count(names, "người"), f"{page}#luoi"))
    for award in grid.collective_columns:
        names = [
            row.name for row in grid.collectives for cell in row.cells if cell.award.code == award.code and cell.on
        ]
        if names:
            rows.append((award.label, _count(names, "tập thể"), f"{page}#tap-the"))
    return rows


def _count(names: list[str], noun: str) -> str:
    return f"{len(names)} {noun}: {', '.join(names)}" if names else "Không đăng ký"
