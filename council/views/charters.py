"""Councils as the leaders of the standing office keep them: members and rules, each with its source."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import requires
from accounts.permissions import Permission as P
from core.forms import ViForm
from core.workflow import Refused
from council.forms import CouncilForm, LastDayForm, MemberForm, RuleForm
from council.models import Charter, CouncilRule, Member
from council.selectors import charters_of, members_of, rules_of
from council.services import councils
from council.services.rules import end_rule, enter_rule
from units.selectors import units_visible_to


@requires(P.RULE_OVERRIDE)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The councils of the units one answers for."""
    return render(request, "council/councils.html", {"councils": charters_of(request.user).order_by("name", "pk")})


@requires(P.RULE_OVERRIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def council_new(request: HttpRequest) -> HttpResponse:
    """A council set up by decision."""
    form = CouncilForm(request.POST or None, units=units_visible_to(request.user, P.RULE_OVERRIDE))
    if request.method == "POST" and form.is_valid():
        made = councils.establish(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Đã lập Hội đồng. Đồng chí nhập thành viên và quy chế.")
        return redirect("council:charter", pk=made.pk)
    return _form(request, form, "Lập Hội đồng", reverse("council:rules"))


@requires(P.RULE_OVERRIDE, among=charters_of)
@require_GET
def charter(request: HttpRequest, council: Charter) -> HttpResponse:
    """Members and rules of one council, those of today first."""
    today = timezone.localdate()
    context = {"council": council, "members": members_of(council), "rules": rules_of(council), "today": today}
    return render(request, "council/charter.html", context)


@requires(P.RULE_OVERRIDE, among=charters_of)
@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request: HttpRequest, council: Charter) -> HttpResponse:
    """Appoint a member."""
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = dict(form.cleaned_data)
        try:
            councils.appoint(council=council, user=kept.pop("username"), **kept, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Đã thêm thành viên.")
            return redirect("council:charter", pk=council.pk)
    return _form(request, form, "Thêm thành viên", _back(council))


@requires(P.RULE_OVERRIDE, among=charters_of)
@require_http_methods(["GET", "HEAD", "POST"])
def member_end(request: HttpRequest, council: Charter, member: int) -> HttpResponse:
    """End a membership."""
    found = get_object_or_404(Member, council=council, pk=member)
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            councils.end_membership(member=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error("last_day", str(reason))
        else:
            messages.success(request, "Đã ghi ngày thôi giữ ghế.")
            return redirect("council:charter", pk=council.pk)
    return _form(request, form, f"Kết thúc ghế của {found.user}", _back(council))


@requires(P.RULE_OVERRIDE, among=charters_of)
@require_http_methods(["GET", "HEAD", "POST"])
def rule_add(request: HttpRequest, council: Charter) -> HttpResponse:
    """Enter a rule of the council."""
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_rule(council=council, **form.values(), by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Đã nhập quy chế.")
            return redirect("council:charter", pk=council.pk)
    return _form(request, form, "Nhập quy chế Hội đồng", _back(council))


@requires(P.RULE_OVERRIDE, among=charters_of)
@require_http_methods(["GET", "HEAD", "POST"])
def rule_end(request: HttpRequest, council: Charter, rule: int) -> HttpResponse:
    """End a rule."""
    found = get_object_or_404(CouncilRule, council=council, pk=rule)
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_rule(rule=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error("last_day", str(reason))
        else:
            messages.success(request, "Đã ghi ngày hết hiệu lực.")
            return redirect("council:charter", pk=council.pk)
    return _form(request, form, "Kết thúc quy chế", _back(council))


def _back(council: Charter) -> str:
    return reverse("council:charter", args=[council.pk])


def _form(request: HttpRequest, form: ViForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "council/charter_form.html", context, status=422 if form.errors else 200)
