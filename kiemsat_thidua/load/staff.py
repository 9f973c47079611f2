"""The people of one unit and the posts they have held."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kiemsat_thidua.demo import names
from kiemsat_thidua.demo.cast import RANKS
from kiemsat_thidua.load.places import Path, Place
from kiemsat_thidua.load.plan import PREFIX
from units.models import Person, Posting, Unit, UnitKind
from units.models.person import NO_LAW_POST

HIGH_RANK = "Kiểm sát viên cao cấp"
DEPUTIES = 2
#: Head, deputy, and what these posts count as for orders of long service.
POSTS = {
    UnitKind.PROVINCE: ("Viện trưởng", "Phó Viện trưởng", "vu_truong", "pho_vu_truong"),
    UnitKind.REGION: ("Viện trưởng", "Phó Viện trưởng", NO_LAW_POST, NO_LAW_POST),
    UnitKind.OFFICE: ("Chánh Văn phòng", "Phó Chánh Văn phòng", "vu_truong", "pho_vu_truong"),
    UnitKind.DEPARTMENT: ("Vụ trưởng", "Phó Vụ trưởng", "vu_truong", "pho_vu_truong"),
    UnitKind.BUREAU: ("Cục trưởng", "Phó Cục trưởng", "vu_truong", "pho_vu_truong"),
    UnitKind.INSPECTORATE: ("Chánh Thanh tra", "Phó Chánh Thanh tra", "vu_truong", "pho_vu_truong"),
    UnitKind.APPEAL: ("Viện trưởng", "Phó Viện trưởng", "vu_truong", "pho_vu_truong"),
    UnitKind.INSTITUTE: ("Thủ trưởng đơn vị", "Phó Thủ trưởng đơn vị", "vu_truong", "pho_vu_truong"),
}


@dataclass
class Member:
    """A person with the postings that lead to the present unit."""

    person: Person
    postings: list[Posting] = field(default_factory=list)
    #: Years in a row as Chiến sĩ thi đua cơ sở that no higher title has used yet.
    run: int = 0

    def unit_on(self, day: date) -> Unit | None:
        """The unit of that day; None before the first posting."""
        return next((p.unit for p in self.postings if p.valid_from <= day <= (p.valid_to or day)), None)

    @property
    def title(self) -> str:
        """Rank and post of the present, for the words on decisions."""
        return self.postings[-1].title


def members(place: Place, someone: Iterator[names.Someone], first: int, since: date) -> list[Member]:
    """The staff of a place, numbered from `first`, in service since `since` at the earliest."""
    return [_member(place, seat, next(someone), first + seat, since) for seat in range(place.size)]


def _member(place: Place, seat: int, who: names.Someone, number: int, since: date) -> Member:
    person = Person(
        code=f"{PREFIX}{number:06}", full_name=who.full_name, sex=who.sex, born_on=who.born_on, joined_on=who.joined_on
    )
    person.fill_keys()
    member = Member(person)
    path = place.paths[seat % len(place.paths)]
    rank = HIGH_RANK if seat == 0 else RANKS[min(seat // 8, len(RANKS) - 1)]
    for unit, begin, end in _stays(path, max(since, who.joined_on)):
        member.postings.append(Posting(person=person, unit=unit, rank=rank, valid_from=begin, valid_to=end))
    _give_post(member.postings[-1], seat)
    return member


def _stays(path: Path, since: date) -> Iterator[tuple[Unit, date, date | None]]:
    """The stretches of a path from `since` on; the last one is open."""
    for place, stay in enumerate(path):
        following = path[place + 1].begins if place + 1 < len(path) else None
        end = following - timedelta(days=1) if following else None
        begin = max(since, stay.begins or since)
        if end is None or begin <= end:
            yield stay.unit, begin, end


def _give_post(posting: Posting, seat: int) -> None:
    head, deputy, head_counts, deputy_counts = POSTS[UnitKind(posting.unit.kind)]
    if seat == 0:
        posting.post, posting.law_post, posting.is_head = head, head_counts, True
    elif seat <= DEPUTIES:
        posting.post, posting.law_post = deputy, deputy_counts
