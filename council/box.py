"""The ballot box: the only module that reads or writes what was voted.

`Turnout` says who has voted, `Slip` holds one choice on one item, `Receipt` a code that proves a
ballot went in; no row points to another of these. PostgreSQL keeps with each row the transaction
that wrote it (`xmin`) and its place in the table (`ctid`): written plainly, slips would be joined
back to their voter. So at each cast, and once more at the close, all slips and receipts of the
session are deleted and written anew in an order drawn by lot, under new keys: afterwards they all
share one transaction and their places say nothing.

What this does not hide: whoever may watch the database while the vote runs, or keeps its
write-ahead log, sees each change as it happens. The pages say so.

Every function must be called inside a transaction that has locked the session's row.
"""

import hashlib
import json
import secrets
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from random import SystemRandom
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import User
from core.workflow import Refused
from council.models import AgendaItem, Recusal, Seat, Session
from council.models.ballot import Receipt, Slip, Turnout
from council.selectors import voting_seats_of
from council.states import Choice, SessionState
from council.voting import Count

#: Letters that cannot be mistaken for one another on paper; 12 of them are 59 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP_LENGTH = 3, 4
VOTED = "Đồng chí đã bỏ phiếu."

_lot = SystemRandom()


class BoxFailure(RuntimeError):
    """Writing failed. The database's own message is dropped: it would quote a slip into the log."""


def new_code() -> str:
    """A receipt code to offer with a ballot; sending the same ballot twice then does no harm."""
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS)]
    return "-".join(groups)


def is_code(text: str) -> bool:
    """Is `text` written as a receipt code?"""
    groups = text.split("-")
    return len(groups) == GROUPS and all(len(group) == GROUP_LENGTH and set(group) <= set(ALPHABET) for group in groups)


def cast(session: Session, seat: Seat, choices: Mapping[int, str], *, code: str = "") -> str:
    """Put the ballot of `seat` into the box and return its receipt code.

    `choices` holds a choice for every item the seat may vote on, by the item's id, and for no
    other. Raises Refused when the seat has voted, and when the ballot is not complete.
    """
    _check_transaction()
    if session.state != SessionState.OPEN:
        raise Refused("Phiên không mở bỏ phiếu. Phiếu chưa được gửi.")
    _check_choices(session, seat, choices)
    code = code or new_code()
    if not is_code(code):
        raise Refused("Mã biên nhận không hợp lệ. Đồng chí mở lại phiếu và gửi lại.")
    _enter(session, seat, code)
    _rewrite(session, slips=choices.items(), codes=[code])
    return code


def close(session: Session) -> str:
    """Mix the box a last time and seal it: the SHA-256 of the totals and of all receipt codes."""
    _check_transaction()
    _rewrite(session)
    return _seal(session)


def totals(session: Session) -> dict[int, Count]:
    """The count of every item, by its id. Raises Refused before the box is closed."""
    _check_closed(session)
    found: dict[int, Counter[str]] = {pk: Counter() for pk in session.items.values_list("pk", flat=True)}
    for item, choice in Slip.objects.filter(item__session=session).values_list("item_id", "choice"):
        found[item][choice] += 1
    return {pk: Count(count[Choice.YES], count[Choice.NO], count[Choice.BLANK]) for pk, count in found.items()}


def turnout_count(session: Session) -> int:
    """How many have voted; known to everybody at any time."""
    return Turnout.objects.filter(session=session).count()


def receipt_codes(session: Session) -> list[str]:
    """All receipt codes, sorted. Raises Refused before the box is closed."""
    _check_closed(session)
    return sorted(Receipt.objects.filter(session=session).values_list("code", flat=True))


def is_intact(session: Session) -> bool:
    """Is the box still what was sealed, with as many receipts as members who voted?"""
    _check_closed(session)
    return _seal(session) == session.seal and len(receipt_codes(session)) == turnout_count(session)


def discard(session: Session) -> None:
    """Empty the box of a session that is called off: nobody ever counts it."""
    _check_transaction()
    Slip.objects.filter(item__session=session).delete()
    Receipt.objects.filter(session=session).delete()


def erase(session: Session) -> None:
    """Delete the slips once nobody may complain any more; totals, codes and seal stay and still fit."""
    _check_transaction()
    _check_closed(session)
    Slip.objects.filter(item__session=session).delete()


