"""Số sổ vàng: one number a line, per body, award and year, without gap or double.

Drawn in the act of signing, after which nothing goes back: a number drawn earlier could be lost with a
decision that is never signed.
"""

from collections.abc import Sequence
from typing import Any

from decisions.models import Decision, DecisionLine, GoldenBook


def draw(decision: Decision, lines: Sequence[DecisionLine]) -> None:
    """Number `lines` in their order; a line that sets another right keeps that one's number. Call inside an act."""
    assert decision.dated is not None  # given with the number
    awards = sorted({line.award for line in lines if line.target_id is None})
    books = {award: _locked(decision, award) for award in awards}
    for line in lines:
        if line.target is not None:
            line.golden_book_no = line.target.golden_book_no
            continue
        book = books[line.award]
        book.last += 1
        line.golden_book, line.golden_book_no = book, book.last
    DecisionLine.objects.bulk_update(lines, ["golden_book", "golden_book_no"], batch_size=500)
    GoldenBook.objects.bulk_update(books.values(), ["last"])


def _locked(decision: Decision, award: str) -> GoldenBook:
    """Books are locked in the order of their awards' codes, so that two signatures never wait for each other."""
    assert decision.dated is not None
    about: dict[str, Any] = {"unit": decision.unit, "award": award, "year": decision.dated.year}
    GoldenBook.objects.get_or_create(**about)
    return GoldenBook.objects.select_for_update(of=("self",)).get(**about)
