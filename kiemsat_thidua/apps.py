"""The project as an app, for its commands."""

from django.apps import AppConfig

from kiemsat_thidua import celery  # noqa: F401 - shared tasks must find our Celery wherever Django runs


class ProjectConfig(AppConfig):
    name = "kiemsat_thidua"
    verbose_name = "Thi đua - Khen thưởng"
