"""Colours are told apart: WCAG 2.2 AA, 4.5 for text, 3 for borders and bars."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

TOKENS = dict(
    re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text())
)
TEXT = [
    ("ink", "sheet"), ("ink", "canvas"), ("ink2", "sheet"), ("ink2", "canvas"), ("ink2", "sel"), ("ink2", "foot"),
    ("ink3", "sheet"), ("ink3", "neu50"), ("ink3", "foot"), ("ink3", "canvas"), ("ink", "head"), ("link", "sheet"),
    ("link", "sel"), ("link", "canvas"), ("ok", "ok50"), ("warn", "warn50"), ("err", "err50"), ("info", "info50"),
    ("gold", "gold50"), ("gold", "sheet"), ("neu", "neu50"), ("err", "sheet"), ("warn", "sheet"), ("err", "sel"),
    ("sheet", "navy"), ("sheet", "navy-h"), ("sheet", "red"), ("sheet", "ink"), ("ink", "typed"),
]  # fmt: skip
MARKS = [
    ("line-strong", "sheet"), ("navy", "track"), ("ok", "track"), ("warnbar", "track"), ("err", "track"),
    ("goldline", "track"), ("red", "sheet"), ("focus", "sheet"), ("focus", "canvas"), ("navy-line", "navy"),
]  # fmt: skip


def _light(colour: str) -> float:
    digits = "".join(c * 2 for c in colour[1:]) if len(colour) == 4 else colour[1:]
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted([_light(TOKENS[one]), _light(TOKENS[other])])
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_stands_out_from_what_is_behind_it(front: str, back: str) -> None:
    assert _contrast(front, back) >= 4.5


@pytest.mark.parametrize(("front", "back"), MARKS)
def test_borders_bars_and_focus_stand_out(front: str, back: str) -> None:
    assert _contrast(front, back) >= 3
