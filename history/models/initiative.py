"""Initiatives (sáng kiến, đề tài) with their authors and shares."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission
from core.vietnamese import clean_text, search_key
from history.states import InitiativeState
from units.models import Person, Unit
from units.models.record import YEARS


class Level(models.TextChoices):
    """Where its effect was recognised; codes of the rule book, in rising order."""

    BASE = "base", "Cấp cơ sở"
    SECTOR = "sector", "Cấp ngành"
    NATIONAL = "national", "Toàn quốc"


class Initiative(models.Model):
    """An initiative, research project or ingenious solution; `level` is asked for until recognised."""

    view_permission = Permission.GRANT_VIEW

    code = models.CharField("Mã", max_length=40, unique=True)
    title = models.CharField("Tên sáng kiến", max_length=500)
    summary = models.TextField("Tóm tắt nội dung, hiệu quả", blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="initiatives", verbose_name="Đơn vị")
    year = models.PositiveSmallIntegerField("Năm")
    level = models.CharField("Cấp", max_length=10, choices=Level.choices, default=Level.BASE)
    state = models.CharField(
        "Trạng thái", max_length=12, choices=InitiativeState.choices, default=InitiativeState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    recognised_on = models.DateField("Ngày công nhận", null=True, blank=True)
    decision = models.CharField("Quyết định công nhận", max_length=120, blank=True)
    authors = models.ManyToManyField(Person, through="InitiativeAuthor", related_name="initiatives")
    search_key = models.CharField(max_length=600, editable=False)

    class Meta:
        verbose_name = "sáng kiến"
        verbose_name_plural = "sáng kiến"
        default_permissions = ()
        indexes = [models.Index(fields=["state", "year"], name="initiative_state_year")]
        constraints = [
            models.CheckConstraint(name="initiative_has_code_and_title", condition=~Q(code="") & ~Q(title="")),
            models.CheckConstraint(name="initiative_level_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(name="initiative_state_known", condition=Q(state__in=InitiativeState.values)),
            models.CheckConstraint(name="initiative_year_plausible", condition=Q(year__range=YEARS)),
            models.CheckConstraint(
                name="recognised_with_day_and_decision",
                condition=~Q(state=InitiativeState.RECOGNISED) | (Q(recognised_on__isnull=False) & ~Q(decision="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the derived column true; rows made in bulk call `fill_keys` themselves."""
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        """Found by title and code without accents."""
        self.title = clean_text(self.title)
        self.search_key = search_key(f"{self.title} {self.code}")[:600]

    def permission_scope(self) -> Unit:
        """The unit where the work was done."""
        return self.unit

    def is_own(self, user: User) -> bool:
        """Is the one who asks among the authors?"""
        return self.credits.filter(person__user=user).exists()


class InitiativeAuthor(models.Model):
    """One author's share, in whole percent; the shares of an initiative never exceed 100 (services)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credits", verbose_name="Tác giả")
    share = models.PositiveSmallIntegerField("Tỷ lệ đóng góp (%)")
    order = models.PositiveSmallIntegerField("Thứ tự")

    class Meta:
        verbose_name = "tác giả sáng kiến"
        verbose_name_plural = "tác giả sáng kiến"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="share_between_1_and_100", condition=Q(share__gte=1, share__lte=100)),
            models.UniqueConstraint(name="one_credit_per_author", fields=["initiative", "person"]),
            models.UniqueConstraint(name="one_author_per_place", fields=["initiative", "order"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.share} %"
