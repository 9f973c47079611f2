"""The repository speaks of the product only, and holds nothing unfinished."""

import re

import pytest

from tests.architecture.sources import ours

pytestmark = pytest.mark.once

# Put together here, so that this file is not found itself.
PLACES = "|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + r"me/\w+/", "/tm" + "p/team", "/fa" + "rm/"])
MAKERS = "|".join(["suba" + "gent", "cla" + "ude", "anth" + "ropic", "open" + "ai", "chat" + "gpt"])
UNFINISHED = "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error"])
SUFFIXES = (".py", ".js", ".css", ".html", ".md", ".toml", ".yml", ".yaml", ".in", ".conf", ".txt", "Dockerfile", "run")


def _found(pattern: str, *suffixes: str) -> list[str]:
    searched = re.compile(pattern)
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in ours(*suffixes)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if searched.search(line)
    ]


def test_no_path_of_a_developers_machine_is_in_the_repository() -> None:
    assert _found(PLACES, *SUFFIXES) == []


def test_nobody_but_the_product_is_spoken_of() -> None:
    assert _found(rf"(?i)\b({MAKERS})\b", *SUFFIXES) == []


def test_nothing_is_left_unfinished() -> None:
    assert _found(rf"\b({UNFINISHED})\b", ".py", ".js", ".css", ".html") == []
