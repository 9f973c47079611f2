"""What the nightly pass finds: who has come to, or is one condition short of, an award above."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission
from core.vietnamese import search_key
from history.states import DiscoveryState, Nearness
from rulebook import catalogue, codes
from rulebook.catalogue import award_choices, type_choices
from units.models import Person, Unit
from units.models.record import YEARS


class Discovery(models.Model):
    """A suggestion of the machine about one person or collective, one award, one year.

    The pass keeps the upper half (what was found); people write the lower half (what became of it). A row whose
    finding no longer holds is not deleted: `ended_on` names the day, and it comes back if the finding does.
    `unit` is where the person works, or the collective itself; rights on it decide. `found_at` is the run that
    brought the present outcome. `missing_…` are empty for who is eligible.
    """

    view_permission = Permission.GRANT_VIEW

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="discoveries")
    collective = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="discoveries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="discovered", verbose_name="Đơn vị")
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)
    type = models.CharField("Loại hình", max_length=15, choices=type_choices)
    year = models.PositiveSmallIntegerField("Năm xét")
    outcome = models.CharField("Kết quả rà soát", max_length=12, choices=Nearness.choices)
    missing_rule = models.CharField("Điều kiện còn thiếu", max_length=60, blank=True)
    missing_says = models.TextField("Còn thiếu", blank=True)
    missing_cite = models.JSONField("Căn cứ", default=list)
    expected_on = models.DateField("Sớm nhất đạt ngày", null=True, blank=True)
    verdict = models.JSONField("Kết luận điều kiện")
    confirmed = models.BooleanField("Mọi căn cứ đã đối chiếu", default=False)
    rulebook_version = models.CharField("Phiên bản bộ quy tắc", max_length=64)
    found_at = models.DateTimeField("Phát hiện lúc")
    refreshed_at = models.DateTimeField("Rà soát lúc")
    ended_on = models.DateField("Không còn từ ngày", null=True, blank=True)
    name = models.CharField("Tên", max_length=255, editable=False)
    sort_key = models.CharField(max_length=300, editable=False)
    search_key = models.CharField(max_length=400, editable=False)

    state = models.CharField("Trạng thái", max_length=10, choices=DiscoveryState.choices, default=DiscoveryState.OPEN)
    version = models.PositiveIntegerField(default=1)
    reason = models.CharField("Lý do", max_length=500, blank=True)
    until = models.DateField("Hoãn đến ngày", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="Người xử lý"
    )
    at = models.DateTimeField("Xử lý lúc", null=True, blank=True)

    class Meta:
        verbose_name = "gợi ý khen thưởng"
        verbose_name_plural = "gợi ý khen thưởng"
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "ended_on", "outcome"], name="discovery_unit"),
            models.Index(fields=["year", "outcome"], name="discovery_year"),
        ]
        constraints = [
            models.CheckConstraint(
                name="discovery_about_person_or_unit",
                condition=Q(person__isnull=False, collective=None) | Q(person=None, collective__isnull=False),
            ),
            models.CheckConstraint(name="discovery_type_known", condition=Q(type__in=list(codes.TYPES))),
            models.CheckConstraint(name="discovery_year_plausible", condition=Q(year__range=YEARS)),
            models.CheckConstraint(name="discovery_outcome_known", condition=Q(outcome__in=Nearness.values)),
            models.CheckConstraint(
                name="discovery_names_what_is_missing",
                condition=Q(outcome=Nearness.ELIGIBLE, missing_says="", expected_on=None)
                | (~Q(outcome=Nearness.ELIGIBLE) & ~Q(missing_says="")),
            ),
            models.CheckConstraint(name="discovery_state_known", condition=Q(state__in=DiscoveryState.values)),
            models.CheckConstraint(
                name="discovery_postponed_until_a_day",
                condition=~Q(state=DiscoveryState.POSTPONED) | Q(until__isnull=False),
            ),
            models.CheckConstraint(
                name="discovery_set_aside_with_reason",
                condition=~Q(state__in=[DiscoveryState.POSTPONED, DiscoveryState.DECLINED]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="discovery_acted_on_by_somebody",
                condition=Q(state=DiscoveryState.OPEN) | Q(by__isnull=False, at__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_discovery_of_a_person",
                fields=["person", "award", "type", "year"],
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_discovery_of_a_collective",
                fields=["collective", "award", "type", "year"],
                condition=Q(collective__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.entry.short} {self.year}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the derived columns true; rows made in bulk call `fill_keys` themselves."""
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        """Called and sorted like its subject, found by its name without accents."""
        self.name = self.person.full_name if self.person else self.collective.name  # type: ignore[union-attr]
        self.sort_key = self.subject.sort_key[:300]
        self.search_key = search_key(f"{self.name} {self.subject.code}")[:400]

    @property
    def subject(self) -> Person | Unit:
        """The person or the collective."""
        return self.person or self.collective  # type: ignore[return-value]

    @property
    def holder(self) -> str:
        """As the rule book calls the subject."""
        return "individual" if self.person_id else "collective"

    @property
    def entry(self) -> catalogue.Award:
        """The award's place in the law."""
        return catalogue.award(self.award)

    def permission_scope(self) -> Unit:
        """The unit that may propose."""
        return self.unit

    def is_own(self, user: User) -> bool:
        """Is it about the one who asks?"""
        return self.person is not None and self.person.is_own(user)
