"""Every address of the product; each app wires its own."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("accounts.urls")),
    path("", include("core.urls")),
    path("", include("documents.urls")),
    path("", include("units.urls")),
    path("", include("history.urls")),
    path("", include("campaigns.urls")),
    path("", include("awards.urls")),
    path("", include("council.urls")),
    path("", include("decisions.urls")),
    path("", include("reports.urls")),
]
handler400 = "core.errors.bad_request"
handler500 = "core.errors.server_error"
