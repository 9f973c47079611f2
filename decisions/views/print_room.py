"""What the pages of the print room share: their tabs, and answers that are PDF."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

TABS = {
    "certificate_list": "Bằng", "run_list": "Lượt in", "stock_list": "Kho phôi", "printer_list": "Máy in",
    "design_list": "Mẫu bằng",
}  # fmt: skip


@dataclass(frozen=True)
class Tab:
    """One page of the room."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


def tabs(current: str) -> list[Tab]:
    """The pages of the room, `current` by its url name."""
    return [Tab(label, reverse(f"decisions:{name}"), name == current) for name, label in TABS.items()]


def pdf_answer(data: bytes, name: str) -> HttpResponse:
    """A PDF made for this request, shown in the browser and not kept by it."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def status_of(request: HttpRequest, form: object) -> int:
    """422 where a form was sent and something in it is wrong."""
    return 422 if request.method == "POST" and getattr(form, "errors", None) else 200
