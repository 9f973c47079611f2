"""Facts of the database held against the book and the office's dated overrides."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.models import RuleOverride
from history.facts import ClusterResult, facts_of_people, facts_of_units
from history.models import Grant
from rulebook.book import load
from rulebook.engine import Finding, Override, Verdict, judge
from rulebook.findings import NOT_ELIGIBLE
from rulebook.values import Cite
from units.models import Person, Unit, UnitEvent, YearlyRating


def overrides() -> tuple[Override, ...]:
    """What the office has laid over the book and not withdrawn; names the book lacks are left out."""
    known = load().parameters
    rows = RuleOverride.objects.filter(withdrawn_at=None).select_related("by").order_by("valid_from", "pk")
    return tuple(
        Override(code, row.valid_from, row.value, (Cite(row.cite_document, row.cite_place),), str(row.by), row.valid_to)
        for row in rows
        if (code := f"{row.award}.{row.parameter}" if row.award else row.parameter) in known
    )


def judge_people(people: Iterable[Person], award: str, year: int, day: date, kind: str = "merit") -> dict[int, Verdict]:
    """The verdict on each person by id; as many queries for a thousand as for one."""
    facts = facts_of_people(people)
    laid = overrides()
    return {pk: judge(award, "individual", kind, year, day, known, laid) for pk, known in facts.items()}


def judge_person(
    person: Person, awards: Sequence[str], year: int, day: date, kind: str = "merit"
) -> dict[str, Verdict]:
    """The verdicts on one person for several awards; the facts are read once."""
    facts = facts_of_people([person])[person.pk]
    laid = overrides()
    return {award: judge(award, "individual", kind, year, day, facts, laid) for award in awards}


def judge_units(
    units: Sequence[Unit], award: str, year: int, day: date, kind: str = "merit",
    clusters: Mapping[int, ClusterResult] | None = None,
) -> dict[int, Verdict]:  # fmt: skip
    """The verdict on each unit by id.

    Honours belong to the unit that received them. Where counting those of its forerunners would
    change a refusal, nobody has said whether they count: the verdict is left to people.
    """
    results = dict(clusters or {})
    laid = overrides()
    own = facts_of_units(units, year, day, results)
    verdicts = {pk: judge(award, "collective", kind, year, day, facts, laid) for pk, facts in own.items()}
    doubtful = [unit for unit in units if verdicts[unit.pk].outcome == NOT_ELIGIBLE]
    before = _forerunners(doubtful)
    if before:
        heirs = [unit for unit in doubtful if unit.pk in before]
        joint = facts_of_units(heirs, year, day, results, also=before)
        for pk, facts in joint.items():
            other = judge(award, "collective", kind, year, day, facts, laid)
            if other.outcome != NOT_ELIGIBLE:
                verdicts[pk] = _left_to_people(other)
    return verdicts


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
