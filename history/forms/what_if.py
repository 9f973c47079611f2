"""Facts typed to try the rule book with: one form per kind of fact, and from them the question `ask` would read."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from core.forms import ViDateField, ViForm, ViIntegerField
from rulebook import catalogue, codes
from rulebook.book import load

Plain = dict[str, Any]
#: Years of ratings that are offered, the year considered the last; the longest run of the law is ten.
YEARS = 10
#: Rows of one list at most.
MOST = 40
_UNKNOWN = ("", "Chưa rõ")
_YES_NO = [_UNKNOWN, ("co", "Có"), ("khong", "Không")]


def _picked(choices: Mapping[str, str], label: str, *, required: bool = False) -> forms.ChoiceField:
    named = [(code, text[:1].upper() + text[1:]) for code, text in choices.items()]
    first = [] if required else [_UNKNOWN]
    return forms.ChoiceField(label=label, choices=[*first, *named], required=required)


def _year(label: str, *, required: bool = True) -> ViIntegerField:
    typed = forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "w-120"})
    return ViIntegerField(label=label, min_value=1945, max_value=2200, required=required, widget=typed)


def _count(label: str) -> ViIntegerField:
    return ViIntegerField(label=label, min_value=0, max_value=100_000, required=False)


class AskedForm(ViForm):
    """Which award, of what type, in which year, under the law of which day."""

    award = forms.ChoiceField(label="Danh hiệu, hình thức")
    type = forms.ChoiceField(label="Loại hình", choices=[(c, t[:1].upper() + t[1:]) for c, t in codes.TYPES.items()])
    year = _year("Năm xét")
    governing_day = ViDateField(label="Ngày áp dụng pháp luật")

    def __init__(self, *args: Any, subject: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = catalogue.choices_for(subject)  # type: ignore[attr-defined]


class PersonForm(ViForm):
    """What is known of one person beside the lists."""

    sex = _picked(codes.SEXES, "Giới tính")
    category = _picked(codes.CATEGORIES, "Đối tượng")
    joined_on = ViDateField(label="Ngày vào Ngành", required=False)
    raised_retirement_age = forms.ChoiceField(label="Kéo dài tuổi nghỉ hưu (nữ)", choices=_YES_NO, required=False)

    def facts(self) -> Plain:
        """As the contract writes them; what is not typed is not known."""
        kept = {name: _iso(value) for name, value in self.cleaned_data.items() if value not in ("", None)}
        if "raised_retirement_age" in kept:
            kept["raised_retirement_age"] = kept["raised_retirement_age"] == "co"
        return kept


class CollectiveForm(ViForm):
    """What is known of one collective beside the lists."""

    founded_on = ViDateField(label="Ngày thành lập", required=False)
    leads_cluster = forms.ChoiceField(label="Dẫn đầu cụm, khối thi đua", choices=_YES_NO, required=False)
    flag_eligible = forms.ChoiceField(label="Thuộc đối tượng tặng cờ thi đua", choices=_YES_NO, required=False)
    total = _count("Tổng số người")
    completed_or_better = _count("Số người hoàn thành nhiệm vụ trở lên")
    lao_dong_tien_tien = _count("Số người đạt Lao động tiên tiến")
    chien_si_thi_dua_co_so = _count("Số người đạt Chiến sĩ thi đua cơ sở")
    disciplined_warning_or_above = _count("Số người bị kỷ luật từ cảnh cáo trở lên")

    def facts(self) -> Plain:
        """As the contract writes them."""
        kept = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        members = {name: kept.pop(name) for name in codes.MEMBER_COUNTS if name in kept}
        for name in ("leads_cluster", "flag_eligible"):
            if name in kept:
                kept[name] = kept[name] == "co"
        return {name: _iso(value) for name, value in kept.items()} | ({"members": members} if members else {})


class RatingsForm(ViForm):
    """The rating of each of the last years."""

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in range(year, year - YEARS, -1):
            field = _picked(dict(reversed(codes.RATINGS.items())), f"Năm {one}")
            field.widget.attrs["class"] = "form-select"
            self.fields[f"rating_{one}"] = field

    def facts(self) -> Plain:
        """Ratings by year."""
        return {name.removeprefix("rating_"): value for name, value in self.cleaned_data.items() if value}


class RowForm(ViForm):
    """One entry of a list of facts."""

    def facts(self) -> Plain:
        """The entry as the contract writes it."""
        return {name: _iso(value) for name, value in self.cleaned_data.items() if value not in ("", None)}


class GrantForm(RowForm):
    award = forms.ChoiceField(label="Đã được tặng")
    year = _year("Năm thành tích")
    decided_on = ViDateField(label="Ngày quyết định")
    type = _picked(codes.TYPES, "Loại hình")
    state = _picked(codes.GRANT_STATES, "Hiệu lực", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = [("", "Chọn"), *catalogue.award_choices()]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """A row in which no award is picked is an empty row."""
        return bool(self.data.get(self.add_prefix("award"))) if self.is_bound else super().has_changed()


class InitiativeForm(RowForm):
    code = forms.CharField(label="Mã, tên sáng kiến", max_length=60)
    level = _picked(codes.LEVELS, "Cấp công nhận", required=True)
    recognised_on = ViDateField(label="Ngày công nhận")
    used_for = forms.ChoiceField(label="Đã dùng cho", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["used_for"].choices = [("", "Chưa dùng"), *catalogue.award_choices()]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """A row without a name is an empty row."""
        return bool(self.data.get(self.add_prefix("code"))) if self.is_bound else super().has_changed()

    def facts(self) -> Plain:
        """The use is a list in the contract."""
        kept = super().facts()
        return {**kept, "used_for": [kept["used_for"]] if "used_for" in kept else []}


class DisciplineForm(RowForm):
    decided_on = ViDateField(label="Ngày quyết định")
    measure = _picked(codes.DISCIPLINE, "Hình thức")
    ended_on = ViDateField(label="Chấp hành xong", required=False)
    already_counted_in = _year("Đã tính vào năm", required=False)


class AbsenceForm(RowForm):
    reason = _picked(codes.ABSENCES, "Lý do nghỉ")
    start = ViDateField(label="Từ ngày")
    end = ViDateField(label="Đến ngày", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True

    def facts(self) -> Plain:
        """Named as the contract names them."""
        kept = super().facts()
        return {{"start": "from", "end": "to"}.get(name, name): value for name, value in kept.items()}


class PendingForm(RowForm):
    matter = _picked(codes.PENDING, "Việc đang xem xét")
    opened_on = ViDateField(label="Từ ngày", required=False)
    closed_on = ViDateField(label="Kết thúc ngày", required=False)


class PostingForm(RowForm):
    post = forms.ChoiceField(label="Chức vụ tương đương")
    start = ViDateField(label="Từ ngày")
    end = ViDateField(label="Đến ngày", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "Chọn"), *load().posts.items()]  # type: ignore[attr-defined]

    def facts(self) -> Plain:
        """Named as the contract names them."""
        kept = super().facts()
        return {{"start": "from", "end": "to"}.get(name, name): value for name, value in kept.items()}


class Rows(BaseFormSet):
    """Rows that may all be left empty, those offered first included."""

    def initial_form_count(self) -> int:
        """None: what was offered may be cleared like any other row."""
        return 0

    def total_form_count(self) -> int:
        """Those offered and one empty row."""
        return super().total_form_count() if self.is_bound else len(self.initial or []) + self.extra

    def facts(self) -> list[Plain]:
        """The rows in which something was typed."""
        return [form.facts() for form in self.forms if form.has_changed()]


#: List of the contract -> (heading, form of a row, whom it is about).
LISTS: dict[str, tuple[str, type[RowForm], tuple[str, ...]]] = {
    "grants": ("Danh hiệu, hình thức đã được tặng", GrantForm, ("individual", "collective")),
    "initiatives": ("Sáng kiến, đề tài", InitiativeForm, ("individual",)),
    "discipline": ("Kỷ luật", DisciplineForm, ("individual",)),
    "absences": ("Thời gian nghỉ", AbsenceForm, ("individual",)),
    "pending": ("Việc đang bị xem xét, xác minh", PendingForm, ("individual", "collective")),
    "postings": ("Chức vụ đã giữ (quá trình cống hiến)", PostingForm, ("individual",)),
}


def rows_of(name: str) -> type[Rows]:
    """The formset of one list."""
    made = formset_factory(LISTS[name][1], formset=Rows, extra=1, max_num=MOST, absolute_max=MOST, validate_max=True)
    return cast("type[Rows]", made)


class KnownForm(ViForm):
    """Which lists are complete: an empty complete list is “known: none”, otherwise nothing is known."""

    def __init__(self, *args: Any, subject: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (_, _, subjects) in LISTS.items():
            if subject in subjects:
                label = "Dữ liệu này đầy đủ (để trống nghĩa là không có)"
                self.fields[name] = forms.BooleanField(label=label, required=False, initial=True)
                self.fields[name].widget.attrs["class"] = "form-check-input"


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def this_year() -> int:
    """The year considered where none is named."""
    return timezone.localdate().year
