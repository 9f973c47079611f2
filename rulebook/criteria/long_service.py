"""Long service (quá trình cống hiến): the class of order a person's posts and years earn."""

from __future__ import annotations

from rulebook.criteria.case import Case, Params
from rulebook.findings import Finding
from rulebook.values import Value


def posts_held(case: Case, params: Params, value: Value) -> Finding | None:
    """Held the posts of a class of the order for the time the ladder asks."""
    return None


def no_discipline_in_post(case: Case, params: Params, value: Value) -> Finding | None:
    """Was not disciplined while holding a post that is counted."""
    return None
