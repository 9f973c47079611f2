"""Whole numbers as they come from outside: in an address, a hidden field, a ticked box."""

from collections.abc import Iterable

#: More digits than this no key of ours has; a database would refuse them with an error.
MOST_DIGITS = 18


def whole(text: str, otherwise: int = 0) -> int:
    """The number written in plain digits; `otherwise` for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else otherwise


def wholes(texts: Iterable[str]) -> list[int]:
    """The numbers among `texts`, in their order; what is no key is left out."""
    return [number for text in texts if (number := whole(text, -1)) >= 0]
