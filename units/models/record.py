"""What a year brought: ratings, absences, sanctions, matters still open."""

from django.db import models
from django.db.models import F, Q

from units.models.person import Person
from units.models.unit import Unit

YEARS = (1946, 2100)


class Rating(models.TextChoices):
    """Yearly classification; codes of the rule book."""

    EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "good", "Hoàn thành tốt nhiệm vụ"
    COMPLETED = "completed", "Hoàn thành nhiệm vụ"
    FAILED = "failed", "Không hoàn thành nhiệm vụ"


class AbsenceReason(models.TextChoices):
    """Why one was absent; codes of the rule book (TT 02/2024/TT-VKSTC Điều 15 khoản 2)."""

    MATERNITY = "maternity", "Nghỉ thai sản"
    INJURY_ON_DUTY = "injury_on_duty", "Điều trị do công vụ"
    STUDY = "study", "Đi học"
    ILLNESS = "illness", "Nghỉ ốm"
    PERSONAL = "personal", "Việc riêng"


class DisciplineKind(models.TextChoices):
    """Sanctions; codes of the rule book."""

    REPRIMAND = "reprimand", "Khiển trách"
    WARNING = "warning", "Cảnh cáo"
    PAY_CUT = "pay_cut", "Hạ bậc lương"
    DEMOTION = "demotion", "Giáng chức"
    REMOVAL = "removal", "Cách chức"
    DISMISSAL = "dismissal", "Buộc thôi việc"


class MatterKind(models.TextChoices):
    """Open matters that bar a proposal (NĐ 152/2025/NĐ-CP Điều 4 khoản 4); codes of the rule book."""

    DISCIPLINE = "discipline", "Đang xem xét kỷ luật"
    INVESTIGATION = "investigation", "Đang điều tra"
    INSPECTION = "inspection", "Đang thanh tra, kiểm tra, kiểm toán"
    COMPLAINT = "complaint", "Đang giải quyết khiếu nại"
    DENUNCIATION = "denunciation", "Đang giải quyết tố cáo"
    PRESS = "press", "Báo chí nêu, đang xác minh"


def about_one(prefix: str) -> models.CheckConstraint:
    """A row is about a person or about a unit, never both, never neither."""
    return models.CheckConstraint(
        name=f"{prefix}_about_person_or_unit",
        condition=Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False),
    )


class YearlyRating(models.Model):
    """How a person or a unit was classified for a year."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings", verbose_name="Cá nhân"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings", verbose_name="Đơn vị"
    )
    year = models.PositiveSmallIntegerField("Năm")
    rating = models.CharField("Xếp loại", max_length=10, choices=Rating.choices)
    decision = models.CharField("Văn bản xếp loại", max_length=120, blank=True)
    decided_on = models.DateField("Ngày văn bản", null=True, blank=True)

    class Meta:
        verbose_name = "xếp loại năm"
        verbose_name_plural = "xếp loại năm"
        default_permissions = ()
        constraints = [
            about_one("rating"),
            models.CheckConstraint(name="rating_known", condition=Q(rating__in=Rating.values)),
            models.CheckConstraint(name="rating_year_plausible", condition=Q(year__range=YEARS)),
            models.UniqueConstraint(
                name="one_rating_per_person_and_year", fields=["person", "year"], condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_rating_per_unit_and_year", fields=["unit", "year"], condition=Q(unit__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.unit}, {self.year}: {self.get_rating_display()}"


class Absence(models.Model):
    """Days not worked, both ends included; an open end means still away."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences", verbose_name="Cá nhân")
    reason = models.CharField("Lý do", max_length=20, choices=AbsenceReason.choices)
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thời gian nghỉ"
        verbose_name_plural = "thời gian nghỉ"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="absence_reason_known", condition=Q(reason__in=AbsenceReason.values)),
            models.CheckConstraint(
                name="absence_begins_before_it_ends",
                condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
            ),
            models.UniqueConstraint(name="one_absence_per_first_day", fields=["person", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_reason_display()} từ {self.valid_from:%d/%m/%Y}"


class Discipline(models.Model):
    """A sanction, the year of the misconduct, and the year whose title it has already cost."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disciplines", verbose_name="Cá nhân")
    kind = models.CharField("Hình thức", max_length=10, choices=DisciplineKind.choices)
    decision = models.CharField("Số quyết định", max_length=120)
    decided_on = models.DateField("Ngày quyết định")
    ends_on = models.DateField("Hết thời hạn thi hành", null=True, blank=True)
    misconduct_year = models.PositiveSmallIntegerField("Năm vi phạm", null=True, blank=True)
    already_counted_in = models.PositiveSmallIntegerField("Đã trừ vào danh hiệu năm", null=True, blank=True)

    class Meta:
        verbose_name = "kỷ luật"
        verbose_name_plural = "kỷ luật"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="discipline_kind_known", condition=Q(kind__in=DisciplineKind.values)),
            models.CheckConstraint(
                name="sanction_ends_after_decision", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("decided_on"))
            ),
            models.CheckConstraint(
                name="misconduct_year_plausible",
                condition=Q(misconduct_year__isnull=True) | Q(misconduct_year__range=YEARS),
            ),
            models.UniqueConstraint(name="one_sanction_per_decision", fields=["person", "decision", "decided_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}, {self.decision}"


class PendingMatter(models.Model):
    """A matter being looked into; while it is open no proposal is considered."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="matters", verbose_name="Cá nhân"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="matters", verbose_name="Đơn vị"
    )
    kind = models.CharField("Loại", max_length=15, choices=MatterKind.choices)
    opened_on = models.DateField("Từ ngày")
    closed_on = models.DateField("Kết thúc ngày", null=True, blank=True)
    note = models.CharField("Nội dung", max_length=255, blank=True)

    class Meta:
        verbose_name = "vụ việc đang xem xét"
        verbose_name_plural = "vụ việc đang xem xét"
        default_permissions = ()
        constraints = [
            about_one("matter"),
            models.CheckConstraint(name="matter_kind_known", condition=Q(kind__in=MatterKind.values)),
            models.CheckConstraint(
                name="matter_opens_before_it_closes",
                condition=Q(closed_on__isnull=True) | Q(opened_on__lte=F("closed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.unit}: {self.get_kind_display()}"
