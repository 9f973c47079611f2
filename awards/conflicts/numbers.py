"""One number of one decider in one year belongs to one decision."""

from collections import defaultdict
from datetime import date

from awards.conflicts.findings import WARN, Conflict, Found, Scene, subject_of
from history.models import Grant
from history.states import GrantState

Key = tuple[str, str, int]


def number_of_two_decisions(scene: Scene) -> Found:
    """An honour of the subject cites a number that stands elsewhere with another date."""
    days = _days(scene)
    for line in scene.lines:
        told = set()
        for row in scene.grants.get(subject_of(line), ()):
            key = _key(row.decision_number, row.decider, row.decided_on)
            others = days.get(key, set()) - {row.decided_on}
            if others and key not in told:
                told.add(key)
                yield line.pk, _conflict(row, others)


def _days(scene: Scene) -> dict[Key, set[date]]:
    own = scene.granted.exclude(decision_number="").values("decision_number")
    rows = Grant.objects.exclude(state=GrantState.REVOKED).filter(decision_number__in=own)
    days: dict[Key, set[date]] = defaultdict(set)
    for number, decider, day in rows.values_list("decision_number", "decider", "decided_on").distinct():
        days[_key(number, decider, day)].add(day)
    return days


def _key(number: str, decider: str, day: date) -> Key:
    return number, decider, day.year


def _conflict(row: Grant, others: set[date]) -> Conflict:
    written = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(others))
    says = (
        f"{row.entry.label} năm {row.year} ghi quyết định {row.decision_number} ngày {row.decided_on:%d/%m/%Y}; "
        f"cùng số ấy của cùng người quyết định còn ghi ngày {written}."
    )
    return Conflict("number", WARN, says, "Đối chiếu quyết định gốc trước khi dùng làm căn cứ.")
