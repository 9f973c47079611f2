"""Bonus money: coefficient × base salary of the day of the decision, rounded once (C-14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import prod
from typing import Any

from rulebook.asking import Asking, Override, asking
from rulebook.findings import OverrideUsed
from rulebook.values import Cite, Value

ROUNDING = {"up_to_10000": 10_000}


@dataclass(frozen=True)
class MoneyResult:
    """The bonus in đồng; None where the book has no coefficient or no base salary that day."""

    coefficient: Decimal | None
    base_salary: int | None
    amount: int | None
    raw: int | None
    rounding: str | None
    says: str
    cite: tuple[Cite, ...]
    confirmed: bool
    ceiling: bool = False
    overrides: tuple[OverrideUsed, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As the contract writes it; ``says`` only where the numbers do not speak for themselves."""
        answer: dict[str, Any] = {
            "coefficient": None if self.coefficient is None else f"{self.coefficient:.1f}",
            "base_salary": self.base_salary,
            "amount": self.amount,
            "raw": self.raw,
            "rounding": self.rounding,
            "cite": [cite.as_dict() for cite in self.cite],
            "confirmed": self.confirmed,
        }
        if self.ceiling or self.amount is None:
            answer["says"] = self.says
        if self.overrides:
            answer["overrides"] = [override.as_dict() for override in self.overrides]
        return answer


def money(award: str, holder: str, decided_on: date, overrides: Iterable[Override] = ()) -> MoneyResult:
    """The bonus of one award for an individual or a collective, by the law of the decision's day."""
    ask = asking(decided_on, overrides)
    entry = ask.book.awards[award]
    salary, rounding = ask.find("base_salary.amount"), ask.find("money_rules.rounding")
    factors = _factors(ask, award, entry, holder)
    used = [value for value in (*factors, salary, rounding) if value is not None]
    base = salary.content if salary else None
    mode = rounding.content if rounding else None
    cite = tuple(dict.fromkeys(cite for value in used for cite in value.cite))
    if base is None or mode is None or None in factors:
        says = f"Sổ luật chưa có mức tiền thưởng {entry['label']} vào ngày {decided_on:%d/%m/%Y}"
        return MoneyResult(None, base, None, None, mode, says, cite, False, overrides=ask.overrides())
    coefficient = prod(value.content for value in factors if value is not None)
    raw = int(coefficient * base)
    amount = _rounded(raw, mode)
    ceilings = ask.find("money_rules.ceilings")
    ceiling = ceilings is not None and award in ceilings.content and f"money.{award}" not in ask.used
    lead = "Mức trần: " if ceiling else ""
    says = f"{lead}{_comma(coefficient)} × {_dotted(base)} = {_dotted(amount)} đồng"
    confirmed = all(value.confirmed for value in used)
    return MoneyResult(coefficient, base, amount, raw, mode, says, cite, confirmed, ceiling, ask.overrides())


def _factors(ask: Asking, award: str, entry: Mapping[str, Any], holder: str) -> list[Value | None]:
    """What the coefficient is made of: a form for a collective counts twice; None where the book is silent."""
    if entry["holder"] not in ("both", holder):
        return [None]
    own = ask.find(f"money.{award}")
    doubled = holder == "collective" and entry["kind"] == "form"
    return [own, ask.find("money_rules.collective_multiplier")] if doubled else [own]


def _rounded(raw: int, mode: str | None) -> int:
    step = ROUNDING.get(mode or "", 1)
    return -(-raw // step) * step


def _comma(number: Decimal) -> str:
    return f"{number:.1f}".replace(".", ",")


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
