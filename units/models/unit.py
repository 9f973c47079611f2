"""Units as dated versions: a unit that is renamed, split or merged ends, and another one begins.

There is no parent, path or successor column: who stands under whom is a dated `UnitLink`, what
became of a unit is a `UnitEvent`. Honours stay on the version that earned them.
"""

import re
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.permissions import ON_UNIT, Permission
from core.vietnamese import clean_text, search_key, sort_key
from units import tree


class UnitKind(models.TextChoices):
    """Kinds of units, in the order in which lists show them."""

    SUPREME = "toi_cao", "VKSND tối cao"
    COMMITTEE = "uy_ban", "Ủy ban kiểm sát"
    OFFICE = "van_phong", "Văn phòng"
    DEPARTMENT = "vu", "Vụ"
    BUREAU = "cuc", "Cục"
    INSPECTORATE = "thanh_tra", "Thanh tra"
    APPEAL = "vien", "Viện công tố và kiểm sát xét xử phúc thẩm"
    INSTITUTE = "su_nghiep", "Đơn vị sự nghiệp"
    HIGH = "cap_cao", "VKSND cấp cao"
    PROVINCE = "tinh", "VKSND cấp tỉnh"
    REGION = "khu_vuc", "VKSND khu vực"
    DISTRICT = "huyen", "VKSND cấp huyện"
    SECTION = "phong", "Phòng"
    MILITARY = "quan_su_tw", "VKSQS trung ương"
    MILITARY_ZONE = "quan_su_quan_khu", "VKSQS quân khu và tương đương"
    MILITARY_REGION = "quan_su_khu_vuc", "VKSQS khu vực"


class Confidence(models.TextChoices):
    """How sure a datum about the organisation is."""

    CONFIRMED = "confirmed", "Đã đối chiếu văn bản"
    DERIVED = "derived", "Suy ra từ văn bản"
    RECALLED = "recalled", "Chưa đối chiếu"


class EventKind(models.TextChoices):
    """What happened to a unit that ended."""

    MERGE = "merge", "Sáp nhập"
    SPLIT = "split", "Chia tách"
    RENAME = "rename", "Đổi tên, tổ chức lại"
    DISSOLVE = "dissolve", "Chấm dứt hoạt động"


