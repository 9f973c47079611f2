"""Carrying lines from state to state: the moves of the table, and what every move brings with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from accounts.models import User
from awards.models import Nomination, Stage
from awards.services import telling
from awards.states import FINAL, NominationState
from awards.workflow import MOVES, known_of
from core.workflow import Attempt, Refused, move, move_many
from units.models import Unit

Refusal = tuple[Nomination, str]

#: Shown in a refusal; the rest is counted.
NAMED = 5


def lines_of(nominations: Iterable[Nomination | int], *, unread: Sequence[str] = ()) -> list[Nomination]:
    """The lines with what the guards and messages read, given as rows or ids; in the order of their ids."""
    keys = [item.pk if isinstance(item, Nomination) else item for item in nominations]
    rows = Nomination.objects.filter(pk__in=keys).select_related("submission__unit", "held_by", "person", "collective")
    return list(rows.defer(*unread).order_by("pk"))


def carry(
    line: Nomination, name: str, *, by: User, at: datetime, expected_version: int | None, note: str = "",
    held_at: Unit | None = None, **values: Any,
) -> Nomination:  # fmt: skip
    """Move one line (Refused, PermissionDenied or Conflict leave no trace) and write `values` beside it.

    `held_at` is the unit on which a right of the reviewing side is asked.
    """
    about = known_of([line], scope=held_at, by=by, at=at) if held_at else None
    moved = move(line, MOVES[name], by=by, at=at, expected_version=expected_version, note=note, about=about)
    for field, value in values.items():
        setattr(moved, field, value)
    moved.updated_at = at
    moved.save(update_fields=["updated_at", *values])
    close_stages([moved], at=at)
    telling.of_move([moved], name, by=by, at=at, note=note)
    return moved


def carry_some(
    lines: Sequence[Nomination], name: str, *, by: User, at: datetime, note: str = "", about: Any = None,
    held_at: Unit | None = None, **values: Any,
) -> tuple[list[Nomination], list[Refusal]]:  # fmt: skip
    """Move every line that can be moved; the others come back with the reason. Constant queries."""
    if held_at is not None:
        about = known_of(lines, scope=held_at, by=by, at=at)
    moved, refused = move_many(lines, MOVES[name], by=by, at=at, note=note, about=about)
    for line in moved:
        line.updated_at = at
        for field, value in values.items():
            setattr(line, field, value)
    Nomination.objects.filter(pk__in=[line.pk for line in moved]).update(updated_at=at, **values)
    close_stages(moved, at=at)
    telling.of_move(moved, name, by=by, at=at, note=note)
    return moved, refused


def carry_all(
    nominations: Iterable[Nomination | int], name: str, *, by: User, at: datetime, note: str = "", about: Any = None,
    held_at: Unit | None = None, **values: Any,
) -> list[Nomination]:  # fmt: skip
    """Move all lines or none: Refused names those that stand in the way."""
    lines = lines_of(nominations, unread=MOVES[name].unread)
    moved, refused = carry_some(lines, name, by=by, at=at, note=note, about=about, held_at=held_at, **values)
    if refused:
        raise Refused(named(refused))
    return moved


def reason_against(line: Nomination, name: str, attempt: Attempt, *, may: bool) -> str | None:
    """Why a line would be refused, asked without moving it; None: it would go."""
    step = MOVES[name]
    if not may:
        return f"Đồng chí không có quyền “{step.permission.label}” ở đây."
    if line.state not in step.source:
        return f"Không thể {step.label.lower()} khi đang ở trạng thái “{line.get_state_display()}”."
    try:
        for guard in step.guards:
            guard(attempt)
    except Refused as reason:
        return str(reason)
    return None


def named(refused: Sequence[Refusal]) -> str:
    """The lines that were refused, with the reason of each."""
    shown = "; ".join(f"{line.code} {line.shown_name}: {reason.rstrip('.')}" for line, reason in refused[:NAMED])
    rest = len(refused) - NAMED
    return f"{shown}; và {rest} hồ sơ khác." if rest > 0 else f"{shown}."


def open_stages(lines: Sequence[Nomination], unit: Unit, *, at: datetime) -> None:
    """Each line begins a stay with `unit`."""
    Stage.objects.bulk_create(Stage(nomination=line, unit=unit, entered_at=at) for line in lines)


def close_stages(lines: Sequence[Nomination], *, at: datetime) -> None:
    """Lines that have come to an end leave the unit that held them."""
    ended = {line.pk: line for line in lines if line.state in FINAL}
    end_stays(ended, at=at)


def end_stays(lines: dict[int, Nomination], *, at: datetime, outcomes: dict[int, str] | None = None) -> None:
    """Close the open stay of each line with its outcome, and with who concluded it."""
    alike: dict[tuple[str, int | None, str], list[int]] = defaultdict(list)
    for line in lines.values():
        outcome = (outcomes or {}).get(line.pk) or NominationState(line.state)
        alike[outcome, line.reviewed_by_id, line.override_reason].append(line.pk)
    for (outcome, reviewer, reason), keys in alike.items():
        Stage.objects.filter(nomination__in=keys, left_at=None).update(
            left_at=at, outcome=outcome, reviewed_by=reviewer, override_reason=reason
        )
