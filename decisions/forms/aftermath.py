"""Forms of what follows an issue: payments, the fund, hand-over, the register of numbers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from core.forms import DoneOnField, RowsField, ViDateField, ViForm, ViIntegerField, parse_day
from core.typed import whole
from core.vietnamese import clean_text
from decisions.states import FundKind
from documents.forms import UploadField
from units.models import Unit

#: More numbers than this in one go are a slip of the hand.
MOST_NUMBERS = 2000


class ChosenForm(ViForm):
    """A form about rows ticked on the page before."""

    dong = RowsField(label="Trường hợp", queryset=None, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["dong"]
        chosen.queryset = rows


class PaidForm(ChosenForm):
    """When bonuses were paid, and by which voucher."""

    paid_on = DoneOnField(label="Ngày chi")
    voucher = forms.CharField(label="Số chứng từ", max_length=60)


class HandOverForm(ChosenForm):
    """When, where and by whom items were presented."""

    presented_on = DoneOnField(label="Ngày trao")
    place = forms.CharField(label="Nơi trao", max_length=160)
    presenter = forms.CharField(label="Người trao", max_length=160)
    receipt = forms.CharField(
        label="Ký nhận", max_length=200, required=False, help_text="Ví dụ: ký nhận tại danh sách ngày 20/12/2026."
    )
    file = UploadField(label="Tệp danh sách ký nhận", required=False)


class FundForm(ViForm):
    """A movement of the fund."""

    unit = forms.ModelChoiceField(label="Cơ quan", queryset=None)
    year = forms.IntegerField(
        label="Năm", min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    kind = forms.ChoiceField(label="Nội dung", choices=FundKind)
    amount = ViIntegerField(label="Số tiền (đồng)", min_value=1, max_value=10**15)
    on = ViDateField(label="Ngày")
    basis = forms.CharField(label="Căn cứ, chứng từ", max_length=200)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = units


class WhyForm(ViForm):
    """Why something is struck out or made void."""

    why = forms.CharField(label="Lý do", max_length=200)


class ReserveForm(ViForm):
    """Numbers to be kept back."""

    numbers = forms.CharField(label="Số cần giữ", max_length=500, help_text="Ví dụ: 15, 17-20.")
    note = forms.CharField(label="Giữ cho", max_length=300)

    def clean_numbers(self) -> list[int]:
        """“15, 17-20” as numbers."""
        return _numbers(part for part in self.cleaned_data["numbers"].replace(";", ",").split(","))


class ImportForm(ViForm):
    """Numbers used in the clerk's own register, pasted: number, day, note."""

    pasted = forms.CharField(
        label="Dán từ sổ văn thư", widget=forms.Textarea(attrs={"rows": 8}), max_length=100_000, strip=False,
        help_text="Mỗi dòng một số: số, ngày (nếu có), nội dung (nếu có); cách nhau bằng phím Tab hoặc dấu chấm phẩy.",
    )  # fmt: skip

    def clean_pasted(self) -> dict[int, tuple[date | None, str]]:
        """Number → day and note; each line that cannot be read is named."""
        found: dict[int, tuple[date | None, str]] = {}
        wrong: list[str] = []
        for place, line in enumerate(self.cleaned_data["pasted"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                number, day, note = _row(line)
            except ValueError as reason:
                wrong.append(f"Dòng {place}: {reason}")
                continue
            if number in found:
                wrong.append(f"Dòng {place}: số {number} có hai lần.")
            found[number] = (day, note)
        if wrong or len(found) > MOST_NUMBERS:
            raise forms.ValidationError(wrong[:20] or [f"Mỗi lần dán không quá {MOST_NUMBERS} số."])
        return found


def _row(line: str) -> tuple[int, date | None, str]:
    cells = [cell.strip() for cell in line.replace(";", "\t").split("\t")]
    number = whole(cells[0].split("/")[0].strip(), 0)
    if not 0 < number < 1_000_000:
        raise ValueError(f"“{cells[0][:40]}” không phải số văn bản.")
    day = parse_day(cells[1]) if len(cells) > 1 and cells[1] else None
    return number, day, clean_text(" ".join(cells[2:]))[:300]


def _numbers(parts: Iterable[str]) -> list[int]:
    found: set[int] = set()
    for part in parts:
        first, _, last = part.strip().partition("-")
        start, end = whole(first.strip()), whole(last.strip() or first.strip())
        if not 0 < start <= end < 1_000_000 or end - start >= MOST_NUMBERS:
            raise forms.ValidationError(f"“{part.strip()[:40]}” không phải số. Nhập ví dụ 15, 17-20.")
        found |= set(range(start, end + 1))
    return sorted(found)
