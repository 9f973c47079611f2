"""Addresses of decisions, certificates and the public register."""

from django.urls import URLPattern

app_name = "decisions"
urlpatterns: list[URLPattern] = []
