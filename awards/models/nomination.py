"""A line of a submission: one person or collective, one award; its stays and its evidence."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Permission
from awards.models.submission import Submission
from awards.states import NominationState
from rulebook.catalogue import award_choices

TYPES = [
    ("merit", "Công trạng"),
    ("thematic", "Chuyên đề, phong trào"),
    ("ad_hoc", "Đột xuất"),
    ("long_service", "Quá trình cống hiến"),
    ("tenure", "Niên hạn"),
    ("external", "Đối ngoại"),
]


class Nomination(models.Model):
    """Hồ sơ đề nghị. A line that goes up stays one row whose `held_by` changes.

    On submission the verdict, the rule book's version, the facts, names and posts are frozen.
    """

    view_permission = Permission.SUBMISSION_VIEW

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="nominations")
    code = models.CharField("Mã hồ sơ", max_length=40, unique=True)
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)
    type = models.CharField("Loại hình", max_length=12, choices=TYPES, default="merit")
    person = models.ForeignKey("units.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="nominations")
    collective = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="nominations")
    held_by = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="held_nominations", verbose_name="Nơi đang giữ")
    year = models.PositiveSmallIntegerField("Năm thành tích")
    achievement_from = models.DateField("Thành tích từ ngày")
    achievement_to = models.DateField("Thành tích đến ngày")
    achievement = models.TextField("Tóm tắt thành tích", blank=True)
    state = models.CharField("Trạng thái", max_length=12, choices=NominationState, default=NominationState.DRAFT, db_index=True)
    version = models.PositiveIntegerField(default=1)
    name_printed = models.CharField("Tên khi trình", max_length=250, blank=True)
    post_printed = models.CharField("Chức vụ khi trình", max_length=250, blank=True)
    unit_printed = models.CharField("Đơn vị khi trình", max_length=250, blank=True)
    verdict = models.JSONField("Kết luận điều kiện khi trình", null=True, blank=True)
    facts = models.JSONField("Dữ kiện khi trình", null=True, blank=True)
    rulebook_version = models.CharField("Phiên bản bộ quy tắc", max_length=64, blank=True)
    governing_day = models.DateField("Ngày áp dụng pháp luật", null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    override_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    override_reason = models.TextField("Lý do ghi đè", blank=True)
    return_reasons = models.JSONField("Lý do trả lại", default=list, blank=True)
    return_guidance = models.TextField("Hướng dẫn bổ sung", blank=True)
    return_due = models.DateField("Hạn bổ sung", null=True, blank=True)
    sort_key = models.CharField(max_length=600, editable=False)
    search_key = models.CharField(max_length=600, editable=False)
    attachments = GenericRelation("documents.Attachment", "subject_id", "subject_type")

    class Meta:
        verbose_name = "hồ sơ đề nghị"
        verbose_name_plural = "hồ sơ đề nghị"
        indexes = [models.Index(fields=["held_by", "state"], name="nomination_queue")]
        constraints = [
            models.CheckConstraint(
                name="nomination_has_one_subject",
                condition=Q(person__isnull=False, collective=None) | Q(person=None, collective__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["submission", "person", "award"], condition=Q(person__isnull=False), name="one_nomination_per_person_and_award"
            ),
            models.UniqueConstraint(
                fields=["submission", "collective", "award"],
                condition=Q(collective__isnull=False),
                name="one_nomination_per_collective_and_award",
            ),
            models.CheckConstraint(
                name="nomination_achievement_ends_after_it_starts", condition=Q(achievement_to__gte=F("achievement_from"))
            ),
            models.CheckConstraint(
                name="nomination_override_by_and_reason_together",
                condition=Q(override_by=None, override_reason="") | (Q(override_by__isnull=False) & ~Q(override_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_printed or self.subject}: {self.get_award_display()}"

    @property
    def subject(self) -> models.Model:
        """The person or the collective proposed."""
        found: models.Model = self.person or self.collective  # type: ignore[assignment]
        return found

    def permission_scope(self) -> models.Model:
        """Rights on the proposing unit decide; who may review is asked of `held_by` by a guard."""
        return self.submission.unit


class Stage(models.Model):
    """One stay of a line with one unit on its way up."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="stages")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("Đến lúc")
    left_at = models.DateTimeField("Rời lúc", null=True, blank=True)
    outcome = models.CharField("Kết quả", max_length=12, choices=NominationState, blank=True)

    class Meta:
        verbose_name = "chặng hồ sơ"
        verbose_name_plural = "chặng hồ sơ"
        constraints = [
            models.UniqueConstraint(fields=["nomination"], condition=Q(left_at=None), name="one_open_stage_per_nomination")
        ]

    def __str__(self) -> str:
        return f"{self.nomination.code} ở {self.unit}"


class Evidence(models.Model):
    """A required paper of the dossier: a file, or something the system already holds ("Tự có")."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField("Thành phần", max_length=60)
    label = models.CharField("Tên thành phần", max_length=250)
    attachment = models.ForeignKey("documents.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_as = models.CharField("Đã có trong hệ thống", max_length=250, blank=True)

    class Meta:
        verbose_name = "thành phần hồ sơ"
        verbose_name_plural = "thành phần hồ sơ"
        constraints = [models.UniqueConstraint(fields=["nomination", "kind"], name="one_evidence_per_kind")]

    def __str__(self) -> str:
        return self.label
