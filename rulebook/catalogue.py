"""The awards there are: codes, Vietnamese names, holders, who proposes and who decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rulebook import codes
from rulebook.book import load
from rulebook.sources import Source
from rulebook.values import Cite


@dataclass(frozen=True)
class Award:
    """One emulation title (danh hiệu) or form of commendation (hình thức).

    ``kind``: title | form · ``group``: title, flag, order, medal, honour, certificate, badge ·
    ``holder``: individual | collective | both · ``item``: printed | flag | money_only ·
    ``level``: who decides, base (the unit's head), sector (its head) or state (above the sector) ·
    ``army``: for servicemen ·
    ``order``: place in the lists of the law · ``printed_as``: its name on a certificate, where the line above names
    the decider already.
    """

    code: str
    label: str
    printed_as: str
    short: str
    kind: str
    group: str
    holder: str
    proposer: str
    decider: str
    level: str
    army: bool
    item: str
    types: tuple[str, ...]
    order: int
    cite: tuple[Cite, ...]

    @property
    def kind_label(self) -> str:
        """The kind in Vietnamese."""
        return "Danh hiệu thi đua" if self.kind == "title" else "Hình thức khen thưởng"

    @property
    def printed(self) -> bool:
        """Whether a certificate is printed for it; False: money only, or a flag."""
        return self.item == "printed"

    @property
    def sector_decides(self) -> bool:
        """False where the sector only sends it up."""
        return self.level != "state"

    @property
    def sent_up_label(self) -> str:
        """What a list says once the line has left the sector; empty where the sector decides."""
        return "" if self.sector_decides else "đã trình cấp trên"

    def may_be_held_by(self, subject: str) -> bool:
        """Whether an individual or a collective may receive it."""
        return self.holder in ("both", subject)


@lru_cache(maxsize=1)
def awards() -> dict[str, Award]:
    """All awards by code, in the order of the law."""
    entries = load().awards
    return {code: Award(code=code, order=order, **entry) for order, (code, entry) in enumerate(entries.items(), 1)}


def award(code: str) -> Award:
    """The award with that code; KeyError where there is none."""
    return awards()[code]


def award_choices() -> list[tuple[str, str]]:
    """Choices for model fields: a callable, so that a new award makes no migration."""
    return [(code, entry.label) for code, entry in awards().items()]


def of_level(level: str) -> list[Award]:
    """The awards that one level decides, in the order of the law."""
    return [entry for entry in awards().values() if entry.level == level]


def choices_for(subject: str) -> list[tuple[str, str]]:
    """The awards an individual, or a collective, may receive."""
    return [(code, entry.label) for code, entry in awards().items() if entry.may_be_held_by(subject)]


def type_choices() -> list[tuple[str, str]]:
    """Choices of the type of commendation (loại hình)."""
    return list(codes.TYPES.items())


def rating_choices() -> list[tuple[str, str]]:
    """Choices of the yearly rating, from the lowest to the highest."""
    return list(codes.RATINGS.items())


def sources_for(purpose: str) -> list[Source]:
    """All documents a paper of that purpose may cite, of any time."""
    return [source for source in load().sources.values() if purpose in source.purposes]


def legal_bases(day: date, purpose: str = "decision") -> list[Source]:
    """The documents in force on ``day`` that a paper of that purpose cites, highest rank first."""
    ranks = ["law", "resolution", "decree", "circular", "decision", "letter", "notice"]
    found = [s for s in load().sources.values() if purpose in s.purposes and s.in_force(day)]
    return sorted(found, key=lambda source: (ranks.index(source.kind), source.start, source.number))
