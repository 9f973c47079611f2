"""Public notice (lấy ý kiến Nhân dân) of nominations before they go to the council."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Permission
from awards.models.nomination import Nomination


class Notice(models.Model):
    """A list published for remarks; its length in working days is the rule book's."""

    view_permission = Permission.SUBMISSION_VIEW

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="Đơn vị công khai")
    title = models.CharField("Tiêu đề", max_length=300)
    place = models.CharField("Nơi công khai", max_length=300)
    opens_on = models.DateField("Từ ngày")
    closes_on = models.DateField("Đến hết ngày")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lập lúc")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("Kết thúc lúc", null=True, blank=True)
    summary = models.TextField("Kết quả lấy ý kiến", blank=True)

    class Meta:
        verbose_name = "thông báo công khai"
        verbose_name_plural = "thông báo công khai"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="notice_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))),
            models.CheckConstraint(
                name="notice_closed_at_and_by_together",
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def permission_scope(self) -> models.Model:
        """Rights on the publishing unit decide."""
        return self.unit


class NoticeItem(models.Model):
    """One line on a notice and what came of it."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="items")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="notices")
    remarks = models.TextField("Ý kiến nhận được", blank=True)

    class Meta:
        verbose_name = "dòng công khai"
        verbose_name_plural = "dòng công khai"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["notice", "nomination"], name="once_on_a_notice")]

    def __str__(self) -> str:
        return f"{self.notice}: {self.nomination.code}"
