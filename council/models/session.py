"""A session: the seats as they were when the list was locked, its agenda, its recusals."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.permissions import Permission
from council.models.council import BASES, MEMBER_ROLES, STATUSES, Council, Member
from council.states import SessionState

ITEM_KINDS = [("nomination", "Hồ sơ khen thưởng"), ("initiative", "Sáng kiến"), ("cluster_result", "Kết quả cụm, khối")]


class Session(models.Model):
    """One meeting with one secret vote. After the lock nothing of its list changes."""

    view_permission = Permission.SESSION_VIEW

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField("Tên phiên họp", max_length=250)
    held_at = models.DateTimeField("Họp lúc")
    place = models.CharField("Địa điểm", max_length=250)
    state = models.CharField("Trạng thái", max_length=12, choices=SessionState, default=SessionState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    quorum_num = models.PositiveSmallIntegerField("Túc số (tử số)", null=True, blank=True)
    quorum_den = models.PositiveSmallIntegerField("Túc số (mẫu số)", null=True, blank=True)
    opened_at = models.DateTimeField("Mở lúc", null=True, blank=True)
    closed_at = models.DateTimeField("Đóng lúc", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.CharField("Mã niêm phong", max_length=64, blank=True)
    minutes_note = models.TextField("Ý kiến ghi biên bản", blank=True)
    minuted_at = models.DateTimeField("Lập biên bản lúc", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "phiên họp"
        verbose_name_plural = "phiên họp"
        constraints = [
            models.CheckConstraint(
                name="session_closed_at_and_by_together",
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def permission_scope(self) -> Council:
        """Rights on the council decide."""
        return self.council


class Seat(models.Model):
    """A member as on the day of the lock: the roll of the session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    seat_no = models.PositiveSmallIntegerField("Ghế số")
    role = models.CharField("Vai trò", max_length=20, choices=MEMBER_ROLES)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    full_name = models.CharField("Họ và tên", max_length=120)
    post_title = models.CharField("Chức vụ", max_length=250)
    votes = models.BooleanField("Có quyền bỏ phiếu")
    present = models.BooleanField("Có mặt", default=True)

    class Meta:
        verbose_name = "ghế trong phiên"
        verbose_name_plural = "ghế trong phiên"
        constraints = [
            models.UniqueConstraint(fields=["session", "seat_no"], name="one_seat_per_number"),
            models.UniqueConstraint(fields=["session", "user"], name="one_seat_per_user"),
        ]

    def __str__(self) -> str:
        return f"Ghế {self.seat_no}: {self.full_name}"


class AgendaItem(models.Model):
    """One thing to vote on. The rule is frozen at the lock, the counts are written at the close."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField("Thứ tự")
    kind = models.CharField("Loại", max_length=16, choices=ITEM_KINDS)
    nomination = models.ForeignKey("awards.Nomination", on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items")
    initiative = models.ForeignKey("history.Initiative", on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items")
    award = models.CharField("Danh hiệu, hình thức", max_length=60, blank=True)
    title = models.CharField("Nội dung biểu quyết", max_length=300)
    share_num = models.PositiveSmallIntegerField(null=True, blank=True)
    share_den = models.PositiveSmallIntegerField(null=True, blank=True)
    base = models.CharField("Tính trên", max_length=12, choices=BASES, blank=True)
    needed = models.PositiveSmallIntegerField("Số phiếu cần", null=True, blank=True)
    members = models.PositiveSmallIntegerField("Mẫu số", null=True, blank=True)
    rule_cite = models.JSONField("Căn cứ", default=list, blank=True)
    rule_status = models.CharField(max_length=12, choices=STATUSES, blank=True)
    yes = models.PositiveSmallIntegerField("Đồng ý", null=True, blank=True)
    no = models.PositiveSmallIntegerField("Không đồng ý", null=True, blank=True)
    blank = models.PositiveSmallIntegerField("Phiếu trắng", null=True, blank=True)
    passed = models.BooleanField("Đạt", null=True, blank=True)

    class Meta:
        verbose_name = "mục biểu quyết"
        verbose_name_plural = "mục biểu quyết"
        constraints = [
            models.UniqueConstraint(fields=["session", "order"], name="one_item_per_order"),
            models.UniqueConstraint(
                fields=["session", "nomination"], condition=Q(nomination__isnull=False), name="nomination_once_per_session"
            ),
            models.UniqueConstraint(
                fields=["session", "initiative"], condition=Q(initiative__isnull=False), name="initiative_once_per_session"
            ),
            models.CheckConstraint(
                name="agenda_item_points_to_its_kind",
                condition=Q(kind="nomination", nomination__isnull=False, initiative=None)
                | Q(kind="initiative", initiative__isnull=False, nomination=None)
                | Q(kind="cluster_result", nomination=None, initiative=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class Recusal(models.Model):
    """A member who may not vote on an item; known to the council, never shrinks the base."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="recusals")
    reason = models.CharField("Lý do", max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "không tham gia biểu quyết"
        verbose_name_plural = "không tham gia biểu quyết"
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.item}"
