"""What the law fixes of a certificate: its sheet, its lines in their order, flags beside the emblem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rulebook.book import load
from rulebook.values import Value

FILE = "certificates"


@dataclass(frozen=True)
class Rule:
    """The values in force for one award on one day; None where the book has none."""

    sheet: Value | None
    lines: Value | None
    flags: Value | None

    @property
    def has_flags(self) -> bool:
        """Whether red flags stand on both sides of the emblem."""
        return self.flags is not None and bool(self.flags.content)


def rule(award: str, day: date) -> Rule:
    """What the book says of the certificate of `award` on `day`."""
    return Rule(*(_find(shape, award, day) for shape in ("sheet", "certificate_lines", "boolean")))


def _find(shape: str, award: str, day: date) -> Value | None:
    parameters = (p for p in load().section(FILE, shape) if award in p.awards)
    return next((value for parameter in parameters if (value := parameter.find(day))), None)
