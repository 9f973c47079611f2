"""Phôi: numbered blanks by kind, how they came in, and what became of each one."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Permission
from decisions.models.certificate import Certificate
from decisions.states import BlankPlace, RunState, SheetResult
from rulebook.catalogue import award_choices


class StockKind(models.Model):
    """A kind of pre-printed stock of one body for one award, with its size and its way of numbering."""

    view_permission = Permission.CERTIFICATE_PRINT

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="stock_kinds", verbose_name="Cơ quan ban hành"
    )
    name = models.CharField("Tên loại phôi", max_length=120)
    award = models.CharField("Dùng cho", max_length=60, choices=award_choices)
    width = models.FloatField("Rộng (mm)")
    height = models.FloatField("Cao (mm)")
    prefix = models.CharField("Ký hiệu sê-ri", max_length=10, blank=True)
    digits = models.PositiveSmallIntegerField("Số chữ số", default=6)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lập lúc")
    files = GenericRelation("documents.Attachment", "subject_id", "subject_type")

    class Meta:
        verbose_name = "loại phôi"
        verbose_name_plural = "loại phôi"
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="stock_kind_once"),
            models.CheckConstraint(
                name="stock_kind_has_a_size",
                condition=Q(width__gte=100, width__lte=600, height__gte=70, height__lte=450),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def permission_scope(self) -> models.Model:
        """Rights on the issuing body decide."""
        return self.unit

    def shown(self, serial: int) -> str:
        """A serial as printed on the blank: “BK 000123”."""
        return f"{self.prefix} {serial:0{self.digits}d}".strip()


class StockReceipt(models.Model):
    """Blanks received in one run of numbers."""

    view_permission = Permission.CERTIFICATE_PRINT

    kind = models.ForeignKey(StockKind, on_delete=models.PROTECT, related_name="receipts")
    first = models.PositiveIntegerField("Từ số")
    last = models.PositiveIntegerField("Đến số")
    received_on = models.DateField("Ngày nhận")
    source = models.CharField("Nơi giao, chứng từ", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Ghi lúc")

    class Meta:
        verbose_name = "lần nhận phôi"
        verbose_name_plural = "lần nhận phôi"
        constraints = [models.CheckConstraint(name="receipt_has_a_range", condition=Q(last__gte=F("first")))]

    def __str__(self) -> str:
        return f"{self.kind.shown(self.first)} đến {self.kind.shown(self.last)}"

    def permission_scope(self) -> models.Model:
        """Rights on the issuing body decide."""
        return self.kind.unit


class Blank(models.Model):
    """One numbered blank; it is somewhere from the day it came, and its number never comes again."""

    view_permission = Permission.CERTIFICATE_PRINT

    kind = models.ForeignKey(StockKind, on_delete=models.PROTECT, related_name="blanks")
    receipt = models.ForeignKey(StockReceipt, on_delete=models.PROTECT, related_name="blanks")
    serial = models.PositiveIntegerField("Số sê-ri")
    place = models.CharField("Tình trạng", max_length=10, choices=BlankPlace, default=BlankPlace.STORE)
    reason = models.CharField("Lý do", max_length=300, blank=True)

    class Meta:
        verbose_name = "phôi"
        verbose_name_plural = "phôi"
        constraints = [
            models.UniqueConstraint(fields=["kind", "serial"], name="blank_serial_once"),
            models.CheckConstraint(
                name="blank_out_of_use_has_a_reason",
                condition=~Q(place__in=["spoilt", "returned"]) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["kind", "place", "serial"], name="blank_place")]

    def __str__(self) -> str:
        return self.kind.shown(self.serial)

    def permission_scope(self) -> models.Model:
        """Rights on the issuing body decide."""
        return self.kind.unit


class PrintRun(models.Model):
    """Lượt in: who printed whom on which blanks, with which printer, correction and design."""

    view_permission = Permission.CERTIFICATE_PRINT

    kind = models.ForeignKey(StockKind, on_delete=models.PROTECT, related_name="runs")
    printer = models.ForeignKey("decisions.Printer", on_delete=models.PROTECT, related_name="runs")
    profile = models.ForeignKey("decisions.PrinterProfile", on_delete=models.PROTECT, null=True, related_name="runs")
    design = models.ForeignKey("decisions.CertificateDesign", on_delete=models.PROTECT, related_name="runs")
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="runs")
    state = models.CharField("Trạng thái", max_length=10, choices=RunState, default=RunState.PREPARED)
    version = models.PositiveIntegerField(default=1)
    reprint_reason = models.CharField("Lý do in lại", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lập lúc")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("Ghi kết quả lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lượt in"
        verbose_name_plural = "lượt in"

    def __str__(self) -> str:
        return f"Lượt in {self.pk}"

    def permission_scope(self) -> models.Model:
        """Rights on the issuing body decide."""
        return self.kind.unit


class PrintedSheet(models.Model):
    """One blank put into the printer for one certificate."""

    view_permission = Permission.CERTIFICATE_PRINT

    run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="sheets")
    order = models.PositiveIntegerField("Thứ tự trong khay")
    blank = models.ForeignKey(Blank, on_delete=models.PROTECT, related_name="sheets")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="sheets")
    result = models.CharField("Kết quả", max_length=10, choices=SheetResult, default=SheetResult.WAITING)
    reason = models.CharField("Lý do hỏng", max_length=300, blank=True)

    class Meta:
        verbose_name = "tờ in"
        verbose_name_plural = "tờ in"
        constraints = [
            models.UniqueConstraint(fields=["run", "order"], name="one_sheet_per_place_in_the_tray"),
            models.UniqueConstraint(
                fields=["blank"], condition=~Q(result=SheetResult.UNUSED), name="each_blank_is_printed_once"
            ),
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(result__in=[SheetResult.WAITING, SheetResult.PRINTED]),
                name="each_certificate_is_on_one_good_blank",
            ),
            models.CheckConstraint(
                name="spoilt_sheet_has_a_reason", condition=~Q(result=SheetResult.SPOILT) | ~Q(reason="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.blank}: {self.certificate}"

    def permission_scope(self) -> models.Model:
        """Rights on the issuing body decide."""
        return self.run.kind.unit
