"""Who decides on an award: the catalogue's word, or a dated authorisation laid over it (law art. 79(3))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rulebook.asking import Override, asking
from rulebook.findings import OverrideUsed
from rulebook.values import Cite


@dataclass(frozen=True)
class Authority:
    """The post that decides, with its provision, and the override it rests on if there is one."""

    decider: str
    cite: tuple[Cite, ...]
    confirmed: bool
    overrides: tuple[OverrideUsed, ...] = ()


def authority(award: str, day: date, overrides: Iterable[Override] = ()) -> Authority:
    """Who decides on ``award`` on ``day``; KeyError for an unknown award."""
    ask = asking(day, overrides)
    value = ask.find(f"deciders.{award}")
    if value is None:
        entry = ask.book.awards[award]
        return Authority(entry["decider"], entry["cite"], True)
    return Authority(value.content, value.cite, value.confirmed, ask.overrides())
