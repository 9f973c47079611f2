"""Forms of councils: sessions, recusals, the ballot, members and rules."""

import re
from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.permissions import Permission
from core.forms import ViDateField, ViDateTimeField, ViForm, ViIntegerField
from council import box
from council.models import AgendaItem, Seat, Session
from council.selectors import councils_of
from council.services.rules import Source
from council.states import Base, Choice, MemberRole, Status
from council.voting import Share
from rulebook.catalogue import award_choices

SHARE_SAYS = "Nhập tỷ lệ dạng 90 % hoặc phân số như 2/3, không quá 100 %."
_PERCENT = re.compile(r"(\d{1,3})\s*%?")
_FRACTION = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})")


class ShareField(forms.CharField):
    """A share as people write it: 90 %, 2/3."""

    def clean(self, value: Any) -> Share | None:
        """The share, exact; errors say how to write it."""
        text = super().clean(value)
        if not text:
            return None
        if found := _FRACTION.fullmatch(text):
            num, den = int(found[1]), int(found[2])
        elif found := _PERCENT.fullmatch(text):
            num, den = int(found[1]), 100
        else:
            raise ValidationError(SHARE_SAYS)
        try:
            return Share(num, den)
        except ValueError:
            raise ValidationError(SHARE_SAYS) from None


class VersionedForm(ViForm):
    """A form that says which version its user saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SessionForm(ViForm):
    """When and where a council meets."""

    council = forms.ModelChoiceField(None, label="Hội đồng", empty_label=None)
    title = forms.CharField(label="Tên phiên họp", max_length=250, help_text="Ví dụ: Phiên 04-2026.")
    held_at = ViDateTimeField(
        label="Họp lúc",
        help_text="Ví dụ 08:30 21/11/2026.",
        error_messages={"required": "Nhập giờ, ngày họp."},
    )
    due_at = ViDateTimeField(label="Dự kiến đóng phiếu lúc", required=False)
    place = forms.CharField(label="Địa điểm", max_length=250)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, session: Session | None = None, **kwargs: Any) -> None:
        if session is not None:
            names = ("title", "held_at", "due_at", "place", "version")
            kwargs["initial"] = {name: getattr(session, name) for name in names}
        super().__init__(*args, **kwargs)
        if session is not None:
            del self.fields["council"]
        else:
            self.fields["council"].queryset = councils_of(user, Permission.SESSION_PREPARE)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The vote closes after it opens."""
        values = super().clean() or {}
        held, due = values.get("held_at"), values.get("due_at")
        if held and due and due <= held:
            self.add_error("due_at", "Giờ dự kiến đóng phiếu phải sau giờ họp.")
        return values


class ReasonForm(VersionedForm):
    """Why a session is called off."""

    reason = forms.CharField(label="Lý do hủy", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class MinutesForm(VersionedForm):
    """What the secretary adds to the minutes."""

    number = ViIntegerField(label="Số biên bản", required=False, min_value=1, max_value=9999)
    note = forms.CharField(
        label="Ý kiến ghi biên bản", required=False, widget=forms.Textarea(attrs={"rows": 6}), max_length=8000
    )


class OtherItemForm(VersionedForm):
    """Something else to vote on: an initiative under review, or a result of a cluster in words."""

    initiative = forms.ModelChoiceField(None, label="Sáng kiến", required=False, empty_label="Chọn sáng kiến")
    title = forms.CharField(label="Kết quả cụm, khối", required=False, max_length=500)

    def __init__(self, *args: Any, initiatives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiative"].queryset = initiatives  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        values = super().clean() or {}
        if bool(values.get("initiative")) == bool(values.get("title")):
            raise ValidationError("Chọn một sáng kiến, hoặc nhập một kết quả cụm, khối.")
        return values


class RecusalForm(ViForm):
    """Who does not vote on what, and why."""

    item = forms.ModelChoiceField(None, label="Mục biểu quyết", empty_label="Chọn mục")
    seat = forms.ModelChoiceField(None, label="Thành viên", empty_label="Chọn thành viên")
    reason = forms.CharField(label="Lý do", max_length=250, help_text="Được ghi vào biên bản.")

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = AgendaItem.objects.filter(session=session)  # type: ignore[attr-defined]
        self.fields["seat"].queryset = Seat.objects.filter(session=session, votes=True)  # type: ignore[attr-defined]


class BallotForm(forms.Form):
    """One radio pair for each item the seat may vote on; nothing chosen is a blank slip."""

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        kept = [(Choice.YES.value, "Đồng ý"), (Choice.NO.value, "Không")]
        for item in self.items:
            self.fields[field_of(item)] = forms.ChoiceField(choices=kept, required=False)

    def radios(self, item: AgendaItem) -> list[dict[str, Any]]:
        """The pair of an item, with what was chosen before the review."""
        name = field_of(item)
        chosen = self.data.get(name)
        choices = self.fields[name].choices  # type: ignore[attr-defined]
        return [
            {"name": name, "value": value, "label": label, "is_chosen": value == chosen} for value, label in choices
        ]

    def choices(self) -> dict[int, str]:
        """What goes into the box, by the item's id."""
        return {item.pk: self.cleaned_data[field_of(item)] or Choice.BLANK.value for item in self.items}

    def counts(self) -> dict[str, int]:
        """How many of each: all that the review page shows."""
        chosen = list(self.choices().values())
        return {choice.value: chosen.count(choice) for choice in Choice}


class SendForm(ViForm):
    """The last page before the box: understood, code of the receipt, password when it is asked."""

    understood = forms.BooleanField(
        label="Tôi hiểu phiếu không sửa được sau khi gửi",
        error_messages={"required": "Đánh dấu “Tôi hiểu phiếu không sửa được sau khi gửi” rồi gửi."},
    )
    code = forms.CharField(widget=forms.HiddenInput, required=False)
    password = forms.CharField(
        label="Mật khẩu của đồng chí", required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, asks_password: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"code": box.new_code()})
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].required = asks_password
        if not asks_password:
            del self.fields["password"]

    def clean_code(self) -> str:
        """A code that is no code is replaced."""
        code = str(self.cleaned_data["code"])
        return code if box.is_code(code) else box.new_code()

    def clean_password(self) -> str:
        """The password of the one who is signed in; wrong tries count towards the lock-out."""
        password = str(self.cleaned_data["password"])
        if not get_adapter().reauthenticate(self.user, password):
            raise ValidationError("Mật khẩu không đúng. Phiếu chưa được gửi.")
        return password


