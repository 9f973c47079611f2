"""What is typed about units and roles."""

from datetime import date, timedelta
from typing import Any

from django import forms

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ROLES, Held
from core.forms import ViDateField, ViForm
from units.models import Unit
from units.selectors import in_force, units_visible_to, users_to_assign


class TreeDayForm(ViForm):
    """As of which day the structure is shown, and whether it is compared with the day before a reform."""

    ngay = ViDateField(label="Cơ cấu tại ngày")
    so = forms.BooleanField(required=False)

    def __init__(self, *args: Any, compare: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compare = compare
        self.fields["so"].label = f"So với ngày {compare:%d/%m/%Y}" if compare else "So với trước sắp xếp"


class AssignForm(ViForm):
    """A role for a user on a unit."""

    user = forms.ModelChoiceField(label="Tài khoản", queryset=User.objects.none())
    role = forms.ChoiceField(label="Vai trò", choices=())
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none())
    valid_from = ViDateField(label="Từ ngày")
    valid_to = ViDateField(label="Đến hết ngày", required=False)
    reason = forms.CharField(label="Căn cứ, lý do", max_length=255, required=False)

    def __init__(self, *args: Any, by: User, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": today})
        super().__init__(*args, **kwargs)
        managed = units_visible_to(by, Permission.ROLE_MANAGE)
        self.fields["unit"].queryset = managed.filter(in_force(today)).order_by("sort_key")  # type: ignore[attr-defined]
        self.fields["user"].queryset = users_to_assign(by).order_by("full_name", "pk")  # type: ignore[attr-defined]
        self.fields["user"].label_from_instance = lambda user: f"{user.full_name} ({user.username})"  # type: ignore[attr-defined]
        held = [(role.code, role.label) for role in ROLES.values() if role.held is Held.UNIT]
        self.fields["role"].choices = [("", "---------"), *held]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", f"Ngày kết thúc phải từ ngày {first:%d/%m/%Y}.")
        return data


class EndForm(ViForm):
    """The last day of a role, yesterday unless said otherwise."""

    last_day = ViDateField(label="Ngày cuối cùng giữ vai trò")
    reason = forms.CharField(label="Căn cứ, lý do", max_length=255)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"last_day": today - timedelta(days=1)})
        super().__init__(*args, **kwargs)
