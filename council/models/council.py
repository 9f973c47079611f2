"""A council, its dated members and its dated rules."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.permissions import ON_COUNCIL, Permission
from council.states import Base, MemberRole, Status
from council.voting import Share
from rulebook.catalogue import award_choices


class Council(models.Model):
    """Hội đồng thi đua - khen thưởng (or of initiatives) of a unit; a scope of rights of its own."""

    view_permission = Permission.SESSION_VIEW

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="councils")
    name = models.CharField("Tên Hội đồng", max_length=250)
    basis = models.CharField("Quyết định thành lập", max_length=250, blank=True)
    symbol = models.CharField("Ký hiệu trên văn bản", max_length=20, default="HĐTĐKT")
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "Hội đồng"
        verbose_name_plural = "Hội đồng"
        default_permissions = ()
        permissions = [(permission.value, permission.label) for permission in sorted(ON_COUNCIL)]
        constraints = [
            models.CheckConstraint(
                name="council_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            )
        ]

    def __str__(self) -> str:
        return self.name

    def permission_scope(self) -> models.Model:
        """A council decides about itself."""
        return self

    def lineage(self) -> "QuerySet[Council]":
        """No council stands above another here."""
        return Council.objects.filter(pk=self.pk)


class Charter(Council):
    """The council as the office sees it: who sits on it and its rules, by rights on its unit.

    Members are appointed and rules entered by the standing office (with citation), never by the
    council's own members; so the unit decides here, not the council.
    """

    view_permission = Permission.RULE_OVERRIDE

    class Meta:
        proxy = True
        verbose_name = "tổ chức, quy chế Hội đồng"
        verbose_name_plural = "tổ chức, quy chế Hội đồng"
        default_permissions = ()

    def permission_scope(self) -> models.Model:
        """The unit whose council it is."""
        return self.unit


class CouncilUserGrant(UserObjectPermissionBase):
    """Rights of a user on a council (guardian, direct foreign key)."""

    content_object = models.ForeignKey(Council, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "quyền trên Hội đồng"
        verbose_name_plural = "quyền trên Hội đồng"
        default_permissions = ()


class CouncilGroupGrant(GroupObjectPermissionBase):
    """Rights of a group on a council; guardian wants the pair."""

    content_object = models.ForeignKey(Council, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "quyền của nhóm trên Hội đồng"
        verbose_name_plural = "quyền của nhóm trên Hội đồng"
        default_permissions = ()


class Member(models.Model):
    """A seat of the council, held by a post; the person who holds it changes by date.

    `votes` says whether the seat counts among the appointed members (a secretary may not).
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="members")
    seat_no = models.PositiveSmallIntegerField("Ghế số")
    role = models.CharField("Vai trò", max_length=20, choices=MemberRole)
    post_title = models.CharField("Chức vụ", max_length=250)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="council_seats")
    votes = models.BooleanField("Có quyền bỏ phiếu", default=True)
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thành viên Hội đồng"
        verbose_name_plural = "thành viên Hội đồng"
        default_permissions = ()
        ordering = ["seat_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "seat_no"], condition=Q(valid_to=None), name="one_holder_per_seat"
            ),
            models.UniqueConstraint(fields=["council", "user"], condition=Q(valid_to=None), name="one_seat_per_member"),
            models.CheckConstraint(
                name="member_leaves_after_joining", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    def permission_scope(self) -> Council:
        """Rights on the council decide."""
        return self.council


class CouncilRule(models.Model):
    """Share, base and quorum the council's own rules fix where no law does; dated and cited.

    `award` empty = every award without a rule of its own. Shares are exact integers.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="rules")
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices, blank=True)
    share_num = models.PositiveSmallIntegerField("Tỷ lệ cần đạt (tử số)")
    share_den = models.PositiveSmallIntegerField("Tỷ lệ cần đạt (mẫu số)")
    base = models.CharField("Tính trên", max_length=12, choices=Base, default=Base.ALL_MEMBERS)
    over = models.BooleanField("Phải vượt tỷ lệ này (quá bán)", default=False)
    quorum_num = models.PositiveSmallIntegerField("Túc số (tử số)")
    quorum_den = models.PositiveSmallIntegerField("Túc số (mẫu số)")
    valid_from = models.DateField("Hiệu lực từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)
    cite_document = models.CharField("Văn bản căn cứ", max_length=250)
    cite_place = models.CharField("Điều, khoản", max_length=100)
    status = models.CharField("Độ tin cậy", max_length=12, choices=Status, default=Status.CONFIRMED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "quy chế Hội đồng"
        verbose_name_plural = "quy chế Hội đồng"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="council_rule_share_is_a_share",
                condition=Q(share_den__gt=0, share_num__lte=F("share_den"), share_num__gt=0)
                & (Q(over=False) | Q(share_num__lt=F("share_den"))),
            ),
            models.CheckConstraint(
                name="council_rule_quorum_is_a_share",
                condition=Q(quorum_den__gt=0, quorum_num__lte=F("quorum_den"), quorum_num__gt=0),
            ),
            models.CheckConstraint(
                name="council_rule_cites_its_source", condition=~Q(cite_document="") & ~Q(cite_place="")
            ),
            models.CheckConstraint(
                name="council_rule_ends_after_it_starts", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.share.text}"

    @property
    def share(self) -> Share:
        """The share of yes votes."""
        return Share(self.share_num, self.share_den, self.over)

    @property
    def quorum(self) -> Share:
        """The share of members who must be there."""
        return Share(self.quorum_num, self.quorum_den)

    def permission_scope(self) -> models.Model:
        """The office's right RULE_OVERRIDE on the council's unit decides."""
        return self.council.unit
