"""The project as an app, for its commands."""

from importlib import import_module

from django.apps import AppConfig

from kiemsat_thidua import celery  # noqa: F401 - shared tasks must find our Celery wherever Django runs


class ProjectConfig(AppConfig):
    name = "kiemsat_thidua"
    verbose_name = "Thi đua - Khen thưởng"

    def ready(self) -> None:
        """Register our checks; they look at models, which are loaded only now."""
        import_module("kiemsat_thidua.checks")
