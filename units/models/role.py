"""Who holds which role on which unit, from when to when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.roles import ROLES, Role, role_choices
from units.models.unit import Unit


class RoleAssignment(models.Model):
    """The fact a person enters; guardian's rows on the unit follow from it (`services.roles`).

    It lasts from its first to its last day; a delegated one names who lent the role.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_assignments", verbose_name="Tài khoản"
    )
    role = models.CharField("Vai trò", max_length=30, choices=role_choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="role_assignments", verbose_name="Đơn vị")
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)
    delegated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name="Người ủy quyền",
    )
    reason = models.CharField("Căn cứ, lý do", max_length=255, blank=True)

    class Meta:
        verbose_name = "phân công vai trò"
        verbose_name_plural = "phân công vai trò"
        default_permissions = ()
        indexes = [models.Index(fields=["user", "valid_to"], name="role_user_end")]
        constraints = [
            models.CheckConstraint(
                name="role_begins_before_it_ends",
                condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
            ),
            models.CheckConstraint(name="nobody_delegates_to_oneself", condition=~Q(user=F("delegated_by"))),
            models.CheckConstraint(
                name="delegation_has_an_end", condition=Q(delegated_by__isnull=True) | Q(valid_to__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_open_role_per_user_and_unit",
                fields=["user", "role", "unit"],
                condition=Q(valid_to__isnull=True),
                violation_error_message="Đồng chí này đang giữ vai trò đó ở đơn vị đã chọn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"

    @property
    def definition(self) -> Role:
        """The role's label, description and rights."""
        return ROLES[self.role]

    def is_in_force(self, day: date) -> bool:
        """Does the assignment hold on `day`?"""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def permission_scope(self) -> Unit:
        """Whoever manages roles on the unit manages this one."""
        return self.unit
