"""What the council and the decision make of lines. Called from above; nothing here asks a council's rules.

`about` is the session or decision on which the right is asked. Every function is one act, moves all
lines or none, and costs the same number of queries for one line as for five hundred.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from awards.models import Nomination
from awards.services import verdicts
from awards.services.steps import carry_all, lines_of
from core.act import act
from core.workflow import Refused
from units.models import Unit

Lines = Iterable[Nomination | int]


@act
def put_on_agenda(*, nominations: Lines, about: Any, by: User, at: datetime) -> list[Nomination]:
    """Qualified or postponed lines go before the council."""
    return carry_all(nominations, "to_agenda", by=by, at=at, about=about)


@act
def take_off_agenda(*, nominations: Lines, about: Any, by: User, at: datetime) -> list[Nomination]:
    """Back to “đủ điều kiện”: the session was cancelled or its list changed before the lock."""
    return carry_all(nominations, "off_agenda", by=by, at=at, about=about)


@act
def record_results(
    *, about: Any, by: User, at: datetime, passed: Lines = (), failed: Lines = (), postponed: Lines = ()
) -> None:
    """Write what a session decided on each line."""
    carry_all(passed, "pass", by=by, at=at, about=about)
    carry_all(failed, "fail", by=by, at=at, about=about)
    carry_all(postponed, "postpone", by=by, at=at, about=about)


@act
def downgrade(*, nomination: Nomination, award: str, about: Any, by: User, at: datetime, note: str) -> Nomination:
    """The council finds a lower award fitting: this line ends, and a new one for `award` waits for review.

    Returns the new line, judged anew. Raises Refused when the tờ trình already asks for that award.
    """
    old = carry_all([nomination], "downgrade", by=by, at=at, about=about, note=note)[0]
    if Nomination.objects.filter(
        submission=old.submission_id, person=old.person_id, collective=old.collective_id, award=award
    ).exists():
        raise Refused("Tờ trình này đã có hồ sơ đề nghị mức đó. Ghi kết quả “không đạt” cho mức đang xét.")
    return verdicts.open_lower(old, award, by=by, at=at)


@act
def mark_decided(*, nominations: Lines, about: Any, by: User, at: datetime) -> list[Nomination]:
    """The decision that holds these lines was issued."""
    return carry_all(nominations, "decide", by=by, at=at, about=about)


@act
def forward(*, nominations: Lines, by: User, at: datetime) -> list[Nomination]:
    """Lines the sector does not decide go to the Government, the Prime Minister or the President."""
    moved: list[Nomination] = []
    for unit, lines in _by_holder(nominations):
        moved += carry_all(lines, "forward", by=by, at=at, held_at=unit)
    return moved


def _by_holder(nominations: Lines) -> list[tuple[Unit, list[Nomination]]]:
    groups: dict[int, tuple[Unit, list[Nomination]]] = {}
    for line in lines_of(nominations):
        groups.setdefault(line.held_by_id, (line.held_by, []))[1].append(line)
    return list(groups.values())
