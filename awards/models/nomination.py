"""A line of a submission: one person or collective, one award; and its stays on the way up."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.models.submission import Submission, is_read_elsewhere
from awards.states import EDITABLE, LIVE, ONCE_A_YEAR, SEEN_FROM_ABOVE, NominationState
from core.vietnamese import search_key
from rulebook import catalogue
from rulebook.catalogue import award_choices
from units.models import Person, Unit

TYPES = [
    ("merit", "Công trạng"),
    ("thematic", "Chuyên đề, phong trào"),
    ("ad_hoc", "Đột xuất"),
    ("long_service", "Quá trình cống hiến"),
    ("tenure", "Niên hạn"),
    ("external", "Đối ngoại"),
]


_LIVE = sorted(state.value for state in LIVE)


class Nomination(models.Model):
    """Hồ sơ đề nghị. A line that goes up stays one row whose `held_by` changes.

    On submission the verdict, the rule book's version, the facts, names and posts are frozen; a later
    check by the reviewer stands beside them in `rechecked` and never replaces them.
    """

    view_permission = Permission.SUBMISSION_VIEW

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="nominations")
    code = models.CharField("Mã hồ sơ", max_length=40, unique=True)
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)
    type = models.CharField("Loại hình", max_length=12, choices=TYPES, default="merit")
    person = models.ForeignKey(
        "units.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    collective = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    held_by = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="held_nominations", verbose_name="Nơi đang giữ"
    )
    year = models.PositiveSmallIntegerField("Năm thành tích")
    achievement_from = models.DateField("Thành tích từ ngày")
    achievement_to = models.DateField("Thành tích đến ngày")
    achievement = models.TextField("Tóm tắt thành tích", blank=True)
    explanation = models.TextField("Giải trình của đơn vị", blank=True)
    state = models.CharField(
        "Trạng thái", max_length=12, choices=NominationState, default=NominationState.DRAFT, db_index=True
    )
    version = models.PositiveIntegerField(default=1)
    name_printed = models.CharField("Tên khi trình", max_length=255, blank=True)
    post_printed = models.CharField("Chức vụ khi trình", max_length=255, blank=True)
    unit_printed = models.CharField("Đơn vị khi trình", max_length=255, blank=True)
    verdict = models.JSONField("Kết luận điều kiện khi trình", null=True, blank=True)
    facts = models.JSONField("Dữ kiện khi trình", null=True, blank=True)
    rulebook_version = models.CharField("Phiên bản bộ quy tắc", max_length=64, blank=True)
    governing_day = models.DateField("Ngày áp dụng pháp luật", null=True, blank=True)
    rechecked = models.JSONField("Kết luận khi kiểm tra lại", null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    review_due = models.DateField("Hạn thẩm định", null=True, blank=True)
    review_note = models.TextField("Căn cứ xác nhận", blank=True)
    override_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    override_reason = models.TextField("Lý do ghi đè", blank=True)
    return_reasons = models.JSONField("Lý do trả lại", default=list, blank=True)
    return_guidance = models.TextField("Hướng dẫn bổ sung", blank=True)
    return_due = models.DateField("Hạn bổ sung", null=True, blank=True)
    lowered_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lowered_to",
        verbose_name="Chuyển từ hồ sơ",
    )
    updated_at = models.DateTimeField("Cập nhật lúc", default=timezone.now)
    sort_key = models.CharField(max_length=600, editable=False)
    search_key = models.CharField(max_length=600, editable=False)
    attachments = GenericRelation("documents.Attachment", "subject_id", "subject_type")

    class Meta:
        verbose_name = "hồ sơ đề nghị"
        verbose_name_plural = "hồ sơ đề nghị"
        default_permissions = ()
        indexes = [
            models.Index(fields=["held_by", "state"], name="nomination_queue"),
            models.Index(fields=["year", "award", "state"], name="nomination_year_award"),
        ]
        constraints = [
            models.CheckConstraint(
                name="nomination_has_one_subject",
                condition=Q(person__isnull=False, collective=None) | Q(person=None, collective__isnull=False),
            ),
            models.CheckConstraint(name="nomination_state_known", condition=Q(state__in=NominationState.values)),
            models.UniqueConstraint(
                fields=["submission", "person", "award"],
                condition=Q(person__isnull=False),
                name="one_nomination_per_person_and_award",
            ),
            models.UniqueConstraint(
                fields=["submission", "collective", "award"],
                condition=Q(collective__isnull=False),
                name="one_nomination_per_collective_and_award",
            ),
            models.UniqueConstraint(
                fields=["person", "award", "year", "type"],
                condition=Q(person__isnull=False, state__in=_LIVE, type__in=ONCE_A_YEAR),
                name="one_live_nomination_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["collective", "award", "year", "type"],
                condition=Q(collective__isnull=False, state__in=_LIVE, type__in=ONCE_A_YEAR),
                name="one_live_nomination_of_a_collective",
            ),
            models.CheckConstraint(
                name="nomination_achievement_ends_after_it_starts",
                condition=Q(achievement_to__gte=F("achievement_from")),
            ),
            models.CheckConstraint(
                name="nomination_override_by_and_reason_together",
                condition=Q(override_by=None, override_reason="")
                | (Q(override_by__isnull=False) & ~Q(override_reason="")),
            ),
            models.CheckConstraint(
                name="nomination_not_reviewed_by_its_proposer",
                condition=Q(reviewed_by=None) | Q(proposed_by=None) | ~Q(reviewed_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.shown_name}: {self.entry.label}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the derived columns true; rows made in bulk call `fill_keys` themselves."""
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        """Sorted like its subject, found by name, code and unit without accents."""
        self.sort_key = self.subject.sort_key[:600]
        self.search_key = search_key(f"{self.shown_name} {self.code} {self.unit_printed}")[:600]

    @property
    def subject(self) -> Person | Unit:
        """The person or the collective proposed."""
        return self.person or self.collective  # type: ignore[return-value]

    @property
    def shown_name(self) -> str:
        """The name as sent; before that, the present one."""
        if self.name_printed:
            return self.name_printed
        subject = self.subject
        return subject.full_name if isinstance(subject, Person) else subject.name

    @property
    def entry(self) -> catalogue.Award:
        """The award's place in the law: label, kind, group, who decides."""
        return catalogue.award(self.award)

    @property
    def holder(self) -> str:
        """As the rule book calls the subject."""
        return "individual" if self.person_id else "collective"

    @property
    def is_editable(self) -> bool:
        """May the proposing unit change the line itself in this state?"""
        return self.state in EDITABLE

    @property
    def state_from_above(self) -> str:
        """The state in the reviewer's words."""
        return SEEN_FROM_ABOVE.get(self.state, self.get_state_display())

    @property
    def present_verdict(self) -> dict | None:
        """The verdict that counts now: of the last check, else the one frozen on submission."""
        return self.rechecked["verdict"] if self.rechecked else self.verdict

    @property
    def due(self) -> date | None:
        """The day by which whoever has the line must act."""
        return self.return_due if self.state == NominationState.INCOMPLETE else self.review_due

    def permission_scope(self) -> models.Model:
        """Rights on the proposing unit decide; who may review is asked of `held_by` by a guard."""
        return self.submission.unit

    def may_be_read_by(self, user: User | AnonymousUser) -> bool:
        """Files of a draft are for its unit; later also for those above and for whom settings name."""
        needed = Permission.SUBMISSION_DRAFT if self.state == NominationState.DRAFT else Permission.SUBMISSION_VIEW
        return policy.can(user, needed, self) or is_read_elsewhere(self, user)


class Stage(models.Model):
    """One stay of a line with one unit on its way up, and what that unit concluded."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="stages")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("Đến lúc")
    left_at = models.DateTimeField("Rời lúc", null=True, blank=True)
    outcome = models.CharField("Kết quả", max_length=12, choices=NominationState, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    override_reason = models.TextField("Đã ghi đè vì", blank=True)

    class Meta:
        verbose_name = "chặng hồ sơ"
        verbose_name_plural = "chặng hồ sơ"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(left_at=None), name="one_open_stage_per_nomination"
            ),
            models.CheckConstraint(
                name="stage_left_with_outcome",
                condition=Q(left_at=None, outcome="") | Q(left_at__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="stage_left_after_it_was_entered", condition=Q(left_at=None) | Q(left_at__gte=F("entered_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination.code} ở {self.unit}"
