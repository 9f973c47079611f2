"""Forms of campaigns and registrations."""

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget

from campaigns.models import Campaign, CampaignKind, Registration, TaskKind
from campaigns.selectors.grid import Grid
from campaigns.services.campaigns import CampaignFacts
from campaigns.services.lines import Tick
from campaigns.services.targets import Target
from core.forms import ViDateField, ViDecimalField, ViForm
from rulebook import catalogue
from units.models import Unit

_KEY = re.compile(r"[pu]\d{1,18}")
#: Empty rows offered below the targets already written.
SPARE_ROWS = 3
LONG = {"rows": 6}


def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The awards as the form lists them: titles and forms of people, then of collectives."""
    entries = catalogue.awards().values()
    people = [(award.code, award.label) for award in entries if award.holder == "individual"]
    units = [(award.code, award.label) for award in entries if award.holder == "collective"]
    both = [(award.code, award.label) for award in entries if award.holder == "both"]
    return [("Cá nhân", people), ("Tập thể", units), ("Cá nhân và tập thể", both)]


class CampaignForm(ViForm):
    """A campaign, in the order in which a directive tells it."""

    title = forms.CharField(label="Tên phong trào", max_length=300)
    kind = forms.ChoiceField(label="Loại phong trào", choices=CampaignKind.choices)
    year = forms.IntegerField(
        label="Năm thi đua", min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Nhập năm gồm bốn chữ số, ví dụ 2027."},
    )  # fmt: skip
    theme = forms.CharField(label="Chủ đề", max_length=500, required=False)
    directive_number = forms.CharField(
        label="Số, ký hiệu văn bản phát động", max_length=60, required=False, help_text="Ví dụ: 01/CT-VKSTC."
    )
    directive_on = ViDateField(label="Ngày văn bản", required=False)
    directive_title = forms.CharField(label="Tên văn bản", max_length=300, required=False)
    directive_text = forms.CharField(
        label="Toàn văn hoặc trích yếu", required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    starts_on = ViDateField(label="Thi đua từ ngày", help_text="Năm thi đua thường từ 01/12 năm trước.")
    ends_on = ViDateField(label="Đến hết ngày", help_text="Thường là 30/11.")
    registration_opens_on = ViDateField(label="Nhận đăng ký từ ngày", required=False)
    registration_closes_on = ViDateField(label="Hạn gửi bản đăng ký", required=False)
    nomination_closes_on = ViDateField(label="Hạn trình hồ sơ đề nghị", required=False)
    awards = forms.MultipleChoiceField(
        label="Danh hiệu, hình thức được đăng ký", required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [choice for _, group in _groups() for choice in group],
    )  # fmt: skip
    task = forms.CharField(
        label="Yêu cầu, nhiệm vụ", required=False, widget=forms.Textarea(attrs=LONG), help_text="Mỗi dòng một mục."
    )
    content = forms.CharField(
        label="Nội dung thi đua", required=False, widget=forms.Textarea(attrs=LONG), help_text="Mỗi dòng một mục."
    )
    measure = forms.CharField(
        label="Giải pháp thực hiện", required=False, widget=forms.Textarea(attrs=LONG), help_text="Mỗi dòng một mục."
    )
    anniversary = forms.CharField(
        label="Ngày kỷ niệm hướng tới", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một ngày.",
    )  # fmt: skip

    def __init__(self, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        if campaign is not None:
            kwargs.setdefault("initial", _initial(campaign))
        super().__init__(*args, **kwargs)

    @property
    def award_groups(self) -> list[tuple[str, list[BoundWidget]]]:
        """The check boxes of the awards under their headings."""
        boxes = {box.data["value"]: box for box in self["awards"].subwidgets}
        return [(title, [boxes[code] for code, _ in choices]) for title, choices in _groups() if choices]

    def clean(self) -> dict[str, Any]:
        """Days in their order; each error stands beside the later day."""
        data: dict[str, Any] = super().clean() or {}
        self._in_order("starts_on", "ends_on", "Ngày kết thúc phải từ ngày bắt đầu {:%d/%m/%Y} trở đi.")
        self._in_order(
            "registration_opens_on", "registration_closes_on", "Hạn gửi phải từ ngày nhận đăng ký {:%d/%m/%Y} trở đi."
        )
        opens, closes = data.get("registration_opens_on"), data.get("registration_closes_on")
        if opens and not closes and "registration_closes_on" not in self.errors:
            self.add_error("registration_closes_on", "Nhập hạn gửi bản đăng ký, hoặc để trống cả hai ngày.")
        if closes and not opens and "registration_opens_on" not in self.errors:
            self.add_error("registration_opens_on", "Nhập ngày bắt đầu nhận đăng ký, hoặc để trống cả hai ngày.")
        return data

    def facts(self) -> CampaignFacts:
        """What the services store."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "unit"}
        tasks = {kind: tuple(data.pop(kind).splitlines()) for kind in TaskKind.values}
        return CampaignFacts(**{**data, "awards": tuple(data["awards"])}, tasks=tasks)

    def _in_order(self, first: str, last: str, says: str) -> None:
        before, after = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if before and after and after < before:
            self.add_error(last, says.format(before))


