"""What a unit makes of a suggestion: a dossier, a later day, a refusal with its reason, a second thought."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.act import act
from core.workflow import Refused, move_many
from history.models import Discovery
from history.workflow import DISCOVERY_MOVES

Refusal = tuple[Discovery, str]
#: What a unit writes beside the state.
WORDS = ("reason", "until", "by", "at")


@act
def postpone(
    *, discoveries: Sequence[Discovery], until: date, reason: str, by: User, at: datetime
) -> tuple[list[Discovery], list[Refusal]]:
    """Let them rest until a day after today; those that cannot come back with the reason."""
    if until <= timezone.localdate(at):
        raise Refused("Ngày xem xét lại phải sau hôm nay.")
    return _carry(discoveries, "postpone", reason=reason, until=until, by=by, at=at)


@act
def decline(
    *, discoveries: Sequence[Discovery], reason: str, by: User, at: datetime
) -> tuple[list[Discovery], list[Refusal]]:
    """The unit does not propose them this year, for a reason that the office can read."""
    return _carry(discoveries, "decline", reason=reason, until=None, by=by, at=at)


@act
def reopen(*, discoveries: Sequence[Discovery], by: User, at: datetime) -> tuple[list[Discovery], list[Refusal]]:
    """Look again at what was put off or declined."""
    return _carry(discoveries, "reopen", reason="", until=None, by=by, at=at)


@act
def take(*, discoveries: Sequence[Discovery], by: User, at: datetime) -> tuple[list[Discovery], list[Refusal]]:
    """A dossier was begun for them; the caller makes it in the same act."""
    return _carry(discoveries, "take", reason="", until=None, by=by, at=at)


def _carry(
    rows: Sequence[Discovery], name: str, *, reason: str, until: date | None, by: User, at: datetime
) -> tuple[list[Discovery], list[Refusal]]:
    """Move what can be moved, then write who, when and why; constant queries.

    No row may stand set aside without its reason and day, so words come before the move and go after it.
    """
    words: dict[str, Any] = {"reason": reason[:500], "until": until, "by": by, "at": at}
    keys = [row.pk for row in rows]
    before = list(Discovery.objects.select_for_update(of=("self",)).filter(pk__in=keys))
    first = words if reason else {"by": by, "at": at}
    Discovery.objects.filter(pk__in=keys).update(**first)
    moved, refused = move_many(before, DISCOVERY_MOVES[name], by=by, at=at, note=reason)
    kept_back = {row.pk for row, _ in refused}
    Discovery.objects.bulk_update([row for row in before if row.pk in kept_back], WORDS)
    Discovery.objects.filter(pk__in=[row.pk for row in moved]).update(**words)
    for row in moved:
        row.reason, row.until, row.by, row.at = words["reason"], until, by, at
    return moved, refused
