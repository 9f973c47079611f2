"""Addresses of the first page, tasks and search."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("viec/", views.tasks, name="tasks"),
    path("tim-kiem/", views.search, name="search"),
]