class NewCampaignForm(CampaignForm):
    """A first draft also says which unit launches it."""

    unit = forms.ModelChoiceField(label="Đơn vị phát động", queryset=Unit.objects.none())
    field_order = ["unit"]

    def __init__(self, *args: Any, units: Any, year: int, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _usual_days(year))
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if units.count() == 1:
            self.fields["unit"].initial = units.first()


class ExtendForm(ViForm):
    """Days put off, and by what."""

    registration_closes_on = ViDateField(label="Hạn gửi bản đăng ký", required=False)
    nomination_closes_on = ViDateField(label="Hạn trình hồ sơ đề nghị", required=False)
    ends_on = ViDateField(label="Phong trào đến hết ngày")
    reason = forms.CharField(label="Văn bản hoặc lý do gia hạn", max_length=300)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        names = ("registration_closes_on", "nomination_closes_on", "ends_on")
        kwargs.setdefault("initial", {name: getattr(campaign, name) for name in names})
        super().__init__(*args, **kwargs)


class ReasonForm(ViForm):
    """Why something is returned or asked for."""

    reason = forms.CharField(
        label="Lý do", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
        help_text="Nêu cụ thể cần sửa gì; đơn vị đọc nguyên văn.",
    )  # fmt: skip


class CellsForm(forms.Form):
    """Cells changed in the grid, sent by the script: [["p12:lao_dong_tien_tien", true], …]."""

    version = forms.IntegerField(min_value=1)
    doi = forms.CharField(max_length=400_000)

    def clean_doi(self) -> list[Tick]:
        """The cells; anything else is not from our page."""
        try:
            pairs = json.loads(self.cleaned_data["doi"])
            return [Tick(*_cell(value), on=on is True) for value, on in pairs]
        except (ValueError, TypeError) as unread:
            raise ValidationError("Không đọc được các ô vừa gửi. Tải lại trang rồi chọn lại.") from unread


def ticks_of_page(grid: Grid, ticked: Iterable[str]) -> list[Tick]:
    """The whole sheet as a plain form sends it: what differs from the stored cells."""
    wanted = set(ticked)
    cells = [cell for row in [*grid.rows, *grid.collectives] for cell in row.cells if not cell.locked]
    return [
        Tick(cell.key, cell.award.code, cell.value in wanted) for cell in cells if (cell.value in wanted) != cell.on
    ]


class TargetForm(ViForm):
    """One target of the unit."""

    text = forms.CharField(label="Chỉ tiêu", max_length=500, required=False)
    amount = ViDecimalField(label="Mức", max_digits=12, decimal_places=2, required=False)
    measure = forms.CharField(label="Đơn vị tính", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """A number needs its words."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("text") and not self.errors and (data.get("amount") is not None or data.get("measure")):
            self.add_error("text", "Nhập nội dung của chỉ tiêu, hoặc xóa con số.")
        return data


class TargetRows(forms.BaseFormSet):
    """The targets of a registration, with a few empty rows."""

    @classmethod
    def of(cls, registration: Registration, data: Any = None) -> "TargetRows":
        """Bound to `data`, or showing what is stored."""
        rows = registration.targets.order_by("order")
        initial = [{"text": row.text, "amount": row.amount, "measure": row.measure} for row in rows]
        made = forms.formset_factory(TargetForm, formset=cls, extra=SPARE_ROWS, max_num=100, absolute_max=120)
        return made(data, initial=initial, prefix="ct")  # type: ignore[return-value]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusals: list[str] = []

    def add_error(self, field: None, text: str) -> None:
        """What the service refused, shown above the rows."""
        self.refusals.append(text)

    def targets(self) -> list[Target]:
        """What the services store."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        return [Target(row.get("text", ""), row.get("amount"), row.get("measure", "")) for row in rows]


class OwnForm(ViForm):
    """What a person proposes and undertakes."""

    awards = forms.MultipleChoiceField(
        label="Danh hiệu, hình thức đăng ký", required=False, widget=forms.CheckboxSelectMultiple
    )
    commitment = forms.CharField(
        label="Nội dung cam kết", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Những việc đồng chí phấn đấu thực hiện trong năm để đạt danh hiệu đăng ký.",
    )  # fmt: skip

    def __init__(self, *args: Any, awards: Iterable[catalogue.Award], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["awards"].choices = [(award.code, award.label) for award in awards]  # type: ignore[attr-defined]


def _cell(value: str) -> tuple[str, str]:
    key, _, award = value.partition(":")
    if not _KEY.fullmatch(key) or award not in catalogue.awards():
        raise ValueError(value)
    return key, award


def _initial(campaign: Campaign) -> dict[str, Any]:
    columns = CampaignFacts.__dataclass_fields__.keys() - {"awards", "tasks"}
    lines = campaign.tasks.order_by("order").values_list("kind", "text")
    tasks = {kind: "\n".join(text for own, text in lines if own == kind) for kind in TaskKind.values}
    awards = list(campaign.awards.values_list("award", flat=True))
    return {**{name: getattr(campaign, name) for name in columns}, **tasks, "awards": awards}


def _usual_days(year: int) -> dict[str, Any]:
    """The days most directives name, to be changed where this one differs."""
    return {
        "kind": CampaignKind.ANNUAL,
        "year": year,
        "starts_on": date(year - 1, 12, 1),
        "ends_on": date(year, 11, 30),
        "registration_opens_on": date(year - 1, 12, 1),
        "registration_closes_on": date(year, 1, 31),
        "nomination_closes_on": date(year, 12, 15),
    }
