"""Caps on numbers: how many may be proposed out of a base (C-13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rulebook.asking import Override, asking
from rulebook.findings import OverrideUsed
from rulebook.values import Cite


@dataclass(frozen=True)
class QuotaResult:
    """The cap in force and by how much a proposal exceeds it; ``cap`` None: no cap that day."""

    cap: int | None
    over_by: int
    says: str
    base_meaning: str
    cite: tuple[Cite, ...]
    confirmed: bool
    overrides: tuple[OverrideUsed, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As the contract writes it."""
        answer: dict[str, Any] = {
            "cap": self.cap,
            "over_by": self.over_by,
            "says": self.says,
            "cite": [cite.as_dict() for cite in self.cite],
            "confirmed": self.confirmed,
        }
        if self.overrides:
            answer["overrides"] = [override.as_dict() for override in self.overrides]
        return answer


def quota(award: str, day: date, base: int, proposed: int, overrides: Iterable[Override] = ()) -> QuotaResult:
    """The cap on ``award`` for ``base`` on ``day``; the base is what the cap's meaning names."""
    ask = asking(day, overrides)
    value = ask.find(f"quotas.{award}")
    if value is None:
        says = f"Không có giới hạn đang áp dụng vào ngày {day:%d/%m/%Y}"
        return QuotaResult(None, 0, says, "", (), True, ask.overrides())
    share = value.content
    least = ask.find(f"quotas_floor.{award}")
    floor = least.content if least is not None and base > 0 else 0
    whole = share.maximum_of(base)
    cap = max(whole, floor)
    says = f"{share.percent} × {base} = {_shown(Fraction(share.numerator * base, share.denominator))}"
    if cap != whole:
        says += f", lấy ít nhất {cap}"
    elif share.numerator * base % share.denominator:
        says += f", làm tròn xuống {cap}"
    meaning = ask.book.parameters[f"quotas.{award}"].meaning
    return QuotaResult(cap, max(0, proposed - cap), says, meaning, value.cite, value.confirmed, ask.overrides())


def _shown(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    scaled = number * 100
    whole, rest = divmod(scaled.numerator // scaled.denominator, 100)
    return f"{whole},{rest:02d}".rstrip("0")
