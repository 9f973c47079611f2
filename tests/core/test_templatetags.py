"""How dates, numbers, deadlines and states are written."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from core.templatetags import vi
from core.templatetags.ui import STATE_KINDS, journal_changes

pytestmark = pytest.mark.once

MOMENT = datetime(2026, 11, 21, 8, 52, tzinfo=UTC)


def shown(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ day|vi_date }}", "02/09/2026"),
        ("{{ at|vi_date }}", "21/11/2026"),
        ("{{ at|vi_time }}", "15:52"),
        ("{{ at|vi_datetime }}", "15:52 ngày 21/11/2026"),
        ("{{ at|vi_stamp }}", "21/11/2026 15:52"),
        ("{{ at|vi_day }}", "Thứ Bảy, 21/11/2026"),
        (
            "{{ none|vi_date }}{{ none|vi_datetime }}{{ none|vi_number }}{{ none|money }}{{ none|plain }}",
            "",
        ),
        ("{{ number|vi_number }}", "1.234,5"),
        ("{{ number|vi_number:0 }}", "1.235"),
        ("{{ whole|vi_number }}", "12.345"),
        ("{{ zeros|vi_number }}", "3"),
        ("{{ sum|money }}", "1.800.000 đ"),
        ("{{ part|percent }}", "82,5 %"),
        ("{{ whole|plain }}", "12345"),
        ("{{ name|initials }}", "QH"),
    ],
)
def test_values_are_written_the_vietnamese_way(template: str, words: str) -> None:
    values = {
        "day": date(2026, 9, 2),
        "at": MOMENT,
        "none": None,
        "number": Decimal("1234.5"),
        "whole": 12345,
        "zeros": Decimal("3.00"),
        "sum": 1_800_000,
        "part": Decimal("82.5"),
        "name": "Trần Quốc Hưng",
    }
    assert shown(template, **values) == words


@pytest.mark.parametrize(
    ("day", "words", "css"),
    [
        (19, "Quá hạn 2 ngày", "late"),
        (21, "Hết hạn hôm nay", "soon"),
        (25, "Còn 4 ngày", "soon"),
        (28, "Còn 7 ngày", "soon"),
        (29, "Còn 8 ngày", ""),
    ],
)
def test_a_deadline_says_how_many_days_are_left(day: int, words: str, css: str) -> None:
    due, today = date(2026, 11, day), date(2026, 11, 21)
    assert vi.days_left(due, today) == words
    assert vi.due_class(due, today) == css


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (101, "một trăm linh một"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_800_000, "một triệu tám trăm nghìn"),
        (2_000_000_005, "hai tỷ không trăm linh năm"),
        (1_500_000_000, "một tỷ năm trăm triệu"),
        (3_000_000_000_000, "ba nghìn tỷ"),
        (-7, "âm bảy"),
    ],
)
def test_sums_are_written_in_words(number: int, words: str) -> None:
    assert vi.in_words(number) == words


def test_ordinals_know_first_and_fourth() -> None:
    assert [vi.ordinal(number) for number in (1, 2, 4, 10)] == ["thứ nhất", "thứ hai", "thứ tư", "thứ mười"]


def test_a_share_is_an_attribute_with_a_point_and_inside_its_bar() -> None:
    assert (vi.share(2, 3), vi.share(5, 3), vi.share(1, 0)) == ("66.7", "100.0", "0")


def test_a_chip_has_words_beside_its_icon() -> None:
    html = shown('{% chip "warn" text %}', text="Cần <bổ sung>")
    assert 'class="chip warn"' in html
    assert "bi-exclamation-triangle-fill" in html
    assert "Cần &lt;bổ sung&gt;" in html


def test_a_chip_that_explains_is_a_button() -> None:
    assert '<button type="button" class="chip err" popovertarget="vi-sao-7"' in shown(
        '{% chip "err" "Không đủ" opens="vi-sao-7" %}'
    )


def test_a_state_gives_its_chip_the_colour_of_its_code() -> None:
    subject = SimpleNamespace(state="returned", get_state_display=lambda: "Đã trả lại")
    assert '<span class="chip warn">' in shown("{% state_chip subject %}", subject=subject)
    assert "Chờ bổ sung" in shown('{% state_chip subject "Chờ bổ sung" "info" %}', subject=subject)


def test_no_state_code_has_two_colours() -> None:
    codes = [code for states in STATE_KINDS.values() for code in states.split()]
    assert sorted(codes) == sorted(set(codes))


def test_a_bar_has_no_style_attribute_and_a_point_in_its_numbers() -> None:
    html = shown("{% bar share 'Đạt 36,5 %' 'warn' 75 %}", share=Decimal("36.5"))
    assert 'width="36.5%"' in html
    assert 'x="75.0%"' in html
    assert "style" not in html


def test_what_a_user_typed_never_becomes_markup_inside_a_panel() -> None:
    html = shown("{% panel title %}{{ body }}{% endpanel %}", title="<i>x</i>", body="<script>1</script>")
    assert "<script>" not in html
    assert "<i>x</i>" not in html


def test_an_entry_of_the_journal_tells_lists_and_nothing_in_words_too() -> None:
    changes = {"lines": [[["Đỗ Văn An", "LĐTT"]], []], "reasons": [{"rule": "rating"}], "state": ["draft", None]}
    told = journal_changes(SimpleNamespace(subject_type=None, changes=changes))
    assert told["first"] == [
        "lines: [['Đỗ Văn An', 'LĐTT']] → (trống)",
        "reasons: [{'rule': 'rating'}]",
        "state: draft → (trống)",
    ]
