"""Stored papers, uploads and official numbers; subjects are pointed to by content type and id."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q


class Document(models.Model):
    """A paper the system made: one file per version, kept by its SHA-256 under settings.FILES_DIR."""

    kind = models.CharField("Loại", max_length=40, db_index=True)
    title = models.CharField("Tên", max_length=300)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField("Tên tệp", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("Kích thước", default=0)
    mime = models.CharField(max_length=100, default="application/pdf")
    pages = models.PositiveIntegerField("Số trang", default=0)
    template_version = models.CharField(max_length=64, blank=True)
    is_draft = models.BooleanField("Bản dự thảo", default=False)
    verify_code = models.CharField("Mã xác thực", max_length=26, unique=True, null=True, blank=True)
    typed_code = models.CharField("Mã tra cứu", max_length=12, unique=True, null=True, blank=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by")
    created_at = models.DateTimeField("Tạo lúc")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        indexes = [models.Index(fields=["subject_type", "subject_id", "kind"], name="document_subject")]
        constraints = [
            models.CheckConstraint(
                name="document_codes_together",
                condition=Q(verify_code=None, typed_code=None) | Q(verify_code__isnull=False, typed_code__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Attachment(models.Model):
    """A file someone uploaded to a subject; the same bytes are stored once."""

    kind = models.CharField("Thành phần", max_length=60)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    sha256 = models.CharField(max_length=64)
    name = models.CharField("Tên tệp", max_length=200)
    size = models.PositiveBigIntegerField("Kích thước")
    mime = models.CharField(max_length=100)
    created_at = models.DateTimeField("Tải lên lúc")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("Gỡ lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="attachment_subject")]

    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """One row per issuing body, kind of paper and year; its lock hands out numbers without gap."""

    body = models.CharField("Cơ quan", max_length=60)
    kind = models.CharField("Loại văn bản", max_length=40)
    year = models.PositiveSmallIntegerField("Năm")
    last = models.PositiveIntegerField("Số cuối", default=0)

    class Meta:
        verbose_name = "dãy số"
        verbose_name_plural = "dãy số"
        constraints = [models.UniqueConstraint(fields=["body", "kind", "year"], name="one_series_per_body_kind_year")]

    def __str__(self) -> str:
        return f"{self.body} {self.kind} {self.year}"


class IssuedNumber(models.Model):
    """A number that is taken: given by the system, reserved, or imported from the clerk's register."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField("Số")
    dated = models.DateField("Ngày")
    origin = models.CharField(
        "Nguồn", max_length=10, choices=[("given", "Hệ thống cấp"), ("reserved", "Giữ trước"), ("imported", "Sổ văn thư")]
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    note = models.CharField("Ghi chú", max_length=250, blank=True)
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "số đã dùng"
        verbose_name_plural = "số đã dùng"
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="a_number_once_in_its_series")]

    def __str__(self) -> str:
        return f"{self.number} ({self.series})"
