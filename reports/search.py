"""Search across people, units, decisions and dossiers; without accents, and only what one may see."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from awards.models import Submission
from awards.selectors import nominations_visible_to, submissions_visible_to
from core.vietnamese import search_key
from decisions.models import Decision
from decisions.selectors import decisions_visible_to, issued_register
from units.models import Unit
from units.selectors import people_visible_to, units_visible_to

SHORTEST = 2
PER_KIND = 8

#: HS-2026-00418, TT-2026-00042 as people write them: “hs 2026 418”, “TT-2026-42”.
CODE = re.compile(r"\b(hs|tt)[\s-]*(\d{4})[\s-]+(\d{1,5})\b")


@dataclass(frozen=True)
class Found:
    """One hit."""

    title: str
    hint: str
    url: str


@dataclass(frozen=True)
class Hits:
    """The hits of one kind."""

    label: str
    rows: list[Found]


def search(user: User, typed: str) -> list[Hits]:
    """The first hits of each kind; nothing for fewer than two letters."""
    key = CODE.sub(_in_full, search_key(typed))
    if len(key) < SHORTEST:
        return []
    return [group for group in _groups(user, key, typed.strip()) if group.rows]


def _in_full(code: re.Match[str]) -> str:
    kind, year, number = code.groups()
    return f"{kind}-{year}-{int(number):05d}"


def _groups(user: User, key: str, typed: str) -> list[Hits]:
    return [
        Hits(
            "Cá nhân",
            [
                Found(row.full_name, row.code, reverse("history:person", args=[row.pk]))
                for row in _first(people_visible_to(user), key)
            ],
        ),
        Hits(
            "Đơn vị",
            [
                Found(row.short_name, _unit_hint(row), reverse("history:unit", args=[row.pk]))
                for row in _first(units_visible_to(user), key)
            ],
        ),
        Hits(
            "Hồ sơ đề nghị",
            [
                Found(str(row), row.get_state_display(), reverse("awards:nomination", args=[row.pk]))
                for row in _first(nominations_visible_to(user), key)
            ],
        ),
        Hits(
            "Tờ trình",
            [
                Found(row.title, row.receipt_code or row.number, reverse("awards:submission", args=[row.pk]))
                for row in _submissions(user, key, typed)
            ],
        ),
        Hits("Quyết định", _decisions(user, key)),
    ]


def _first(rows: QuerySet[Any], key: str) -> QuerySet[Any]:
    """Rows that hold every word typed, in any place: “pham duc” finds Phạm Văn Đức."""
    for word in key.split():
        rows = rows.filter(search_key__contains=word)
    return rows.order_by("sort_key", "pk")[:PER_KIND]


def _decisions(user: User, key: str) -> list[Found]:
    """The page of a decision for whoever may read it; for others its row in the public register."""
    own = list(_first(decisions_visible_to(user), key))
    others = _first(issued_register().exclude(pk__in=[row.pk for row in own]), key)
    found = [Found(row.title, row.number_text, reverse("decisions:decision", args=[row.pk])) for row in own]
    return found + [Found(row.title, row.number_text, _in_register(row)) for row in others[: PER_KIND - len(own)]]


def _in_register(decision: Decision) -> str:
    return f"{reverse('decisions:register')}?{urlencode({'q': decision.number_text})}"


def _submissions(user: User, key: str, typed: str) -> QuerySet[Submission]:
    """By the code given on receipt or the unit's own number; their titles are much alike."""
    coded = Q(receipt_code__icontains=key) | Q(number__icontains=typed)
    return submissions_visible_to(user).filter(coded).order_by("-pk")[:PER_KIND]


def _unit_hint(unit: Unit) -> str:
    """The full name; for a unit that is no more also its last day, as its successor may have the same name."""
    return f"{unit.name}, hoạt động đến hết ngày {unit.valid_to:%d/%m/%Y}" if unit.valid_to else unit.name
