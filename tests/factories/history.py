"""The smallest valid honours and initiatives, by plain rows."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from accounts.models import User
from core.models import RuleOverride
from history.models import Discovery, Grant, Initiative, InitiativeAuthor
from units.models import Person, Unit

_numbers = count(1)
LAST_NIGHT = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


def make_grant(
    subject: Person | Unit, award: str = "chien_si_thi_dua_co_so", year: int = 2025, **values: object
) -> Grant:
    """An honour in force, decided on 20 December of its year."""
    about = {"person": subject} if isinstance(subject, Person) else {"unit": subject}
    values.setdefault("type", "merit")
    values.setdefault("decided_on", date(year, 12, 20))
    values.setdefault("decision_number", f"{next(_numbers)}/QĐ-VKSTC")
    return Grant.objects.create(award=award, year=year, **about, **values)


def make_initiative(unit: Unit, *authors: Person, recognised_on: date | None = None, **values: object) -> Initiative:
    """A draft, or a recognised initiative when a day is given; authors share alike."""
    number = next(_numbers)
    values.setdefault("code", f"SK{number}")
    values.setdefault("title", f"Sáng kiến {number}")
    values.setdefault("year", recognised_on.year if recognised_on else 2025)
    if recognised_on:
        values |= {"recognised_on": recognised_on, "state": "recognised", "decision": f"{number}/QĐ-VKSTC"}
    made = Initiative.objects.create(unit=unit, **values)
    for order, author in enumerate(authors, 1):
        InitiativeAuthor.objects.create(initiative=made, person=author, share=100 // len(authors), order=order)
    return made


def make_override(
    by: User, code: str, value: Any, valid_from: date, valid_to: date | None = None, *,
    document: str = "Quy chế mẫu", place: str = "Điều 1", **more: object,
) -> RuleOverride:  # fmt: skip
    """A value of the sector's own, laid over the book by plain row."""
    more.setdefault("created_at", datetime(2026, 1, 1).astimezone())
    return RuleOverride.objects.create(
        parameter=code, award=code.rpartition(".")[2], value=value, valid_from=valid_from, valid_to=valid_to,
        cite_document=document, cite_place=place, by=by, **more,
    )  # fmt: skip


def make_discovery(subject: Person | Unit, award: str = "chien_si_thi_dua_nganh", **values: object) -> Discovery:
    """A suggestion of last night: eligible; with `outcome` beyond that, one condition is named as missing."""
    is_person = isinstance(subject, Person)
    about = {"person": subject} if is_person else {"collective": subject}
    unit = subject.posting_on().unit if is_person else subject
    if values.get("outcome", "eligible") != "eligible":
        values = {"missing_rule": "initiative", "missing_says": "Chưa có sáng kiến cấp ngành", **values}
    facts = {
        "unit": unit, "type": "merit", "year": 2026, "outcome": "eligible", "rulebook_version": "0",
        "verdict": {"outcome": "eligible", "findings": [], "to_be_confirmed_by_people": [], "confirmed": True},
        "found_at": LAST_NIGHT, "refreshed_at": LAST_NIGHT,
    }  # fmt: skip
    return Discovery.objects.create(award=award, **about, **{**facts, **values})
