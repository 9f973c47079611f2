"""Public notice (lấy ý kiến Nhân dân) of nominations before they go to the council."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from awards.models.nomination import Nomination


class Notice(models.Model):
    """A list published for remarks; its length in working days is the rule book's."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="Đơn vị công khai")
    title = models.CharField("Tiêu đề", max_length=300)
    place = models.CharField("Nơi công khai", max_length=300)
    opens_on = models.DateField("Từ ngày")
    closes_on = models.DateField("Đến hết ngày")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lập lúc")

    class Meta:
        verbose_name = "thông báo công khai"
        verbose_name_plural = "thông báo công khai"
        constraints = [
            models.CheckConstraint(name="notice_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on")))
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
        constraints = [models.UniqueConstraint(fields=["notice", "nomination"], name="once_on_a_notice")]

    def __str__(self) -> str:
        return f"{self.notice}: {self.nomination.code}"
