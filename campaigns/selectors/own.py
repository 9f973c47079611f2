"""The page on which a person registers for oneself."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaigns.models import Answer, Campaign, Commitment, Origin, Registration, RegistrationLine
from campaigns.selectors import sheet
from campaigns.selectors.campaigns import registering_unit_of
from campaigns.selectors.verdicts import Judged, judged_people
from rulebook import catalogue
from units.models import Person, Unit


@dataclass(frozen=True)
class OwnRow:
    """One title: what the machine says, and where the proposal stands."""

    award: catalogue.Award
    judged: Judged
    line: RegistrationLine | None

    @property
    def is_fixed(self) -> bool:
        """Registered by the unit or confirmed by the head: the person changes it no more."""
        return self.line is not None and self.line.answer == Answer.CONFIRMED

    @property
    def is_by_unit(self) -> bool:
        """Did the unit register it?"""
        return self.line is not None and self.line.origin == Origin.UNIT


@dataclass
class OwnPage:
    """What the page shows; without `campaign` nothing is open now."""

    person: Person
    campaign: Campaign | None
    unit: Unit | None = None
    registration: Registration | None = None
    rows: list[OwnRow] = field(default_factory=list)
    commitment: str = ""

    @property
    def awards(self) -> list[catalogue.Award]:
        """The titles one may propose."""
        return [row.award for row in self.rows]

    @property
    def initial(self) -> dict[str, Any]:
        """What the form shows first."""
        proposed = [row.award.code for row in self.rows if row.line and row.line.answer != Answer.RETURNED]
        return {"awards": proposed, "commitment": self.commitment}

    @property
    def is_open(self) -> bool:
        """May the person still propose?"""
        return self.campaign is not None and (self.registration is None or self.registration.is_editable)


def own_page(person: Person, campaign: Campaign | None, today: date) -> OwnPage:
    """The titles of `campaign` for `person`, judged one by one; a constant number of queries."""
    unit = registering_unit_of(person, today)
    if campaign is None or unit is None:
        return OwnPage(person, None, unit)
    registration = Registration.objects.filter(campaign=campaign, unit=unit).select_related("campaign", "unit").first()
    awards = sheet.columns_of(sheet.awards_of(campaign))
    lines = RegistrationLine.objects.filter(registration=registration, person=person) if registration else []
    by_award = {line.award: line for line in lines}
    codes = {person.pk: [award.code for award in awards]}
    judged = judged_people([person], codes, year=campaign.year, day=today, until=campaign.ends_on).get(person.pk, [])
    rows = [OwnRow(item.award, item, by_award.get(item.award.code)) for item in judged]
    said = Commitment.objects.filter(registration=registration, person=person).first() if registration else None
    return OwnPage(person, campaign, unit, registration, rows, said.text if said else "")
