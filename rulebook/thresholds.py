"""Votes of councils: the share the law asks, counted on all members, in whole numbers only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rulebook.asking import Asking, Override, asking
from rulebook.findings import OverrideUsed
from rulebook.shapes import Share
from rulebook.values import Cite


@dataclass(frozen=True)
class VoteRule:
    """The share of yes votes an award needs on a day; the base is all members of the council."""

    share: Share
    base: str
    written_count: bool
    cite: tuple[Cite, ...]
    confirmed: bool
    overrides: tuple[OverrideUsed, ...] = ()


@dataclass(frozen=True)
class VoteResult:
    """A count held against the rule; ``passed`` None where no dated source fixes a share."""

    passed: bool | None
    share_needed: str | None
    base: int
    min_yes: int | None
    yes_counted: int
    possible: bool
    cite: tuple[Cite, ...]
    confirmed: bool
    overrides: tuple[OverrideUsed, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As the contract writes it."""
        answer: dict[str, Any] = {
            "passed": self.passed,
            "share_needed": self.share_needed,
            "base": self.base,
            "min_yes": self.min_yes,
            "yes_counted": self.yes_counted,
            "possible": self.possible,
            "cite": [cite.as_dict() for cite in self.cite],
            "confirmed": self.confirmed,
        }
        if self.overrides:
            answer["overrides"] = [override.as_dict() for override in self.overrides]
        return answer


def vote_rule(award: str, day: date, overrides: Iterable[Override] = ()) -> VoteRule | None:
    """The rule in force for an award on a day; None where the council's own rule must be entered."""
    return _rule(asking(day, overrides), award)


def _rule(ask: Asking, award: str) -> VoteRule | None:
    value = ask.find(f"votes.{award}")
    if value is None:
        return None
    written = _written_count(ask, award)
    return VoteRule(value.content, "members", written, value.cite, value.confirmed, ask.overrides())


def _written_count(ask: Asking, award: str) -> bool:
    """Whether written opinions of absent members are counted for an award (C-12)."""
    value = ask.find(f"votes_written.{award}") or ask.find("votes_written.every_award")
    return value is not None and value.content is True


def vote(
    award: str,
    day: date,
    *,
    members: int,
    present: int,
    yes: int,
    recused: int = 0,
    written_yes: int = 0,
    overrides: Iterable[Override] = (),
) -> VoteResult:
    """Whether a count passes. Recused and absent members stay in the base (C-12)."""
    ask = asking(day, overrides)
    counted = yes + (written_yes if _written_count(ask, award) else 0)
    rule = _rule(ask, award)
    if rule is None:
        own = ask.find("votes.own_rule") or ask.value("votes.base")
        return VoteResult(None, None, members, None, counted, True, own.cite, own.confirmed, ask.overrides())
    needed = rule.share.minimum_of(members)
    return VoteResult(
        passed=counted >= needed,
        share_needed=str(rule.share),
        base=members,
        min_yes=needed,
        yes_counted=counted,
        possible=members - recused >= needed,
        cite=rule.cite,
        confirmed=rule.confirmed,
        overrides=ask.overrides(),
    )
