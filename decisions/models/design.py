"""Mẫu bằng: where the words stand on one award's certificate, from which day, on white paper or on stock."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Permission
from decisions.models.stock import StockKind
from rulebook.catalogue import award_choices


class CertificateDesign(models.Model):
    """One edition of a design. What the law fixes stands in the rule book; here is what the office chooses.

    The office's own emblem is a file of the edition; without one a stand-in fills its place.

    An edition that was printed from is never changed: a change makes the next edition.
    `layout`: {"width", "height", "boxes": {name: [x, y, width, height, size]}, "emblem": [x, y, size],
    "code": [x, y, size]}, all in millimetres. `prints`: the boxes printed on stock (white paper: all).
    """

    view_permission = Permission.CERTIFICATE_PRINT

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="designs", verbose_name="Cơ quan ban hành"
    )
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)
    stock = models.ForeignKey(
        StockKind, on_delete=models.PROTECT, null=True, blank=True, related_name="designs", verbose_name="Phôi in sẵn"
    )
    edition = models.PositiveIntegerField("Lần")
    valid_from = models.DateField("Áp dụng từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)
    layout = models.JSONField("Bố cục")
    prints = models.JSONField("Các ô in", default=list)
    ornament = models.CharField("Hoa văn", max_length=20, default="van_day")
    colour = models.CharField("Màu hoa văn", max_length=20, default="vang")
    basis = models.CharField("Căn cứ", max_length=300)
    version = models.PositiveIntegerField(default=1)
    used_at = models.DateTimeField("Dùng lần đầu lúc", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lập lúc")
    files = GenericRelation("documents.Attachment", "subject_id", "subject_type")

    class Meta:
        verbose_name = "mẫu bằng"
        verbose_name_plural = "mẫu bằng"
        constraints = [
            models.UniqueConstraint(fields=["stock", "edition"], name="stock_design_edition_once"),
            models.UniqueConstraint(
                fields=["unit", "award", "edition"], condition=Q(stock=None), name="paper_design_edition_once"
            ),
            models.CheckConstraint(
                name="design_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"Mẫu {self.get_award_display()}, lần {self.edition}"

    @property
    def is_frozen(self) -> bool:
        """Has something been printed from it?"""
        return self.used_at is not None

    def permission_scope(self) -> models.Model:
        """Rights on the issuing body decide."""
        return self.unit
