"""core: How things are done here: workflow, journal, jobs, notifications, shared interface pieces."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nền"
