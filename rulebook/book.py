"""The book: every value of the law with the days it is in force and the provision it comes from.

Asking for a day before the first value raises; silence is never zero.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rulebook.loading import read_book
from rulebook.values import Book, Cite, Parameter, Value

__all__ = ["DATA", "Book", "Cite", "Parameter", "Value", "load", "read_book", "version"]

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def load() -> Book:
    """The book shipped with the product, read once per process."""
    return read_book(DATA)


def version() -> str:
    """Hash of the data, stored with every frozen verdict."""
    return load().version