class CouncilForm(ViForm):
    """A new council."""

    unit = forms.ModelChoiceField(None, label="Đơn vị", empty_label="Chọn đơn vị")
    name = forms.CharField(label="Tên Hội đồng", max_length=250)
    basis = forms.CharField(label="Quyết định thành lập", max_length=250, help_text="Số, ngày, cơ quan ban hành.")
    symbol = forms.CharField(label="Ký hiệu trên văn bản", max_length=20, initial="HĐTĐKT")
    valid_from = ViDateField(label="Hoạt động từ ngày")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units.order_by("sort_key")  # type: ignore[attr-defined]


class MemberForm(ViForm):
    """A seat on the council."""

    username = forms.CharField(label="Tên đăng nhập", max_length=60)
    role = forms.ChoiceField(label="Vai trò", choices=MemberRole.choices)
    post_title = forms.CharField(label="Chức vụ", max_length=250)
    votes = forms.BooleanField(label="Có quyền bỏ phiếu", required=False, initial=True)
    seat_no = ViIntegerField(label="Ghế số", required=False, min_value=1, max_value=99)
    valid_from = ViDateField(label="Từ ngày")

    def clean_username(self) -> User:
        """The account with that name."""
        user = User.objects.filter(username__iexact=self.cleaned_data["username"]).first()
        if user is None:
            raise ValidationError("Không có tài khoản với tên đăng nhập này.")
        return user


class LastDayForm(ViForm):
    """Until when a seat is held or a rule is in force."""

    last_day = ViDateField(label="Ngày cuối cùng")


class RuleForm(ViForm):
    """What the council's own rules say about shares and quorum."""

    award = forms.ChoiceField(label="Áp dụng cho", required=False)
    share = ShareField(label="Tỷ lệ phiếu cần đạt", max_length=10, help_text=SHARE_SAYS)
    over = forms.BooleanField(label="Phải vượt tỷ lệ này (quá bán), đạt đúng thì chưa đủ", required=False)
    base = forms.ChoiceField(label="Tính trên", choices=Base.choices)
    quorum = ShareField(label="Túc số", max_length=10, help_text="Phần thành viên phải có mặt, ví dụ 2/3.")
    document = forms.CharField(label="Văn bản căn cứ", max_length=250)
    place = forms.CharField(label="Điều, khoản", max_length=100)
    status = forms.ChoiceField(label="Độ tin cậy", choices=Status.choices, initial=Status.CONFIRMED)
    valid_from = ViDateField(label="Hiệu lực từ ngày")
    valid_to = ViDateField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = [("", "Mọi danh hiệu, hình thức"), *award_choices()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """As the service takes them."""
        kept = self.cleaned_data
        share: Share = kept["share"]
        return {
            "award": kept["award"], "base": kept["base"], "quorum": kept["quorum"],
            "share": Share(share.num, share.den, kept["over"]), "valid_from": kept["valid_from"],
            "valid_to": kept["valid_to"], "source": Source(kept["document"], kept["place"], kept["status"]),
        }  # fmt: skip


def field_of(item: AgendaItem) -> str:
    """The name of an item's radio pair."""
    return f"muc-{item.pk}"
