"""A session from its draft to its minutes."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.services.notifications import notify
from core.workflow import Refused, compare_version, lock, move
from council import box, facts
from council.models import AgendaItem, Council, Seat, Session
from council.selectors import items_of
from council.services import agenda
from council.workflow import MOVES


@act
def create(
    *, council: Council, title: str, held_at: datetime, place: str, by: User, at: datetime,
    due_at: datetime | None = None,
) -> Session:  # fmt: skip
    """A session in preparation, with the seats of those who sit on the council that day."""
    policy.check(by, Permission.SESSION_PREPARE, council)
    _check_times(held_at, due_at)
    session = Session.objects.create(
        council=council, title=title, held_at=held_at, due_at=due_at, place=place, created_by=by
    )
    agenda.align_seats(session, by=by)
    journal.record(session, by=by, at=at, kind="session.create", changes={"title": title, "held_at": held_at})
    return session


@act
def edit(
    *, session: Session, title: str, held_at: datetime, place: str, by: User, at: datetime, expected_version: int,
    due_at: datetime | None = None,
) -> Session:  # fmt: skip
    """Change time, place or name while it is being prepared; the seats follow the day."""
    session = lock(session)
    mine = {"Tên phiên họp": title, "Họp lúc": f"{timezone.localtime(held_at):%H:%M %d/%m/%Y}", "Địa điểm": place}
    compare_version(session, expected_version, mine=mine)
    policy.check(by, Permission.SESSION_PREPARE, session)
    if not session.is_composed:
        raise Refused("Danh sách đã chốt nên không sửa được phiên họp. Hủy phiên và lập phiên khác nếu cần.")
    _check_times(held_at, due_at)
    changes = {
        name: [getattr(session, name), new]
        for name, new in (("title", title), ("held_at", held_at), ("due_at", due_at), ("place", place))
        if getattr(session, name) != new
    }
    session.title, session.held_at, session.due_at, session.place = title, held_at, due_at, place
    session.version += 1
    session.save(update_fields=["title", "held_at", "due_at", "place", "version"])
    agenda.align_seats(session, by=by)
    agenda.align_recusals(session, by=by)
    journal.record(session, by=by, at=at, kind="session.edit", changes=changes)
    return session


@act
def lock_list(*, session: Session, by: User, at: datetime, expected_version: int | None = None) -> Session:
    """Freeze the roll and, for each item, the rule of the day; from here on the list does not change."""
    draft = lock(session)
    compare_version(draft, expected_version)
    if draft.is_composed:
        agenda.align_seats(draft, by=by)
        agenda.align_recusals(draft, by=by)
    locked = move(draft, MOVES["lock"], by=by, at=at)
    rules = facts.rules_of(locked)
    items, seats = list(items_of(locked)), list(locked.seats.all())
    for item in items:
        _freeze(item, rules.of(item.award), seats)
    AgendaItem.objects.bulk_update(
        items, ["share_num", "share_den", "over", "base", "origin", "rule_cite", "rule_status", "needed", "members"]
    )
    quorum = rules.quorum(item.award for item in items)
    if quorum is not None:
        locked.quorum_num, locked.quorum_den = quorum.num, quorum.den
        locked.save(update_fields=["quorum_num", "quorum_den"])
    return locked


@act
def open_voting(*, session: Session, by: User, at: datetime, expected_version: int | None = None) -> Session:
    """Open the box to the members present; asks the quorum."""
    opened = move(session, MOVES["open"], by=by, at=at, expected_version=expected_version)
    opened.opened_at = at
    opened.save(update_fields=["opened_at"])
    voters = [seat.user for seat in opened.seats.select_related("user") if seat.votes and seat.present]
    notify(
        users=voters, kind="ballot", text=f"{opened.title} đã mở bỏ phiếu.", key=f"ballot:{opened.pk}", at=at,
        url=reverse("council:ballot", args=[opened.pk]),
    )  # fmt: skip
    return opened


@act
def cancel(*, session: Session, reason: str, by: User, at: datetime, expected_version: int | None = None) -> Session:
    """Call the session off: its lines wait for another, ballots already cast are never counted."""
    locked = lock(session)
    compare_version(locked, expected_version, mine={"Lý do hủy": reason})
    locked.cancel_reason = reason
    locked.save(update_fields=["cancel_reason"])
    cancelled = move(locked, MOVES["cancel"], by=by, at=at, note=reason)
    agenda.give_back(cancelled, by=by, at=at)
    box.discard(cancelled)
    return cancelled


def _freeze(item: AgendaItem, rule: facts.ItemRule | None, seats: list[Seat]) -> None:
    if rule is None:  # the guard of the move has refused this already
        raise Refused(f"{item.title}: không có quy định về tỷ lệ phiếu.")
    item.share_num, item.share_den, item.over = rule.share.num, rule.share.den, rule.share.over
    item.base, item.origin, item.rule_cite, item.rule_status = rule.base, rule.origin, list(rule.cite), rule.status
    agenda.set_needed(item, seats)


def _check_times(held_at: datetime, due_at: datetime | None) -> None:
    if due_at is not None and due_at <= held_at:
        raise Refused("Giờ dự kiến đóng phiếu phải sau giờ họp.")
