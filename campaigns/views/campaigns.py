"""The list of movements, the page of one, writing, launching, extending, closing and reviewing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import policy
from accounts.access import NOT_FOUND, requires, signed_in
from accounts.permissions import Permission
from campaigns import selectors
from campaigns.forms import CampaignForm, ExtendForm, NewCampaignForm
from campaigns.models import Campaign, TaskKind
from campaigns.selectors import sheet
from campaigns.services import campaigns
from campaigns.states import CampaignState
from campaigns.views.asking import campaign_crumbs, submitted, version_of
from campaigns.workflow import CAMPAIGN_MOVES
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole
from core.vietnamese import search_key
from core.workflow import open_moves

COLUMNS = [
    Column("ten", "Phong trào", ["sort_key"], "main"),
    Column("nam", "Năm", ["year"], "c"),
    Column("thoi-gian", "Thời gian", ["starts_on"]),
    Column("han", "Hạn đăng ký", ["registration_closes_on"]),
    Column("trang-thai", "Trạng thái"),
]
FILTERS = [
    Filter("q", "Tên, chủ đề, số văn bản", lambda rows, value: rows.filter(search_key__contains=search_key(value))),
    Filter("nam", "Năm", lambda rows, value: rows.filter(year=whole(value))),
    Filter(
        "trang-thai", "Trạng thái", lambda rows, value: rows.filter(state=value),
        [Choice(state.value, state.label) for state in CampaignState],
    ),
]  # fmt: skip


@signed_in
@require_GET
def campaign_list(request: HttpRequest) -> HttpResponse:
    """The movements one's unit takes part in, the newest first."""
    rows = selectors.campaigns_visible_to(request.user).order_by("-year", "-starts_on", "pk")
    table = Table(request, rows, COLUMNS, FILTERS, noun="phong trào")
    context = {"table": table, "may_launch": policy.holds(request.user, Permission.CAMPAIGN_MANAGE)}
    return page_or_fragment(
        request, "campaigns/campaign_list.html", fragment="campaigns/_campaigns.html", context=context
    )


@signed_in
@require_GET
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One movement: its directive, what it asks for, its days, and how far the units are."""
    found = selectors.campaigns_visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_FOUND)
    return render(request, "campaigns/campaign.html", _page(request, found))


@requires(Permission.CAMPAIGN_MANAGE)
def campaign_new(request: HttpRequest) -> HttpResponse:
    """A first draft."""
    units = selectors.launching_units(request.user)
    form = NewCampaignForm(request.POST or None, units=units, year=timezone.localdate().year + 1)
    facts = {"by": request.user, "at": timezone.now()}
    made = submitted(
        request, form, lambda: campaigns.create(unit=form.cleaned_data["unit"], facts=form.facts(), **facts)
    )
    if made:
        messages.success(request, "Đã lưu bản soạn. Đồng chí kiểm tra rồi phát động.")
        return redirect("campaigns:campaign", pk=made.pk)
    return _form(request, form, None)


@requires(Permission.CAMPAIGN_MANAGE, among=selectors.campaigns_managed_by)
def campaign_edit(request: HttpRequest, found: Campaign) -> HttpResponse:
    """Rewrite a draft."""
    form = CampaignForm(request.POST or None, campaign=found)
    if submitted(request, form, lambda: campaigns.edit(campaign=found, facts=form.facts(), **_asked(request))):
        messages.success(request, "Đã lưu phong trào.")
        return redirect("campaigns:campaign", pk=found.pk)
    return _form(request, form, found)


@requires(Permission.CAMPAIGN_MANAGE, among=selectors.campaigns_managed_by)
def campaign_extend(request: HttpRequest, found: Campaign) -> HttpResponse:
    """Put off the days of a running movement."""
    form = ExtendForm(request.POST or None, campaign=found)
    if submitted(request, form, lambda: campaigns.extend(campaign=found, **form.cleaned_data, **_asked(request))):
        messages.success(request, "Đã gia hạn. Các đơn vị thấy ngày mới trên trang phong trào.")
        return redirect("campaigns:campaign", pk=found.pk)
    context = {"campaign": found, "form": form, "crumbs": campaign_crumbs(found, "Gia hạn")}
    return render(request, "campaigns/campaign_extend.html", context, status=422 if form.errors else 200)


@requires(Permission.CAMPAIGN_MANAGE, among=selectors.campaigns_managed_by)
@require_POST
def campaign_move(request: HttpRequest, found: Campaign, step: str) -> HttpResponse:
    """Launch, close or review."""
    note = request.POST.get("note", "")
    if step == "phat-dong":
        campaigns.launch(campaign=found, **_asked(request))
        says = "Đã phát động. Các đơn vị thấy phong trào và đăng ký từ ngày nhận đăng ký."
    elif step == "ket-thuc":
        campaigns.close(campaign=found, note=note, **_asked(request))
        says = "Đã kết thúc phong trào. Các bản đăng ký đã tiếp nhận được khóa."
    else:
        campaigns.review(campaign=found, note=note, **_asked(request))
        says = "Đã ghi báo cáo tổng kết."
    messages.success(request, says)
    return redirect("campaigns:campaign", pk=found.pk)


def _page(request: HttpRequest, found: Campaign) -> dict[str, Any]:
    now = timezone.now()
    units = selectors.progress_of(request.user, found, timezone.localdate(now))
    tasks = list(found.tasks.order_by("order", "pk"))
    lists = [(kind.label, [task for task in tasks if task.kind == kind]) for kind in TaskKind]
    manages = policy.can(request.user, Permission.CAMPAIGN_MANAGE, found)
    return {
        "campaign": found,
        "crumbs": campaign_crumbs(found),
        "lists": [(label, rows) for label, rows in lists if rows],
        "awards": sheet.awards_of(found),
        "progress": selectors.progress_counts(units),
        "queue_url": f"{reverse('campaigns:registration_list')}?phong-trao={found.pk}",
        "manages": manages,
        "moves": open_moves(found, CAMPAIGN_MOVES.values(), by=request.user, at=now) if manages else {},
        "own": [
            row for row in selectors.own_sheets(request.user, timezone.localdate(now)) if row.campaign.pk == found.pk
        ],
    }


def _form(request: HttpRequest, form: CampaignForm, found: Campaign | None) -> HttpResponse:
    crumbs = campaign_crumbs(found, "Sửa" if found else "Soạn phong trào")
    context = {"form": form, "campaign": found, "crumbs": crumbs}
    return render(request, "campaigns/campaign_form.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Who asks, when, and what version the page showed."""
    return {"by": request.user, "at": timezone.now(), "expected_version": version_of(request)}
