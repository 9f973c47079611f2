"""From the database to the facts of the rule book, in a fixed number of queries however many subjects.

The system is the register: a list with no rows means "known: none". What it cannot know stays None:
posts without a legal equivalent, results of clusters, titles of a year nobody has decided yet.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from history.models import Grant, InitiativeAuthor
from history.states import GrantState, InitiativeState
from rulebook import facts as book
from units import tree
from units.models import Absence, Discipline, PendingMatter, Person, Posting, Unit, UnitLink, YearlyRating
from units.models.person import NO_LAW_POST
from units.models.record import DisciplineKind, Rating
from units.selectors import in_force

LDTT, CSTDCS = "lao_dong_tien_tien", "chien_si_thi_dua_co_so"

#: So many subjects are read at once when a whole sector is streamed: this bounds the memory.
PEOPLE_AT_ONCE, UNITS_AT_ONCE = 1000, 500

Subject = TypeVar("Subject", Person, Unit)
Fact = TypeVar("Fact")


@dataclass(frozen=True)
class ClusterResult:
    """What the results of its cluster say of a unit; history lies below campaigns and is told."""

    leads_cluster: bool | None = None
    flag_eligible: bool | None = None


def stream_people(people: QuerySet[Person], size: int | None = None) -> Iterator[tuple[Person, book.Individual]]:
    """Each person with the facts, by id; nine queries for every `size` people (a thousand), whose rows alone are held.

    No cursor stays open between two sets: who reads the stream may write meanwhile.
    """
    for rows in _sets(people, size or PEOPLE_AT_ONCE):
        facts = facts_of_people(rows)
        for person in rows:
            yield person, facts[person.pk]


def sets_of_units(units: QuerySet[Unit], size: int | None = None) -> Iterator[list[Unit]]:
    """The units in sets of at most `size` (five hundred), by id; their facts are read a set at a time."""
    return _sets(units, size or UNITS_AT_ONCE)


def _sets(subjects: QuerySet[Subject], size: int) -> Iterator[list[Subject]]:
    last, rows = 0, list(subjects.order_by("pk")[:size])
    while rows:
        yield rows
        last = rows[-1].pk
        rows = list(subjects.filter(pk__gt=last).order_by("pk")[:size]) if len(rows) == size else []


def facts_of_people(people: Iterable[Person]) -> dict[int, book.Individual]:
    """The facts of each person by id; give at most some thousands at a time."""
    by_id = {person.pk: person for person in people}
    about: dict[str, Any] = {"person__in": list(by_id)}
    grants = _grants(Grant.objects.filter(**about), "person")
    ratings = _ratings(YearlyRating.objects.filter(**about), "person")
    initiatives = _initiatives(list(by_id))
    discipline = _discipline(Discipline.objects.filter(**about))
    absences = _absences(Absence.objects.filter(**about))
    pending = _matters(PendingMatter.objects.filter(**about), "person")
    postings = _postings(Posting.objects.filter(**about).order_by("valid_from"))
    return {
        pk: book.Individual(
            sex=person.sex,
            category=person.category,
            joined_on=person.joined_on,
            ratings=ratings[pk],
            grants=tuple(grants[pk]),
            initiatives=tuple(initiatives[pk]),
            discipline=tuple(discipline[pk]),
            absences=tuple(absences[pk]),
            pending=tuple(pending[pk]),
            postings=postings.get(pk, ()),
            raised_retirement_age=person.raised_retirement_age,
        )
        for pk, person in by_id.items()
    }


def facts_of_units(
    units: Sequence[Unit],
    year: int,
    day: date,
    clusters: Mapping[int, ClusterResult] | None = None,
    also: dict[int, set[int]] | None = None,
) -> dict[int, book.Collective]:
    """The facts of each unit by id, its people counted as they stood on `day` or at the end of `year`.

    `also` names, for a unit, forerunners whose honours and ratings are to be counted as its own.
    """
    sources = {unit.pk: {unit.pk} | (also or {}).get(unit.pk, set()) for unit in units}
    wanted = set().union(*sources.values()) if sources else set()
    grants = _grants(Grant.objects.filter(unit__in=wanted), "unit")
    ratings = _ratings(YearlyRating.objects.filter(unit__in=wanted), "unit")
    pending = _matters(PendingMatter.objects.filter(unit__in=sources), "unit")
    members = _members(sources, year, min(day, date(year, 12, 31)))
    nothing = ClusterResult()
    return {
        unit.pk: book.Collective(
            rating=ratings[unit.pk].get(year),
            ratings={
                y: r for pk in sorted(sources[unit.pk], key=lambda pk: pk == unit.pk) for y, r in ratings[pk].items()
            },
            grants=tuple(grant for pk in sorted(sources[unit.pk]) for grant in grants[pk]),
            members=members[unit.pk],
            leads_cluster=(clusters or {}).get(unit.pk, nothing).leads_cluster,
            flag_eligible=(clusters or {}).get(unit.pk, nothing).flag_eligible,
            founded_on=unit.founded_on,
            pending=tuple(pending[unit.pk]),
        )
        for unit in units
    }


def _grouped(rows: Iterable[tuple[Any, ...]], make: Callable[..., Fact]) -> dict[int, list[Fact]]:
    """Facts by the id in the first column, made from the other columns."""
    groups: dict[int, list[Fact]] = defaultdict(list)
    for pk, *columns in rows:
        groups[pk].append(make(*columns))
    return groups


def _grants(rows: QuerySet[Grant], key: str) -> dict[int, list[book.Grant]]:
    columns = rows.values_list(key, "award", "year", "decided_on", "type", "state")
    return _grouped(columns.order_by("year", "decided_on", "pk"), book.Grant)


def _ratings(rows: QuerySet[YearlyRating], key: str) -> dict[int, dict[int, str]]:
    years: dict[int, dict[int, str]] = defaultdict(dict)
    for pk, year, rating in rows.order_by("year").values_list(key, "year", "rating"):
        years[pk][year] = rating
    return years


def _discipline(rows: QuerySet[Discipline]) -> dict[int, list[book.Discipline]]:
    columns = rows.values_list("person", "decided_on", "kind", "ends_on", "misconduct_year", "already_counted_in")
    return _grouped(columns.order_by("decided_on"), book.Discipline)


def _absences(rows: QuerySet[Absence]) -> dict[int, list[book.Absence]]:
    columns = rows.values_list("person", "reason", "valid_from", "valid_to")
    return _grouped(columns.order_by("valid_from"), book.Absence)


def _matters(rows: QuerySet[PendingMatter], key: str) -> dict[int, list[book.PendingMatter]]:
    columns = rows.values_list(key, "kind", "opened_on", "closed_on")
    return _grouped(columns.order_by("opened_on"), book.PendingMatter)


def _initiatives(people: list[int]) -> dict[int, list[book.Initiative]]:
    """Recognised initiatives of each author, with the awards this author's own honours drew on them for."""
    used: dict[tuple[int, int], set[str]] = defaultdict(set)
    cited = Grant.initiatives.through.objects.filter(grant__person__in=people, grant__state=GrantState.IN_FORCE)
    for person, initiative, award in cited.values_list("grant__person", "initiative", "grant__award"):
        used[person, initiative].add(award)
    shares = InitiativeAuthor.objects.filter(person__in=people, initiative__state=InitiativeState.RECOGNISED)
    columns = shares.values_list(
        "person", "initiative", "initiative__code", "initiative__level", "initiative__recognised_on"
    )
    found: dict[int, list[book.Initiative]] = defaultdict(list)
    for person, made, code, level, day in columns.order_by("initiative__recognised_on", "initiative__code"):
        assert day is not None
        awards = tuple(sorted(used.get((person, made), ())))
        found[person].append(book.Initiative(code, level, day, awards))
    return found


