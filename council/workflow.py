"""The table of a session's moves; guards raise the sentence the user reads."""

from accounts.permissions import Permission as P
from core.workflow import Attempt, Move, Refused, step
from council import facts
from council.models import Session
from council.selectors import items_of
from council.states import SessionState as S
from council.voting import Share, has_quorum, needed_votes


def is_ready(attempt: Attempt) -> None:
    """Every obstacle to the lock at once, each with its cure."""
    session = attempt.subject
    found = facts.obstacles(session, list(items_of(session)), list(session.seats.all()))
    if found:
        raise Refused(" ".join(f"{obstacle.says} {obstacle.cure}" for obstacle in found))


def is_quorate(attempt: Attempt) -> None:
    """Enough members are there."""
    session = attempt.subject
    seats = [seat for seat in session.seats.all() if seat.votes]
    present = sum(seat.present for seat in seats)
    quorum = quorum_of(session)
    if has_quorum(quorum, present=present, members=len(seats)):
        return
    if quorum is None:
        raise Refused("Chưa có thành viên bỏ phiếu nào có mặt. Ghi có mặt trước khi mở bỏ phiếu.")
    needed = needed_votes(quorum, len(seats))
    raise Refused(
        f"Chưa đủ túc số: có mặt {present}/{len(seats)} thành viên, cần ít nhất {needed} ({quorum.text})."
        " Ghi thêm người có mặt hoặc lùi phiên họp."
    )


def gives_reason(attempt: Attempt) -> None:
    """A session is not called off without saying why."""
    if not attempt.note.strip():
        raise Refused("Nhập lý do hủy phiên họp.")


def quorum_of(session: Session) -> Share | None:
    """The quorum frozen at the lock; None where no rule sets one."""
    if not session.quorum_num or not session.quorum_den:
        return None
    return Share(session.quorum_num, session.quorum_den)


MOVES: dict[str, Move] = {
    "lock": step("lock", "Chốt danh sách", {S.DRAFT}, S.LOCKED, P.SESSION_PREPARE, is_ready),
    "open": step("open", "Mở bỏ phiếu", {S.LOCKED}, S.OPEN, P.SESSION_CLOSE, is_quorate),
    "close": step("close", "Đóng bỏ phiếu", {S.OPEN}, S.CLOSED, P.SESSION_CLOSE),
    "minute": step("minute", "Lập biên bản", {S.CLOSED}, S.MINUTED, P.SESSION_PREPARE),
    "cancel": step(
        "cancel", "Hủy phiên họp", {S.DRAFT, S.LOCKED, S.OPEN}, S.CANCELLED, P.SESSION_PREPARE, gives_reason
    ),
}

#: Whose turn it is.
TURN: dict[str, str] = {
    S.DRAFT: "council",
    S.LOCKED: "council",
    S.OPEN: "council",
    S.CLOSED: "council",
    S.MINUTED: "nobody",
    S.CANCELLED: "nobody",
}
