"""Bản đăng ký thi đua of a unit: its targets, its lines for people and collectives, commitments."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import Permission
from campaigns.models.campaign import Campaign
from campaigns.states import SEEN_FROM_ABOVE, RegistrationState
from rulebook import catalogue
from rulebook.catalogue import award_choices
from units.models import Person, Unit


class Origin(models.TextChoices):
    """Who proposed a line."""

    UNIT = "unit", "Đơn vị đăng ký"
    PERSON = "person", "Cá nhân tự đăng ký"


class Answer(models.TextChoices):
    """What the head of the unit said to a line that a person proposed."""

    WAITING = "waiting", "Chờ thủ trưởng xác nhận"
    CONFIRMED = "confirmed", "Đã xác nhận"
    RETURNED = "returned", "Đã trả lại"


#: States in which the unit may change its registration.
EDITABLE = frozenset({RegistrationState.DRAFT, RegistrationState.RETURNED})


class Registration(models.Model):
    """What one unit undertakes in one campaign, sent to its superior."""

    view_permission = Permission.REGISTRATION_VIEW

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField("Trạng thái", max_length=12, choices=RegistrationState, default=RegistrationState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    receipt_code = models.CharField("Mã tiếp nhận", max_length=40, blank=True)
    unit_name = models.CharField("Tên đơn vị khi gửi", max_length=250, blank=True)
    sent_at = models.DateTimeField("Gửi lúc", null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("Trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    return_reason = models.TextField("Lý do trả lại", blank=True)
    updated_at = models.DateTimeField("Sửa lúc")

    class Meta:
        verbose_name = "bản đăng ký thi đua"
        verbose_name_plural = "bản đăng ký thi đua"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="registration_state_known", condition=Q(state__in=RegistrationState.values)),
            models.UniqueConstraint(fields=["campaign", "unit"], name="one_registration_per_unit_and_campaign"),
            models.UniqueConstraint(fields=["receipt_code"], condition=~Q(receipt_code=""), name="one_receipt_code"),
            models.CheckConstraint(
                name="registration_sent_is_complete",
                condition=Q(state__in=[RegistrationState.DRAFT, RegistrationState.RETURNED])
                | Q(sent_at__isnull=False) & ~Q(receipt_code="") & ~Q(unit_name=""),
            ),
            models.CheckConstraint(
                name="registration_sent_at_and_by_together",
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_returned_with_reason",
                condition=~Q(state=RegistrationState.RETURNED) | ~Q(return_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Bản đăng ký thi đua năm {self.campaign.year}, {self.unit_name or self.unit}"

    def permission_scope(self) -> Unit:
        """Rights on the registering unit decide."""
        return self.unit

    @property
    def is_editable(self) -> bool:
        """May the unit still change it?"""
        return self.state in EDITABLE

    @property
    def state_from_above(self) -> str:
        """The state in the superior's words."""
        return SEEN_FROM_ABOVE[self.state]

    @property
    def printed_name(self) -> str:
        """The unit as it was called when it sent, else as it is called."""
        return self.unit_name or self.unit.name

    def day_of_law(self, today: date) -> date:
        """The day whose rules are shown: that of sending, until then today."""
        return today if self.is_editable or self.sent_at is None else timezone.localdate(self.sent_at)


class RegistrationLine(models.Model):
    """One person, or one collective (the unit itself or a part of it), for one title.

    Lines a person proposed wait for the head's answer; lines of the unit are confirmed at once.
    Only confirmed lines are sent. Names are frozen when the registration is sent.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="lines")
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="registration_lines"
    )
    collective = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="registration_lines"
    )
    name_printed = models.CharField("Tên khi gửi", max_length=250, blank=True)
    post_printed = models.CharField("Chức vụ khi gửi", max_length=250, blank=True)
    origin = models.CharField("Nguồn", max_length=8, choices=Origin, default=Origin.UNIT)
    answer = models.CharField("Trả lời của thủ trưởng", max_length=10, choices=Answer, default=Answer.CONFIRMED)
    answer_reason = models.TextField("Lý do trả lại", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "dòng đăng ký"
        verbose_name_plural = "dòng đăng ký"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="registration_line_origin_known", condition=Q(origin__in=Origin.values)),
            models.CheckConstraint(name="registration_line_answer_known", condition=Q(answer__in=Answer.values)),
            models.CheckConstraint(
                name="only_people_wait_for_an_answer", condition=Q(origin=Origin.PERSON) | Q(answer=Answer.CONFIRMED)
            ),
            models.UniqueConstraint(
                fields=["registration", "person", "award"],
                condition=Q(person__isnull=False),
                name="one_line_per_person_and_award",
            ),
            models.UniqueConstraint(
                fields=["registration", "collective", "award"],
                condition=Q(collective__isnull=False),
                name="one_line_per_collective_and_award",
            ),
            models.CheckConstraint(
                name="registration_line_has_one_subject",
                condition=Q(person__isnull=False, collective=None) | Q(person=None, collective__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_line_returned_with_reason", condition=~Q(answer="returned") | ~Q(answer_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_printed or self.person or self.collective}: {self.get_award_display()}"

    def permission_scope(self) -> Unit:
        """Rights on the registering unit decide."""
        return self.registration.unit

    @property
    def entry(self) -> catalogue.Award:
        """The award's place in the law."""
        return catalogue.award(self.award)

    @property
    def is_own(self) -> bool:
        """Was it proposed by the person, and not turned down?"""
        return self.origin == Origin.PERSON and self.answer != Answer.RETURNED

    @property
    def subject_name(self) -> str:
        """The name as sent, else as it is now."""
        subject = self.person or self.collective
        return self.name_printed or str(subject.full_name if self.person else subject.name)  # type: ignore[union-attr]


class RegistrationTarget(models.Model):
    """A target of work the unit undertakes, in words and, where it can, a number."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="targets")
    order = models.PositiveSmallIntegerField("Thứ tự")
    text = models.CharField("Chỉ tiêu", max_length=500)
    amount = models.DecimalField("Mức", max_digits=12, decimal_places=2, null=True, blank=True)
    measure = models.CharField("Đơn vị tính", max_length=40, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu đăng ký"
        verbose_name_plural = "chỉ tiêu đăng ký"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["registration", "order"], name="one_target_per_number")]

    def __str__(self) -> str:
        return self.text


class Commitment(models.Model):
    """What a person undertakes in their own words (bản cam kết)."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="commitments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="commitments")
    text = models.TextField("Nội dung cam kết")
    at = models.DateTimeField("Cam kết lúc")

    class Meta:
        verbose_name = "bản cam kết"
        verbose_name_plural = "bản cam kết"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["registration", "person"], name="one_commitment_per_person")]

    def __str__(self) -> str:
        return f"Cam kết của {self.person}"
