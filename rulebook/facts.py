"""All that criteria may look at. None means "not known"; an empty tuple means "known: none"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Grant:
    """An award received. ``year`` is the emulation year it was given for."""

    award: str
    year: int
    decided_on: date | None = None
    type: str | None = None
    state: str | None = None


@dataclass(frozen=True)
class Initiative:
    """A recognised initiative, accepted research or recognised combat ingenuity.

    ``used_for``: codes of the awards it has already supported; None: not known.
    """

    code: str
    level: str
    recognised_on: date
    used_for: tuple[str, ...] | None = ()


@dataclass(frozen=True)
class Discipline:
    """A disciplinary decision. ``already_counted_in``: the year whose title it already cost."""

    decided_on: date
    measure: str | None = None
    ended_on: date | None = None
    misconduct_year: int | None = None
    already_counted_in: int | None = None


@dataclass(frozen=True)
class Absence:
    """Time away from work, both days included; ``end`` None: still away."""

    reason: str
    start: date
    end: date | None = None


@dataclass(frozen=True)
class PendingMatter:
    """A matter with signs of violation, or being verified; open unless closed by the governing day."""

    matter: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True)
class Posting:
    """A post held, both days included; ``end`` None: still held."""

    post: str
    start: date
    end: date | None = None


@dataclass(frozen=True)
class Individual:
    """What is known of one person."""

    sex: str | None = None
    category: str | None = None
    joined_on: date | None = None
    ratings: Mapping[int, str] | None = None
    grants: tuple[Grant, ...] | None = None
    initiatives: tuple[Initiative, ...] | None = None
    discipline: tuple[Discipline, ...] | None = None
    absences: tuple[Absence, ...] | None = None
    pending: tuple[PendingMatter, ...] | None = None
    postings: tuple[Posting, ...] | None = None
    raised_retirement_age: bool | None = None


@dataclass(frozen=True)
class Members:
    """How the people of a collective did in the year under consideration (numbers of people)."""

    total: int | None = None
    completed_or_better: int | None = None
    lao_dong_tien_tien: int | None = None
    chien_si_thi_dua_co_so: int | None = None
    disciplined_warning_or_above: int | None = None


@dataclass(frozen=True)
class Collective:
    """What is known of one collective. ``rating`` is that of the year under consideration."""

    rating: str | None = None
    ratings: Mapping[int, str] | None = None
    grants: tuple[Grant, ...] | None = None
    members: Members = Members()
    leads_cluster: bool | None = None
    flag_eligible: bool | None = None
    founded_on: date | None = None
    pending: tuple[PendingMatter, ...] | None = None


Facts = Individual | Collective
