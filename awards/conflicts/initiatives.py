"""Initiatives: each grounds one award, except title after title; its authors' shares make 100 % at most.

Which initiatives a line rests on is asked of the engine: those without which its outcome would be worse. Two lines
clash where they cannot rest on different ones; two titles may share.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from django.db.models import Sum

from awards.conflicts.findings import BLOCK, LEAD, WARN, Conflict, Found, Scene, cited
from awards.models import Nomination
from awards.states import FINAL, LIVE
from history.facts import facts_of_people
from history.models import Initiative, InitiativeAuthor
from history.states import InitiativeState
from rulebook import facts as book
from rulebook.engine import judge_all
from rulebook.findings import ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED
from rulebook.shapes import Condition
from rulebook.values import Value
from units.models import Person

RULE = "readings.one_initiative_one_use"
FULL = 100
#: No law asks one line for more initiatives than this.
MOST = 3
RANKS = {NOT_ELIGIBLE: 0, UNDETERMINED: 1, ELIGIBLE: 2}

Codes = frozenset[str]


def claimed_twice(scene: Scene) -> Found:
    """Two lines of one person under way, not both titles, rest on the same initiative."""
    rule = scene.law.find(RULE)
    if rule is None or rule.content is not True:
        return
    rivals = {person: lines for person in scene.people if len(lines := _rivals(scene, person)) > 1}
    facts = facts_of_people(Person.objects.filter(pk__in=rivals)) if rivals else {}
    wanted = {line.pk for line in scene.lines}
    for person, lines in rivals.items():
        claims = {line.pk: _choices(scene, line, facts[person]) for line in lines}
        for one, other in combinations(lines, 2):
            if one.entry.kind == other.entry.kind == "title" or not _clash(claims[one.pk], claims[other.pk]):
                continue
            codes = frozenset().union(*claims[one.pk], *claims[other.pk])
            for line, rival in ((one, other), (other, one)):
                if line.pk in wanted:
                    yield line.pk, _conflict(rival, codes, rule)


def shared_too_often(scene: Scene) -> Found:
    """The authors' shares of an initiative the line may rest on make more than 100 %."""
    mine = InitiativeAuthor.objects.filter(person__in=scene.people, initiative__state=InitiativeState.RECOGNISED)
    summed = Initiative.objects.filter(pk__in=mine.values("initiative")).annotate(total=Sum("credits__share"))
    over = dict(summed.filter(total__gt=FULL).values_list("pk", "total"))
    by_person: dict[int, list[tuple[str, int]]] = defaultdict(list)
    if over:
        for person, pk, code in mine.filter(initiative__in=over).values_list(
            "person", "initiative", "initiative__code"
        ):
            by_person[person].append((code, over[pk]))
    for line in scene.lines:
        for code, total in sorted(by_person.get(line.person_id or 0, ())):
            if _may_rest_on_initiatives(scene, line):
                says = f"Sáng kiến {code} có tỷ lệ đóng góp của các tác giả cộng lại {total} %, vượt 100 %."
                cure = "Sửa tỷ lệ đóng góp theo quyết định công nhận sáng kiến."
                yield line.pk, Conflict("shares", BLOCK, says, cure, LEAD)


def _rivals(scene: Scene, person: int) -> list[Nomination]:
    """The lines of one person under way, or asked about, whose award may rest on initiatives."""
    lines = {row.pk: row for row in scene.others.get((person, None), ()) if row.state in LIVE}
    lines |= {line.pk: line for line in scene.lines if line.person_id == person and line.state not in FINAL}
    return [line for _, line in sorted(lines.items()) if _may_rest_on_initiatives(scene, line)]


def _choices(scene: Scene, line: Nomination, facts: book.Individual) -> list[Codes]:
    """The smallest sets of initiatives with which the line keeps its outcome; none where it rests on no initiative."""
    made = facts.initiatives or ()
    best = _rank(scene, line, facts, {one.code for one in made})
    if best == 0 or _rank(scene, line, facts, ()) == best:
        return []
    for count in range(1, MOST + 1):
        sets = [frozenset(codes) for codes in combinations([one.code for one in made], count)]
        kept = [codes for codes in sets if _rank(scene, line, facts, codes) == best]
        if kept:
            return kept
    return [frozenset(one.code for one in made)]


def _rank(scene: Scene, line: Nomination, facts: book.Individual, codes: Iterable[str]) -> int:
    """How the line stands if only these initiatives were left to it."""
    free = set(codes)
    left = (one if one.code in free else replace(one, used_for=("form",)) for one in facts.initiatives or ())
    known = replace(facts, initiatives=tuple(left))
    return RANKS[judge_all([line.award], "individual", line.type, line.year, scene.law, known)[line.award].outcome]


def _clash(one: list[Codes], other: list[Codes]) -> bool:
    return bool(one and other) and all(a & b for a in one for b in other)


def _may_rest_on_initiatives(scene: Scene, line: Nomination) -> bool:
    spoken = scene.law.spoken(line.award, "condition", line.award, "individual", line.type)
    tests = (part for text in spoken for part in _parts(text.value.content))
    return any(part.test.startswith("initiative_") or "initiatives" in part.params for part in tests)


def _parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    for part in (*condition.any_of, *condition.all_of):
        yield from _parts(part)


def _conflict(rival: Nomination, codes: Codes, rule: Value) -> Conflict:
    says = (
        f"Sáng kiến {', '.join(sorted(codes))} cũng là căn cứ của {rival.code} ({rival.entry.label} năm {rival.year}); "
        "một sáng kiến chỉ làm căn cứ cho một lần khen."
    )
    cure = "Xác định sáng kiến nào cho hồ sơ nào; bổ sung sáng kiến khác hoặc bỏ một dòng."
    return Conflict("initiative", WARN, says, cure, "", cited(rule), rival.pk, rule.confirmed)
