"""Addresses that fail, each in its own way."""

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from core.workflow import Conflict, Refused
from tests.interface import few_urls

RAISED = {
    "400": BadRequest("x"),
    "403": PermissionDenied("Đồng chí không có quyền “Ký quyết định”."),
    "404": Http404("x"),
    "413": RequestDataTooBig("x"),
    "500": RuntimeError("hỏng"),
    "tu-choi": Refused("Đã hết hạn trình hồ sơ ngày 15/12/2026."),
    "xung-dot": Conflict({"Hạn": "25/11/2026"}, {"Hạn": "30/11/2026", "Số": "412"}),
}


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    """Raise what a view might raise."""
    raise RAISED[kind]


urlpatterns = [path("loi/<str:kind>/", fail), *few_urls.urlpatterns]
handler400 = "core.errors.bad_request"
handler500 = "core.errors.server_error"