def has_voted(session: Session, seat: Seat) -> bool:
    """Has `seat` voted?"""
    return Turnout.objects.filter(session=session, seat=seat).exists()


def holds_receipt(session: Session, code: str) -> bool:
    """Did a ballot with this code go in? For a voter whose answer was lost on the way."""
    return Receipt.objects.filter(session=session, code=code).exists()


def voted_sessions(user: User, sessions: Iterable[Session]) -> set[int]:
    """The ids of those of `sessions` in which `user` has voted; one query."""
    rows = Turnout.objects.filter(seat__user=user, session__in=[session.pk for session in sessions])
    return set(rows.values_list("session_id", flat=True))


def seats_waiting(user: User) -> QuerySet[Seat]:
    """The seats with which `user` may vote now and has not."""
    return voting_seats_of(user).exclude(pk__in=Turnout.objects.values("seat"))


def ballots_waiting(user: User) -> int:
    """How many open ballots wait for `user`; the number in the menu."""
    return seats_waiting(user).count()


def _check_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the box is only used inside a transaction")


def _check_closed(session: Session) -> None:
    if not session.is_counted:
        raise Refused("Kết quả hiển thị sau khi đóng phiếu.")


def _check_choices(session: Session, seat: Seat, choices: Mapping[int, str]) -> None:
    items = set(AgendaItem.objects.filter(session=session).values_list("pk", flat=True))
    recused = set(Recusal.objects.filter(seat=seat, item__session=session).values_list("item_id", flat=True))
    if choices.keys() & recused:
        raise Refused("Phiếu có mục đồng chí không tham gia biểu quyết. Đồng chí mở lại phiếu.")
    if choices.keys() != items - recused:
        raise Refused("Phiếu thiếu mục biểu quyết hoặc có mục không thuộc phiên. Đồng chí mở lại phiếu.")
    if not set(choices.values()) <= set(Choice.values):
        raise Refused("Phiếu có lựa chọn không hợp lệ. Đồng chí mở lại phiếu.")


def _enter(session: Session, seat: Seat, code: str) -> None:
    try:
        with transaction.atomic():
            Turnout.objects.create(session=session, seat=seat)
    except IntegrityError:
        raise Refused(VOTED) from None
    if Receipt.objects.filter(session=session, code=code).exists():
        raise Refused("Mã biên nhận đã được dùng. Đồng chí mở lại phiếu và gửi lại.")


def _rewrite(session: Session, *, slips: Iterable[tuple[int, str]] = (), codes: Iterable[str] = ()) -> None:
    """Delete and write anew, together with what is new, in an order drawn by lot."""
    mixed = [*Slip.objects.filter(item__session=session).values_list("item_id", "choice"), *slips]
    kept = [*Receipt.objects.filter(session=session).values_list("code", flat=True), *codes]
    discard(session)
    _lot.shuffle(mixed)
    _lot.shuffle(kept)
    try:
        Slip.objects.bulk_create([Slip(id=uuid.uuid4(), item_id=item, choice=choice) for item, choice in mixed], 1000)
        Receipt.objects.bulk_create([Receipt(id=uuid.uuid4(), session=session, code=code) for code in kept])
    except DatabaseError:
        raise BoxFailure("the database refused the rewritten box") from None


def _in_box(session: Session) -> list[list[Any]]:
    """How often each choice lies in the box, item by item."""
    counted = Counter(Slip.objects.filter(item__session=session).values_list("item__order", "choice"))
    return sorted([order, choice, number] for (order, choice), number in counted.items())


def _recorded(session: Session) -> list[list[Any]]:
    """The same as it was written down at the close."""
    rows = session.items.values_list("order", *Choice.values)
    counted = [
        [order, choice, number] for order, *row in rows for choice, number in zip(Choice.values, row, strict=True)
    ]
    return sorted(entry for entry in counted if entry[2])


def _seal(session: Session) -> str:
    content = {
        "session": session.pk,
        "turnout": turnout_count(session),
        "totals": _recorded(session) if session.erased_at else _in_box(session),
        "receipts": sorted(Receipt.objects.filter(session=session).values_list("code", flat=True)),
    }
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()