class Unit(models.Model):
    """One unit under one name, from its first to its last day (both in force)."""

    code = models.CharField("Mã", max_length=40, unique=True)
    name = models.CharField("Tên đầy đủ", max_length=255)
    short_name = models.CharField("Tên gọn", max_length=120)
    kind = models.CharField("Loại", max_length=20, choices=UnitKind.choices)
    province = models.CharField("Tỉnh, thành phố", max_length=60, blank=True)
    place = models.CharField("Địa danh ghi trên văn bản", max_length=60, blank=True)
    issuing_code = models.CharField(
        "Ký hiệu trên số quyết định",
        max_length=20,
        blank=True,
        help_text="Ví dụ VKSTC; để trống nếu không ban hành quyết định.",
    )
    founded_on = models.DateField(
        "Ngày thành lập", null=True, blank=True, help_text="Ngày thành lập gốc, kể cả khi sau đó đổi tên, tổ chức lại."
    )
    valid_from = models.DateField("Hoạt động từ", null=True, blank=True)
    valid_to = models.DateField("Ngày cuối cùng hoạt động", null=True, blank=True)
    source = models.TextField("Căn cứ", blank=True)
    confidence = models.CharField("Độ tin cậy", max_length=10, choices=Confidence.choices, default=Confidence.CONFIRMED)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    search_key = models.CharField(max_length=400, editable=False)

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        default_permissions = ()
        permissions = [(p.value, p.label) for p in Permission if p in ON_UNIT]
        indexes = [models.Index(fields=["kind", "valid_to"], name="unit_kind_end")]
        constraints = [
            models.CheckConstraint(
                name="unit_has_code_and_names", condition=~Q(code="") & ~Q(name="") & ~Q(short_name="")
            ),
            models.CheckConstraint(name="unit_kind_known", condition=Q(kind__in=UnitKind.values)),
            models.CheckConstraint(name="unit_confidence_known", condition=Q(confidence__in=Confidence.values)),
            models.CheckConstraint(
                name="unit_begins_before_it_ends",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the derived columns true; rows made in bulk call `fill_keys` themselves."""
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        """Order: kind, then province, then the name with its numbers by value."""
        self.name, self.short_name = clean_text(self.name), clean_text(self.short_name)
        rank = UnitKind.values.index(self.kind) if self.kind in UnitKind.values else 99
        province = re.sub(r"^(tỉnh|thành phố) ", "", self.province, flags=re.IGNORECASE)
        self.sort_key = f"{rank:02}{sort_key(province)}{sort_key(self.short_name)}"[:300]
        self.search_key = search_key(f"{self.short_name} {self.name} {self.code}")[:400]

    def is_in_force(self, day: date) -> bool:
        """Does the unit exist on `day`?"""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    view_permission = Permission.UNIT_VIEW

    def permission_scope(self) -> "Unit":
        """A unit is its own scope."""
        return self

    def lineage(self, day: date | None = None) -> "models.QuerySet[Unit]":
        """The units whose grants cover this one: itself, its superiors on `day` (today), and for an
        ended unit its successors and their superiors.
        """
        sql = tree.outward_sql("%s")
        when = (day or timezone.localdate()).isoformat()
        return Unit.objects.filter(pk__in=RawSQL(sql, (*tree.scope_days(when), self.pk)))  # noqa: S611


class UnitLink(models.Model):
    """`child` stands under `parent` from one day to another, both included.

    A unit has one superior at a time; the database refuses an overlap (migration 0002).
    """

    child = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parent_links", verbose_name="Đơn vị")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_links", verbose_name="Cấp trên")
    valid_from = models.DateField("Từ ngày", null=True, blank=True)
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "quan hệ trực thuộc"
        verbose_name_plural = "quan hệ trực thuộc"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="no_unit_under_itself", condition=~Q(child=F("parent"))),
            models.CheckConstraint(
                name="link_begins_before_it_ends",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} thuộc {self.parent}"


class UnitEvent(models.Model):
    """What became of a unit: one row per successor; no successor where none is known."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="endings", verbose_name="Đơn vị cũ")
    successor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="beginnings", null=True, blank=True, verbose_name="Đơn vị kế thừa"
    )
    kind = models.CharField("Hình thức", max_length=10, choices=EventKind.choices)
    date = models.DateField("Hiệu lực từ")
    basis = models.CharField("Căn cứ", max_length=255)
    confidence = models.CharField("Độ tin cậy", max_length=10, choices=Confidence.choices, default=Confidence.CONFIRMED)

    class Meta:
        verbose_name = "sự kiện tổ chức"
        verbose_name_plural = "sự kiện tổ chức"
        default_permissions = ()
        indexes = [models.Index(fields=["date"], name="unit_event_date")]
        constraints = [
            models.CheckConstraint(name="event_kind_known", condition=Q(kind__in=EventKind.values)),
            models.CheckConstraint(name="event_confidence_known", condition=Q(confidence__in=Confidence.values)),
            models.CheckConstraint(
                name="no_unit_succeeds_itself", condition=Q(successor__isnull=True) | ~Q(predecessor=F("successor"))
            ),
            models.CheckConstraint(
                name="only_dissolved_without_successor",
                condition=Q(successor__isnull=False) | Q(kind=EventKind.DISSOLVE),
            ),
            models.UniqueConstraint(name="one_event_per_pair_and_day", fields=["predecessor", "successor", "date"]),
            models.UniqueConstraint(
                name="one_open_ending_per_day", fields=["predecessor", "date"], condition=Q(successor__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.predecessor} → {self.successor or 'chưa xác định'}"


class UnitUserGrant(UserObjectPermissionBase):
    """A right of a user on a unit and on what stands below it (guardian, direct foreign key)."""

    content_object = models.ForeignKey(Unit, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "quyền trên đơn vị"
        verbose_name_plural = "quyền trên đơn vị"
        default_permissions = ()


class UnitGroupGrant(GroupObjectPermissionBase):
    """Guardian wants this table beside the other; rights are given to users only."""

    content_object = models.ForeignKey(Unit, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "quyền của nhóm trên đơn vị"
        verbose_name_plural = "quyền của nhóm trên đơn vị"
        default_permissions = ()
