"""The order in which the law names those honoured, and the ways to share lines out over decisions.

NĐ 152/2025 art. 29(5) (rule book: hand_over.ceremony_order): higher before lower; of one decider titles before
forms; of one form collectives before individuals. The catalogue keeps that order of awards.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from rulebook import catalogue

#: Ways to make decisions of the lines of a session.
SPLITS = {
    "mot": "Một quyết định chung",
    "danh-hieu": "Theo từng danh hiệu, hình thức",
    "doi-tuong": "Tập thể riêng, cá nhân riêng",
    "don-vi": "Theo từng đơn vị trình",
}


class Named(Protocol):
    """A nomination or a decision line."""

    award: str
    person_id: int | None


Line = TypeVar("Line", bound=Named)


def in_law_order(lines: Iterable[Line]) -> list[Line]:
    """By award, then collectives before individuals; what comes before stays before among equals."""
    return sorted(lines, key=lambda line: (catalogue.award(line.award).order, line.person_id is not None))


def shared_out(lines: Iterable[Line], split: str) -> list[list[Line]]:
    """The lines of each decision, in the law's order; an unknown way makes one decision of all."""
    groups: dict[object, list[Line]] = {}
    for line in in_law_order(lines):
        groups.setdefault(_key(line, split), []).append(line)
    return list(groups.values())


def _key(line: Named, split: str) -> object:
    if split == "danh-hieu":
        return line.award
    if split == "doi-tuong":
        return line.person_id is not None
    return getattr(line, "submission").unit_id if split == "don-vi" else ""  # noqa: B009 - only nominations have it
