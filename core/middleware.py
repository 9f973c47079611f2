"""Turns the refusals of services into pages: what cannot be done now (409/400) and conflicts (409)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.workflow import Conflict, Told


class Refusals:
    """A view may let `Refused` and its like, and `Conflict`, pass; the user reads the sentence, nothing is saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Conflict):
            return render(request, "409.html", {"conflict": exception}, status=409)
        if isinstance(exception, Told):
            return render(request, "refused.html", {"reason": str(exception)}, status=409)
        return None
