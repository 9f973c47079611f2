"""Who and what stands in a registration sheet: people, collectives, titles, and the keys of its cells."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from campaigns.models import Campaign, Registration, RegistrationLine
from campaigns.selectors.campaigns import sections_of
from rulebook import catalogue
from units.models import Person, Unit
from units.models.person import Category
from units.selectors import staff_of

#: The titles on which the other titles of a person rest (Luật 06/2022/QH15 Điều 23 khoản 1, Điều 24).
LDTT, CSTT = "lao_dong_tien_tien", "chien_si_tien_tien"


def awards_of(campaign: Campaign) -> list[catalogue.Award]:
    """What may be registered for, in the order of the law; one query."""
    codes = campaign.awards.values_list("award", flat=True)
    return sorted((catalogue.award(code) for code in codes), key=lambda award: award.order)


def columns_of(awards: Iterable[catalogue.Award]) -> list[catalogue.Award]:
    """The titles and forms of individuals as the grid shows them: titles from the lowest up, then forms."""
    own = [award for award in awards if award.may_be_held_by("individual")]
    titles = [award for award in own if award.kind == "title"]
    return titles[::-1] + [award for award in own if award.kind != "title"][::-1]


def collective_columns_of(awards: Iterable[catalogue.Award]) -> list[catalogue.Award]:
    """The titles and forms of collectives, titles from the lowest up, then forms."""
    own = [award for award in awards if award.may_be_held_by("collective")]
    titles = [award for award in own if award.kind == "title"]
    return titles[::-1] + [award for award in own if award.kind != "title"][::-1]


def collectives_of(registration: Registration, day: date) -> list[Unit]:
    """The unit itself, then its sections."""
    return [registration.unit, *sections_of(registration.unit, day)]


def staff_of_sheet(collectives: Iterable[Unit], day: date) -> QuerySet[Person]:
    """The people who may be registered: in service in the unit or its sections on `day`."""
    return staff_of([unit.pk for unit in collectives], day)


def base_title_of(person: Person, codes: Iterable[str]) -> str:
    """The title that every higher title of this person rests on, if the campaign names it; else nothing."""
    named = set(codes)
    if person.category == Category.SERVICEMAN and CSTT in named:
        return CSTT
    return LDTT if LDTT in named else ""


def is_higher_title(code: str) -> bool:
    """Does the title presuppose the base title of the same year?"""
    award = catalogue.award(code)
    return award.group == "title" and award.may_be_held_by("individual") and code not in {LDTT, CSTT}


def key_of(line: RegistrationLine) -> str:
    """The row a line stands in: p12 for a person, u5 for a collective."""
    return f"p{line.person_id}" if line.person_id else f"u{line.collective_id}"
