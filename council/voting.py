"""Counting votes: exact whole numbers, no database, no rounding.

The base of a share is fixed by the rule (all appointed members, or those present). Blank slips,
absent members and recused members are "not yes"; a recusal never makes the base smaller
(NĐ 152/2025/NĐ-CP Điều 33 khoản 5: "trên tổng số thành viên").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Share:
    """A share as written: 90/100, 2/3. With `over` it must be exceeded, not only reached."""

    num: int
    den: int
    over: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.num <= self.den:
            raise ValueError(f"{self.num}/{self.den} is no share")

    @property
    def text(self) -> str:
        """In Vietnamese: “90 %”, “2/3”, “quá 50 %”."""
        whole, rest = divmod(self.num * 100, self.den)
        written = f"{self.num}/{self.den}" if rest else f"{whole} %"
        return f"quá {written}" if self.over else written


@dataclass(frozen=True)
class Count:
    """What the box held for one item."""

    yes: int = 0
    no: int = 0
    blank: int = 0

    @property
    def slips(self) -> int:
        """All slips for the item."""
        return self.yes + self.no + self.blank


@dataclass(frozen=True)
class Result:
    """A count held against the share of a base."""

    count: Count
    base: int
    needed: int
    passed: bool


def needed_votes(share: Share, base: int) -> int:
    """The fewest yes votes that reach (or, with `over`, exceed) the share of `base` members.

    The number may be greater than `base`: then nothing can pass.
    """
    if share.over:
        return share.num * base // share.den + 1
    return -(-share.num * base // share.den)


def has_quorum(share: Share | None, *, present: int, members: int) -> bool:
    """Are enough members present? Without a rule of quorum nothing is asked but one member."""
    if share is None:
        return present > 0
    return present >= needed_votes(share, members)


def result(count: Count, share: Share, base: int) -> Result:
    """Does `count` pass?"""
    needed = needed_votes(share, base)
    return Result(count, base, needed, passed=base > 0 and count.yes >= needed)


def can_pass(needed: int, *, voters: int) -> bool:
    """Could the item pass if every member who may vote on it (present, not recused) said yes?"""
    return voters >= needed


def stricter(shares: Iterable[Share]) -> Share | None:
    """The share that asks most (None: there is none)."""
    return max(shares, key=lambda share: (Fraction(share.num, share.den), share.over), default=None)
