"""Tờ trình: a unit's list of nominations with its files; the state is on each line."""

import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils.module_loading import import_string

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from rulebook import catalogue

LEVELS = [("base", "Cấp cơ sở"), ("sector", "Cấp Ngành"), ("state", "Cấp Nhà nước")]


def level_of(award: str) -> str:
    """The level that decides an award: base (the unit's head), sector, or state (above the sector)."""
    return catalogue.award(award).level


class Submission(models.Model):
    """What a unit proposes in a campaign at one level. Sent once; lines then live their own lives.

    `draft_key` comes from the form that made the draft, so that a double click makes one draft.
    `unit_name` is the unit's name on the day of sending.
    """

    view_permission = Permission.SUBMISSION_VIEW

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="submissions", verbose_name="Đơn vị trình"
    )
    level = models.CharField("Cấp xét", max_length=8, choices=LEVELS)
    title = models.CharField("Trích yếu", max_length=300)
    number = models.CharField("Số tờ trình", max_length=60, blank=True)
    dated = models.DateField("Ngày tờ trình", null=True, blank=True)
    receipt_code = models.CharField("Mã tiếp nhận", max_length=40, blank=True)
    unit_name = models.CharField("Tên đơn vị khi trình", max_length=255, blank=True)
    draft_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField("Trình lúc", null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("Lập lúc")
    attachments = GenericRelation("documents.Attachment", "subject_id", "subject_type")

    class Meta:
        verbose_name = "tờ trình"
        verbose_name_plural = "tờ trình"
        default_permissions = ()
        indexes = [models.Index(fields=["unit", "created_at"], name="submission_unit")]
        constraints = [
            models.CheckConstraint(name="submission_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="submission_sent_at_and_by_together",
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="submission_sent_with_receipt",
                condition=Q(sent_at=None, receipt_code="") | Q(sent_at__isnull=False) & ~Q(receipt_code=""),
            ),
            models.UniqueConstraint(
                fields=["receipt_code"], condition=~Q(receipt_code=""), name="one_submission_per_receipt_code"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sent(self) -> bool:
        """Has the unit sent it?"""
        return self.sent_at is not None

    @property
    def shown_unit(self) -> str:
        """The unit's name when it sent; before that, its present one."""
        return self.unit_name or self.unit.name

    def permission_scope(self) -> models.Model:
        """Rights on the proposing unit decide."""
        return self.unit

    def may_be_read_by(self, user: User | AnonymousUser) -> bool:
        """Files of a draft are for its unit; sent ones for the units above and for whom settings name."""
        needed = Permission.SUBMISSION_VIEW if self.is_sent else Permission.SUBMISSION_DRAFT
        return policy.can(user, needed, self) or is_read_elsewhere(self, user)


def is_read_elsewhere(subject: models.Model, user: User | AnonymousUser) -> bool:
    """Does something above let `user` read this dossier (a council its members)? settings.DOSSIER_READERS."""
    return any(import_string(path)(user, subject) for path in settings.DOSSIER_READERS)
