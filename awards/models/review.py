"""What is said about a line: remarks, returns, and opinions asked of other bodies by name."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.models.nomination import Nomination


class Remark(models.Model):
    """A comment; `internal` ones are read only by those who review at `unit`, where the line lay then."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="remarks")
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="Nơi đang giữ khi đó"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lúc")
    text = models.TextField("Nội dung")
    internal = models.BooleanField("Nội bộ", default=False)

    class Meta:
        verbose_name = "trao đổi"
        verbose_name_plural = "trao đổi"
        default_permissions = ()
        constraints = [models.CheckConstraint(name="remark_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:80]


class Return(models.Model):
    """A line sent back for completion (phiếu trả lại), as it was then, and what the unit changed.

    `snapshot` maps a label to what stood there; `difference` lists [label, before, after].
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="returns")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="Nơi trả")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Trả lúc")
    reasons = models.JSONField("Lý do")
    guidance = models.TextField("Hướng dẫn bổ sung")
    due_on = models.DateField("Hạn bổ sung")
    snapshot = models.JSONField("Bản khi trả")
    answered_at = models.DateTimeField("Gửi lại lúc", null=True, blank=True)
    difference = models.JSONField("Thay đổi khi gửi lại", null=True, blank=True)

    class Meta:
        verbose_name = "lần trả lại"
        verbose_name_plural = "lần trả lại"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(answered_at=None), name="one_open_return_per_nomination"
            ),
            models.CheckConstraint(name="return_with_guidance", condition=~Q(guidance="")),
        ]

    def __str__(self) -> str:
        return f"Trả lại {self.nomination.code}"


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
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="opinion_answered_at_and_by_together",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.nomination.code}"
