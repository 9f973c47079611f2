"""The fonts of papers have every letter that Vietnamese is written with."""

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from documents.services.render_engine import FONTS, font_path

pytestmark = pytest.mark.once
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def vietnamese_letters() -> set[str]:
    """The 146 letters that carry a mark or are đ, and their bases, small and capital."""
    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES} | {"đ"}
    return small | {letter.upper() for letter in small}


def test_there_are_146_letters():
    assert len(vietnamese_letters()) == 146


@pytest.mark.parametrize("face", FONTS)
def test_each_face_has_all_vietnamese_letters_and_the_marks_of_print(face):
    with TTFont(font_path(face)) as font:
        have = font.getBestCmap()
    assert {c for c in vietnamese_letters() | set("“”‘’–—…°№\N{NO-BREAK SPACE}") if ord(c) not in have} == set()


@pytest.mark.parametrize("face", FONTS)
def test_the_faces_may_be_embedded(face):
    with TTFont(font_path(face)) as font:
        assert font["OS/2"].fsType == 0


def test_all_digits_are_equally_wide_so_that_page_numbers_can_be_centred():
    with TTFont(font_path("tinos-regular")) as font:
        cmap = font.getBestCmap()
        assert len({font["hmtx"][cmap[ord(digit)]][0] for digit in "0123456789"}) == 1
