"""A session: the seats as they were when the list was locked, its agenda, its recusals."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.permissions import Permission
from council.models.council import Council, Member
from council.states import Base, ItemKind, MemberRole, Origin, SessionState, Status
from council.voting import Count, Share


class Session(models.Model):
    """One meeting with one secret vote. After the lock nothing of its list changes."""

    view_permission = Permission.SESSION_VIEW

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField("Tên phiên họp", max_length=250)
    held_at = models.DateTimeField("Họp lúc")
    due_at = models.DateTimeField("Dự kiến đóng phiếu lúc", null=True, blank=True)
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
    minutes_number = models.PositiveSmallIntegerField("Số biên bản", null=True, blank=True)
    minuted_at = models.DateTimeField("Lập biên bản lúc", null=True, blank=True)
    erased_at = models.DateTimeField("Hủy phiếu lưu lúc", null=True, blank=True)
    cancel_reason = models.TextField("Lý do hủy", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "phiên họp"
        verbose_name_plural = "phiên họp"
        default_permissions = ()
        indexes = [models.Index(fields=["council", "-held_at"], name="session_of_council")]
        constraints = [
            models.CheckConstraint(name="session_state_known", condition=Q(state__in=SessionState.values)),
            models.CheckConstraint(
                name="session_quorum_is_a_share",
                condition=Q(quorum_num=None, quorum_den=None)
                | Q(quorum_num__gt=0, quorum_den__gt=0, quorum_num__lte=F("quorum_den")),
            ),
            models.CheckConstraint(
                name="session_sealed_only_once_closed", condition=Q(seal="") | Q(state__in=["closed", "minuted"])
            ),
            models.CheckConstraint(
                name="session_cancelled_with_a_reason", condition=~Q(state="cancelled") | ~Q(cancel_reason="")
            ),
            models.CheckConstraint(
                name="session_closed_at_and_by_together",
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("council:session", args=[self.pk])

    def permission_scope(self) -> Council:
        """Rights on the council decide."""
        return self.council

    @property
    def name_inside(self) -> str:
        """The title inside a sentence: “phiên 04-2026”."""
        return f"p{self.title[1:]}" if self.title.startswith("Phiên") else self.title

    @property
    def seal_shown(self) -> str:
        """The seal in groups of eight, as people compare it."""
        return " ".join(self.seal[start : start + 8] for start in range(0, len(self.seal), 8))

    @property
    def minutes_label(self) -> str:
        """Number and symbol of the minutes; without a number until the clerk writes one."""
        number = f"{self.minutes_number:02d}" if self.minutes_number else "…"
        return f"{number}/BB-{self.council.symbol}"

    @property
    def is_composed(self) -> bool:
        """May its list still change?"""
        return self.state == SessionState.DRAFT

    @property
    def is_counted(self) -> bool:
        """Are its results there to be seen?"""
        return self.state in {SessionState.CLOSED, SessionState.MINUTED}


class Seat(models.Model):
    """A member on the day of the session: the roll. It follows the council until the lock."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    seat_no = models.PositiveSmallIntegerField("Ghế số")
    role = models.CharField("Vai trò", max_length=20, choices=MemberRole)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    full_name = models.CharField("Họ và tên", max_length=120)
    post_title = models.CharField("Chức vụ", max_length=250)
    votes = models.BooleanField("Có quyền bỏ phiếu")
    present = models.BooleanField("Có mặt", default=True)
    absence = models.CharField("Lý do vắng", max_length=200, blank=True)

    class Meta:
        verbose_name = "ghế trong phiên"
        verbose_name_plural = "ghế trong phiên"
        default_permissions = ()
        ordering = ["seat_no"]
        constraints = [
            models.UniqueConstraint(fields=["session", "seat_no"], name="one_seat_per_number"),
            models.UniqueConstraint(fields=["session", "user"], name="one_seat_per_user"),
            models.CheckConstraint(name="only_the_absent_give_a_reason", condition=Q(present=False) | Q(absence="")),
        ]

    def __str__(self) -> str:
        return f"Ghế {self.seat_no}: {self.full_name}"


