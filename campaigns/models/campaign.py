"""Phong trào thi đua: the yearly directive, special and thematic movements."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Permission
from campaigns.states import CampaignState
from rulebook.catalogue import award_choices

KINDS = [("annual", "Thường xuyên, hằng năm"), ("thematic", "Theo chuyên đề"), ("special", "Đặc biệt")]
TASK_KINDS = [
    ("task", "Nhiệm vụ"),
    ("content", "Nội dung thi đua"),
    ("measure", "Giải pháp thực hiện"),
    ("anniversary", "Ngày kỷ niệm"),
]


class Campaign(models.Model):
    """One movement, launched by a unit for itself and the units below it.

    `year` is the emulation year; the year's own days are `starts_on`..`ends_on` (default 1/12–30/11).
    """

    view_permission = Permission.UNIT_VIEW

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="campaigns", verbose_name="Đơn vị phát động")
    title = models.CharField("Tên phong trào", max_length=300)
    kind = models.CharField("Loại", max_length=12, choices=KINDS)
    theme = models.CharField("Chủ đề", max_length=500, blank=True)
    directive_number = models.CharField("Số văn bản phát động", max_length=60, blank=True)
    directive_on = models.DateField("Ngày văn bản", null=True, blank=True)
    directive_title = models.CharField("Tên văn bản phát động", max_length=300, blank=True)
    directive_text = models.TextField("Nội dung văn bản", blank=True)
    year = models.PositiveSmallIntegerField("Năm thi đua")
    starts_on = models.DateField("Từ ngày")
    ends_on = models.DateField("Đến ngày")
    registration_opens_on = models.DateField("Nhận đăng ký từ ngày", null=True, blank=True)
    registration_closes_on = models.DateField("Hạn gửi bản đăng ký", null=True, blank=True)
    nomination_closes_on = models.DateField("Hạn trình hồ sơ đề nghị", null=True, blank=True)
    state = models.CharField("Trạng thái", max_length=12, choices=CampaignState, default=CampaignState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    sort_key = models.CharField(max_length=600, editable=False)
    search_key = models.CharField(max_length=600, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "phong trào"
        verbose_name_plural = "phong trào"
        constraints = [
            models.CheckConstraint(name="campaign_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="campaign_registration_closes_after_it_opens",
                condition=Q(registration_opens_on=None)
                | Q(registration_closes_on=None)
                | Q(registration_closes_on__gte=F("registration_opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def permission_scope(self) -> models.Model:
        """Rights on the launching unit decide."""
        return self.unit


class CampaignTask(models.Model):
    """A numbered task, content, measure or anniversary of the directive."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField("Loại", max_length=12, choices=TASK_KINDS)
    order = models.PositiveSmallIntegerField("Thứ tự")
    text = models.TextField("Nội dung")

    class Meta:
        verbose_name = "nội dung phong trào"
        verbose_name_plural = "nội dung phong trào"
        constraints = [models.UniqueConstraint(fields=["campaign", "kind", "order"], name="one_task_per_number")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.order}"


class CampaignAward(models.Model):
    """A title or form that may be registered for and nominated in a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="awards")
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)

    class Meta:
        verbose_name = "danh hiệu của phong trào"
        verbose_name_plural = "danh hiệu của phong trào"
        constraints = [models.UniqueConstraint(fields=["campaign", "award"], name="one_award_per_campaign")]

    def __str__(self) -> str:
        return self.get_award_display()
