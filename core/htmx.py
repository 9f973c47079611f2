"""A page or its fragment: one include, two answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import trigger_client_event


def page_or_fragment(
    request: HttpRequest, template: str, *, fragment: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The whole page, or for htmx only the fragment that the page includes."""
    chosen = fragment if wants_fragment(request) else template
    response = render(request, chosen, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_fragment(request: HttpRequest) -> bool:
    """Did htmx ask for a part? Not when it restores a page, nor for a boosted link, which picks its part itself."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request and not htmx.boosted


def say(response: HttpResponse, text: str, *, undo: str = "") -> HttpResponse:
    """Let the page show and read out a short remark; `undo` = address that takes the act back."""
    trigger_client_event(response, "td:say", {"text": text, "undo": undo})
    return response


def changed(response: HttpResponse, *names: str) -> HttpResponse:
    """Tell the page what changed ("viec:changed"), so that other panels reload themselves."""
    for name in names:
        trigger_client_event(response, name, {})
    return response
