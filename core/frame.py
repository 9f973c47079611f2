"""The frame's own addresses: help, staying signed in, working as another of one's roles."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.access import signed_in
from core.context import SESSION_ROLE, Shell


@signed_in
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Shortcuts and where things are."""
    return render(request, "core/help.html")


@signed_in
@require_GET
@never_cache
def stay(request: HttpRequest) -> HttpResponse:
    """Asked for by the page before the session ends, and after signing in again in another window."""
    return JsonResponse({"csrf": get_token(request)})


@signed_in
@require_POST
def switch_role(request: HttpRequest) -> HttpResponse:
    """Work as another of one's own roles: other menu, same rights."""
    chosen = request.POST.get("role", "")
    if chosen in {role.code for role in Shell(request).roles}:
        request.session[SESSION_ROLE] = chosen
    return redirect("/")
