"""Values of the sector's own: what the law leaves to the ministry, entered with its citation, never deleted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import requires
from accounts.permissions import Permission
from core.forms import ViForm, parse_day
from core.models import RuleOverride
from core.workflow import Refused
from history.forms.overrides import EndForm, WithdrawForm, override_form
from history.selectors import override_rows
from history.services import overrides as services
from history.views import regimes
from rulebook import catalogue, wording
from rulebook.book import load
from rulebook.delegation import Overridable, find, overridable
from units.selectors import sector


@dataclass(frozen=True)
class Shown:
    """One row of the list: what it says, and whether it counts."""

    row: RuleOverride
    meaning: str
    award: str
    value: str
    state: str
    kind: str


@dataclass(frozen=True)
class Offer:
    """One value that may be set, with what holds now and the delegation."""

    entry: Overridable
    label: str
    present: str
    cites: tuple[regimes.CiteLink, ...]
    basis: tuple[regimes.CiteLink, ...]


@requires(Permission.GRANT_VIEW)
@require_GET
def overrides(request: HttpRequest) -> HttpResponse:
    """Every value ever entered, those of today first; withdrawn ones with who and why."""
    today = timezone.localdate()
    rows = sorted((_shown(row, today) for row in override_rows()), key=lambda shown: shown.kind != "ok")
    return render(request, "history/overrides.html", {"rows": rows, "today": today, "may_enter": _may_enter(request)})


@requires(Permission.RULE_OVERRIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def override_new(request: HttpRequest) -> HttpResponse:
    """Choose a value the law leaves to the ministry (`?tham-so=`, on `?ngay=`), then enter it."""
    day = _day(request.GET.get("ngay", ""))
    entry = find(request.GET.get("tham-so", ""), day)
    if entry is None:
        return render(request, "history/override_choose.html", {"groups": _offers(day), "day": day})
    form = override_form(entry)(request.POST or None, initial={"valid_from": day})
    if request.method == "POST" and form.is_valid():
        try:
            services.enter(code=entry.code, **form.values(), by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Đã nhập mức riêng.")
            return redirect("history:overrides")
    return _form(request, form, "history/override_form.html", {"offer": _offer(entry), "day": day})


@requires(Permission.RULE_OVERRIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def override_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say on which day a value holds for the last time."""
    row = get_object_or_404(override_rows(), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end(override=row, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error("last_day", str(reason))
        else:
            messages.success(request, "Đã ghi ngày hết hiệu lực.")
            return redirect("history:overrides")
    return _form(request, form, "history/override_close.html", _closing(row, "Kết thúc mức riêng", "Kết thúc"))


@requires(Permission.RULE_OVERRIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def override_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a value entered by mistake, with the reason."""
    row = get_object_or_404(override_rows(), pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(override=row, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error("reason", str(reason))
        else:
            messages.success(request, "Đã rút lại mức riêng.")
            return redirect("history:overrides")
    return _form(request, form, "history/override_close.html", _closing(row, "Rút lại mức riêng", "Rút lại"))


def _form(request: HttpRequest, form: ViForm, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def _may_enter(request: HttpRequest) -> bool:
    top = sector()
    return top is not None and policy.can(request.user, Permission.RULE_OVERRIDE, top)


def _day(typed: str) -> date:
    try:
        return parse_day(typed) if typed else timezone.localdate()
    except ValueError:
        return timezone.localdate()


def _shown(row: RuleOverride, today: date) -> Shown:
    parameter = load().parameters.get(row.parameter)
    state, kind = _state(row, today)
    award = catalogue.award(row.award).label if row.award in catalogue.awards() else ""
    return Shown(row, parameter.meaning if parameter else row.parameter, award, services.said_of(row), state, kind)


def _state(row: RuleOverride, today: date) -> tuple[str, str]:
    if row.withdrawn_at is not None:
        return "Đã rút lại", "err"
    if row.valid_from > today:
        return "Chưa hiệu lực", "info"
    if row.valid_to is not None and row.valid_to < today:
        return "Hết hiệu lực", ""
    return "Đang áp dụng", "ok"


def _offers(day: date) -> list[tuple[str, list[Offer]]]:
    groups: dict[str, list[Offer]] = {}
    for entry in overridable(day):
        groups.setdefault(catalogue.award(entry.award).label, []).append(_offer(entry))
    return list(groups.items())


def _offer(entry: Overridable) -> Offer:
    present = entry.present
    meaning = entry.parameter.meaning
    return Offer(
        entry, meaning, wording.words(present.content) if present else "Chưa có quy định",
        regimes.links(present.cite) if present else (), regimes.links(entry.basis.cite),
    )  # fmt: skip


def _closing(row: RuleOverride, title: str, button: str) -> dict[str, Any]:
    return {"shown": _shown(row, timezone.localdate()), "title": title, "button": button}
