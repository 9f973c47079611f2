"""What a stranger may read of a paper, and when a typed name is the whole name."""

from datetime import date

import pytest

from documents.facts import VerificationFacts, same_name, shortened
from documents.states import Standing

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Nguyễn Thị Thanh Hằng", "Nguyễn Thị Thanh H."),
        ("Đỗ Ánh", "Đỗ Á."),
        ("  Lê   Đạt ", "Lê Đ."),
        ("Ổn", "Ổ."),
        ("", ""),
    ],
)
def test_a_given_name_is_shortened_to_its_first_letter(full, short):
    assert shortened(full) == short


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Nguyễn Thị Thuý Hằng", True),
        ("nguyễn thị thúy hằng", True),
        ("Bà Nguyễn Thị Thúy Hằng", True),
        ("Đồng chí NGUYỄN THỊ THÚY HẰNG", True),
        ("Nguyễn Thị Thùy Hằng", False),
        ("Nguyen Thi Thuy Hang", False),
        ("Nguyễn Thị Thúy H.", False),
        ("Nguyễn Thị Thúy", False),
        ("", False),
    ],
)
def test_a_name_matches_whole_with_its_tones_wherever_their_marks_stand(typed, same):
    assert same_name(typed, "Nguyễn Thị Thúy Hằng") is same


def facts(**more: object) -> VerificationFacts:
    words: dict[str, object] = {
        "standing": Standing.IN_FORCE, "kind": "Quyết định", "number": "412/QĐ-VKSTC", "issued_on": date(2026, 11, 25),
        "issuer": "Viện trưởng", "about": "Tặng Bằng khen", "recipient": "Nguyễn Thị Thanh Hằng",
    }  # fmt: skip
    return VerificationFacts(**{**words, **more})


def test_an_individual_is_shortened_and_a_collective_shown_whole():
    assert facts().shown_recipient == "Nguyễn Thị Thanh H."
    assert facts(recipient="Phòng 7", recipient_is_person=False).shown_recipient == "Phòng 7"


def test_only_a_shortened_name_can_be_compared():
    assert facts().can_be_matched
    assert not facts(recipient_is_person=False).can_be_matched
    assert not facts(recipient="").can_be_matched


@pytest.mark.parametrize("standing", Standing)
def test_each_standing_has_its_sentence_colour_and_sign(standing):
    shown = facts(standing=standing)
    assert shown.headline.startswith("Quyết định ")
    assert shown.tone in {"ok", "warn", "err"}
