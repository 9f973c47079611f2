"""Forms of the print room: stock, printers, runs, designs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import User
from core.forms import DoneOnField, ViDateField, ViDecimalField, ViForm, ViIntegerField
from decisions import selectors
from decisions.facts import printing
from decisions.models import StockKind
from decisions.papers import layout as layouts
from documents.forms import EmblemField, UploadField
from documents.papers import Correction
from documents.services.render_ornament import COLOURS, ORNAMENTS
from documents.services.uploads_emblem import least_points
from rulebook.certificates import rule
from units.models import Unit


class SerialField(forms.IntegerField):
    """A number as printed on a blank: 000123 is read as 123 and shown without dots."""

    def __init__(self, **kwargs: Any) -> None:
        digits = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input-number"})
        super().__init__(min_value=1, max_value=99_999_999, widget=digits, **kwargs)


class BodyForm(ViForm):
    """Something of an issuing body; whoever works for one only is not asked which."""

    unit = forms.ModelChoiceField(label="Cơ quan ban hành", queryset=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = printing.bodies(user)
        self.only = field.queryset.get() if len(field.queryset) == 1 else None
        if self.only:
            del self.fields["unit"]

    @property
    def body(self) -> Unit:
        """The body chosen, or the only one."""
        chosen: Unit = self.only or self.cleaned_data["unit"]
        return chosen


class StockKindForm(BodyForm):
    """A kind of pre-printed stock."""

    name = forms.CharField(label="Tên loại phôi", max_length=120)
    award = forms.ChoiceField(label="Dùng cho", choices=printing.printed_awards)
    width = ViDecimalField(label="Rộng (mm)", min_value=100, max_value=600)
    height = ViDecimalField(label="Cao (mm)", min_value=70, max_value=450)
    letters = forms.CharField(label="Ký hiệu sê-ri", max_length=10, required=False)
    digits = ViIntegerField(label="Số chữ số", min_value=1, max_value=8, initial=6)


class ReceiptForm(ViForm):
    """Blanks that came, by their numbers."""

    first = SerialField(label="Từ số")
    last = SerialField(label="Đến số")
    received_on = DoneOnField(label="Ngày nhận")
    source = forms.CharField(label="Nơi giao, chứng từ", max_length=200)

    def clean(self) -> dict[str, Any]:
        """The range runs upwards."""
        values = super().clean() or self.cleaned_data
        if values.get("first") and values.get("last") and values["last"] < values["first"]:
            self.add_error("last", "Số cuối nhỏ hơn số đầu.")
        return values


class WriteOffForm(ViForm):
    """Blanks that leave the store without being printed."""

    first = SerialField(label="Từ số")
    last = SerialField(label="Đến số")
    place = forms.ChoiceField(label="Ghi là", choices=[("spoilt", "Hỏng"), ("returned", "Trả lại nơi giao")])
    reason = forms.CharField(label="Lý do", max_length=300)


class ScanForm(ViForm):
    """A picture of the blank for the screen."""

    file = UploadField(label="Ảnh quét phôi", help_text="JPG hoặc PNG. Chỉ hiện trên màn hình, không bao giờ in.")


class EmblemForm(ViForm):
    """The office's own emblem, for a place of `side` mm."""

    file = EmblemField(label="Tệp Quốc huy")

    def __init__(self, *args: Any, side: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["file"]
        field.side, least = side, least_points(side)
        field.help_text = f"SVG (nét vẽ, in sắc ở mọi cỡ) hoặc PNG nền trong, từ {least} × {least} điểm trở lên."


class PrinterForm(BodyForm):
    """A printer with one tray."""

    name = forms.CharField(label="Tên máy in", max_length=80, help_text="Ví dụ HP tầng 2.")
    tray = forms.CharField(label="Khay giấy", max_length=60, help_text="Mỗi khay có độ lệch riêng.")
    note = forms.CharField(label="Ghi chú", max_length=200, required=False)


class CorrectionByHandForm(ViForm):
    """The correction of a printer as read off a sheet."""

    right = ViDecimalField(label="Ngang (mm)", min_value=-20, max_value=20, decimal_places=4)
    down = ViDecimalField(label="Dọc (mm)", min_value=-20, max_value=20, decimal_places=4)
    scale_x = ViDecimalField(label="Tỷ lệ ngang (%)", min_value=90, max_value=110, decimal_places=4)
    scale_y = ViDecimalField(label="Tỷ lệ dọc (%)", min_value=90, max_value=110, decimal_places=4)
    turn = ViDecimalField(label="Xoay (độ)", min_value=-3, max_value=3, decimal_places=4)

    def correction(self) -> Correction:
        """As the rendering takes it."""
        values = {name: float(value) for name, value in self.cleaned_data.items()}
        return Correction(
            values["right"], values["down"], values["scale_x"] / 100, values["scale_y"] / 100, values["turn"]
        )


class MeasuredForm(ViForm):
    """Where the four marks of a trial sheet came out, from the left and the upper edge of the paper."""

    sheet = forms.ChoiceField(label="Khổ giấy đã in")
    printed = forms.ChoiceField(
        label="Tờ đã đo", choices=[("thu", "Tờ in thử (chưa bù lệch)"), ("kiem-tra", "Tờ kiểm tra (đã bù lệch)")]
    )

    def __init__(self, *args: Any, sheets: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sheet: Any = self.fields["sheet"]
        sheet.choices = sheets

    @property
    def rows(self) -> list[tuple[str, Any, Any]]:
        """Each mark with its two fields."""
        return [(f"Dấu {n}", self[f"x{n}"], self[f"y{n}"]) for n in range(1, 5)]

    def measured(self) -> list[tuple[float, float]]:
        """The four points in mm."""
        return [(float(self.cleaned_data[f"x{n}"]), float(self.cleaned_data[f"y{n}"])) for n in range(1, 5)]

    def size(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        width, _, height = self.cleaned_data["sheet"].partition("x")
        return float(width), float(height)


for _number in range(1, 5):
    for _axis, _edge in (("x", "trái"), ("y", "trên")):
        MeasuredForm.base_fields[f"{_axis}{_number}"] = ViDecimalField(
            label=f"Dấu {_number}, cách mép {_edge} (mm)", min_value=0, max_value=650, decimal_places=3
        )


class RunForm(ViForm):
    """What to print where, from which blank on."""

    kind = forms.ModelChoiceField(label="Loại phôi", queryset=None)
    decision = forms.ModelChoiceField(label="Quyết định", queryset=None)
    printer = forms.ModelChoiceField(label="Máy in", queryset=None)
    first = SerialField(label="Phôi đầu tiên trong khay (số sê-ri)")
    count = ViIntegerField(label="Số bằng in lượt này", min_value=1, max_value=100)
    reprint_reason = forms.CharField(
        label="Lý do in lại", max_length=300, required=False, help_text="Chỉ khi trong lượt có bằng đã hỏng."
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].queryset = printing.kinds_visible_to(user)
        fields["printer"].queryset = printing.printers_visible_to(user)
        fields["decision"].queryset = selectors.decisions_visible_to(user).filter(state__in=printing.SIGNED)
        fields["decision"].label_from_instance = lambda row: f"{row.number_text}, {row.title}"


class DesignForm(ViForm):
    """Places, sizes and ornament of one edition; each box has its row of five numbers."""

    valid_from = ViDateField(label="Áp dụng từ ngày")
    basis = forms.CharField(label="Căn cứ", max_length=300, help_text="Văn bản hoặc ý kiến duyệt mẫu của thủ trưởng.")
    ornament = forms.ChoiceField(label="Hoa văn", choices=list(ORNAMENTS.items()))
    colour = forms.ChoiceField(label="Màu hoa văn", choices=[(code, tones.label) for code, tones in COLOURS.items()])
    width = ViDecimalField(label="Giấy rộng (mm)", min_value=100, max_value=600)
    height = ViDecimalField(label="Giấy cao (mm)", min_value=70, max_value=450)
    prints = forms.MultipleChoiceField(label="Các ô in trên phôi", widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, award: str, stock: StockKind | None, numbers: Mapping[str, Any], **kwargs: Any
    ) -> None:
        self.award, self.stock, self.before = award, stock, layouts.typed(numbers)
        kwargs["initial"] = {**self.before, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        prints: Any = self.fields["prints"]
        prints.choices = layouts.choices()
        away = {"ornament", "colour", "width", "height"} if stock else {"prints"}
        if stock:
            away |= {name for name in layouts.NUMBERS if name.startswith("emblem_")}
        for name in away:
            del self.fields[name]

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        """Each box with its bound fields and what each is called in short: left, top, width, height, letters."""
        rows = layouts.rows(on_stock=bool(self.stock))
        return [(label, [(layouts.AXES[n.rpartition("_")[2]], self[n]) for n in names]) for label, names in rows]

    def stored(self) -> dict[str, Any]:
        """The layout as it is stored."""
        given = {name: float(value) for name, value in self.cleaned_data.items() if name in self.before}
        values = {**self.before, **given}
        if self.stock:
            values.update(width=self.stock.width, height=self.stock.height)
        return layouts.stored(values, width=values["width"], height=values["height"])

    def printed(self) -> list[str]:
        """The boxes that are printed: on white paper all."""
        return list(self.cleaned_data["prints"]) if self.stock else list(layouts.PRINTABLE)

    def clean(self) -> dict[str, Any]:
        """Boxes inside the sheet, none over another, in the order of the lines; sentences stand beside their fields."""
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        law = rule(self.award, values["valid_from"])
        layout = layouts.read(self.stored(), law)
        for field, says in layouts.faults(layout, self.printed(), on_stock=bool(self.stock)):
            self.add_error(field if field in self.fields else None, says)
        if not self.stock and (says := layouts.wrong_sheet(layout, law)):
            self.add_error("width", says)
        return values


for _name, _label in layouts.NUMBERS.items():
    DesignForm.base_fields[_name] = ViDecimalField(label=_label, min_value=0, max_value=600, decimal_places=2)
