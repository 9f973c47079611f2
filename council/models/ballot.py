"""Who has voted, what was voted, and what proves inclusion: three tables without a link.

Only `council.box` reads or writes these; the tables have no accessors on other rows, so that a
choice cannot be reached from a session, an item or a seat. No user, no time and no order stands
beside a choice.
"""

import uuid

from django.db import models
from django.db.models import Q

from council.models.session import AgendaItem, Seat, Session
from council.states import Choice


class Turnout(models.Model):
    """A seat that has voted; the unique pair refuses a second time."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lượt bỏ phiếu"
        verbose_name_plural = "lượt bỏ phiếu"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="one_vote_per_seat")]

    def __str__(self) -> str:
        return f"{self.seat} đã bỏ phiếu"


class Slip(models.Model):
    """One choice on one item: never a voter's whole vector."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=5, choices=Choice)

    class Meta:
        verbose_name = "phiếu"
        verbose_name_plural = "phiếu"
        default_permissions = ()
        constraints = [models.CheckConstraint(name="slip_choice_known", condition=Q(choice__in=Choice.values))]

    def __str__(self) -> str:
        return "Phiếu"


class Receipt(models.Model):
    """A code that proves a ballot went in; linked to nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("Mã biên nhận", max_length=20)

    class Meta:
        verbose_name = "biên nhận"
        verbose_name_plural = "biên nhận"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["session", "code"], name="one_receipt_per_code")]

    def __str__(self) -> str:
        return "Biên nhận"
