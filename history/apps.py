"""history: What people and units have received and made; facts and eligibility."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = "Lịch sử khen thưởng"
