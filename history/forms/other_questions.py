"""The other kinds of questions the book answers, each a short form: vote, cap, money, public notice."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from core.forms import ViDateField, ViForm, ViIntegerField
from core.templatetags.vi import money, vi_number
from rulebook import catalogue, codes

Plain = dict[str, Any]
Row = tuple[str, str]
NOT_FIXED = "Chưa có quy định"


def _count(label: str, *, least: int = 0, initial: int | None = None) -> ViIntegerField:
    return ViIntegerField(label=label, min_value=least, max_value=1_000_000, initial=initial)


class OtherForm(ViForm):
    """What all of them ask: the award, and a day."""

    title: ClassVar[str]
    lead: ClassVar[str]
    kind: ClassVar[str]
    award = forms.ChoiceField(label="Danh hiệu, hình thức")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = catalogue.award_choices()  # type: ignore[attr-defined]

    def question(self) -> Plain:
        """The question as `manage.py ask` reads it."""
        kept = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in self.cleaned_data.items()
        }
        kept = {self.names.get(name, name): value for name, value in kept.items() if value is not None}
        return {"id": "thu", "kind": self.kind, **kept}

    names: ClassVar[dict[str, str]] = {}

    if TYPE_CHECKING:  # each form has its own

        def rows(self, answer: Plain) -> list[Row]:
            """The answer in words."""
            ...


class VoteForm(OtherForm):
    title, kind = "Biểu quyết", "vote"
    lead = "Số phiếu cần có và kết quả kiểm phiếu, tính trên tổng số thành viên Hội đồng."
    names = {"day": "governing_day"}
    day = ViDateField(label="Ngày áp dụng pháp luật")
    members = _count("Số thành viên Hội đồng", least=1)
    present = _count("Số người có mặt")
    recused = _count("Số người không tham gia biểu quyết", initial=0)
    yes = _count("Số phiếu đồng ý")
    written_yes = _count("Số ý kiến đồng ý bằng văn bản", initial=0)

    def rows(self, answer: Plain) -> list[Row]:
        """Share, votes needed, and whether it passes."""
        passed = {True: "Đạt", False: "Không đạt", None: "Theo quy chế của Hội đồng"}[answer["passed"]]
        share, needed = answer["share_needed"], answer["min_yes"]
        return [
            ("Kết quả", passed),
            ("Tỷ lệ cần đạt", f"{share} của {answer['base']} thành viên" if share else NOT_FIXED),
            ("Số phiếu cần có", vi_number(needed) if needed is not None else NOT_FIXED),
            ("Số phiếu được tính", vi_number(answer["yes_counted"])),
            ("Còn có thể đạt", "Có" if answer["possible"] else "Không, kể cả khi mọi người còn lại đồng ý"),
        ]


class QuotaForm(OtherForm):
    title, kind = "Giới hạn số lượng", "quota"
    lead = "Số lượng tối đa được đề nghị trên số làm căn cứ, làm tròn xuống."
    names = {"day": "governing_day"}
    day = ViDateField(label="Ngày áp dụng pháp luật")
    base = _count("Số làm căn cứ")
    proposed = _count("Số đề nghị")

    def rows(self, answer: Plain) -> list[Row]:
        """The cap and by how much it is exceeded."""
        if answer["cap"] is None:
            return [("Giới hạn", answer["says"])]
        over = f"Vượt {answer['over_by']}" if answer["over_by"] else "Trong giới hạn"
        return [("Giới hạn", vi_number(answer["cap"])), ("Cách tính", answer["says"]), ("Kết quả", over)]


class MoneyForm(OtherForm):
    title, kind = "Tiền thưởng", "money"
    lead = "Hệ số nhân mức lương cơ sở vào ngày ký quyết định."
    names = {"day": "decided_on"}
    holder = forms.ChoiceField(
        label="Đối tượng", choices=[(c, t[:1].upper() + t[1:]) for c, t in codes.SUBJECTS.items()]
    )
    day = ViDateField(label="Ngày ký quyết định")

    def rows(self, answer: Plain) -> list[Row]:
        """Coefficient, base salary, amount."""
        if answer["amount"] is None:
            return [("Mức tiền thưởng", answer.get("says", NOT_FIXED))]
        ceiling = [("Ghi chú", answer["says"])] if "says" in answer else []
        return [
            ("Mức tiền thưởng", money(answer["amount"])), ("Hệ số", answer["coefficient"].replace(".", ",")),
            ("Mức lương cơ sở", money(answer["base_salary"])), ("Trước khi làm tròn", money(answer["raw"])), *ceiling,
        ]  # fmt: skip


class NoticeForm(OtherForm):
    title, kind = "Công khai", "notice"
    lead = "Số ngày làm việc công khai trước phiên họp, tính cả hai đầu, trừ ngày nghỉ."
    opens = ViDateField(label="Bắt đầu công khai")
    closes = ViDateField(label="Kết thúc công khai")

    def rows(self, answer: Plain) -> list[Row]:
        """Working days counted and needed."""
        counted, needed = answer["working_days"], answer["needed"]
        enough = {True: "Đủ", False: "Chưa đủ", None: "Chưa xác định được"}[answer["enough"]]
        return [
            ("Kết quả", enough),
            ("Số ngày làm việc", vi_number(counted) if counted is not None else "Chưa có lịch nghỉ lễ của năm này"),
            ("Số ngày cần có", vi_number(needed) if needed is not None else NOT_FIXED),
        ]


#: Word of the address -> form.
KINDS: dict[str, type[OtherForm]] = {
    "bieu-quyet": VoteForm,
    "gioi-han": QuotaForm,
    "tien-thuong": MoneyForm,
    "cong-khai": NoticeForm,
}
