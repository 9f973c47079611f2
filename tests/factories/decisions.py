"""The smallest valid decisions, by plain rows; acts are left to the services."""

from datetime import date

from accounts.models import User
from decisions.models import Decision, DecisionLine
from tests.factories.council import NOW
from units.models import Person, Unit

DAY = date(2026, 11, 21)


def make_decision(
    unit: Unit, title: str, by: User, person: Person, *, state: str = "draft", number: int | None = None
) -> Decision:
    """A decision of `unit` that gives one person a Giấy khen."""
    given = {"number": number, "dated": DAY, "numbered_by": by, "numbered_at": NOW} if number else {}
    made = Decision.objects.create(
        unit=unit, title=title, year=2026, symbol="QĐ-VKS", place="Hà Nội", issuer_name=unit.name,
        authority_post="Viện trưởng", signer_name="Người ký", state=state, drafted_by=by, drafted_at=NOW,
        sort_key="", search_key="", **given,
    )  # fmt: skip
    DecisionLine.objects.create(
        decision=made, order=1, award="giay_khen", person=person, name_printed=person.full_name, year=2026,
        achievement_from=date(2025, 12, 1), achievement_to=date(2026, 11, 30),
    )  # fmt: skip
    return made
