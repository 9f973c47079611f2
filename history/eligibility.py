"""Facts of the database held against the book and the office's dated overrides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from core.models import RuleOverride
from history.facts import ClusterResult, facts_of_people, facts_of_units, sets_of_units, stream_people
from history.models import Grant
from rulebook import catalogue
from rulebook.book import load
from rulebook.engine import Finding, Law, Override, Verdict, judge_all, law_on
from rulebook.findings import NOT_ELIGIBLE
from rulebook.values import Cite
from units.models import Person, Unit, UnitEvent, YearlyRating
from units.selectors import units_on


class Judgement(NamedTuple):
    """One verdict of many: `subject` is "individual" or "collective", `pk` the id of the person or unit."""

    subject: str
    pk: int
    award: str
    verdict: Verdict


def judge_sector(
    *,
    awards: Sequence[str],
    year: int,
    day: date,
    kind: str = "merit",
    people: QuerySet[Person] | None = None,
    units: QuerySet[Unit] | None = None,
    clusters: Mapping[int, ClusterResult] | None = None,
) -> Iterator[Judgement]:
    """The verdicts on these people and units for all those awards they may hold, in one streamed pass.

    People come first, each kind by id, a subject's awards together and in the order given. With neither `people`
    nor `units`, the whole sector: who serves and what exists on `day`; with one of them, that one only. The
    queries grow neither with subjects (a fixed number for each thousand) nor with awards; no cursor stays open
    while a verdict is handed out, so the caller may write meanwhile.
    """
    if people is None and units is None:
        people, units = serving_on(day), units_on(day)
    law = law_on(day, overrides())
    if people is not None and (held := _held_by("individual", awards)):
        for person, facts in stream_people(people):
            for award, verdict in judge_all(held, "individual", kind, year, law, facts).items():
                yield Judgement("individual", person.pk, award, verdict)
    if units is not None and (held := _held_by("collective", awards)):
        for rows in sets_of_units(units):
            verdicts = _judge_units(rows, held, year, kind, clusters or {}, law)
            for unit in rows:
                for award in held:
                    yield Judgement("collective", unit.pk, award, verdicts[unit.pk][award])


def serving_on(day: date) -> QuerySet[Person]:
    """The people who have not left by `day`."""
    return Person.objects.filter(Q(left_on=None) | Q(left_on__gte=day))


def _held_by(subject: str, awards: Sequence[str]) -> list[str]:
    return [award for award in awards if catalogue.award(award).may_be_held_by(subject)]


def overrides() -> tuple[Override, ...]:
    """What the office has laid over the book and not withdrawn; names the book lacks are left out. One query."""
    known = load().parameters
    rows = RuleOverride.objects.filter(withdrawn_at=None).select_related("by").order_by("valid_from", "pk")
    return tuple(
        Override(
            row.parameter, row.valid_from, row.value, (Cite(row.cite_document, row.cite_place),), str(row.by),
            row.valid_to, row.status,
        )
        for row in rows
        if row.parameter in known
    )  # fmt: skip


def judge_people(people: Iterable[Person], award: str, year: int, day: date, kind: str = "merit") -> dict[int, Verdict]:
    """The verdict on each person by id; as many queries for a thousand as for one."""
    facts = facts_of_people(people)
    law = law_on(day, overrides())
    return {pk: judge_all([award], "individual", kind, year, law, known)[award] for pk, known in facts.items()}


def judge_person(
    person: Person, awards: Sequence[str], year: int, day: date, kind: str = "merit"
) -> dict[str, Verdict]:
    """The verdicts on one person for several awards; the facts are read once."""
    facts = facts_of_people([person])[person.pk]
    return judge_all(awards, "individual", kind, year, law_on(day, overrides()), facts)


def judge_units(
    units: Sequence[Unit], award: str, year: int, day: date, kind: str = "merit",
    clusters: Mapping[int, ClusterResult] | None = None,
) -> dict[int, Verdict]:  # fmt: skip
    """The verdict on each unit by id.

    Honours belong to the unit that received them. Where counting those of its forerunners would
    change a refusal, nobody has said whether they count: the verdict is left to people.
    """
    found = judge_units_for_all(units, [award], year, day, kind, clusters)
    return {pk: verdicts[award] for pk, verdicts in found.items()}


def judge_units_for_all(
    units: Sequence[Unit], awards: Sequence[str], year: int, day: date, kind: str = "merit",
    clusters: Mapping[int, ClusterResult] | None = None,
) -> dict[int, dict[str, Verdict]]:  # fmt: skip
    """The verdicts of `judge_units` for several awards, by id and award; the facts are read once."""
    return _judge_units(units, awards, year, kind, clusters or {}, law_on(day, overrides()))


def _judge_units(
    units: Sequence[Unit], awards: Sequence[str], year: int, kind: str, clusters: Mapping[int, ClusterResult], law: Law
) -> dict[int, dict[str, Verdict]]:
    own = facts_of_units(units, year, law.day, clusters)
    verdicts = {pk: judge_all(awards, "collective", kind, year, law, facts) for pk, facts in own.items()}
    refused = {pk: _refused(found) for pk, found in verdicts.items()}
    before = _forerunners([unit for unit in units if refused[unit.pk]])
    heirs = [unit for unit in units if unit.pk in before]
    joint = facts_of_units(heirs, year, law.day, clusters, also=before) if heirs else {}
    for pk, facts in joint.items():
        for award, other in judge_all(refused[pk], "collective", kind, year, law, facts).items():
            if other.outcome != NOT_ELIGIBLE:
                verdicts[pk][award] = _left_to_people(other)
    return verdicts


def _refused(verdicts: Mapping[str, Verdict]) -> list[str]:
    return [award for award, verdict in verdicts.items() if verdict.outcome == NOT_ELIGIBLE]


def judge_unit(
    unit: Unit, award: str, year: int, day: date, kind: str = "merit", cluster: ClusterResult | None = None
) -> Verdict:
    """The verdict on one unit."""
    return judge_units([unit], award, year, day, kind, {unit.pk: cluster} if cluster else None)[unit.pk]


def _forerunners(units: Sequence[Unit]) -> dict[int, set[int]]:
    """For each unit the direct forerunners that have honours or ratings of their own."""
    pairs = UnitEvent.objects.filter(successor__in=units).values_list("successor", "predecessor")
    found: dict[int, set[int]] = {}
    for successor, predecessor in pairs:
        found.setdefault(successor, set()).add(predecessor)
    olds = set().union(*found.values()) if found else set()
    with_past = set(Grant.objects.filter(unit__in=olds).values_list("unit", flat=True))
    with_past |= set(YearlyRating.objects.filter(unit__in=olds).values_list("unit", flat=True))
    return {pk: kept for pk, before in found.items() if (kept := before & with_past)}


def _left_to_people(verdict: Verdict) -> Verdict:
    says = "Chỉ đạt khi tính cả thành tích của đơn vị trước sắp xếp; chưa có quy định cho tính, Hội đồng quyết định"
    doubt = Finding("succession", None, says, confirmed=False)
    return Verdict((*verdict.findings, doubt), verdict.people, False, verdict.overrides)
