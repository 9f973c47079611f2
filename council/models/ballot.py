"""Who has voted, what was voted, and what proves inclusion: three tables without a link.

Only `council.box` reads or writes these. No user, no time, no order stands beside a choice.
"""

import uuid

from django.db import models

from council.models.session import AgendaItem, Seat, Session

CHOICES = [("yes", "Đồng ý"), ("no", "Không đồng ý"), ("blank", "Phiếu trắng")]


class Turnout(models.Model):
    """A seat that has voted; the unique pair refuses a second time."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="turnout")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lượt bỏ phiếu"
        verbose_name_plural = "lượt bỏ phiếu"
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="one_vote_per_seat")]

    def __str__(self) -> str:
        return f"{self.seat} đã bỏ phiếu"


class Slip(models.Model):
    """One choice on one item: never a voter's whole vector."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="slips")
    choice = models.CharField(max_length=5, choices=CHOICES)

    class Meta:
        verbose_name = "phiếu"
        verbose_name_plural = "phiếu"

    def __str__(self) -> str:
        return "Phiếu"


class Receipt(models.Model):
    """A code that proves a ballot went in; linked to nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="receipts")
    code = models.CharField("Mã biên nhận", max_length=20)

    class Meta:
        verbose_name = "biên nhận"
        verbose_name_plural = "biên nhận"
        constraints = [models.UniqueConstraint(fields=["session", "code"], name="one_receipt_per_code")]

    def __str__(self) -> str:
        return self.code
