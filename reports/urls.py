"""Addresses of the first page, tasks and search."""

from django.urls import URLPattern

app_name = "reports"
urlpatterns: list[URLPattern] = []
