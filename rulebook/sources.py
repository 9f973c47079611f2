"""The legal documents the book may cite: number, title, issuer, time in force, where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rulebook.nodes import Reader

KINDS = {"law", "decree", "circular", "decision", "resolution", "letter", "notice", "reading"}
_REQUIRED = {"title", "issuer", "kind", "from"}
_ALLOWED = _REQUIRED | {"issued", "to", "link", "purposes", "note", "sector"}


@dataclass(frozen=True)
class Source:
    """One document; ``end`` is the last day in force, None while none is known.

    ``of_sector``: the sector's own, so that its numbers may be set anew where the law leaves them to the ministry.
    """

    number: str
    title: str
    issuer: str
    kind: str
    start: date
    end: date | None
    issued: date | None
    link: str
    purposes: tuple[str, ...]
    note: str
    of_sector: bool

    def in_force(self, day: date) -> bool:
        """Whether the document is in force on that day (both ends count)."""
        return self.start <= day and (self.end is None or day <= self.end)


def read_sources(reader: Reader) -> dict[str, Source]:
    """All documents of data/sources.yaml, by number."""
    found: dict[str, Source] = {}
    for number, entry in reader.mapping().items():
        entries = entry.mapping(_ALLOWED, _REQUIRED)
        start = entries["from"].day()
        end = entries["to"].day() if "to" in entries else None
        if end is not None and end < start:
            raise entries["to"].fail("ngày cuối có hiệu lực đứng trước ngày đầu")
        found[number] = Source(
            number=number,
            title=entries["title"].text(),
            issuer=entries["issuer"].text(),
            kind=entries["kind"].choice(KINDS),
            start=start,
            end=end,
            issued=entries["issued"].day() if "issued" in entries else None,
            link=entries["link"].text() if "link" in entries else "",
            purposes=tuple(p.text() for p in entries["purposes"].items()) if "purposes" in entries else (),
            note=entries["note"].text() if "note" in entries else "",
            of_sector="sector" in entries and entries["sector"].boolean(),
        )
    return found
