"""Forms of decisions."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from core.forms import DoneOnField, RowsField, ViDateField, ViForm, ViIntegerField
from council.models import Session
from decisions import selectors
from decisions.facts.order import SPLITS, in_law_order
from decisions.models import Decision, Recovery
from decisions.models.decision import AUTHORITY_FORMS
from decisions.papers.words import expired, parted, source_in
from decisions.states import DecisionKind
from decisions.workflow import SIGNED_FOR_ANOTHER
from documents.forms import UploadField
from documents.states import WordKind
from rulebook import clocks


class DraftForm(ViForm):
    """The words of a draft; articles and bases one per line, further lines of an article begin with “-”."""

    title = forms.CharField(label="Trích yếu", max_length=300)
    place = forms.CharField(label="Địa danh", max_length=60)
    issuer_above = forms.CharField(label="Cơ quan chủ quản in trên văn bản", max_length=250, required=False)
    issuer_name = forms.CharField(label="Cơ quan ban hành in trên văn bản", max_length=250)
    legal_bases = forms.CharField(
        label="Căn cứ", widget=forms.Textarea(attrs={"rows": 6}), help_text="Mỗi căn cứ một dòng."
    )
    articles = forms.CharField(
        label="Các điều", widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Mỗi điều một dòng, không ghi “Điều 1.”. Dòng con của một điều bắt đầu bằng dấu gạch ngang.",
    )  # fmt: skip
    sent_to = forms.CharField(label="Nơi nhận", widget=forms.Textarea(attrs={"rows": 4}), help_text="Mỗi nơi một dòng.")
    signer = forms.ModelChoiceField(label="Người ký", queryset=None)
    authority_post = forms.CharField(label="Chức vụ người đứng đầu", max_length=120)
    authority_form = forms.ChoiceField(label="Quyền hạn ký", choices=AUTHORITY_FORMS, required=False)
    signer_post = forms.CharField(
        label="Chức vụ người ký",
        max_length=120,
        required=False,
        help_text="Chỉ in khi ký thay, thừa lệnh, thừa ủy quyền.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _shown(decision))
        super().__init__(*args, **kwargs)
        self.decision = decision
        signer: Any = self.fields["signer"]
        signer.queryset = selectors.signers_of(decision.unit)

    def clean(self) -> dict[str, Any]:
        """A form of authority other than signing directly names the signer's post."""
        values = super().clean() or self.cleaned_data
        if values.get("authority_form") in SIGNED_FOR_ANOTHER and not values.get("signer_post"):
            self.add_error("signer_post", "Nhập chức vụ người ký khi ký thay, thừa lệnh hoặc thừa ủy quyền.")
        return values

    def clean_legal_bases(self) -> str:
        """Bases of the book that are not in force today are refused, by name."""
        text: str = self.cleaned_data["legal_bases"]
        today = timezone.localdate()
        gone = expired([{"number": "", "text": line} for line in _lines(text)], today)
        if gone:
            raise forms.ValidationError(
                f"Căn cứ {', '.join(gone)} không có hiệu lực ngày {today:%d/%m/%Y}. Đồng chí bỏ hoặc thay căn cứ này."
            )
        return text

    def stored(self) -> dict[str, Any]:
        """The values as services.drafting.edit takes them."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        numbers = {row["text"]: row["number"] for row in self.decision.legal_bases}
        values["legal_bases"] = [
            {"number": numbers.get(line) or source_in(line), "text": line} for line in _lines(values["legal_bases"])
        ]
        values["articles"] = _articles(values["articles"])
        values["sent_to"] = _lines(values["sent_to"])
        values["signer_name"] = values["signer"].full_name
        return values


class NumberForm(ViForm):
    """Day and, when the clerk wants a certain one, the number."""

    number = ViIntegerField(
        label="Số quyết định", required=False, min_value=1, help_text="Để trống để lấy số tiếp theo.",
        error_messages={"invalid": "Nhập số bằng chữ số, ví dụ 412, không ghi ký hiệu phía sau."},
    )  # fmt: skip
    dated = DoneOnField(label="Ngày ban hành")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": decision.version})
        super().__init__(*args, **kwargs)
        self.suffixes = {"number": f"/{decision.symbol}"}
        self.fields["number"].suffix = f"/{decision.symbol}"  # type: ignore[attr-defined]


class WordTemplateForm(ViForm):
    """A Word template for one kind of paper of a unit, from a day on."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=WordKind)
    unit = forms.ModelChoiceField(
        label="Đơn vị dùng mẫu", queryset=None, help_text="Các đơn vị cấp dưới cũng dùng khi không có mẫu riêng."
    )
    valid_from = ViDateField(label="Dùng cho văn bản từ ngày")
    file = UploadField(label="Tệp mẫu (.docx)", help_text="Không có macro, không liên kết ra ngoài, không quá 4 MB.")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = selectors.template_units(user)
        unit.initial = unit.queryset.first()
        self.fields["file"].widget.attrs["accept"] = ".docx"


