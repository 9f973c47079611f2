"""From the database to the facts of the rule book, in a fixed number of queries however many subjects.

The system is the register: a list with no rows means "known: none". What it cannot know stays None:
posts without a legal equivalent, results of clusters, titles of a year nobody has decided yet.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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


@dataclass(frozen=True)
class ClusterResult:
    """What the results of its cluster say of a unit; history lies below campaigns and is told."""

    leads_cluster: bool | None = None
    flag_eligible: bool | None = None


def facts_of_people(people: Iterable[Person]) -> dict[int, book.Individual]:
    """The facts of each person by id; give at most some thousands at a time."""
    by_id = {person.pk: person for person in people}
    about: dict[str, Any] = {"person__in": list(by_id)}
    grants = _grants(Grant.objects.filter(**about), "person_id")
    ratings = _ratings(YearlyRating.objects.filter(**about), "person_id")
    initiatives = _initiatives(list(by_id))
    discipline = _grouped(Discipline.objects.filter(**about).order_by("decided_on"), "person_id", _discipline)
    absences = _grouped(Absence.objects.filter(**about).order_by("valid_from"), "person_id", _absence)
    pending = _grouped(PendingMatter.objects.filter(**about).order_by("opened_on"), "person_id", _matter)
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
    clusters: dict[int, ClusterResult] | None = None,
    also: dict[int, set[int]] | None = None,
) -> dict[int, book.Collective]:
    """The facts of each unit by id, its people counted as they stood on `day` or at the end of `year`.

    `also` names, for a unit, forerunners whose honours and ratings are to be counted as its own.
    """
    sources = {unit.pk: {unit.pk} | (also or {}).get(unit.pk, set()) for unit in units}
    wanted = set().union(*sources.values()) if sources else set()
    grants = _grants(Grant.objects.filter(unit__in=wanted), "unit_id")
    ratings = _ratings(YearlyRating.objects.filter(unit__in=wanted), "unit_id")
    pending = _grouped(PendingMatter.objects.filter(unit__in=sources).order_by("opened_on"), "unit_id", _matter)
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


def _grouped(rows: QuerySet[Any], key: str, make: Any) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(make(row))
    return groups


def _grants(rows: QuerySet[Grant], key: str) -> dict[int, list[book.Grant]]:
    return _grouped(rows.order_by("year", "decided_on", "pk"), key, _grant)


def _ratings(rows: QuerySet[YearlyRating], key: str) -> dict[int, dict[int, str]]:
    years: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows.order_by("year"):
        years[getattr(row, key)][row.year] = row.rating
    return years


def _initiatives(people: list[int]) -> dict[int, list[book.Initiative]]:
    """Recognised initiatives of each author, with the awards this author's own honours drew on them for."""
    used: dict[tuple[int, int], set[str]] = defaultdict(set)
    cited = Grant.initiatives.through.objects.filter(grant__person__in=people, grant__state=GrantState.IN_FORCE)
    for person, initiative, award in cited.values_list("grant__person", "initiative", "grant__award"):
        used[person, initiative].add(award)
    shares = InitiativeAuthor.objects.filter(person__in=people, initiative__state=InitiativeState.RECOGNISED)
    found: dict[int, list[book.Initiative]] = defaultdict(list)
    for credit in shares.select_related("initiative").order_by("initiative__recognised_on", "initiative__code"):
        made = credit.initiative
        assert made.recognised_on is not None
        awards = tuple(sorted(used[credit.person_id, made.pk]))
        found[credit.person_id].append(book.Initiative(made.code, made.level, made.recognised_on, awards))
    return found


def _postings(rows: QuerySet[Posting]) -> dict[int, tuple[book.Posting, ...] | None]:
    """Posts that count for long service; None where a post has no equivalent entered yet."""
    unclear, known = set(), defaultdict(list)
    for row in rows:
        if row.post and not row.law_post:
            unclear.add(row.person_id)
        elif row.law_post and row.law_post != NO_LAW_POST:
            known[row.person_id].append(book.Posting(row.law_post, row.valid_from, row.valid_to))
    return {pk: None if pk in unclear else tuple(known[pk]) for pk in unclear | set(known)}


def _members(units: Iterable[int], year: int, day: date) -> dict[int, book.Members]:
    """How the people of each unit, and of what stands below it, did in `year`."""
    starts = list(units)
    steps = UnitLink.objects.filter(in_force(day)).values_list("child", "parent")
    below = tree.closures(steps, starts)
    inside = set().union(*below.values()) if below else set()
    held = Posting.objects.filter(in_force(day), is_main=True, unit__in=inside)
    staff: dict[int, set[int]] = defaultdict(set)
    for person, unit in held.exclude(person__left_on__lt=day).values_list("person", "unit"):
        staff[unit].add(person)
    everyone = set().union(*staff.values()) if staff else set()
    rated = dict(YearlyRating.objects.filter(person__in=everyone, year=year).values_list("person", "rating"))
    titles = _titles(everyone, year)
    severe = [kind for kind in DisciplineKind.values if kind != DisciplineKind.REPRIMAND]
    punished = Discipline.objects.filter(person__in=everyone, kind__in=severe, decided_on__year=year)
    disciplined = set(punished.values_list("person", flat=True))
    return {
        start: _count(set().union(*(staff[unit] for unit in below[start])), rated, titles, disciplined)
        for start in starts
    }


def _titles(people: set[int], year: int) -> dict[str, set[int]]:
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


def _grant(row: Grant) -> book.Grant:
    return book.Grant(row.award, row.year, row.decided_on, row.type, row.state)


def _discipline(row: Discipline) -> book.Discipline:
    return book.Discipline(row.decided_on, row.kind, row.ends_on, row.misconduct_year, row.already_counted_in)


def _absence(row: Absence) -> book.Absence:
    return book.Absence(row.reason, row.valid_from, row.valid_to)


def _matter(row: PendingMatter) -> book.PendingMatter:
    return book.PendingMatter(row.kind, row.opened_on, row.closed_on)
