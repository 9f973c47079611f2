"""Bonus money: coefficient × base salary of the day of the decision, rounded once (C-14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rulebook.asking import Asking, asking
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

    def as_dict(self) -> dict[str, Any]:
        """As the contract writes it."""
        return {
            "coefficient": None if self.coefficient is None else f"{self.coefficient:.1f}",
            "base_salary": self.base_salary,
            "amount": self.amount,
            "raw": self.raw,
            "rounding": self.rounding,
            "says": self.says,
            "cite": [cite.as_dict() for cite in self.cite],
            "confirmed": self.confirmed,
        }


def money(award: str, holder: str, decided_on: date) -> MoneyResult:
    """The bonus of one award for an individual or a collective, by the law of the decision's day."""
    ask = asking(decided_on)
    entry = ask.book.awards[award]
    salary, rounding = ask.find("base_salary.amount"), ask.find("money_rules.rounding")
    own = ask.find(f"money.{award}") if entry["holder"] in ("both", holder) else None
    parts = [value for value in (own, salary, rounding) if value is not None]
    base = salary.content if salary else None
    mode = rounding.content if rounding else None
    if own is None or base is None:
        says = f"Sổ luật chưa có mức tiền thưởng {entry['label']} vào ngày {decided_on:%d/%m/%Y}"
        return MoneyResult(None, base, None, None, mode, says, _cites(parts), False)
    coefficient, twice = _coefficient(ask, own, entry, holder)
    raw = int(coefficient * base)
    amount = _rounded(raw, mode)
    parts += [twice] if twice else []
    confirmed = all(value.confirmed for value in parts) and rounding is not None
    return MoneyResult(
        coefficient, base, amount, raw, mode, _sentence(own, coefficient, base, amount), _cites(parts), confirmed
    )


def _coefficient(ask: Asking, own: Value, entry: Mapping[str, Any], holder: str) -> tuple[Decimal, Value | None]:
    coefficient: Decimal = own.content
    twice = ask.find("money_rules.collective_multiplier")
    if holder != "collective" or entry["kind"] != "form" or twice is None:
        return coefficient, None
    return coefficient * twice.content, twice


def _rounded(raw: int, mode: str | None) -> int:
    step = ROUNDING.get(mode or "", 1)
    return -(-raw // step) * step


def _sentence(own: Value, coefficient: Decimal, base: int, amount: int) -> str:
    ceiling = "Mức trần: " if own.note == "trần" else ""
    return f"{ceiling}{str(coefficient).replace('.', ',')} × {_dotted(base)} = {_dotted(amount)} đồng"


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _cites(values: list[Value]) -> tuple[Cite, ...]:
    return tuple(dict.fromkeys(cite for value in values for cite in value.cite))
