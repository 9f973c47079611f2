"""Bonus money: what is due for each line, when and how it was paid, and the fund it comes from."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.permissions import Permission
from decisions.models.decision import Decision, DecisionLine
from decisions.states import FundKind


class Payment(models.Model):
    """The bonus of one issued line. `unit` receives it for its people; `amount` 0 says why in `says`."""

    view_permission = Permission.PAYMENT_RECORD

    line = models.OneToOneField(DecisionLine, on_delete=models.PROTECT, related_name="payment")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="Đơn vị nhận")
    amount = models.PositiveBigIntegerField("Số tiền được chi (đồng)")
    says = models.CharField("Cách tính", max_length=300, blank=True)
    paid_on = models.DateField("Ngày chi", null=True, blank=True)
    voucher = models.CharField("Số chứng từ", max_length=60, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_by = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "khoản tiền thưởng"
        verbose_name_plural = "khoản tiền thưởng"
        constraints = [
            models.CheckConstraint(
                name="payment_paid_on_voucher_and_by_together",
                condition=Q(paid_on=None, paid_by=None, voucher="")
                | (Q(paid_on__isnull=False, paid_by__isnull=False) & ~Q(voucher="")),
            ),
            models.CheckConstraint(
                name="payment_cancelled_only_while_unpaid", condition=Q(cancelled_by=None) | Q(paid_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Tiền thưởng của {self.line.name_printed}"

    def permission_scope(self) -> models.Model:
        """Rights on the paying body decide."""
        return self.line.decision.unit


class FundEntry(models.Model):
    """A movement of a body's fund in one year, besides bonuses. A wrong one is struck out, never deleted."""

    view_permission = Permission.PAYMENT_RECORD

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="Cơ quan")
    year = models.PositiveSmallIntegerField("Năm")
    kind = models.CharField("Nội dung", max_length=12, choices=FundKind)
    amount = models.PositiveBigIntegerField("Số tiền (đồng)")
    on = models.DateField("Ngày")
    basis = models.CharField("Căn cứ, chứng từ", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Ghi lúc")
    struck_at = models.DateTimeField("Gạch bỏ lúc", null=True, blank=True)
    struck_why = models.CharField("Lý do gạch bỏ", max_length=200, blank=True)

    class Meta:
        verbose_name = "khoản của quỹ"
        verbose_name_plural = "khoản của quỹ"
        constraints = [
            models.CheckConstraint(name="fund_entry_is_not_nothing", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="fund_entry_struck_for_a_reason", condition=Q(struck_at=None) | ~Q(struck_why="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    def permission_scope(self) -> models.Model:
        """Rights on the body decide."""
        return self.unit