def _postings(rows: QuerySet[Posting]) -> dict[int, tuple[book.Posting, ...] | None]:
    """Posts that count for long service; None where a post has no equivalent entered yet."""
    unclear, known = set(), defaultdict(list)
    for person, post, law_post, start, end in rows.values_list("person", "post", "law_post", "valid_from", "valid_to"):
        if post and not law_post:
            unclear.add(person)
        elif law_post and law_post != NO_LAW_POST:
            known[person].append(book.Posting(law_post, start, end))
    return {pk: None if pk in unclear else tuple(known[pk]) for pk in unclear | set(known)}


def _members(units: Iterable[int], year: int, day: date) -> dict[int, book.Members]:
    """How the people of each unit, and of what stands below it, did in `year`."""
    starts = list(units)
    steps = UnitLink.objects.filter(in_force(day)).values_list("child", "parent")
    below = tree.closures(steps, starts)
    inside = set().union(*below.values()) if below else set()
    held = Posting.objects.filter(in_force(day), is_main=True, unit__in=inside)
    staff: dict[int, set[int]] = defaultdict(set)
    serving = held.exclude(person__left_on__lt=day)
    for person, unit in serving.values_list("person", "unit"):
        staff[unit].add(person)
    everyone = serving.values("person")
    rated = dict(YearlyRating.objects.filter(person__in=everyone, year=year).values_list("person", "rating"))
    titles = _titles(everyone, year)
    severe = [kind for kind in DisciplineKind.values if kind != DisciplineKind.REPRIMAND]
    punished = Discipline.objects.filter(person__in=everyone, kind__in=severe, decided_on__year=year)
    disciplined = set(punished.values_list("person", flat=True))
    return {
        start: _count(set().union(*(staff[unit] for unit in below[start])), rated, titles, disciplined)
        for start in starts
    }


def _titles(people: QuerySet[Any], year: int) -> dict[str, set[int]]:
    """Who holds a title of the year, by award."""
    held = Grant.objects.filter(person__in=people, year=year, award__in=[LDTT, CSTDCS], state=GrantState.IN_FORCE)
    titles: dict[str, set[int]] = {LDTT: set(), CSTDCS: set()}
    for award, person in held.values_list("award", "person"):
        titles[award].add(person)
    return titles


def _count(people: set[int], rated: dict[int, str], titles: dict[str, set[int]], disciplined: set[int]) -> book.Members:
    """Ratings count once all are rated or somebody failed; titles once the year's have been decided here."""
    ratings = [rated[person] for person in people if person in rated]
    failed = ratings.count(Rating.FAILED)
    decided = bool(titles[LDTT] & people or titles[CSTDCS] & people)
    return book.Members(
        total=len(people),
        completed_or_better=len(ratings) - failed if failed or len(ratings) == len(people) else None,
        lao_dong_tien_tien=len(titles[LDTT] & people) if decided else None,
        chien_si_thi_dua_co_so=len(titles[CSTDCS] & people) if decided else None,
        disciplined_warning_or_above=len(disciplined & people),
    )
