"""From a condition in the data to a finding: finds the criterion by its name and asks it."""

from __future__ import annotations

from collections.abc import Callable

from rulebook.criteria import conduct, grants, initiatives, long_service, members, ratings, runs, service, titles
from rulebook.criteria.case import Case, Params
from rulebook.findings import Finding, either, together
from rulebook.shapes import Condition
from rulebook.values import Value

Criterion = Callable[[Case, Params, Value], "Finding | None"]

CRITERIA: dict[str, Criterion] = {
    function.__name__: function
    for function in (
        ratings.rating_of_year,
        ratings.latest_rating,
        titles.title_of_year,
        titles.title_run,
        titles.title_pair,
        initiatives.initiative_of_year,
        initiatives.initiative_in_run,
        initiatives.initiative_in_pair,
        conduct.category,
        conduct.no_discipline_in_year,
        conduct.absent_less_than,
        conduct.no_open_matter,
        service.months_in_service,
        service.years_of_service,
        service.years_of_existence,
        long_service.posts_held,
        long_service.no_discipline_in_post,
        runs.merit_run,
        grants.holds,
        grants.years_since_award,
        grants.never_granted,
        members.everyone_completed,
        members.share_of_members,
        members.number_of_members,
        members.nobody_disciplined,
        members.leads_cluster,
    )
}


def evaluate(case: Case, condition: Condition, value: Value, rule: str) -> Finding | None:
    """The finding on one condition; None where the criterion has nothing to say."""
    rule = condition.rule or rule
    if condition.any_of:
        return either(rule, _parts(case, condition.any_of, value, rule), value.cite)
    if condition.all_of:
        return together(rule, _parts(case, condition.all_of, value, rule), value.cite)
    found = CRITERIA[condition.test](case, condition.params, value)
    return _named(found, rule, condition.test) if found else None


def _parts(case: Case, conditions: tuple[Condition, ...], value: Value, rule: str) -> tuple[Finding, ...]:
    found = [evaluate(case, part, value, part.rule or part.test or rule) for part in conditions]
    return tuple(finding for finding in found if finding is not None)


def _named(finding: Finding, rule: str, test: str) -> Finding:
    """The finding under the name of its condition, with the criterion that judged it; made anew, `replace` is slow."""
    parts, ways = finding.all_of, finding.any_of
    if parts:
        parts = tuple(_named(p, p.rule or f"{rule}_{n}", test) for n, p in enumerate(parts, 1))
    if ways:
        ways = tuple(_named(p, p.rule or f"{rule}_{n}", test) for n, p in enumerate(ways, 1))
    return Finding(
        finding.rule or rule, finding.met, finding.says, finding.cite, finding.confirmed, ways, parts,
        finding.test or test,
    )  # fmt: skip
