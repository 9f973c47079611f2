"""A product with few pages, and counters that tests can foresee."""

from django.urls import include, path

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
awards = ([path("ho-so/", frame.help_page, name="submission_list")], "awards")
urlpatterns = [path("accounts/", include("accounts.urls")), path("", include(core)), path("", include(awards))]


def twenty_one(user: User) -> int:
    """As many as there are in the design."""
    return 21