class AgendaItem(models.Model):
    """One thing to vote on. The rule is frozen at the lock, the counts are written at the close."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField("Thứ tự")
    kind = models.CharField("Loại", max_length=16, choices=ItemKind)
    nomination = models.ForeignKey(
        "awards.Nomination", on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    initiative = models.ForeignKey(
        "history.Initiative", on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    award = models.CharField("Danh hiệu, hình thức", max_length=60, blank=True)
    title = models.CharField("Nội dung biểu quyết", max_length=500)
    detail = models.CharField("Chức vụ, đơn vị", max_length=520, blank=True)
    share_num = models.PositiveSmallIntegerField(null=True, blank=True)
    share_den = models.PositiveSmallIntegerField(null=True, blank=True)
    over = models.BooleanField(default=False)
    base = models.CharField("Tính trên", max_length=12, choices=Base, blank=True)
    needed = models.PositiveSmallIntegerField("Số phiếu cần", null=True, blank=True)
    members = models.PositiveSmallIntegerField("Mẫu số", null=True, blank=True)
    origin = models.CharField("Nguồn quy định", max_length=8, choices=Origin, blank=True)
    rule_cite = models.JSONField("Căn cứ", default=list, blank=True)
    rule_status = models.CharField(max_length=12, choices=Status, blank=True)
    yes = models.PositiveSmallIntegerField("Đồng ý", null=True, blank=True)
    no = models.PositiveSmallIntegerField("Không đồng ý", null=True, blank=True)
    blank = models.PositiveSmallIntegerField("Phiếu trắng", null=True, blank=True)
    passed = models.BooleanField("Đạt", null=True, blank=True)

    class Meta:
        verbose_name = "mục biểu quyết"
        verbose_name_plural = "mục biểu quyết"
        default_permissions = ()
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["session", "order"], name="one_item_per_order"),
            models.UniqueConstraint(
                fields=["session", "nomination"],
                condition=Q(nomination__isnull=False),
                name="nomination_once_per_session",
            ),
            models.UniqueConstraint(
                fields=["session", "initiative"],
                condition=Q(initiative__isnull=False),
                name="initiative_once_per_session",
            ),
            models.CheckConstraint(
                name="agenda_item_points_to_its_kind",
                condition=Q(kind="nomination", nomination__isnull=False, initiative=None)
                | Q(kind="initiative", initiative__isnull=False, nomination=None)
                | Q(kind="cluster_result", nomination=None, initiative=None),
            ),
            models.CheckConstraint(
                name="item_share_is_a_share",
                condition=Q(share_num=None, share_den=None)
                | Q(share_num__gt=0, share_den__gt=0, share_num__lte=F("share_den")) & ~Q(origin="") & ~Q(base=""),
            ),
            models.CheckConstraint(
                name="item_counted_wholly",
                condition=Q(yes=None, no=None, blank=None, passed=None)
                | Q(
                    yes__isnull=False, no__isnull=False, blank__isnull=False, passed__isnull=False, needed__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="item_passes_by_its_count",
                condition=Q(passed=None) | Q(passed=True, yes__gte=F("needed")) | Q(passed=False, yes__lt=F("needed")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"

    @property
    def share(self) -> Share | None:
        """The share it needs, once a rule is set."""
        return Share(self.share_num, self.share_den, self.over) if self.share_num and self.share_den else None

    @property
    def count(self) -> Count | None:
        """What the box held, once it is closed."""
        return None if self.yes is None else Count(self.yes, self.no or 0, self.blank or 0)


class Recusal(models.Model):
    """A member who may not vote on an item; known to the council, never shrinks the base."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="recusals")
    reason = models.CharField("Lý do", max_length=250)
    automatic = models.BooleanField("Do hệ thống xác định", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "không tham gia biểu quyết"
        verbose_name_plural = "không tham gia biểu quyết"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.item}"
