"""Stored files go out only to those who may see their subject, and never run in our pages."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.access import NOT_FOUND, signed_in
from documents.models import Attachment, Document, StoredFile
from documents.selectors import readable
from documents.services.storage import Missing, open_stored
from documents.services.uploads import MIMES, safe_name

SANDBOX = "sandbox; default-src 'none'"
#: In a frame of our own page (without a `sandbox` attribute, which would stop the browser's viewer of PDF).
VIEWER = f"{SANDBOX}; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
SHOWN_INLINE = {"application/pdf", "image/jpeg", "image/png"}


@signed_in
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper, to be saved."""
    return send(_readable(request, Document, pk))


@signed_in
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper, shown in a frame of our page."""
    return send(_readable(request, Document, pk), inline=True)


@signed_in
@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """An uploaded file, to be saved."""
    return send(_readable(request, Attachment, pk))


@signed_in
@require_safe
def attachment_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """An uploaded PDF or picture, shown in a frame of our page."""
    return send(_readable(request, Attachment, pk), inline=True)


def _readable(request: HttpRequest, model: type[Document] | type[Attachment], pk: int) -> StoredFile:
    file = readable(request.user, model, pk)
    if file is None:
        raise Http404(NOT_FOUND)
    return file


def send_word(data: bytes, name: str) -> HttpResponse:
    """A Word file made for this request, to be saved; `name` has no extension."""
    answer = HttpResponse(data, content_type=MIMES["docx"])
    answer.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=safe_name(f"{name}.docx")
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def send(file: StoredFile, *, inline: bool = False) -> Any:
    """The bytes of a file that the caller has let this user see."""
    if inline and file.mime not in SHOWN_INLINE:
        raise Http404("Loại tệp này không xem được trên trang. Đồng chí tải về để mở.")
    try:
        opened = open_stored(file.sha256)
    except Missing:
        raise Http404("Không thấy tệp trong kho lưu trữ. Đồng chí báo người quản trị.") from None
    answer = FileResponse(opened, as_attachment=not inline, filename=file.name, content_type=file.mime)
    answer["Content-Security-Policy"] = VIEWER if inline else SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
