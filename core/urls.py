"""Addresses of the bell, jobs, the journal and health."""

from django.urls import path

from core import frame, gallery, views

app_name = "core"
urlpatterns = [
    path("health", views.health, name="health"),
    path("thong-bao/", views.notifications, name="notifications"),
    path("thong-bao/da-doc/", views.notifications_read, name="notifications_read"),
    path("thong-bao/<int:pk>/", views.notification_open, name="notification_open"),
    path("cong-viec/", views.job_list, name="job_list"),
    path("cong-viec/<int:pk>/", views.job, name="job"),
    path("cong-viec/<int:pk>/<slug:step>/", views.job_change, name="job_change"),
    path("nhat-ky/", views.journal, name="journal"),
    path("tro-giup/", frame.help_page, name="help"),
    path("phien/", frame.stay, name="stay"),
    path("vai-tro-dang-dung/", frame.switch_role, name="switch_role"),
    path("thanh-phan/", gallery.gallery, name="gallery"),
]
