"""Phong trào thi đua: the yearly directive, special and thematic movements."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Permission
from campaigns.states import CampaignState
from core.vietnamese import clean_text, search_key, sort_key
from rulebook.catalogue import award_choices
from units.models import Unit


class CampaignKind(models.TextChoices):
    """How a movement is organised."""

    ANNUAL = "annual", "Thường xuyên, hằng năm"
    THEMATIC = "thematic", "Theo chuyên đề"
    SPECIAL = "special", "Đặc biệt"


class TaskKind(models.TextChoices):
    """What a line of the directive is."""

    TASK = "task", "Yêu cầu, nhiệm vụ"
    CONTENT = "content", "Nội dung thi đua"
    MEASURE = "measure", "Giải pháp thực hiện"
    ANNIVERSARY = "anniversary", "Ngày kỷ niệm"


class Campaign(models.Model):
    """One movement, launched by a unit for itself and the units below it.

    `year` is the emulation year; the year's own days are `starts_on`..`ends_on` (default 1/12–30/11).
    A movement without both days of registration takes none.
    """

    view_permission = Permission.UNIT_VIEW

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns", verbose_name="Đơn vị phát động")
    title = models.CharField("Tên phong trào", max_length=300)
    kind = models.CharField("Loại", max_length=12, choices=CampaignKind)
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
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="campaign_state_known", condition=Q(state__in=CampaignState.values)),
            models.CheckConstraint(name="campaign_kind_known", condition=Q(kind__in=CampaignKind.values)),
            models.CheckConstraint(name="campaign_has_title", condition=~Q(title="")),
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

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the derived columns true."""
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        """Sorted by title; found by title, theme and number of the directive, without accents."""
        self.title = clean_text(self.title)
        self.sort_key = sort_key(self.title)[:600]
        self.search_key = search_key(f"{self.title} {self.theme} {self.directive_number}")[:600]

    def permission_scope(self) -> Unit:
        """Rights on the launching unit decide."""
        return self.unit

    @property
    def takes_registrations(self) -> bool:
        """Has it a time in which registrations are received?"""
        return self.registration_opens_on is not None and self.registration_closes_on is not None

    def receives_on(self, day: date) -> bool:
        """Is `day` inside the time of registration?"""
        opens, closes = self.registration_opens_on, self.registration_closes_on
        return opens is not None and closes is not None and opens <= day <= closes

    def day_within(self, day: date) -> date:
        """`day`, or the nearest day of the movement."""
        return min(max(day, self.starts_on), self.ends_on)


class CampaignTask(models.Model):
    """A numbered task, content, measure or anniversary of the directive."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField("Loại", max_length=12, choices=TaskKind)
    order = models.PositiveSmallIntegerField("Thứ tự")
    text = models.TextField("Nội dung")

    class Meta:
        verbose_name = "nội dung phong trào"
        verbose_name_plural = "nội dung phong trào"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="campaign_task_kind_known", condition=Q(kind__in=TaskKind.values)),
            models.UniqueConstraint(fields=["campaign", "kind", "order"], name="one_task_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.order}"


class CampaignAward(models.Model):
    """A title or form that may be registered for and nominated in a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="awards")
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)

    class Meta:
        verbose_name = "danh hiệu của phong trào"
        verbose_name_plural = "danh hiệu của phong trào"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["campaign", "award"], name="one_award_per_campaign")]

    def __str__(self) -> str:
        return self.get_award_display()
