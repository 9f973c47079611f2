"""What stands in the way of a line beyond its own standard: doubles, spent achievements, caps, open matters.

Each finding says how severe it is ("block", "warn", "info"), on what ground, and who may waive it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from awards.conflicts import achievements, doubles, initiatives, matters, numbers
from awards.conflicts.caps import BASES, Cap, caps_of, of_caps
from awards.conflicts.findings import BLOCK, INFO, LEAD, RULES, WARN, Conflict, Found, Scene
from awards.conflicts.suspects import suspects
from awards.models import Nomination
from awards.states import COUNTED

__all__ = ["BASES", "BLOCK", "COUNTED", "INFO", "KINDS", "LEAD", "RULES", "WARN", "Cap", "Conflict", "Found",
           "caps_of", "of_caps", "of_lines", "suspects"]  # fmt: skip

#: What a finding is about, in the words of the office.
KINDS = {
    "double": "Đề nghị ở hai hồ sơ",
    "held": "Đã được tặng",
    "pending": "Đang có việc chưa kết luận",
    "achievement": "Một thành tích khen hai lần",
    "initiative": "Sáng kiến dùng lại",
    "shares": "Tỷ lệ tác giả vượt 100 %",
    "number": "Trùng số quyết định",
    "cap": "Vượt giới hạn",
}
SOURCES = (
    doubles.in_two_dossiers,
    doubles.already_held,
    matters.held_by_a_matter,
    achievements.commended_twice,
    initiatives.claimed_twice,
    initiatives.shared_too_often,
    numbers.number_of_two_decisions,
)
ORDER = (BLOCK, WARN, INFO)


def of_lines(lines: Sequence[Nomination], day: date) -> dict[int, list[Conflict]]:
    """The findings on each line by id, what blocks first; the queries do not grow with the lines."""
    scene = Scene(lines, day)
    found: dict[int, list[Conflict]] = defaultdict(list)
    for source in SOURCES:
        for pk, conflict in source(scene):
            found[pk].append(conflict)
    return {pk: sorted(items, key=lambda item: ORDER.index(item.severity)) for pk, items in found.items()}
