"""One achievement, one award: the same achievement is not commended twice, nor in two forms.

Only forms of commendation for achievements count: titles rate a year, badges and long service count time.
"""

from datetime import date
from typing import NamedTuple

from awards.conflicts.findings import BLOCK, INFO, LEAD, WARN, Conflict, Found, Scene, cited, subject_of
from awards.models import Nomination
from core.vietnamese import search_key
from history.models import Grant
from rulebook import catalogue
from rulebook.values import Value

RULE = "conflicts.one_achievement"
FOR_ACHIEVEMENT = {"merit", "thematic", "ad_hoc", "external"}
SUDDEN = {"thematic", "ad_hoc"}
CURE = "Kiểm tra hai thành tích; nếu là một thì bỏ dòng này."


class Commended(NamedTuple):
    """A line or an honour as far as its achievement goes."""

    award: str
    type: str
    year: int
    start: date | None
    end: date | None
    words: str
    named: str
    other: int | None = None


def commended_twice(scene: Scene) -> Found:
    """Another line or an honour of the subject is for the same achievement, or for the same time."""
    rule = scene.law.find(RULE)
    if rule is None:
        return
    for line in scene.lines:
        own = _of_line(line)
        if not _counts(own):
            continue
        elsewhere = [_of_line(row) for row in scene.others.get(subject_of(line), ()) if row.pk != line.pk]
        elsewhere += [_of_grant(row) for row in scene.grants.get(subject_of(line), ())]
        for one in elsewhere:
            severity = _severity(own, one)
            if severity:
                yield line.pk, _conflict(severity, own, one, rule)


def _severity(own: Commended, other: Commended) -> str:
    """The same words of a sudden or thematic commendation block; the same time alone is for people to look at."""
    if not _counts(other) or (own.award, own.year) == (other.award, other.year):
        return ""
    sudden = own.type in SUDDEN or other.type in SUDDEN
    if own.words and own.words == other.words:
        return BLOCK if sudden else WARN
    if not _overlap(own, other):
        return ""
    if sudden:
        return WARN
    return INFO if own.year == other.year else ""


def _conflict(severity: str, own: Commended, other: Commended, rule: Value) -> Conflict:
    same = own.words and own.words == other.words
    what = "Cùng một thành tích đã ghi ở" if same else "Thời gian tính thành tích trùng với"
    says = f"{what} {other.named}. {rule.content}."
    waived = LEAD if severity == BLOCK else ""
    return Conflict("achievement", severity, says, CURE, waived, cited(rule), other.other, rule.confirmed)


def _counts(one: Commended) -> bool:
    entry = catalogue.award(one.award)
    return entry.kind == "form" and entry.group != "badge" and one.type in FOR_ACHIEVEMENT


def _overlap(own: Commended, other: Commended) -> bool:
    if None in (own.start, own.end, other.start, other.end):
        return False
    return own.start <= other.end and other.start <= own.end  # type: ignore[operator]


def _of_line(line: Nomination) -> Commended:
    named = f"{line.code} ({line.entry.label} năm {line.year}, “{line.get_state_display()}”)"
    return Commended(
        line.award, line.type, line.year, line.achievement_from, line.achievement_to, search_key(line.achievement),
        named, line.pk,
    )  # fmt: skip


def _of_grant(row: Grant) -> Commended:
    named = f"{row.entry.label} năm {row.year}, quyết định {row.decision_number or 'chưa rõ số'}"
    return Commended(
        row.award, row.type, row.year, row.achievement_from, row.achievement_to, search_key(row.achievement), named
    )
