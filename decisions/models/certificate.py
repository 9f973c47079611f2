"""Bằng: one printed item for one line of a decision."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from accounts.permissions import Permission
from decisions.models.decision import DecisionLine
from decisions.states import CertificateState


class Certificate(models.Model):
    """The certificate of one line; `page` is its page in the decision's joint file."""

    view_permission = Permission.DECISION_VIEW

    line = models.OneToOneField(DecisionLine, on_delete=models.PROTECT, related_name="certificate")
    state = models.CharField("Trạng thái", max_length=12, choices=CertificateState, default=CertificateState.WAITING)
    version = models.PositiveIntegerField(default=1)
    page = models.PositiveIntegerField("Trang trong tệp chung", null=True, blank=True)
    copies = models.PositiveSmallIntegerField("Số lần in", default=0)
    documents = GenericRelation("documents.Document", "subject_id", "subject_type")

    class Meta:
        verbose_name = "bằng"
        verbose_name_plural = "bằng"

    def __str__(self) -> str:
        return f"Bằng của {self.line.name_printed}"

    def permission_scope(self) -> models.Model:
        """Rights on the issuing unit decide."""
        return self.line.decision.unit
