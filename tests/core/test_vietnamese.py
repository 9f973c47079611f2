"""One stored form, keys that sort and find alike, letters that only look right."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vietnamese import (
    UnclearText,
    check_text,
    clean_text,
    duplicate_key,
    looks_like_old_font,
    person_sort_key,
    search_key,
    sort_key,
)

pytestmark = pytest.mark.once

SYLLABLES = "an ăn ân bà bả bã bá bạ đà da hoà hòa uỷ ủy thuý thúy quý nguyễn huệ lượng mười yến"


def test_text_is_stored_composed_without_invisible_letters() -> None:
    typed = "  Nguye\u0302\u0303n\u00a0Va\u0306n\u200b \u202eAn\u00ad\ufeff  "
    assert clean_text(typed) == "Nguyễn Văn An"


def test_lines_survive_only_where_they_are_asked_for() -> None:
    assert clean_text("dòng một \r\n\r\n\r\n\r\n dòng  hai") == "dòng một dòng hai"
    assert clean_text("dòng một \r\n\r\n\r\n\r\n dòng  hai", multiline=True) == "dòng một\n\ndòng hai"


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    lines = clean_text(text, multiline=True)
    assert clean_text(lines, multiline=True) == lines


@pytest.mark.parametrize(
    "typed", ["Phạm Đức", "pham duc", "PHẠM ĐỨC", "Pha\u0323m Đư\u0301c", "phạm  đức ", "Phạm Ðức"]
)
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    assert search_key(typed) == "pham duc"


def test_both_places_of_a_tone_mark_are_searched_alike() -> None:
    assert search_key("hoà uỷ thuý") == search_key("hòa ủy thúy") == "hoa uy thuy"


def test_typographic_dashes_are_searched_as_plain_ones() -> None:
    assert search_key("Thi đua \u2013 Khen thưởng") == search_key("Thi đua - Khen thưởng")


def test_letters_follow_the_alphabet_and_tones_the_dictionary() -> None:
    right = [
        "a",
        "à",
        "ả",
        "ã",
        "á",
        "ạ",
        "ă",
        "ắ",
        "â",
        "ấ",
        "b",
        "c",
        "d",
        "đ",
        "e",
        "ê",
        "i",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "y",
    ]
    shuffled = right[::-1]
    assert sorted(shuffled, key=sort_key) == right


def test_every_word_of_one_syllable_stands_before_the_next_tone() -> None:
    right = ["ba", "ba ba", "bà", "bà ba", "bả", "bã", "bá", "bạ", "ban"]
    shuffled = right[::-1]
    assert sorted(shuffled, key=sort_key) == right


def test_numbers_are_sorted_by_value() -> None:
    right = ["Khu vực 1", "Khu vực 2", "Khu vực 10", "Khu vực 13 - Phú Thọ"]
    shuffled = right[::-1]
    assert sorted(shuffled, key=sort_key) == right


def test_people_are_sorted_by_given_name_then_family_then_middle_names() -> None:
    right = [
        "Nguyễn Văn An",
        "Vũ Ánh",
        "Trần Văn Ăn",
        "Lê Thị Ân",
        "Đỗ Dũng",
        "Phạm Đào",
        "Lê Thị Hà",
        "Lê Văn Hà",
        "Trần Hà",
        "Lê Hạ",
    ]
    shuffled = right[::-1]
    assert sorted(shuffled, key=person_sort_key) == right


@given(st.lists(st.sampled_from(SYLLABLES.split()), min_size=1, max_size=6))
def test_keys_hold_digits_only_so_that_every_collation_agrees(words: list[str]) -> None:
    assert sort_key(" ".join(words)).isdigit()
    assert person_sort_key(" ".join(words)).isdigit()


def test_the_same_name_spelt_two_ways_is_a_double() -> None:
    assert duplicate_key("Nguyễn Thị Thuỷ") == duplicate_key("nguyễn  thị Thủy")
    assert duplicate_key("Hoà") == duplicate_key("Hòa")


def test_different_names_are_never_doubles() -> None:
    minimal = [
        "Thùy",
        "Thủy",
        "Thúy",
        "Thụy",
        "Đạt",
        "Dạt",
        "Hân",
        "Hận",
        "Han",
        "Hằng",
        "Hăng",
        "Tuyến",
        "Tuyển",
        "Tuyền",
    ]
    bases, tones = (
        ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"],
        ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"],
    )
    minimal += [
        unicodedata.normalize("NFC", f"{first}{base}{tone}n")
        for first in ("T", "Đ", "D")
        for base in bases
        for tone in tones
    ]
    assert len({duplicate_key(name) for name in minimal}) == len(set(minimal)) > 200


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Ðỗ Văn Thắng", "Đỗ Văn Thắng"), ("ðồng chí", "đồng chí"), ("Ɖức", "Đức"), ("Tоàn", "Toàn"), ("Αnh", "Anh")],
)
def test_letters_that_only_look_right_are_refused_with_what_was_meant(typed: str, meant: str) -> None:
    with pytest.raises(UnclearText) as refusal:
        check_text(typed)
    assert refusal.value.suggestion == meant
    assert meant in refusal.value.says


@pytest.mark.parametrize("typed", ["NguyÔn V¨n An", "TrÇn", "Nguyeãn Vaên An", "Traàn Thò Höông"])
def test_text_of_old_fonts_is_refused(typed: str) -> None:
    assert looks_like_old_font(typed)
    with pytest.raises(UnclearText, match="lỗi phông"):
        check_text(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Nguyễn Thị Thuỷ",
        "UỶ BAN NHÂN DÂN",
        "hoàn, hoãn, khoẻ, quý, xoong",
        "H'Hen Niê",
        "Y Ƀlô",
        "Müller",
        "QUỐC HỘI",
        "VKSND khu vực 3",
    ],
)
def test_good_text_is_let_through(typed: str) -> None:
    check_text(clean_text(typed))
