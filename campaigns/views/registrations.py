"""The list of registrations: one's own units, and the queue of the units below."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission
from campaigns import selectors
from campaigns.forms import ReasonForm
from campaigns.models import Campaign, Registration
from campaigns.selectors import STAGE_LABELS, STAGES
from campaigns.services import registrations
from campaigns.states import CampaignState
from campaigns.views.asking import sheet_crumbs, submitted, version_of
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole
from core.vietnamese import search_key
from units.models import Unit, UnitKind

COLUMNS = [
    Column("don-vi", "Đơn vị", ["sort_key"], "main"),
    Column("trang-thai", "Trạng thái"),
    Column("gui", "Gửi lúc", ["sent_at"]),
    Column("so-dong", "Số đăng ký", ["lines"], "n"),
]
FILTERS = [
    Filter("q", "Tên đơn vị", lambda rows, value: rows.filter(search_key__contains=search_key(value))),
    Filter(
        "loai", "Loại đơn vị", lambda rows, value: rows.filter(kind=value),
        [Choice(kind.value, kind.label) for kind in UnitKind],
    ),
]  # fmt: skip
#: The word of the address that chooses the campaign, and the one that chooses the stage.
CHOSEN, STAGE = "phong-trao", "trang-thai"
#: The office's answers by their word in the address.
PLAIN = {"tiep-nhan": registrations.accept, "khoa": registrations.lock_registration}
REASONED = {"tra-lai": registrations.return_with_reason, "mo-lai": registrations.reopen}
SAID = {
    "tiep-nhan": "Đã tiếp nhận bản đăng ký. Đơn vị đã được báo.",
    "khoa": "Đã khóa bản đăng ký.",
    "tra-lai": "Đã trả lại bản đăng ký kèm lý do. Đơn vị đã được báo.",
    "mo-lai": "Đã mở lại bản đăng ký để đơn vị sửa.",
}
TITLES = {"tra-lai": "Trả lại bản đăng ký", "mo-lai": "Mở lại bản đăng ký"}


@requires(Permission.REGISTRATION_VIEW)
@require_GET
def registration_list(request: HttpRequest) -> HttpResponse:
    """Own sheets of all campaigns first, then the units below in one campaign."""
    today = timezone.localdate()
    choices = _choices(request)
    chosen = _chosen(request, choices)
    context: dict[str, Any] = {"own": selectors.own_sheets(request.user, today), "choices": choices, "chosen": chosen}
    if chosen is not None and selectors.has_units_below(request.user):
        context |= _queue(request, chosen)
    return page_or_fragment(
        request, "campaigns/registration_list.html", fragment="campaigns/_queue.html", context=context
    )


@requires(Permission.REGISTRATION_DRAFT)
@require_POST
def registration_open(request: HttpRequest) -> HttpResponse:
    """Begin the sheet of an own unit in a campaign, or go to the one there is."""
    campaign = get_object_or_404(selectors.campaigns_visible_to(request.user), pk=_number(request, "campaign"))
    unit = get_object_or_404(selectors.draftable_units(request.user), pk=_number(request, "unit"))
    sheet = registrations.open_registration(campaign=campaign, unit=unit, by=request.user, at=timezone.now())
    return redirect("campaigns:registration", pk=sheet.pk)


@requires(Permission.REGISTRATION_ACCEPT, among=selectors.registrations_visible_to)
def registration_answer(request: HttpRequest, sheet: Registration, step: str) -> HttpResponse:
    """The office's answer; those with a reason have a form of their own."""
    facts = {"registration": sheet, "by": request.user, "at": timezone.now(), "expected_version": version_of(request)}
    if request.method == "POST" and step in PLAIN:
        PLAIN[step](**facts)
        return _answered(request, sheet, step)
    if step not in REASONED:
        raise Http404(NOT_FOUND)
    form = ReasonForm(request.POST or None)
    if submitted(request, form, lambda: REASONED[step](reason=form.cleaned_data["reason"], **facts)):
        return _answered(request, sheet, step)
    context = {"form": form, "sheet": sheet, "title": TITLES[step], "crumbs": sheet_crumbs(sheet, TITLES[step])}
    return render(request, "campaigns/registration_answer.html", context, status=422 if form.errors else 200)


@requires(Permission.REGISTRATION_DRAFT, among=selectors.registrations_visible_to)
def registration_ask(request: HttpRequest, sheet: Registration) -> HttpResponse:
    """The unit asks for its sheet back."""
    form = ReasonForm(request.POST or None)
    facts = {"registration": sheet, "by": request.user, "at": timezone.now()}
    if submitted(request, form, lambda: registrations.ask_to_reopen(reason=form.cleaned_data["reason"], **facts)):
        messages.success(request, "Đã gửi đề nghị mở lại tới cấp trên.")
        return redirect("campaigns:registration", pk=sheet.pk)
    title = "Đề nghị mở lại bản đăng ký"
    context = {"form": form, "sheet": sheet, "title": title, "crumbs": sheet_crumbs(sheet, title)}
    return render(request, "campaigns/registration_answer.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, sheet: Registration, step: str) -> HttpResponse:
    messages.success(request, SAID[step])
    return redirect("campaigns:registration", pk=sheet.pk)


def _choices(request: HttpRequest) -> list[Campaign]:
    rows = selectors.campaigns_visible_to(request.user).exclude(state=CampaignState.DRAFT)
    taking = rows.filter(registration_opens_on__isnull=False, registration_closes_on__isnull=False)
    return list(taking.order_by("-year", "-starts_on", "pk")[:50])


def _chosen(request: HttpRequest, choices: list[Campaign]) -> Campaign | None:
    wanted = request.GET.get(CHOSEN, "")
    return next((row for row in choices if str(row.pk) == wanted), choices[0] if choices else None)


def _queue(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    units: QuerySet[Unit] = selectors.progress_of(request.user, campaign, timezone.localdate())
    counts = selectors.progress_counts(units)
    stage = request.GET.get(STAGE, "")
    rows = units.filter(stage__in=STAGES[stage]) if stage in STAGES else units
    table = Table(request, rows, COLUMNS, FILTERS, default="don-vi", noun="đơn vị")
    tabs = [
        {
            "label": label,
            "url": table.address(**{STAGE: word or None}),
            "count": counts.by_stage[word] if word else counts.total,
            "is_current": word == (stage if stage in STAGES else ""),
        }
        for word, label in {"": "Tất cả", **STAGE_LABELS}.items()
    ]
    return {"table": table, "tabs": tabs, "counts": counts}


def _number(request: HttpRequest, name: str) -> int:
    return whole(request.POST.get(name, ""))
