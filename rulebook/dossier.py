"""What a dossier must contain, by the law of its governing day (law art. 84)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rulebook.book import load
from rulebook.values import Cite

SECTION = "dossier"


@dataclass(frozen=True)
class Part:
    """One paper of a dossier with its provision.

    ``if_relevant``: asked only where the case calls for it · ``held``: the system has it, nobody uploads it.
    """

    kind: str
    label: str
    if_relevant: bool
    held: bool
    cite: tuple[Cite, ...]
    status: str
    note: str = ""


def parts_of(award: str, day: date) -> tuple[Part, ...]:
    """The papers the dossier of one award holds on ``day``, in the order of the law; empty before the first text."""
    book = load()
    found = []
    for parameter in book.section(SECTION, "dossier_part"):
        value = parameter.find(day) if not parameter.awards or award in parameter.awards else None
        if value is not None:
            paper = value.content
            found.append(
                Part(paper.part, paper.label, paper.if_relevant, paper.held, value.cite, value.status, value.note)
            )
    return tuple(found)
