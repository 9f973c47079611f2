"""The journal, jobs, notifications and dated overrides of the rule book.

Rows that point to a subject do so by content type and id: core lies below every app.
"""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

JOB_STATES = [
    ("queued", "Đang chờ"),
    ("running", "Đang chạy"),
    ("paused", "Tạm dừng"),
    ("done", "Xong"),
    ("failed", "Lỗi"),
    ("cancelled", "Đã hủy"),
]


class Event(models.Model):
    """One entry of the journal. Append-only: triggers on both databases refuse UPDATE and DELETE.

    `hash` = SHA-256 of `previous` and the entry's canonical JSON; `format` numbers that form.
    """

    seq = models.BigIntegerField("Số thứ tự", unique=True)
    at = models.DateTimeField("Thời điểm")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="Người làm"
    )
    kind = models.CharField("Việc", max_length=60, db_index=True)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    subject_id = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField("Đối tượng", max_length=300, blank=True)
    changes = models.JSONField("Thay đổi", default=dict)
    note = models.TextField("Ghi chú", blank=True)
    format = models.PositiveSmallIntegerField(default=1)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "mục nhật ký"
        verbose_name_plural = "nhật ký"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject_label}"


class JournalHead(models.Model):
    """The last link of the chain: one row, locked by whoever appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="one_journal_head", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class Job(models.Model):
    """Work to be done outside the request; this row is the truth, Celery only rings.

    `key` makes a job unique: asking twice gives the same row. A worker holds it until `lease_until`.
    A parent is done when its last child is, and then queues its own kind's merge.
    """

    kind = models.CharField("Loại việc", max_length=60)
    key = models.CharField(max_length=200, unique=True)
    title = models.CharField("Tên việc", max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField("Trạng thái", max_length=12, choices=JOB_STATES, default="queued", db_index=True)
    attempts = models.PositiveSmallIntegerField("Số lần thử", default=0)
    done_units = models.PositiveIntegerField("Đã xong", default=0)
    total_units = models.PositiveIntegerField("Tổng số", default=0)
    failures = models.JSONField("Dòng lỗi", default=list)
    error = models.TextField("Lý do lỗi", blank=True)
    result = models.JSONField(default=dict)
    not_before = models.DateTimeField("Không chạy trước", null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject_id = models.CharField(max_length=40, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("Tạo lúc")
    started_at = models.DateTimeField("Bắt đầu lúc", null=True, blank=True)
    finished_at = models.DateTimeField("Xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "việc chạy nền"
        verbose_name_plural = "việc chạy nền"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="job_subject")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """No more change will come by itself."""
        return self.state in {"done", "failed", "cancelled"}

    @property
    def percent(self) -> int:
        """Progress in whole percent; 100 only when done."""
        if self.state == "done":
            return 100
        return min(99, self.done_units * 100 // self.total_units) if self.total_units else 0


class Notification(models.Model):
    """A line under someone's bell."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    at = models.DateTimeField("Lúc")
    kind = models.CharField(max_length=60)
    text = models.CharField("Nội dung", max_length=300)
    url = models.CharField("Đường dẫn", max_length=300, blank=True)
    read_at = models.DateTimeField("Đọc lúc", null=True, blank=True)
    key = models.CharField(max_length=200)

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_notification_per_key")]
        indexes = [models.Index(fields=["user", "read_at", "-at"], name="notification_inbox")]

    def __str__(self) -> str:
        return self.text


class RuleOverride(models.Model):
    """A value that the law lets a ministry set, entered by the office with its citation.

    ``parameter`` is the book's whole code ("votes.giay_khen"); ``award`` the award it speaks of. Nothing is
    deleted: a row entered by mistake is withdrawn, with the reason, and counts on no day.
    """

    parameter = models.CharField("Tham số", max_length=120)
    award = models.CharField("Danh hiệu, hình thức", max_length=60, blank=True)
    value = models.JSONField("Giá trị")
    valid_from = models.DateField("Hiệu lực từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)
    cite_document = models.CharField("Văn bản căn cứ", max_length=200)
    cite_place = models.CharField("Điều, khoản", max_length=100)
    status = models.CharField(
        "Độ tin cậy",
        max_length=12,
        default="confirmed",
        choices=[("confirmed", "Đã đối chiếu"), ("secondary", "Nguồn thứ cấp"), ("unconfirmed", "Chưa đối chiếu")],
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("Nhập lúc")
    withdrawn_at = models.DateTimeField("Rút lại lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdraw_reason = models.CharField("Lý do rút lại", max_length=500, blank=True)

    class Meta:
        verbose_name = "mức riêng"
        verbose_name_plural = "mức riêng"
        constraints = [
            models.CheckConstraint(
                name="override_cites_its_source", condition=~models.Q(cite_document="") & ~models.Q(cite_place="")
            ),
            models.CheckConstraint(
                name="override_ends_after_it_starts",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="override_withdrawn_by_someone_with_a_reason",
                condition=models.Q(withdrawn_at=None, withdrawn_by=None, withdraw_reason="")
                | (models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~models.Q(withdraw_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parameter} từ {self.valid_from:%d/%m/%Y}"
