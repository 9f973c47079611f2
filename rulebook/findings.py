"""What a criterion answers: a finding with its sentence and citation; how findings are summed.

``met`` is True, False, or None: it cannot be known from the facts given, a person must look.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rulebook.values import Cite

ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED = "eligible", "not_eligible", "undetermined"


def every(values: Iterable[bool | None]) -> bool | None:
    """Three-valued "and": false if any is false, else unknown if any is unknown."""
    met: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            met = None
    return met


def some(values: Iterable[bool | None]) -> bool | None:
    """Three-valued "or": true if any is true, else unknown if any is unknown."""
    met: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is None:
            met = None
    return met


@dataclass(frozen=True)
class Finding:
    """One condition of the law held against the facts; `test` names the criterion that judged it."""

    rule: str
    met: bool | None
    says: str
    cite: tuple[Cite, ...] = ()
    confirmed: bool = True
    any_of: tuple[Finding, ...] = ()
    all_of: tuple[Finding, ...] = ()
    test: str = field(default="", compare=False)

    def called(self, rule: str) -> Finding:
        """The same finding under another name; made anew, `replace` is slow."""
        return Finding(rule, self.met, self.says, self.cite, self.confirmed, self.any_of, self.all_of, self.test)

    def as_dict(self) -> dict[str, Any]:
        """As the contract writes it; parts only where there are any."""
        answer: dict[str, Any] = {
            "rule": self.rule,
            "met": self.met,
            "says": self.says,
            "cite": [cite.as_dict() for cite in self.cite],
            "confirmed": self.confirmed,
        }
        for name, parts in (("any_of", self.any_of), ("all_of", self.all_of)):
            if parts:
                answer[name] = [part.as_dict() for part in parts]
        return answer


@dataclass(frozen=True)
class ForPeople:
    """A condition no fact can carry: people confirm it; it never changes the outcome."""

    rule: str
    says: str
    cite: tuple[Cite, ...]

    def as_dict(self) -> dict[str, Any]:
        """As the contract writes it."""
        return {"rule": self.rule, "says": self.says, "cite": [cite.as_dict() for cite in self.cite]}


@dataclass(frozen=True)
class OverrideUsed:
    """An override of the office on which an answer rests."""

    parameter: str
    by: str
    cite: tuple[Cite, ...]

    def as_dict(self) -> dict[str, Any]:
        """Which value was replaced, by whom, on what document."""
        return {"parameter": self.parameter, "by": self.by, "cite": [cite.as_dict() for cite in self.cite]}


@dataclass(frozen=True)
class Verdict:
    """All findings on one subject for one award, and what they sum to."""

    findings: tuple[Finding, ...]
    people: tuple[ForPeople, ...]
    confirmed: bool
    overrides: tuple[OverrideUsed, ...] = field(default=())

    @property
    def outcome(self) -> str:
        """Not eligible if any finding is false, else undetermined if any is unknown, else eligible."""
        met = every(finding.met for finding in self.findings)
        return {True: ELIGIBLE, False: NOT_ELIGIBLE, None: UNDETERMINED}[met]

    def as_dict(self) -> dict[str, Any]:
        """As the contract writes it; overrides only where there are any."""
        answer: dict[str, Any] = {
            "outcome": self.outcome,
            "findings": [finding.as_dict() for finding in self.findings],
            "to_be_confirmed_by_people": [item.as_dict() for item in self.people],
            "confirmed": self.confirmed,
        }
        if self.overrides:
            answer["overrides"] = [override.as_dict() for override in self.overrides]
        return answer


def either(rule: str, parts: tuple[Finding, ...], cite: tuple[Cite, ...]) -> Finding:
    """Alternative routes as one finding; it rests on the parts that decide it."""
    met = some(part.met for part in parts)
    deciding = [part for part in parts if part.met is met]
    if met is True:
        confirmed = any(part.confirmed for part in deciding)
        says = f"Đạt theo một trong {len(parts)} cách: {deciding[0].says}"
    else:
        confirmed = all(part.confirmed for part in parts)
        lead = "Chưa đủ dữ liệu cho cách nào" if met is None else f"Không đạt cách nào trong {len(parts)} cách"
        says = lead + ": " + " | ".join(part.says for part in parts)
    return Finding(rule, met, says, cite or _cites(parts), confirmed, any_of=parts)


def together(rule: str, parts: tuple[Finding, ...], cite: tuple[Cite, ...], lead: str = "") -> Finding:
    """Several conditions that must all hold, as one finding."""
    met = every(part.met for part in parts)
    shown = parts if met is True else tuple(part for part in parts if part.met is met)
    confirmed = all(part.confirmed for part in parts)
    says = "; ".join(part.says for part in shown)
    return Finding(rule, met, f"{lead}: {says}" if lead else says, cite or _cites(parts), confirmed, all_of=parts)


def _cites(parts: Iterable[Finding]) -> tuple[Cite, ...]:
    return tuple(dict.fromkeys(cite for part in parts for cite in part.cite))
