"""What is shown when a request fails outside our own refusals."""

import logging
import secrets

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when what was sent is larger than the settings allow."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with a code that stands beside the trace in the log; needs neither database nor session."""
    reference = secrets.token_hex(2).upper()
    log.error("Incident %s at %s", reference, request.path)
    layout = "errors/fragment.html" if request.headers.get("HX-Request") else "errors/public.html"
    return HttpResponseServerError(render_to_string("500.html", {"reference": reference, "layout": layout}))
