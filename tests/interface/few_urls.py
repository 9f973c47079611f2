"""A product with few pages, and counters that tests can foresee."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from accounts.access import signed_in
from accounts.models import User
from core import frame, gallery

core = (
    [
        path("tro-giup/", frame.help_page, name="help"),
        path("phien/", frame.stay, name="stay"),
        path("thanh-phan/", gallery.gallery, name="gallery"),
    ],
    "core",
)


@signed_in
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Where a form saves itself: an empty name is refused."""
    return HttpResponse(status=204 if request.POST.get("ten") else 422)


awards = ([path("ho-so/", frame.help_page, name="submission_list")], "awards")
reports = ([path("tim-kiem/", frame.help_page, name="search")], "reports")
urlpatterns = [
    path("accounts/", include("accounts.urls")),
    path("", include(core)),
    path("", include(awards)),
    path("", include(reports)),
    path("luu/", keep),
]


def twenty_one(user: User) -> int:
    """As many as there are in the design."""
    return 21
