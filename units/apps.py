"""units: Units, people, postings and yearly records, all dated; role assignments."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "Đơn vị"
