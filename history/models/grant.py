"""One honour received, as printed that day."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.permissions import Permission
from core.vietnamese import clean_text
from history.models.initiative import Initiative
from history.states import GrantState
from rulebook import catalogue, codes
from rulebook.catalogue import award_choices, type_choices
from units.models import Person, Unit
from units.models.record import YEARS, about_one


class Provenance(models.TextChoices):
    """How far the row can be trusted."""

    ISSUED = "issued", "Quyết định ban hành trên hệ thống"
    ORIGINAL = "original", "Đã đối chiếu quyết định gốc"
    DECLARED = "declared", "Đơn vị kê khai"
    UNCHECKED = "unchecked", "Chưa kiểm"


class Grant(models.Model):
    """An award given to a person or a unit. Names are kept as printed: later renamings change no paper.

    `source_type` and `source_id` name the decision line that made it (decisions lie above history).
    """

    view_permission = Permission.GRANT_VIEW

    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)
    type = models.CharField("Loại hình", max_length=15, choices=type_choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="Cá nhân"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="Tập thể"
    )
    year = models.PositiveSmallIntegerField("Năm xét")
    achievement_from = models.DateField("Thành tích từ ngày", null=True, blank=True)
    achievement_to = models.DateField("Thành tích đến ngày", null=True, blank=True)
    decision_number = models.CharField("Số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("Ngày quyết định")
    decider = models.CharField("Người quyết định", max_length=160, blank=True)
    name_printed = models.CharField("Tên ghi trong quyết định", max_length=255)
    post_printed = models.CharField("Chức vụ ghi trong quyết định", max_length=255, blank=True)
    unit_printed = models.CharField("Đơn vị ghi trong quyết định", max_length=255, blank=True)
    achievement = models.CharField("Thành tích", max_length=500, blank=True)
    money = models.PositiveIntegerField("Tiền thưởng (đồng)", null=True, blank=True)
    initiatives = models.ManyToManyField(
        Initiative, blank=True, related_name="grants", verbose_name="Sáng kiến làm căn cứ"
    )
    provenance = models.CharField("Nguồn", max_length=10, choices=Provenance.choices, default=Provenance.UNCHECKED)
    state = models.CharField("Trạng thái", max_length=10, choices=GrantState.choices, default=GrantState.IN_FORCE)
    state_basis = models.CharField("Căn cứ đính chính, thu hồi", max_length=255, blank=True)
    version = models.PositiveIntegerField(default=1)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name="Đính chính cho",
    )
    source_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "lượt khen thưởng"
        verbose_name_plural = "lượt khen thưởng"
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "year"], name="grant_person_year"),
            models.Index(fields=["unit", "year"], name="grant_unit_year"),
            models.Index(fields=["award", "year"], name="grant_award_year"),
            models.Index(fields=["decision_number"], name="grant_decision"),
        ]
        constraints = [
            about_one("grant"),
            models.CheckConstraint(name="grant_state_known", condition=Q(state__in=GrantState.values)),
            models.CheckConstraint(name="grant_type_known", condition=Q(type__in=list(codes.TYPES))),
            models.CheckConstraint(name="grant_provenance_known", condition=Q(provenance__in=Provenance.values)),
            models.CheckConstraint(name="grant_year_plausible", condition=Q(year__range=YEARS)),
            models.CheckConstraint(
                name="achievement_begins_before_it_ends",
                condition=Q(achievement_from__isnull=True)
                | Q(achievement_to__isnull=True)
                | Q(achievement_from__lte=F("achievement_to")),
            ),
            models.CheckConstraint(
                name="grant_source_type_and_id_together",
                condition=Q(source_type__isnull=True, source_id__isnull=True)
                | Q(source_type__isnull=False, source_id__isnull=False),
            ),
            models.CheckConstraint(
                name="not_in_force_for_a_reason", condition=Q(state=GrantState.IN_FORCE) | ~Q(state_basis="")
            ),
            models.UniqueConstraint(
                name="one_grant_per_decision_line",
                fields=["source_type", "source_id"],
                condition=Q(source_id__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_merit_award_per_person_and_year",
                fields=["person", "award", "year"],
                condition=Q(person__isnull=False, type="merit", state=GrantState.IN_FORCE),
            ),
            models.UniqueConstraint(
                name="one_merit_award_per_unit_and_year",
                fields=["unit", "award", "year"],
                condition=Q(unit__isnull=False, type="merit", state=GrantState.IN_FORCE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry.label} {self.year}: {self.name_printed}"

    def save(self, *args: object, **kwargs: object) -> None:
        """The recipient's present name stands for the printed one where none is given."""
        self.fill_names()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_names(self) -> None:
        """Printed names in their one stored form; rows made in bulk call this themselves."""
        recipient = self.person.full_name if self.person else self.unit.name if self.unit else ""
        self.name_printed = clean_text(self.name_printed) or recipient
        self.post_printed = clean_text(self.post_printed)
        self.unit_printed = clean_text(self.unit_printed)

    @property
    def entry(self) -> catalogue.Award:
        """The award's place in the law: label, kind, group."""
        return catalogue.award(self.award)

    @property
    def recipient(self) -> Person | Unit:
        """The person or the unit."""
        return self.person or self.unit  # type: ignore[return-value]

    def permission_scope(self) -> Unit:
        """The unit that received it, or the present unit of the person who did."""
        return self.unit or self.person.permission_scope()  # type: ignore[union-attr]

    def is_own(self, user: User) -> bool:
        """Is it the user's own honour?"""
        return self.person is not None and self.person.is_own(user)
