"""Casting a ballot, and closing the box.

Casting and closing both lock the session's row first: a ballot is in before the close and counted,
or refused. The journal says who has voted (the roll is no secret) and when; never what.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.models import Nomination
from awards.services import outcomes
from awards.states import NominationState
from core import journal
from core.act import act
from core.services.notifications import notify
from core.workflow import Refused, lock, move
from council import box
from council.models import AgendaItem, Seat, Session
from council.selectors import items_of, seat_of
from council.states import SessionState
from council.voting import result
from council.workflow import MOVES


@act
def cast(*, session: Session, choices: Mapping[int, str], by: User, at: datetime, code: str = "") -> str:
    """Put the ballot of `by` into the box; returns the receipt code, which is stored nowhere beside a name.

    Sending the same ballot with the same `code` again gives the same code: the first answer may
    have been lost on the way.
    """
    session = lock(session)
    policy.check(by, Permission.BALLOT_CAST, session)
    seat = voting_seat(session, by)
    if code and box.has_voted(session, seat) and box.holds_receipt(session, code):
        return code
    if session.state != SessionState.OPEN:
        raise Refused(why_closed(session))
    receipt = box.cast(session, seat, choices, code=code)
    journal.record(session, by=by, at=at, kind="ballot.cast", changes={"seat": seat.seat_no})
    return receipt


@act
def close(*, session: Session, by: User, at: datetime, expected_version: int | None = None) -> Session:
    """Close the vote, seal and count the box, and tell the lines what came of them."""
    closed = move(session, MOVES["close"], by=by, at=at, expected_version=expected_version)
    closed.closed_at, closed.closed_by, closed.seal = at, by, box.close(closed)
    closed.save(update_fields=["closed_at", "closed_by", "seal"])
    items = list(items_of(closed))
    _count(closed, items)
    _tell_lines(closed, items, by=by, at=at)
    changes = {
        "seal": closed.seal, "ballots": box.turnout_count(closed), "passed": sum(bool(item.passed) for item in items),
        "failed": sum(not item.passed for item in items),
    }  # fmt: skip
    journal.record(closed, by=by, at=at, kind="session.count", changes=changes)
    notify(
        users=[seat.user for seat in closed.seats.select_related("user")], kind="result",
        text=f"Đã có kết quả kiểm phiếu {closed.name_inside}.", key=f"result:{closed.pk}", at=at,
        url=reverse("council:result", args=[closed.pk]),
    )  # fmt: skip
    return closed


@act
def erase_old(*, by: User, at: datetime) -> int:
    """Delete the slips of sessions closed longer ago than ballots are kept; returns how many sessions."""
    limit = at - timedelta(days=settings.BALLOT_KEEP_DAYS)
    sessions = list(Session.objects.select_for_update().filter(closed_at__lt=limit, erased_at=None))
    for session in sessions:
        box.erase(session)
        session.erased_at = at
        session.save(update_fields=["erased_at"])
        journal.record(session, by=by, at=at, kind="session.erase", changes={"kept_days": settings.BALLOT_KEEP_DAYS})
    return len(sessions)


def voting_seat(session: Session, user: User) -> Seat:
    """The seat with which `user` votes. Raises Refused where there is none, or its member is absent."""
    seat = seat_of(user, session)
    if seat is None or not seat.votes:
        raise Refused("Đồng chí không có ghế bỏ phiếu trong phiên này.")
    if not seat.present:
        raise Refused("Đồng chí đang được ghi vắng mặt. Báo Thư ký ghi có mặt rồi gửi phiếu.")
    return seat


def why_closed(session: Session) -> str:
    """Why no ballot is taken now."""
    if session.closed_at is None:
        return f"Phiên đang ở trạng thái “{session.get_state_display()}”. Phiếu chưa được gửi."
    return f"Phiên đã đóng lúc {timezone.localtime(session.closed_at):%H:%M}. Phiếu chưa được gửi."


def _count(session: Session, items: list[AgendaItem]) -> None:
    totals = box.totals(session)
    for item in items:
        if item.share is None or item.members is None:
            raise Refused(f"{item.title}: chưa có quy định về tỷ lệ phiếu.")
        count = totals[item.pk]
        found = result(count, item.share, item.members)
        item.yes, item.no, item.blank = count.yes, count.no, count.blank
        item.needed, item.passed = found.needed, found.passed
    AgendaItem.objects.bulk_update(items, ["yes", "no", "blank", "needed", "passed"])


def _tell_lines(session: Session, items: list[AgendaItem], *, by: User, at: datetime) -> None:
    """A line the council postponed meanwhile has its outcome already."""
    lines = [(item.nomination, item.passed) for item in items if item.nomination and _waits(item.nomination)]
    outcomes.record_results(
        passed=[line for line, passed in lines if passed],
        failed=[line for line, passed in lines if not passed],
        about=session, by=by, at=at,
    )  # fmt: skip


def _waits(line: Nomination) -> bool:
    return line.state == NominationState.ON_AGENDA
