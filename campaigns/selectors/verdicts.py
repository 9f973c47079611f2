"""What the rule book says of each ticked title while the year is still running.

The verdict itself is the engine's. Beside it stands the same question put with what the rest of the
year may still bring (a rating, an initiative, months of service), so that what cannot be mended is
told apart from what has not come yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from history.eligibility import overrides
from history.facts import facts_of_people
from rulebook import catalogue
from rulebook.book import load
from rulebook.engine import Finding, Verdict, judge
from rulebook.facts import Individual, Initiative
from rulebook.findings import ELIGIBLE
from rulebook.values import Cite
from units.models import Person

_KINDS = {"law": "Luật", "decree": "Nghị định", "circular": "Thông tư", "decision": "Quyết định"}
#: What an initiative may at best become by the end of the year.
_TO_COME = "trong năm"


@dataclass(frozen=True)
class ShownFinding:
    """One condition as components/findings.html draws it."""

    met: bool | None
    says: str
    found: str
    law: str
    confirmed: bool
    any_of: tuple["ShownFinding", ...] = ()


@dataclass(frozen=True)
class Judged:
    """One title of one person: the verdict now, and what it could at best become this year."""

    award: catalogue.Award
    now: Verdict
    at_best: Verdict

    @property
    def is_met(self) -> bool:
        """Does everything hold today?"""
        return self.now.outcome == ELIGIBLE

    @property
    def failed(self) -> list[Finding]:
        """Conditions that are not met and that this year cannot bring any more."""
        lost = {finding.rule for finding in self.at_best.findings if finding.met is False}
        return [finding for finding in self.now.findings if finding.met is False and finding.rule in lost]

    @property
    def open(self) -> list[Finding]:
        """Conditions not met yet, or not known."""
        lost = {finding.rule for finding in self.failed}
        return [finding for finding in self.now.findings if finding.met is not True and finding.rule not in lost]

    @property
    def says(self) -> str:
        """Where the title stands, in a few words."""
        if self.failed:
            return f"thiếu {len(self.failed)} điều kiện"
        return f"còn {len(self.open)} điều kiện trong năm" if self.open else "đủ điều kiện"

    @property
    def findings(self) -> list[ShownFinding]:
        """Every condition, what cannot be mended first; what may still come is marked as unknown."""
        lost = {finding.rule for finding in self.failed}
        ranked = sorted(self.now.findings, key=lambda finding: (finding.rule not in lost, finding.met is True))
        return [_shown(finding, may_come=finding.rule not in lost) for finding in ranked]


def judged_people(
    people: Iterable[Person], wanted: Mapping[int, Iterable[str]], *, year: int, day: date, until: date
) -> dict[int, list[Judged]]:
    """For each person the titles in `wanted`, judged by the law of `day`; `until` is the year's last day.

    As many queries for a thousand people as for one.
    """
    asked = [person for person in people if wanted.get(person.pk)]
    if not asked:
        return {}
    laid = overrides()
    judged = {}
    for pk, facts in facts_of_people(asked).items():
        best = _at_best(facts, year, day, until)
        judged[pk] = [
            Judged(
                catalogue.award(code),
                judge(code, "individual", "merit", year, day, facts, laid),
                judge(code, "individual", "merit", year, day, best, laid),
            )
            for code in wanted[pk]
        ]
    return judged


def _at_best(facts: Individual, year: int, day: date, until: date) -> Individual:
    """The facts with the best that can still happen by `until`; the same facts once the year is over."""
    if day > until:
        return facts
    left = until - day
    ratings = dict(facts.ratings or {})
    ratings.setdefault(year, "excellent")
    within = min(max(day, date(year, 1, 1)), date(year, 12, 31))
    coming = Initiative(_TO_COME, "national", within, ())
    return replace(
        facts,
        ratings=ratings,
        initiatives=(*(facts.initiatives or ()), coming),
        joined_on=facts.joined_on - left if facts.joined_on else None,
    )


def law_words(cites: Iterable[Cite]) -> str:
    """“Điều 22 khoản 1 điểm a, Điều 22 khoản 2 Luật 06/2022/QH15”: places gathered by document."""
    places: dict[str, list[str]] = {}
    for cite in cites:
        places.setdefault(cite.doc, []).append(cite.at)
    sources = load().sources
    return "; ".join(
        f"{', '.join(dict.fromkeys(found))} {_KINDS.get(sources[doc].kind, '') if doc in sources else ''} {doc}"
        for doc, found in places.items()
    ).replace("  ", " ")


def _shown(finding: Finding, *, may_come: bool) -> ShownFinding:
    parts = tuple(_shown(part, may_come=may_come) for part in finding.any_of)
    waits = finding.met is False and may_come
    return ShownFinding(
        met=None if waits else finding.met,
        says=f"Cần đạt một trong {len(parts)} cách sau" if parts and not finding.met else finding.says,
        found="Còn có thể đạt trong năm thi đua." if waits and not parts else "",
        law=law_words(finding.cite),
        confirmed=finding.confirmed,
        any_of=parts,
    )
