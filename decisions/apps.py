"""decisions: The signed act and its effects: numbers, certificates, money."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "Quyết định"
