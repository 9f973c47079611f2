"""What is said about a line: remarks, and opinions asked of other bodies by name."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.models.nomination import Nomination


class Remark(models.Model):
    """A comment; `internal` ones are seen only by those who review."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lúc")
    text = models.TextField("Nội dung")
    internal = models.BooleanField("Nội bộ", default=False)

    class Meta:
        verbose_name = "trao đổi"
        verbose_name_plural = "trao đổi"

    def __str__(self) -> str:
        return self.text[:80]


class OpinionRequest(models.Model):
    """A named request for an opinion, with its answer."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="opinions")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="Cơ quan góp ý")
    question = models.TextField("Nội dung hỏi")
    due_on = models.DateField("Hạn trả lời")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("Hỏi lúc")
    answer = models.TextField("Trả lời", blank=True)
    agrees = models.BooleanField("Nhất trí", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("Trả lời lúc", null=True, blank=True)

    class Meta:
        verbose_name = "yêu cầu góp ý"
        verbose_name_plural = "yêu cầu góp ý"
        constraints = [
            models.CheckConstraint(
                name="opinion_answered_at_and_by_together",
                condition=Q(answered_at=None, answered_by=None) | Q(answered_at__isnull=False, answered_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.nomination.code}"