class SignedFileForm(ViForm):
    """The decision, signed on the signer's own device."""

    file = UploadField(label="Tệp PDF đã ký", help_text="Ký đúng bản chờ ký, không in hay lưu lại thành tệp khác.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".pdf"


class ReasonForm(ViForm):
    """Why a decision goes back."""

    reason = forms.CharField(label="Lý do trả lại", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    version = forms.IntegerField(widget=forms.HiddenInput)


class LinesField(RowsField):
    """Recipients of a decision, by their check boxes."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """“12. Trần Thị Mai, CSTĐ ngành (Kiểm sát viên, VKSND tỉnh Phú Thọ)”."""
        where = ", ".join(part for part in (obj.post_printed, obj.unit_printed) if part)
        return f"{obj.order}. {obj.name_printed}, {obj.entry.short}{f' ({where})' if where else ''}"


class NominationsField(RowsField):
    """Passed lines of a session, by their check boxes."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """“CSTĐ ngành: Trần Thị Mai (VKSND tỉnh Phú Thọ)”."""
        return f"{obj.entry.short}: {obj.name_printed} ({obj.submission.unit.short_name})"


class NewForm(ViForm):
    """Which passed lines become decisions, and how they are shared out."""

    split = forms.ChoiceField(
        label="Cách ra quyết định", choices=list(SPLITS.items()), widget=forms.RadioSelect, initial="mot"
    )
    lines = NominationsField(label="Hồ sơ đạt chưa có quyết định", queryset=None)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: Any = self.fields["lines"]
        rows.queryset = selectors.undecided_of(session)
        rows.initial = [line.pk for line in in_law_order(rows.queryset)]


class ReverseForm(ViForm):
    """Which lines of an issued decision are taken back or set right, and why."""

    lines = LinesField(label="Trường hợp", queryset=None)
    ground = forms.ChoiceField(label="Trường hợp hủy bỏ theo Luật", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="Kết luận, bản án, văn bản làm căn cứ: số, ngày, cơ quan.",
    )  # fmt: skip

    def __init__(self, *args: Any, decision: Decision, kind: str, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["lines"]
        lines.queryset = selectors.standing_lines(decision)
        if kind != DecisionKind.REVOCATION:
            del self.fields["ground"]
            return
        ground: Any = self.fields["ground"]
        ground.choices = [(row.code, row.text) for row in clocks.grounds(day)]


class CorrectionForm(ViForm):
    """What a correction prints in the place of the wrong words."""

    name_printed = forms.CharField(label="Họ tên, tên tập thể", max_length=250)
    post_printed = forms.CharField(label="Chức vụ", max_length=250, required=False)
    unit_printed = forms.CharField(label="Đơn vị", max_length=250, required=False)
    achievement = forms.CharField(label="Thành tích in trên bằng", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class RecoveryForm(ViForm):
    """What came back: the money with its voucher, the item, or both."""

    money_on = DoneOnField(label="Ngày thu đủ tiền", required=False)
    voucher = forms.CharField(label="Chứng từ thu", max_length=60, required=False)
    item_on = DoneOnField(label="Ngày thu hiện vật", required=False)
    item_note = forms.CharField(label="Ghi chú hiện vật", max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, recovery: Recovery, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": recovery.version})
        super().__init__(*args, **kwargs)
        away = [] if recovery.money_due and not recovery.money_on else ["money_on", "voucher"]
        away += [] if recovery.item_due and not recovery.item_on else ["item_on", "item_note"]
        for name in away:
            del self.fields[name]


class SettleForm(ViForm):
    """What people decided on an honour or dossier that rested on a revoked one."""

    note = forms.CharField(label="Kết quả xử lý", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _articles(text: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for line in _lines(text):
        if line.startswith("-") and rows:
            rows[-1]["more"].append(line)
        else:
            text, tail = parted(line)
            rows.append({"text": text, "more": [], "tail": tail})
    return rows


def _shown(decision: Decision) -> dict[str, Any]:
    plain = (
        "title",
        "place",
        "issuer_above",
        "issuer_name",
        "signer",
        "authority_post",
        "authority_form",
        "signer_post",
        "version",
    )
    shown = {name: getattr(decision, name) for name in plain}
    shown["legal_bases"] = "\n".join(row["text"] for row in decision.legal_bases)
    shown["sent_to"] = "\n".join(decision.sent_to)
    shown["articles"] = "\n".join(
        "\n".join([f"{row['text']} {row.get('tail', '').strip()}".strip(), *row.get("more", [])])
        for row in decision.articles
    )
    return shown
