"""The grid people × titles of one registration, ready to draw; a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from campaigns.models import Answer, Registration, RegistrationLine
from campaigns.selectors import sheet
from campaigns.selectors.verdicts import Judged, judged_people
from history.models import Grant
from history.states import GrantState
from rulebook import catalogue
from units.models import Person, Posting, Unit
from units.selectors import in_force

#: How many years of titles stand beside each name.
PAST_YEARS = 3


@dataclass(frozen=True)
class Cell:
    """One title of one row. `locked`: proposed by the person, answered by the head, not ticked here."""

    award: catalogue.Award
    key: str
    label: str
    on: bool = False
    waiting: bool = False
    locked: bool = False
    doubtful: bool = False

    @property
    def value(self) -> str:
        """What the form sends for a ticked cell."""
        return f"{self.key}:{self.award.code}"

    @property
    def is_base(self) -> bool:
        """Is it a title on which higher ones rest?"""
        return self.award.code in {sheet.LDTT, sheet.CSTT}

    @property
    def is_higher(self) -> bool:
        """Does it take a base title along?"""
        return sheet.is_higher_title(self.award.code)


@dataclass(frozen=True)
class Chip:
    """The verdict of a row in a few words."""

    kind: str
    icon: str
    text: str


@dataclass(eq=False)
class Row:
    """One person or one collective."""

    key: str
    name: str
    cells: list[Cell]
    post: str = ""
    number: int = 0
    past: str = ""
    judged: list[Judged] = field(default_factory=list)
    year: int = 0
    is_former: bool = False

    @property
    def chip(self) -> Chip | None:
        """What is to be said of the ticked titles; None where nothing is ticked."""
        return chip_of(self.judged, self.year)

    @property
    def explained(self) -> list[Judged]:
        """The titles, what is most in doubt first."""
        return sorted(self.judged, key=lambda item: (not item.failed, not item.open))

    @property
    def pk(self) -> int:
        """The id behind the key."""
        return int(self.key[1:])


@dataclass(frozen=True)
class Group:
    """The people of the unit itself or of one section, with what that collective is registered for."""

    key: str
    title: str
    says: str
    rows: list[Row]


@dataclass(frozen=True)
class Grid:
    """Everything the page shows of people, collectives and titles."""

    registration: Registration
    day: date
    columns: list[catalogue.Award]
    groups: list[Group]
    collective_columns: list[catalogue.Award]
    collectives: list[Row]
    years: list[int]

    @property
    def rows(self) -> list[Row]:
        """All people, in the order of the sheet."""
        return [row for group in self.groups for row in group.rows]

    @property
    def headcount(self) -> int:
        """The people of the unit; those who have left are not counted."""
        return sum(not row.is_former for row in self.rows)

    @property
    def width(self) -> int:
        """Columns of the table."""
        return len(self.columns) + 5

    def count(self, award: str) -> int:
        """How many rows are registered for `award`."""
        return sum(cell.on for row in [*self.rows, *self.collectives] for cell in row.cells if cell.award.code == award)

    @property
    def warnings(self) -> list[Row]:
        """The people with a title whose conditions cannot be met any more."""
        return [row for row in self.rows if any(judged.failed for judged in row.judged)]

    @property
    def open_rows(self) -> list[Row]:
        """The people of whom something is not known or has not come yet."""
        return [row for row in self.rows if row not in self.warnings and any(judged.open for judged in row.judged)]

    @property
    def waiting(self) -> int:
        """Cells that people proposed and the head has not answered."""
        return sum(cell.waiting for row in self.rows for cell in row.cells)


def grid_of(registration: Registration, today: date) -> Grid:
    """The grid as it stands: drafts by the law of `today`, what was sent by that of the day it was sent."""
    day = registration.day_of_law(today)
    awards = sheet.awards_of(registration.campaign)
    units = sheet.collectives_of(registration, day)
    lines = list(
        RegistrationLine.objects.filter(registration=registration).select_related("person", "collective").order_by("pk")
    )
    postings = _postings(units, day)
    people = {posting.person_id: posting.person for posting in postings}
    former = {line.person.pk: line.person for line in lines if line.person and line.person_id not in people}
    everyone = {**people, **former}
    judged = _judged(registration, everyone, lines, day)
    past = _past(everyone, registration.campaign.year)
    columns = sheet.columns_of(awards)
    by_key = _by_key(lines)
    rows = {
        pk: _person_row(person, columns, by_key, judged.get(pk, []), past.get(pk, ""), is_former=pk in former)
        for pk, person in everyone.items()
    }
    for row in rows.values():
        row.year = registration.campaign.year
    for posting in postings:
        row = rows[posting.person_id]
        row.post = row.post or posting.post or posting.rank
    wide = sheet.collective_columns_of(awards)
    collectives = [_collective_row(unit, wide, by_key) for unit in _with_former(units, lines)]
    groups = _groups(units, postings, rows, collectives, former)
    _number(groups, collectives)
    years = [registration.campaign.year - back for back in range(PAST_YEARS, 0, -1)]
    return Grid(registration, day, columns, groups, wide, collectives, years)


def chip_of(judged: Sequence[Judged], year: int) -> Chip | None:
    """“Đủ”, what is missing for the first title that cannot be reached, or that the year has still to tell."""
    if not judged:
        return None
    failed = [item for item in judged if item.failed]
    if failed:
        more = f" (+{len(failed) - 1})" if len(failed) > 1 else ""
        text = f"{failed[0].award.short}: thiếu {len(failed[0].failed)} điều kiện{more}"
        return Chip("warn", "exclamation-triangle-fill", text)
    if any(item.open for item in judged):
        return Chip("", "question-circle", f"Chờ kết quả năm {year}")
    return Chip("ok", "check-circle-fill", "Đủ")


def _postings(units: Iterable[Unit], day: date) -> list[Posting]:
    """Main postings of those in service on `day`: the head first, then posts, deputies, and by name."""
    ids = [unit.pk for unit in units]
    held = Posting.objects.filter(
        in_force(day), is_main=True, unit__in=ids, person__in=sheet.staff_of_sheet(units, day)
    )
    return sorted(held.select_related("person"), key=_precedence)


def _precedence(posting: Posting) -> tuple[int, str, int]:
    post = posting.post.lower()
    rank = 0 if posting.is_head else 3 if not post else 2 if post.startswith("phó") else 1
    return rank, posting.person.sort_key, posting.person_id


def _judged(
    registration: Registration, people: dict[int, Person], lines: Iterable[RegistrationLine], day: date
) -> dict[int, list[Judged]]:
    wanted: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        if line.person_id and line.answer != Answer.RETURNED:
            wanted[line.person_id].append(line.award)
    for codes in wanted.values():
        codes.sort(key=lambda code: catalogue.award(code).order)
    campaign = registration.campaign
    return judged_people(people.values(), wanted, year=campaign.year, day=day, until=campaign.ends_on)


def _past(people: Iterable[int], year: int) -> dict[int, str]:
    """The highest title of each of the last years, oldest first; a dash for a year without one."""
    wanted = list(range(year - PAST_YEARS, year))
    grants = Grant.objects.filter(person__in=list(people), year__in=wanted, state=GrantState.IN_FORCE)
    best: dict[int, dict[int, catalogue.Award]] = defaultdict(dict)
    for person, when, code in grants.order_by("pk").values_list("person", "year", "award"):
        award = catalogue.award(code)
        held = best[person].get(when)
        if award.group == "title" and (held is None or award.order < held.order):
            best[person][when] = award
    return {
        person: " · ".join(titles[when].short if when in titles else "–" for when in wanted)
        for person, titles in best.items()
    }


def _by_key(lines: Iterable[RegistrationLine]) -> dict[tuple[str, str], RegistrationLine]:
    return {(sheet.key_of(line), line.award): line for line in lines}


def _cell(
    award: catalogue.Award,
    key: str,
    name: str,
    lines: dict[tuple[str, str], RegistrationLine],
    *,
    doubtful: bool = False,
) -> Cell:
    line = lines.get((key, award.code))
    if line is None or line.answer == Answer.RETURNED:
        return Cell(award, key, f"{name}, {award.label}")
    waiting = line.answer == Answer.WAITING
    return Cell(award, key, f"{name}, {award.label}", not waiting, waiting, line.is_own, doubtful)


def _person_row(
    person: Person, columns: list[catalogue.Award], lines: dict[tuple[str, str], RegistrationLine],
    judged: list[Judged], past: str, *, is_former: bool,
) -> Row:  # fmt: skip
    key = f"p{person.pk}"
    doubtful = {item.award.code for item in judged if item.failed}
    cells = [_cell(award, key, person.full_name, lines, doubtful=award.code in doubtful) for award in columns]
    printed = next((line for (row, _), line in lines.items() if row == key and line.name_printed), None)
    frozen = printed is not None and not printed.registration.is_editable
    name = printed.name_printed if printed and frozen else person.full_name
    post = printed.post_printed if printed and frozen else ""
    return Row(key, name, cells, post=post, past=past, judged=judged, is_former=is_former)


def _collective_row(unit: Unit, columns: list[catalogue.Award], lines: dict[tuple[str, str], RegistrationLine]) -> Row:
    key = f"u{unit.pk}"
    return Row(key, unit.short_name, [_cell(award, key, unit.short_name, lines) for award in columns])


def _with_former(units: list[Unit], lines: Iterable[RegistrationLine]) -> list[Unit]:
    known = {unit.pk for unit in units}
    gone = {line.collective_id: line.collective for line in lines if line.collective}
    return [*units, *(unit for pk, unit in gone.items() if pk not in known)]


def _groups(
    units: list[Unit], postings: list[Posting], rows: dict[int, Row], collectives: list[Row], former: Iterable[int]
) -> list[Group]:
    own, *sections = units
    titles = {row.key: ", ".join(cell.award.short for cell in row.cells if cell.on) for row in collectives}
    staff: dict[int, list[Posting]] = defaultdict(list)
    for posting in postings:
        staff[posting.unit_id].append(posting)
    groups = []
    for unit in (own, *sections):
        held = staff[unit.pk]
        if held or unit in sections:
            says = titles.get(f"u{unit.pk}", "")
            groups.append(
                Group(f"u{unit.pk}", _heading(unit, own, sections, held), says, [rows[p.person_id] for p in held])
            )
    gone = [rows[pk] for pk in former]
    return [*groups, Group("cu", "Không còn ở đơn vị", "", gone)] if gone else groups


def _heading(unit: Unit, own: Unit, sections: list[Unit], held: list[Posting]) -> str:
    if unit.pk != own.pk:
        return unit.name
    if not sections:
        return own.short_name
    leads = all(posting.is_head or posting.post for posting in held)
    return "Lãnh đạo đơn vị" if leads else f"Trực tiếp thuộc {own.short_name}"


def _number(groups: list[Group], collectives: list[Row]) -> None:
    for number, row in enumerate((row for group in groups for row in group.rows), start=1):
        row.number = number
    for number, row in enumerate(collectives, start=1):
        row.number = number
