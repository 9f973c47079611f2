"""What people type about submissions and lines, checked field by field before a service is asked."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from awards import eligibility
from awards.models import Nomination, Submission
from awards.models.evidence import FILE_KINDS
from awards.models.nomination import TYPES
from awards.models.submission import LEVELS
from campaigns.models import Campaign
from core.forms import RowsField, ViDateField, ViForm, ViIntegerField
from documents.services import uploads
from documents.services.uploads_verdict import UploadRefused
from rulebook import catalogue
from units.models import Person, Unit

#: Beside what the machine found wanting, what dossiers are most often returned for.
COMMON_REASONS = (
    "Báo cáo thành tích chưa có số liệu, kết quả cụ thể",
    "Chưa có xác nhận của thủ trưởng đơn vị",
    "Không đúng đối tượng, tiêu chuẩn",
)
REASON_LENGTH = 1000


def _version() -> ViIntegerField:
    return ViIntegerField(widget=forms.HiddenInput, required=False)


def _long(label: str, help_text: str = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=20 * REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class HeadingForm(ViForm):
    """The words and number on a tờ trình."""

    title = forms.CharField(
        label="Trích yếu", max_length=300, help_text="Ví dụ: Đề nghị tặng danh hiệu thi đua năm 2026"
    )
    number = forms.CharField(label="Số tờ trình", max_length=60, required=False, help_text="Ví dụ: 45/TTr-VKS")
    dated = ViDateField(label="Ngày tờ trình", required=False, help_text="dd/mm/yyyy")
    version = _version()


def level_says() -> str:
    """Which awards belong to which level: the two lower ones by name, the highest has the others."""
    named = {code: ", ".join(award.short for award in catalogue.of_level(code)) for code in ("base", "sector")}
    return f"Cấp cơ sở: {named['base']}. Cấp Ngành: {named['sector']}. Cấp Nhà nước: các danh hiệu, hình thức khác."


class SubmissionForm(ViForm):
    """A new tờ trình: for which movement, of which unit, to which level."""

    campaign = forms.ModelChoiceField(label="Phong trào", queryset=Campaign.objects.none(), empty_label=None)
    unit = forms.ModelChoiceField(label="Đơn vị trình", queryset=Unit.objects.none(), empty_label=None)
    level = forms.ChoiceField(
        label="Cấp xét",
        choices=LEVELS,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label="Trích yếu", max_length=300, help_text="Ví dụ: Đề nghị tặng danh hiệu thi đua năm 2026"
    )
    number = forms.CharField(label="Số tờ trình", max_length=60, required=False, help_text="Ví dụ: 45/TTr-VKS")
    dated = ViDateField(label="Ngày tờ trình", required=False, help_text="dd/mm/yyyy")
    draft_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        self.fields["level"].help_text = level_says()
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class AwardForm(ViForm):
    """For which award, by which type."""

    award = forms.ChoiceField(label="Danh hiệu, hình thức")
    type = forms.ChoiceField(label="Loại hình", choices=TYPES, initial="merit")

    def __init__(self, *args: Any, awards: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = list(awards)  # type: ignore[attr-defined]


class PeopleForm(AwardForm):
    """People of the unit found by name, for one award."""

    people = RowsField(
        label="Cá nhân",
        queryset=Person.objects.none(),
        error_messages={
            "required": "Chọn ít nhất một người.",
            "invalid_choice": "Có người không công tác tại đơn vị trong năm xét. Chọn lại.",
        },
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class CollectivesForm(AwardForm):
    """The unit or collectives in it, for one award."""

    units = RowsField(
        label="Tập thể",
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một tập thể."},
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]


class LineForm(ViForm):
    """What the unit says of one line."""

    type = forms.ChoiceField(label="Loại hình", choices=TYPES)
    achievement_from = ViDateField(label="Thành tích từ ngày", help_text="dd/mm/yyyy")
    achievement_to = ViDateField(label="Thành tích đến ngày", help_text="dd/mm/yyyy")
    achievement = _long(
        "Tóm tắt thành tích",
        "Hai, ba câu: việc đã làm, số liệu, kết quả. In trong danh sách trình.",
        required=False,
        rows=4,
    )
    explanation = _long(
        "Giải trình của đơn vị",
        "Cần khi máy kiểm tra thấy chưa đủ điều kiện: dữ liệu nào thiếu, căn cứ nào đáp ứng.",
        required=False,
    )
    version = _version()

    def __init__(self, *args: Any, line: Nomination, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {name: getattr(line, name) for name in ("type", "achievement_from", "achievement_to", "achievement")}
            | {"explanation": line.explanation, "version": line.version},
        )
        super().__init__(*args, **kwargs)
        kinds = catalogue.award(line.award).types
        self.fields["type"].choices = [row for row in TYPES if row[0] in kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The period must not end before it begins."""
        data = super().clean() or {}
        first, last = data.get("achievement_from"), data.get("achievement_to")
        if first and last and last < first:
            self.add_error("achievement_to", "Ngày cuối phải từ ngày đầu trở đi.")
        return data


class FileForm(ViForm):
    """One file of a dossier."""

    kind = forms.ChoiceField(label="Loại tệp")
    file = forms.FileField(label="Tệp", help_text="PDF, DOCX, XLSX, JPG, PNG, tối đa 20 MB.")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, FILE_KINDS[kind]) for kind in kinds]  # type: ignore[attr-defined]

    def clean_file(self) -> uploads.Accepted:
        """Opened and checked by content; the refusal is the sentence for the user."""
        try:
            return uploads.accept(self.cleaned_data["file"])
        except UploadRefused as reason:
            raise ValidationError(str(reason)) from None


