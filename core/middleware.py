"""Turns the refusals of services into pages (409), and refuses bodies too large to be read (413)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.typed import whole
from core.workflow import Conflict, Told

FILES_AT_ONCE = 5
#: Room for what is not a file, in bytes.
FIELDS = 1024 * 1024

ASKED_FOR = "Địa chỉ này chỉ nhận nội dung gửi từ biểu mẫu. Đồng chí mở lại trang có biểu mẫu rồi gửi."


class Refusals:
    """A view may let `Refused` and its like, and `Conflict`, pass; the user reads the sentence, nothing is saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method in {"GET", "HEAD"}:
            # The address of a form that was sent, opened again from the address bar or after signing in anew.
            page = render(request, "refused.html", {"reason": ASKED_FOR}, status=405)
            page.headers["Allow"] = response.headers.get("Allow", "")
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Conflict):
            return render(request, "409.html", {"conflict": exception}, status=409)
        if isinstance(exception, Told):
            return render(request, "refused.html", {"reason": str(exception)}, status=409)
        return None


class Sizes:
    """What is larger than any form of ours asks for is refused before a byte of it is written to the disk.

    A stranger may send one file, who has signed in the files of a dossier.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        files = FILES_AT_ONCE if request.user.is_authenticated else 1
        if whole(request.META.get("CONTENT_LENGTH") or "") > files * settings.UPLOAD_MAX_BYTES + FIELDS:
            return render(request, "413.html", status=413)
        return self.get_response(request)
