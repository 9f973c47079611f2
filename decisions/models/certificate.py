"""Bằng: one printed item for one line of a decision."""

from dataclasses import replace

from django.db import models

from accounts.permissions import Permission
from decisions.models.decision import DecisionLine
from decisions.states import CertificateState
from documents.facts import VerificationFacts
from documents.states import Standing


class Certificate(models.Model):
    """The certificate of one line; `page` is its page in the decision's joint file."""

    view_permission = Permission.DECISION_VIEW
    #: Where the right on it is asked: joined when many are moved.
    scope_path = "line__decision__unit"

    line = models.OneToOneField(DecisionLine, on_delete=models.PROTECT, related_name="certificate")
    state = models.CharField("Trạng thái", max_length=12, choices=CertificateState, default=CertificateState.WAITING)
    version = models.PositiveIntegerField(default=1)
    page = models.PositiveIntegerField("Trang trong tệp chung", null=True, blank=True)
    copies = models.PositiveSmallIntegerField("Số lần in", default=0)
    #: Shorter words for the boxes they are too long for (name, detail, achievement); the decision keeps its own.
    words = models.JSONField("Chữ in rút gọn", default=dict, blank=True)

    class Meta:
        verbose_name = "bằng"
        verbose_name_plural = "bằng"

    def __str__(self) -> str:
        return f"Bằng của {self.line.name_printed}"

    def permission_scope(self) -> models.Model:
        """Rights on the issuing unit decide."""
        return self.line.decision.unit

    def verification_facts(self) -> VerificationFacts | None:
        """What the public page says of one recipient; nothing before the decision is issued."""
        facts = self.line.decision.verification_facts()
        if facts is None:
            return None
        changed = self.line.standing_by
        return replace(
            facts, kind="Bằng", standing=Standing(self.line.standing),
            because=f"{changed.number_text} ngày {changed.dated:%d/%m/%Y}" if changed and changed.dated else "",
            recipient=self.line.name_printed,
            recipient_is_person=self.line.person_id is not None, recipient_unit=self.line.unit_printed,
            award=self.line.get_award_display(), register_number=str(self.line.golden_book_no),
        )  # fmt: skip
