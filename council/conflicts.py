"""Who must not vote on what: members whom a line concerns themselves.

Only what the records show is found here: the member proposed, the head of the collective proposed,
an author of the initiative. Other reasons are entered by hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from council.models import AgendaItem, Seat, Session
from history.models import InitiativeAuthor
from units.models import Posting
from units.selectors import in_force

IS_PROPOSED = "Là người được đề nghị"
HEADS = "Là thủ trưởng tập thể được đề nghị"
IS_AUTHOR = "Là tác giả sáng kiến"


@dataclass(frozen=True)
class Conflict:
    """A seat that may not vote on an item, with the reason written in the minutes."""

    item: AgendaItem
    seat: Seat
    reason: str


def conflicts_of(session: Session, items: Sequence[AgendaItem], seats: Sequence[Seat]) -> list[Conflict]:
    """Every conflict the records show on the day of the session; two queries. Items come with their nomination."""
    of_user = {seat.user_id: seat for seat in seats}
    heads = _heads(session, items, list(of_user))
    authors = _authors(items, list(of_user))
    found = []
    for item in items:
        line = item.nomination
        if line and line.person and line.person.user_id in of_user:
            found.append(Conflict(item, of_user[line.person.user_id], IS_PROPOSED))
        if line and line.collective_id:
            found.extend(Conflict(item, of_user[user], HEADS) for user in heads.get(line.collective_id, ()))
        if item.initiative_id:
            found.extend(Conflict(item, of_user[user], IS_AUTHOR) for user in authors.get(item.initiative_id, ()))
    return found


def _heads(session: Session, items: Sequence[AgendaItem], users: list[int]) -> dict[int, set[int]]:
    units = {item.nomination.collective_id for item in items if item.nomination and item.nomination.collective_id}
    day = timezone.localdate(session.held_at)
    rows = Posting.objects.filter(in_force(day), is_head=True, unit__in=units, person__user__in=users)
    return _grouped(rows.values_list("unit_id", "person__user_id"))


def _authors(items: Sequence[AgendaItem], users: list[int]) -> dict[int, set[int]]:
    initiatives = {item.initiative_id for item in items if item.initiative_id}
    rows = InitiativeAuthor.objects.filter(initiative__in=initiatives, person__user__in=users)
    return _grouped(rows.values_list("initiative_id", "person__user_id"))


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for key, user in pairs:
        found.setdefault(key, set()).add(user)
    return found