class StepForm(ViForm):
    """A step that needs nothing but the version the user saw."""

    version = _version()


class NoteForm(ViForm):
    """A step that may carry a remark, and needs none."""

    note = _long("Căn cứ xác nhận", required=False)
    version = _version()

    def __init__(self, *args: Any, wanted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wanted:
            field = self.fields["note"]
            field.required = True
            field.error_messages["required"] = "Ghi căn cứ xác nhận các điều kiện máy chưa biết."
            field.help_text = "Máy chưa biết một số điều kiện. Ghi căn cứ đồng chí dùng để xác nhận."


class ReasonForm(ViForm):
    """A step that must say why."""

    reason = _long("Lý do")
    version = _version()

    def __init__(self, *args: Any, says: str = "Lý do", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = says
        self.fields["reason"].help_text = hint


class DeclineForm(ViForm):
    """Why the unit does not propose somebody who may be proposed."""

    reason = forms.CharField(
        label="Lý do không đề nghị", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Thường trực đọc được lý do này. Ví dụ: cá nhân xin nhường, đã đề nghị hình thức khác",
    )  # fmt: skip


class PostponeForm(ViForm):
    """Until when a suggestion rests, and why."""

    until = ViDateField(label="Xem xét lại từ ngày", help_text="dd/mm/yyyy, ví dụ 15/12/2026")
    reason = forms.CharField(label="Lý do hoãn", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_until(self) -> Any:
        """After today."""
        return _after_today(self.cleaned_data["until"])


class DueForm(ViForm):
    """A new last day."""

    due_on = ViDateField(label="Hạn bổ sung mới", help_text="dd/mm/yyyy, ví dụ 30/11/2026")
    version = _version()

    def clean_due_on(self) -> Any:
        """After today."""
        return _after_today(self.cleaned_data["due_on"])


class Ticked(forms.MultipleChoiceField):
    """Ticks of which the form as a whole says whether there are enough."""

    def validate(self, value: list[str]) -> None:
        """Nothing ticked is no error of this field."""
        if value:
            super().validate(value)


class ReturnForm(ViForm):
    """Why a dossier goes back, what to do, and until when."""

    reasons = Ticked(
        label="Lý do trả lại",
        widget=forms.CheckboxSelectMultiple,
        help_text="Chọn ít nhất một lý do. Nội dung sẽ in trong phiếu trả lại.",
    )
    other = forms.CharField(label="Lý do khác", max_length=300, required=False)
    guidance = _long("Hướng dẫn bổ sung", rows=2)
    due_on = ViDateField(label="Hạn bổ sung", help_text="dd/mm/yyyy, ví dụ 30/11/2026")
    version = _version()

    def __init__(self, *args: Any, found: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = list(dict.fromkeys([*found, *COMMON_REASONS]))
        self.fields["reasons"].choices = [(word, word) for word in words]  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        """After today."""
        return _after_today(self.cleaned_data["due_on"])

    def clean(self) -> dict[str, Any]:
        """At least one reason, ticked or typed."""
        data = super().clean() or {}
        data["all_reasons"] = [*data.get("reasons", []), *([data["other"]] if data.get("other") else [])]
        if not data["all_reasons"]:
            self.add_error("reasons", "Chọn ít nhất một lý do trả lại.")
        return data


class RemarkForm(ViForm):
    """Something said about a line."""

    text = forms.CharField(label="Thêm ý kiến", max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    internal = forms.BooleanField(label="Nội bộ (chỉ nơi thẩm định đọc được)", required=False)


class AssignForm(ViForm):
    """To whom lines are given."""

    to = forms.ModelChoiceField(label="Người thẩm định", queryset=User.objects.none(), empty_label=None)
    due_on = ViDateField(label="Hạn thẩm định", required=False, help_text="dd/mm/yyyy; để trống thì giữ hạn đang có")

    def __init__(self, *args: Any, users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = users  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        """After today, where given."""
        day = self.cleaned_data["due_on"]
        return _after_today(day) if day else None


class NoticeForm(ViForm):
    """A public notice for chosen lines."""

    unit = forms.ModelChoiceField(label="Đơn vị công khai", queryset=Unit.objects.none(), empty_label=None)
    title = forms.CharField(label="Tiêu đề", max_length=300)
    place = forms.CharField(
        label="Nơi công khai",
        max_length=300,
        help_text="Ví dụ: Trang thông tin điện tử VKSND tối cao, Báo Bảo vệ pháp luật",
    )
    opens_on = ViDateField(label="Từ ngày", help_text="dd/mm/yyyy")
    closes_on = ViDateField(label="Đến hết ngày", help_text="dd/mm/yyyy")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class CloseNoticeForm(ViForm):
    """What came of a notice."""

    summary = _long(
        "Kết quả lấy ý kiến", "Số ý kiến nhận được, nội dung chính, việc đã xử lý. Không có ý kiến cũng ghi rõ."
    )
    version = _version()


def found_reasons(line: Nomination, missing: Sequence[str]) -> list[str]:
    """Reasons the dossier itself suggests: parts that are missing, conditions that failed."""
    failed = [f"Chưa đáp ứng: {name}"[:200] for name in eligibility.failed_names(line.award, line.present_verdict)]
    return [*(f"Thiếu {label[:1].lower()}{label[1:]}" for label in missing), *failed]


def heading_of(submission: Submission) -> dict[str, Any]:
    """What stands in the heading form of a draft."""
    return {
        "title": submission.title,
        "number": submission.number,
        "dated": submission.dated,
        "version": submission.version,
    }


def _after_today(day: Any) -> Any:
    today = timezone.localdate()
    if day <= today:
        raise ValidationError(f"Hạn phải sau ngày {today:%d/%m/%Y}.")
    return day
