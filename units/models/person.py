"""People of the sector and the posts they hold, dated."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from core.vietnamese import clean_text, person_sort_key, search_key
from rulebook.book import load
from units.models.unit import Unit


class Sex(models.TextChoices):
    """Codes of the rule book."""

    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class Category(models.TextChoices):
    """In what capacity one serves; codes of the rule book."""

    OFFICIAL = "official", "Cán bộ, công chức"
    PUBLIC_EMPLOYEE = "public_employee", "Viên chức"
    WORKER = "worker", "Người lao động"
    SERVICEMAN = "serviceman", "Quân nhân"


#: A post that counts for no order of long service (an empty one is not known yet).
NO_LAW_POST = "khong"


def law_posts() -> list[tuple[str, str]]:
    """Choices of the equivalent post; a callable, so that a new one makes no migration."""
    return [(NO_LAW_POST, "Không tương đương chức vụ nào"), *load().posts.items()]


class Person(models.Model):
    """Someone who serves or has served; may or may not sign in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="Tài khoản",
    )
    code = models.CharField("Số hiệu", max_length=30, unique=True)
    full_name = models.CharField("Họ và tên", max_length=120)
    sex = models.CharField("Giới tính", max_length=6, choices=Sex.choices)
    born_on = models.DateField("Ngày sinh", null=True, blank=True)
    joined_on = models.DateField("Ngày vào Ngành", null=True, blank=True)
    left_on = models.DateField("Ngày cuối cùng công tác", null=True, blank=True)
    category = models.CharField("Đối tượng", max_length=20, choices=Category.choices, default=Category.OFFICIAL)
    raised_retirement_age = models.BooleanField(
        "Giữ chức vụ có tuổi nghỉ hưu cao hơn",
        null=True,
        blank=True,
        help_text="Chỉ dùng khi xét cống hiến của nữ (khoản 7 Điều 4 NĐ 152/2025/NĐ-CP); để trống nếu chưa rõ.",
    )
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    search_key = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = "cá nhân"
        verbose_name_plural = "cá nhân"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="person_has_code_and_name", condition=~Q(code="") & ~Q(full_name="")),
            models.CheckConstraint(name="person_sex_known", condition=Q(sex__in=Sex.values)),
            models.CheckConstraint(name="person_category_known", condition=Q(category__in=Category.values)),
            models.CheckConstraint(
                name="person_born_before_joining",
                condition=Q(born_on__isnull=True) | Q(joined_on__isnull=True) | Q(born_on__lt=F("joined_on")),
            ),
            models.CheckConstraint(
                name="person_joins_before_leaving",
                condition=Q(joined_on__isnull=True) | Q(left_on__isnull=True) | Q(joined_on__lte=F("left_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the derived columns true; rows made in bulk call `fill_keys` themselves."""
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        """The name in NFC; sorted by given name first, found without accents."""
        self.full_name = clean_text(self.full_name)
        self.sort_key = person_sort_key(self.full_name)[:300]
        self.search_key = search_key(f"{self.full_name} {self.code}")[:200]

    view_permission = Permission.PERSON_VIEW

    @property
    def initials(self) -> str:
        """Two letters for the picture: of the middle (or family) and of the given name."""
        return "".join(word[0] for word in self.full_name.split()[-2:]).upper()

    def is_own(self, user: User) -> bool:
        """Is this the record of the one who asks?"""
        return self.user_id is not None and self.user_id == user.pk

    def posting_on(self, day: date | None = None) -> "Posting | None":
        """The main posting on `day` (today), or the last one begun before it."""
        when = day or timezone.localdate()
        return (
            self.postings.filter(is_main=True, valid_from__lte=when)
            .select_related("unit")
            .order_by("-valid_from")
            .first()
        )

    def permission_scope(self) -> Unit:
        """The unit of the present (or last) main posting decides who may see and edit.

        Someone without any posting stands in no unit: nobody's grant covers an unsaved one.
        """
        posting = self.posting_on()
        return posting.unit if posting else Unit()


class Posting(models.Model):
    """A person holds a post in a unit from one day to another, both included.

    Two main postings of one person never overlap; the database refuses it (migration 0002).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings", verbose_name="Cá nhân")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings", verbose_name="Đơn vị")
    post = models.CharField("Chức vụ", max_length=120, blank=True)
    rank = models.CharField("Chức danh, ngạch", max_length=120, blank=True)
    law_post = models.CharField(
        "Chức vụ tương đương khi xét cống hiến",
        max_length=40,
        blank=True,
        choices=law_posts,
        help_text="Theo NĐ 152/2025/NĐ-CP; để trống nếu chưa rõ.",
    )
    is_head = models.BooleanField("Thủ trưởng đơn vị", default=False)
    is_main = models.BooleanField("Vị trí chính", default=True)
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "quá trình công tác"
        verbose_name_plural = "quá trình công tác"
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "valid_from"], name="posting_person_from"),
            models.Index(fields=["unit", "valid_to"], name="posting_unit_end"),
        ]
        constraints = [
            models.CheckConstraint(
                name="posting_begins_before_it_ends",
                condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.title}, {self.unit}"

    @property
    def title(self) -> str:
        """Rank and post as written after a name: “Kiểm sát viên cao cấp, Trưởng phòng”."""
        return ", ".join(part for part in (self.rank, self.post) if part)
