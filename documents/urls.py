"""Addresses of documents."""

from django.urls import path

from documents.views import files, verification

app_name = "documents"
urlpatterns = [
    path("tai-lieu/<int:pk>/", files.download, name="download"),
    path("tai-lieu/<int:pk>/xem/", files.preview, name="preview"),
    path("tep-dinh-kem/<int:pk>/", files.attachment, name="attachment"),
    path("tep-dinh-kem/<int:pk>/xem/", files.attachment_preview, name="attachment_preview"),
    path("xm/", verification.verify, name="verify"),
    path("xm/tep/", verification.verify_file, name="verify_file"),
    path("xm/khoa/", verification.keys, name="verify_keys"),
    path("xm/khoa.json", verification.keys_file, name="verify_keys_file"),
    path("xm/<str:code>/", verification.verify_code, name="verify_code"),
]
