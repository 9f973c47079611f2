"""Who holds which role; assigning and ending are asked for the password again."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import requires
from accounts.permissions import Permission
from accounts.roles import ROLES, Held
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.vietnamese import search_key
from core.workflow import Refused
from units.forms import AssignForm, EndForm
from units.models import RoleAssignment
from units.selectors import in_force, role_assignments_visible_to
from units.services import roles

COLUMNS = [
    Column("tai-khoan", "Tài khoản", ["user__full_name"], "main"),
    Column("vai-tro", "Vai trò", ["role"]),
    Column("don-vi", "Đơn vị", ["unit__sort_key"]),
    Column("tu", "Từ ngày", ["valid_from"], "nowrap"),
    Column("den", "Đến hết ngày", ["valid_to"], "nowrap"),
    Column("viec", "Tình trạng"),
]


def _filters() -> list[Filter]:
    today = timezone.localdate()
    held = [Choice(role.code, role.label) for role in ROLES.values() if role.held is Held.UNIT]
    named = [Choice("dang", "Đang giữ"), Choice("sap", "Chưa bắt đầu"), Choice("het", "Đã kết thúc")]
    states = {"dang": in_force(today), "sap": Q(valid_from__gt=today), "het": Q(valid_to__lt=today)}
    return [
        Filter("q", "Họ tên, tên đăng nhập, đơn vị", _named),
        Filter("vai-tro-q", "Vai trò", lambda query, value: query.filter(role=value), held),
        Filter("tinh-trang", "Tình trạng", lambda query, value: query.filter(states[value]), named),
    ]


def _named(query: QuerySet[RoleAssignment], value: str) -> QuerySet[RoleAssignment]:
    of_user = Q(user__full_name__icontains=value) | Q(user__username__icontains=value)
    return query.filter(of_user | Q(unit__search_key__contains=search_key(value)))


@requires(Permission.ROLE_MANAGE)
@require_GET
def role_list(request: HttpRequest) -> HttpResponse:
    """The assignments on the units whose roles one manages."""
    rows = role_assignments_visible_to(request.user)
    table = Table(request, rows, columns=COLUMNS, filters=_filters(), default="tai-khoan", noun="phân công")
    context = {"table": table, "today": timezone.localdate()}
    return page_or_fragment(request, "units/role_list.html", fragment="units/_roles.html", context=context)


@requires(Permission.ROLE_MANAGE, fresh=True)
@require_http_methods(["GET", "POST"])
def role_assign(request: HttpRequest) -> HttpResponse:
    """Let someone hold a role on one of the units one manages."""
    form = AssignForm(request.POST or None, by=request.user, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        policy.check(request.user, Permission.ROLE_MANAGE, form.cleaned_data["unit"])
        try:
            made = roles.assign(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"Đã phân công {made.user} làm {made.definition.label} ở {made.unit}.")
            return redirect("units:role_list")
    context = {"form": form, "crumbs": _crumbs("Phân công vai trò"), "roles": _unit_roles()}
    return render(request, "units/role_assign.html", context, status=422 if form.errors else 200)


@requires(Permission.ROLE_MANAGE, among=role_assignments_visible_to, fresh=True)
@require_http_methods(["GET", "POST"])
def role_end(request: HttpRequest, assignment: RoleAssignment) -> HttpResponse:
    """The role ends with a day; its rights go with it."""
    form = EndForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            roles.end(assignment=assignment, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error("last_day", str(reason))
        else:
            messages.success(request, f"{assignment.user} thôi làm {assignment.definition.label} ở {assignment.unit}.")
            return redirect("units:role_list")
    context = {"form": form, "assignment": assignment, "crumbs": _crumbs("Kết thúc vai trò")}
    return render(request, "units/role_end.html", context, status=422 if form.errors else 200)


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [("Tài khoản, vai trò", reverse("units:role_list")), (here, "")]


def _unit_roles() -> list[object]:
    return [role for role in ROLES.values() if role.held is Held.UNIT]
