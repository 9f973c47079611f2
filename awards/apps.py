"""awards: Submissions, nominations, review, public notice."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = "Hồ sơ đề nghị"
