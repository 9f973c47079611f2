"""What follows an award: its hand-over; and what follows its revocation."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.permissions import Permission
from decisions.models.decision import Decision, DecisionLine


class HandOver(models.Model):
    """When, where and by whom the item of one line was presented. The receipt is a note or an attached file."""

    view_permission = Permission.CERTIFICATE_PRINT

    line = models.OneToOneField(DecisionLine, on_delete=models.PROTECT, related_name="hand_over")
    presented_on = models.DateField("Ngày trao")
    place = models.CharField("Nơi trao", max_length=160)
    presenter = models.CharField("Người trao", max_length=160)
    receipt = models.CharField("Ký nhận", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Ghi lúc")

    class Meta:
        verbose_name = "lượt trao"
        verbose_name_plural = "lượt trao"

    def __str__(self) -> str:
        return f"Trao cho {self.line.name_printed}"

    def permission_scope(self) -> models.Model:
        """Rights on the issuing body decide."""
        return self.line.decision.unit


class Recovery(models.Model):
    """Money and item to be taken back for one line that no longer stands.

    `due_on`: the last of the working days the law gives; None where it gives none (a correction) or the
    calendar of that year is not in the book.
    """

    view_permission = Permission.RECOVERY_RECORD

    line = models.OneToOneField(DecisionLine, on_delete=models.PROTECT, related_name="recovery")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="recoveries")
    opened_on = models.DateField("Mở ngày")
    due_on = models.DateField("Hạn thu hồi", null=True, blank=True)
    money_due = models.PositiveBigIntegerField("Tiền phải thu (đồng)", default=0)
    money_on = models.DateField("Thu đủ tiền ngày", null=True, blank=True)
    money_voucher = models.CharField("Chứng từ thu", max_length=60, blank=True)
    item_due = models.BooleanField("Phải thu hiện vật", default=False)
    item_on = models.DateField("Thu hiện vật ngày", null=True, blank=True)
    item_note = models.CharField("Ghi chú hiện vật", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "việc thu hồi"
        verbose_name_plural = "việc thu hồi"
        constraints = [
            models.CheckConstraint(
                name="recovered_money_was_due_and_has_a_voucher",
                condition=Q(money_on=None) | (Q(money_due__gt=0) & ~Q(money_voucher="")),
            ),
            models.CheckConstraint(
                name="recovered_item_was_due", condition=Q(item_on=None) | Q(item_due=True)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Thu hồi của {self.line.name_printed}"

    @property
    def is_open(self) -> bool:
        """Is something still to come back?"""
        return bool((self.money_due and self.money_on is None) or (self.item_due and self.item_on is None))

    def permission_scope(self) -> models.Model:
        """Rights on the body that takes it back decide."""
        return self.decision.unit


class Recheck(models.Model):
    """An honour or a running dossier that rested on a revoked line, for people to look at again."""

    view_permission = Permission.DECISION_DRAFT

    line = models.ForeignKey(DecisionLine, on_delete=models.PROTECT, related_name="rechecks")
    grant = models.ForeignKey("history.Grant", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    nomination = models.ForeignKey(
        "awards.Nomination", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    before = models.CharField("Kết luận trước", max_length=20)
    after = models.CharField("Kết luận sau", max_length=20)
    says = models.JSONField("Điều kiện thay đổi", default=list)
    found_at = models.DateTimeField("Phát hiện lúc")
    settled_at = models.DateTimeField("Xử lý xong lúc", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_note = models.CharField("Kết quả xử lý", max_length=500, blank=True)

    class Meta:
        verbose_name = "việc xét lại"
        verbose_name_plural = "việc xét lại"
        constraints = [
            models.CheckConstraint(
                name="recheck_about_one",
                condition=Q(grant__isnull=False, nomination=None) | Q(grant=None, nomination__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["line", "grant"], condition=Q(grant__isnull=False), name="grant_rechecked_once_a_line"
            ),
            models.UniqueConstraint(
                fields=["line", "nomination"],
                condition=Q(nomination__isnull=False),
                name="nomination_rechecked_once_a_line",
            ),
        ]

    def __str__(self) -> str:
        return f"Xét lại {self.about}"

    @property
    def about(self) -> str:
        """“Trần Thị Mai, CSTĐ ngành năm 2026”."""
        found = self.grant or self.nomination
        return f"{found.name_printed}, {found.entry.short} năm {found.year}" if found else ""

    def permission_scope(self) -> models.Model:
        """Rights on the body that revoked decide."""
        return (self.line.standing_by or self.line.decision).unit


class Mismatch(models.Model):
    """A decision line and the history of honours that do not agree, as the nightly check found them."""

    view_permission = Permission.DECISION_DRAFT

    key = models.CharField(max_length=80, unique=True)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    says = models.CharField("Sai lệch", max_length=400)
    found_at = models.DateTimeField("Phát hiện lúc")
    seen_at = models.DateTimeField("Còn thấy lúc")
    gone_at = models.DateTimeField("Hết lúc", null=True, blank=True)

    class Meta:
        verbose_name = "sai lệch"
        verbose_name_plural = "sai lệch"

    def __str__(self) -> str:
        return self.says
