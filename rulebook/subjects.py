"""Facts of a person or a collective, read from a JSON question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rulebook import codes
from rulebook.book import load
from rulebook.catalogue import awards
from rulebook.facts import (
    Absence,
    Collective,
    Discipline,
    Grant,
    Individual,
    Initiative,
    Members,
    PendingMatter,
    Posting,
)
from rulebook.reading import Fields

# Where the contract leaves the name of an entry's key open, the first name is ours and the others are understood.
_MEASURE = ("measure", "discipline", "kind", "form", "type", "level")
_MATTER = ("matter", "kind", "type")
_REASON = ("reason", "kind", "type")
_FROM = ("from", "starts_on", "start", "from_date")
_TO = ("to", "ends_on", "end", "to_date")
_SANCTION_END = ("ended_on", "ends_on", "sanction_ends_on", "until", "to", "served_until")


def individual(fields: Fields) -> Individual:
    """The facts of one person; an absent key is "not known", an empty list "known: none"."""
    return Individual(
        sex=fields.choice("sex", codes.SEXES, None),
        category=fields.choice("category", codes.CATEGORIES, None),
        joined_on=fields.day("joined_on", None),
        ratings=_ratings(fields),
        grants=fields.optional_list("grants", _grant),
        initiatives=fields.optional_list("initiatives", _initiative),
        discipline=fields.optional_list("discipline", _discipline),
        absences=fields.optional_list("absences", _absence),
        pending=fields.optional_list("pending", _pending),
        postings=fields.optional_list("postings", _posting),
        raised_retirement_age=fields.boolean("raised_retirement_age", None),
    )


def collective(fields: Fields) -> Collective:
    """The facts of one collective."""
    return Collective(
        rating=fields.choice("rating", codes.RATINGS, None),
        ratings=_ratings(fields),
        grants=fields.optional_list("grants", _grant),
        members=_members(fields.object("members")) if fields.has("members") else Members(),
        leads_cluster=fields.boolean("leads_cluster", None),
        flag_eligible=fields.boolean("flag_eligible", None),
        founded_on=fields.day("founded_on", None),
        pending=fields.optional_list("pending", _pending),
    )


def _ratings(fields: Fields) -> Mapping[int, str] | None:
    if not fields.has("ratings"):
        return None
    own = fields.object("ratings")
    found: dict[int, str] = {}
    for year in own.content:
        if not (year.isdigit() and len(year) == 4):
            raise own.fail(year, "khóa phải là năm gồm bốn chữ số")
        rating = own.choice(year, codes.RATINGS, None)
        if rating is not None:
            found[int(year)] = rating
    return found


def _grant(entry: Fields) -> Grant:
    return Grant(
        award=entry.choice("award", awards()),
        year=entry.year("year"),
        decided_on=entry.day("decided_on", None),
        type=entry.choice("type", codes.TYPES, None),
        state=entry.choice("state", codes.GRANT_STATES, None),
    )


def _initiative(entry: Fields) -> Initiative:
    used = entry.list("used_for") if entry.has("used_for") else []
    return Initiative(
        code=entry.text("code", "(không mã)"),
        level=entry.choice("level", codes.LEVELS),
        recognised_on=entry.day("recognised_on"),
        used_for=tuple(_use(entry, item) for item in used),
    )


def _use(entry: Fields, item: Any) -> str:
    code = item.get("award", item.get("kind")) if isinstance(item, dict) else item
    if code not in awards() and code not in ("title", "form"):
        raise entry.fail("used_for", f"«{code}» không phải là mã danh hiệu, hình thức")
    return str(code)


def _discipline(entry: Fields) -> Discipline:
    return Discipline(
        decided_on=entry.day("decided_on"),
        measure=entry.choice(entry.first(_MEASURE), codes.DISCIPLINE, None),
        ended_on=entry.day(entry.first(_SANCTION_END), None),
        misconduct_year=entry.year("misconduct_year", None),
        already_counted_in=entry.year("already_counted_in", None),
    )


def _absence(entry: Fields) -> Absence:
    start, end = entry.day(entry.first(_FROM)), entry.day(entry.first(_TO), None)
    _in_order(entry, start, end)
    return Absence(entry.choice(entry.first(_REASON), codes.ABSENCES), start, end)


def _pending(entry: Fields) -> PendingMatter:
    return PendingMatter(
        matter=entry.choice(entry.first(_MATTER), codes.PENDING, None),
        opened_on=entry.day("opened_on", None),
        closed_on=entry.day("closed_on", None),
    )


def _posting(entry: Fields) -> Posting:
    start, end = entry.day(entry.first(_FROM)), entry.day(entry.first(_TO), None)
    _in_order(entry, start, end)
    return Posting(entry.choice("post", load().posts), start, end)


def _in_order(entry: Fields, start: Any, end: Any) -> None:
    if end is not None and end < start:
        raise entry.fail(entry.first(_TO), "ngày cuối đứng trước ngày đầu")


def _members(own: Fields) -> Members:
    counts = {name: own.integer(name, None) for name in codes.MEMBER_COUNTS}
    for name, count in counts.items():
        if count is not None and counts["total"] is not None and count > counts["total"]:
            raise own.fail(name, f"{count} lớn hơn tổng số người ({counts['total']})")
    return Members(**counts)
