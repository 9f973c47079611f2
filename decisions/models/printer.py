"""Máy in: a printer with one tray, and the corrections measured on it over time."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.permissions import Permission
from documents.papers import Correction


class Printer(models.Model):
    """A printer and the tray that takes the stock; another tray is another printer here."""

    view_permission = Permission.CERTIFICATE_PRINT

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="printers", verbose_name="Cơ quan ban hành"
    )
    name = models.CharField("Tên máy in", max_length=80)
    tray = models.CharField("Khay giấy", max_length=60)
    note = models.CharField("Ghi chú", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lập lúc")

    class Meta:
        verbose_name = "máy in"
        verbose_name_plural = "máy in"
        constraints = [models.UniqueConstraint(fields=["unit", "name", "tray"], name="printer_tray_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.tray}"

    def permission_scope(self) -> models.Model:
        """Rights on the issuing body decide."""
        return self.unit

    @property
    def profile(self) -> "PrinterProfile | None":
        """The correction in use: the newest."""
        return max(self.profiles.all(), key=lambda row: row.pk, default=None)


class PrinterProfile(models.Model):
    """One correction of a printer: what to add to a place so that it comes out where it was meant to.

    Never changed: a new measurement makes a new row. Lengths in mm, `turn` in degrees, clockwise.
    `measured`: the marks of the sheet it was computed from; `residual`: what the marks are off after it.
    """

    view_permission = Permission.CERTIFICATE_PRINT

    printer = models.ForeignKey(Printer, on_delete=models.PROTECT, related_name="profiles")
    right = models.FloatField("Ngang (mm)", default=0.0)
    down = models.FloatField("Dọc (mm)", default=0.0)
    scale_x = models.FloatField("Tỷ lệ ngang", default=1.0)
    scale_y = models.FloatField("Tỷ lệ dọc", default=1.0)
    turn = models.FloatField("Xoay (độ)", default=0.0)
    measured = models.JSONField("Số đo", default=list, blank=True)
    residual = models.FloatField("Sai số còn lại (mm)", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lập lúc")

    class Meta:
        verbose_name = "hồ sơ bù lệch"
        verbose_name_plural = "hồ sơ bù lệch"
        constraints = [
            models.CheckConstraint(
                name="profile_is_a_small_correction",
                condition=Q(right__gte=-20, right__lte=20, down__gte=-20, down__lte=20)
                & Q(scale_x__gte=0.9, scale_x__lte=1.1, scale_y__gte=0.9, scale_y__lte=1.1)
                & Q(turn__gte=-3, turn__lte=3),
            )
        ]

    def __str__(self) -> str:
        return f"Bù lệch của {self.printer}"

    def permission_scope(self) -> models.Model:
        """Rights on the issuing body decide."""
        return self.printer.unit

    @property
    def percents(self) -> tuple[float, float]:
        """Both scales in hundredths, across and down."""
        return round(self.scale_x * 100, 3), round(self.scale_y * 100, 3)

    @property
    def correction(self) -> Correction:
        """As the rendering takes it."""
        return Correction(self.right, self.down, self.scale_x, self.scale_y, self.turn)
