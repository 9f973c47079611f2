"""Phrases that several papers share, written as Nghị định 30/2020/NĐ-CP asks."""

import re
from collections.abc import Iterable

from documents.papers.official import official_day
from rulebook.sources import Source

#: What a document of the law is called before its number; a law is called by its title alone.
NAMES = {
    "resolution": "Nghị quyết",
    "decree": "Nghị định",
    "circular": "Thông tư",
    "decision": "Quyết định",
}


def legal_base(source: Source) -> str:
    """“Căn cứ Nghị định số … ngày … của … quy định …” as box 6 has it; a law has neither number nor issuer."""
    day = official_day(source.issued) if source.issued else ""
    if source.kind == "law":
        return f"Căn cứ {source.title} {day}".strip()
    name = NAMES.get(source.kind, "")
    rest = source.title.removeprefix(f"{name} ").removeprefix("số ")
    return " ".join(f"Căn cứ {name} số {source.number} {day} của {source.issuer} {rest}".split())


def place_in(at: str, source: Source) -> str:
    """“điểm b khoản 1 Điều 50 Nghị định số …”: from the smallest part to the whole, as papers cite."""
    parts = re.findall(r"(?:Điều|khoản|điểm)\s+\S+", at) or [at]
    return f"{' '.join(reversed(parts))} {_named(source)}"


def places_in(found: Iterable[tuple[str, Source]]) -> str:
    """Where something is fixed: one place from its smallest part, of several the articles only."""
    places = list(dict.fromkeys(found))
    if len(places) == 1:
        return place_in(*places[0])
    articles: dict[Source, list[str]] = {}
    for at, source in places:
        articles.setdefault(source, []).append(at.partition(" khoản")[0])
    return " và ".join(f"{', '.join(sorted(set(held)))} {_named(source)}" for source, held in articles.items())


def counted(individuals: int, collectives: int) -> str:
    """“03 tập thể và 12 cá nhân”; numbers below ten carry a zero."""
    parts = [(collectives, "tập thể"), (individuals, "cá nhân")]
    return " và ".join(f"{number:02d} {what}" for number, what in parts if number)


def whom(individuals: int, collectives: int) -> str:
    """“tập thể, cá nhân”, or the one of them that a list names."""
    return ", ".join(what for number, what in ((collectives, "tập thể"), (individuals, "cá nhân")) if number)


def in_full(name: str) -> str:
    """A name without the abbreviation that screens make do with."""
    return name.replace("VKSND", "Viện kiểm sát nhân dân")


def _named(source: Source) -> str:
    return source.title if source.kind == "law" else f"{NAMES.get(source.kind, '')} số {source.number}".strip()
