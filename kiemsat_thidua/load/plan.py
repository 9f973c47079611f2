"""What is to be laid, and whether it may be laid here."""

from dataclasses import dataclass
from datetime import date

from core.models import Event
from core.workflow import Refused
from kiemsat_thidua.demo import build as demo
from kiemsat_thidua.demo import cast
from units.models import Person

#: The last emulation year of the load; fixed, so that the same size gives the same rows on any day.
LAST_YEAR = 2025
#: The published structure begins on 01/06/2015: years before 2016 would lie in units nobody knows.
MOST_YEARS = LAST_YEAR - 2015
MOST_PEOPLE = 200_000
#: People of the load are told apart by the beginning of their codes.
PREFIX = "TAI"
KIND = "load.seed"


@dataclass(frozen=True)
class Plan:
    """How many people over how many years."""

    people: int
    years: int

    def __post_init__(self) -> None:
        if not 1 <= self.people <= MOST_PEOPLE:
            raise Refused(f"Số người phải từ 1 đến {MOST_PEOPLE}.")
        if not 1 <= self.years <= MOST_YEARS:
            raise Refused(f"Số năm phải từ 1 đến {MOST_YEARS}: cơ cấu đã công bố bắt đầu từ 01/06/2015.")

    @property
    def span(self) -> range:
        """The emulation years, oldest first."""
        return range(LAST_YEAR - self.years + 1, LAST_YEAR + 1)

    @property
    def since(self) -> date:
        """The day on which the oldest postings begin."""
        return date(self.span[0], 1, 1)


def is_laid(plan: Plan) -> bool:
    """Has this very plan been laid? Raises Refused when another one has."""
    laid = Event.objects.filter(kind=KIND).order_by("-seq").first()
    if laid is None:
        return False
    if (laid.changes["people"], laid.changes["years"]) != (plan.people, plan.years):
        size = f"{laid.changes['people']} người × {laid.changes['years']} năm"
        raise Refused(f"Cơ sở dữ liệu này đã có tải {size}. Dùng một cơ sở dữ liệu khác.")
    return True


def strangers() -> int:
    """How many people are neither of the load nor of the demonstration: they may be real."""
    people = Person.objects.exclude(code__startswith=PREFIX)
    if demo.is_built():
        invented = sum(size for _, size, _, _ in cast.PLACES)
        people = people.exclude(code__in=[f"KS{number:05}" for number in range(1, invented + 1)])
    return people.count()
