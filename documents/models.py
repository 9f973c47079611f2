"""Stored files, their place in a dossier, official numbers and codes of verification.

Rows point to their subject by content type and id: documents lies below every app that uses it.
A subject says who may read its files: `permission_scope()` and `view_permission`.
"""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from accounts.permissions import Permission
from documents.states import NumberState, SignatureKind, SigningWay, WordKind


class StoredFile(models.Model):
    """What a document and an attachment share: the file by its SHA-256, and what it belongs to."""

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    kind = models.CharField("Loại", max_length=60)
    name = models.CharField("Tên tệp", max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("Cỡ (byte)")
    mime = models.CharField("Kiểu tệp", max_length=100)
    pages = models.PositiveIntegerField("Số trang", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("Lập lúc")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def permission_scope(self) -> Any:
        """The scope of the subject decides."""
        subject: Any = self.subject
        return subject.permission_scope()

    @property
    def view_permission(self) -> Any:
        """The right that the subject asks of a reader."""
        subject: Any = self.subject
        return subject.view_permission

    @property
    def is_pdf(self) -> bool:
        """Can it be shown in the page?"""
        return self.mime == "application/pdf"


class Document(StoredFile):
    """A paper the system made (or got back signed). A newer one supersedes it; nothing is deleted."""

    title = models.CharField("Tên văn bản", max_length=300)
    template_version = models.CharField("Phiên bản mẫu", max_length=40, blank=True)
    is_draft = models.BooleanField("Bản dự thảo", default=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    is_current = models.BooleanField("Bản hiện hành", default=True)

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="document_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind"],
                condition=Q(is_current=True),
                name="one_current_document_per_kind",
            ),
            models.CheckConstraint(name="document_not_superseding_itself", condition=~Q(supersedes=models.F("id"))),
        ]


class Attachment(StoredFile):
    """A file someone uploaded to a dossier; taken out of it, it is marked and stays stored."""

    note = models.CharField("Ghi chú", max_length=300, blank=True)
    is_signed = models.BooleanField("Có chữ ký số", default=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField("Gỡ lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="attachment_subject")]
        constraints = [
            models.CheckConstraint(
                name="attachment_removed_at_and_by_together",
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
            )
        ]


class Signature(models.Model):
    """A digital signature on the current PDF of a subject: ordered by a person, then made or taken over.

    `document` is the version it stands on, empty while it is waited for; `base_sha256` is the version
    before any signature, whose bytes the signed file begins with.
    """

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    kind = models.CharField("Chữ ký của", max_length=10, choices=SignatureKind)
    way = models.CharField("Cách ký", max_length=10, choices=SigningWay)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField("Yêu cầu lúc")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures")
    base_sha256 = models.CharField(max_length=64, blank=True)
    level = models.CharField("Mức", max_length=20, blank=True)
    name = models.CharField("Chủ thể chứng thư", max_length=250, blank=True)
    signed_at = models.DateTimeField("Ký lúc", null=True, blank=True)

    class Meta:
        verbose_name = "chữ ký số"
        verbose_name_plural = "chữ ký số"
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "kind"], name="one_signature_of_a_kind"),
            models.CheckConstraint(
                name="signature_made_has_time_and_base",
                condition=Q(document=None) | Q(signed_at__isnull=False) & ~Q(base_sha256="") & ~Q(level=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or 'chưa ký'}"


class OfflineKey(models.Model):
    """The public half of a key for codes that are checked without network; the private half is a file."""

    key_id = models.CharField("Mã khóa", max_length=12, unique=True)
    public_key = models.CharField("Khóa công khai (Ed25519, base64url)", max_length=60)
    valid_from = models.DateField("Dùng từ ngày")
    valid_to = models.DateField("Dùng đến hết ngày", null=True, blank=True)
    created_at = models.DateTimeField("Tạo lúc")

    class Meta:
        verbose_name = "khóa kiểm tra ngoại tuyến"
        verbose_name_plural = "khóa kiểm tra ngoại tuyến"
        constraints = [
            models.CheckConstraint(
                name="offline_key_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.key_id


class WordTemplate(StoredFile):
    """A Word template of a unit (`subject`) for one kind of paper, from a day on; the newest one counts."""

    view_permission = Permission.DECISION_DRAFT

    valid_from = models.DateField("Dùng từ ngày")
    note = models.CharField("Ghi chú", max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("Ngừng dùng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "mẫu Word"
        verbose_name_plural = "mẫu Word"
        indexes = [models.Index(fields=["subject_type", "subject_id", "kind"], name="word_template_subject")]
        constraints = [
            models.CheckConstraint(name="word_template_of_a_known_kind", condition=Q(kind__in=WordKind.values)),
            models.CheckConstraint(
                name="word_template_withdrawn_at_and_by_together",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    @property
    def kind_label(self) -> str:
        """What papers it is for."""
        return str(WordKind(self.kind).label)


class NumberSeries(models.Model):
    """The register of one kind of paper of one body in one year; all numbers up to `last` are used."""

    body = models.CharField("Mã cơ quan ban hành", max_length=60)
    kind = models.CharField("Loại văn bản", max_length=40)
    year = models.PositiveSmallIntegerField("Năm")
    last = models.PositiveIntegerField("Số cuối liền mạch", default=0)

    class Meta:
        verbose_name = "sổ số văn bản"
        verbose_name_plural = "sổ số văn bản"
        constraints = [models.UniqueConstraint(fields=["body", "kind", "year"], name="one_series_per_body_kind_year")]

    def __str__(self) -> str:
        return f"{self.body} năm {self.year}"


class IssuedNumber(models.Model):
    """One number of a register: issued to a paper, kept back, used elsewhere, or void. Never reused."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField("Số")
    state = models.CharField("Trạng thái", max_length=10, choices=NumberState)
    dated = models.DateField("Ngày văn bản", null=True, blank=True)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    note = models.CharField("Ghi chú", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lúc")

    class Meta:
        verbose_name = "số đã dùng"
        verbose_name_plural = "số đã dùng"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="number_subject")]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="official_number_once"),
            models.CheckConstraint(name="official_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="issued_number_has_day_and_paper",
                condition=~Q(state=NumberState.ISSUED) | Q(dated__isnull=False, subject_type__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.series})"


class VerificationCode(models.Model):
    """The code printed on a paper, as QR (26 letters) and for typing (12).

    It belongs to the subject and not to a file: it must exist before the file that shows it, one
    joint file holds many, and it stays when the file is rendered anew.
    """

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    code = models.CharField("Mã trong QR", max_length=26, unique=True)
    typed = models.CharField("Mã tra cứu", max_length=12, unique=True)
    created_at = models.DateTimeField("Tạo lúc")

    class Meta:
        verbose_name = "mã xác thực"
        verbose_name_plural = "mã xác thực"
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="one_verification_code_per_subject")
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """As printed under the QR code: three groups of four."""
        return "-".join(self.typed[start : start + 4] for start in range(0, 12, 4))
