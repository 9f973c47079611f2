"""A product with few pages, and counters that tests can foresee."""

from django.urls import include, path

from accounts.models import User
from core import frame, gallery
from core.models import Notification

core = (
    [
        path("tro-giup/", frame.help_page, name="help"),
        path("phien/", frame.stay, name="stay"),
        path("thanh-phan/", gallery.gallery, name="gallery"),
    ],
    "core",
)
urlpatterns = [path("accounts/", include("accounts.urls")), path("", include(core))]


def twenty_one(user: User) -> int:
    """As many as there are in the design."""
    return 21


def unread(user: User) -> int:
    """Lines of the bell."""
    return Notification.objects.filter(user=user, read_at=None).count()
