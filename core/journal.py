"""The journal: every act leaves an entry, and entries form a hash chain.

`record()` collects; `core.act` appends what was collected just before its transaction commits, so
that the lock on the chain's head is held only for a moment and no change can lack its trace.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import QuerySet

from accounts.models import User
from core.models import Event, JournalHead

FORMAT = 1
GENESIS = hashlib.sha256(b"kiemsat_thidua journal").hexdigest()
BATCH = 500

_pending: ContextVar[list["Entry"] | None] = ContextVar("journal_pending", default=None)


class OutsideAnAct(RuntimeError):
    """A change was recorded outside `core.act`; a programming error."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be appended; `changes` maps a field to [old, new] or holds a plan's hash.

    The subject is named as it was when recorded: it may be deleted later in the act, and an act that
    moves thousands of rows need not hold them all.
    """

    at: datetime
    by: User | None
    kind: str
    subject_type: ContentType | None
    subject_id: str
    subject_label: str
    changes: dict[str, Any]
    note: str


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold."""

    seq: int
    says: str


def record(
    subject: models.Model | None, *, by: User | None, at: datetime, kind: str,
    changes: dict[str, Any] | None = None, note: str = "",
) -> None:  # fmt: skip
    """Note one act; it is chained when the surrounding act commits. Raises OutsideAnAct elsewhere."""
    pending = _pending.get()
    if pending is None:
        raise OutsideAnAct(f"journal.record({kind!r}) outside core.act")
    of = ContentType.objects.get_for_model(type(subject)) if subject else None
    key, label = (str(subject.pk), str(subject)[:300]) if subject else ("", "")
    pending.append(Entry(at, by, kind, of, key, label, changes or {}, note))


def history_of(subject: models.Model) -> QuerySet[Event]:
    """The entries about one subject, newest first."""
    kind = ContentType.objects.get_for_model(type(subject))
    return Event.objects.filter(subject_type=kind, subject_id=str(subject.pk)).select_related("by").order_by("-seq")


@contextmanager
def collecting() -> Iterator[list[Entry]]:
    """Gather entries; an inner block that fails takes its own entries with it."""
    outer = _pending.get()
    if outer is None:
        entries: list[Entry] = []
        token = _pending.set(entries)
        try:
            yield entries
        finally:
            _pending.reset(token)
        return
    kept = len(outer)
    try:
        yield outer
    except BaseException:
        del outer[kept:]
        raise


def is_collecting() -> bool:
    """Are we inside an act?"""
    return _pending.get() is not None


def append(entries: Iterable[Entry]) -> None:
    """Chain `entries` under the head's lock; must run inside the transaction of the act."""
    waiting = list(entries)
    if not waiting:
        return
    with transaction.atomic():
        JournalHead.objects.get_or_create(id=1, defaults={"hash": GENESIS})
        head = JournalHead.objects.select_for_update().get(id=1)
        for start in range(0, len(waiting), BATCH):
            rows = []
            for entry in waiting[start : start + BATCH]:
                row = _row(entry, head.seq + 1, head.hash)
                rows.append(row)
                head.seq, head.hash = row.seq, row.hash
            Event.objects.bulk_create(rows)
        head.save(update_fields=["seq", "hash"])


def verify() -> Break | None:
    """Walk the whole chain; None when every link holds and the head is its last link."""
    previous, expected = GENESIS, 1
    for row in Event.objects.order_by("seq").iterator(chunk_size=2000):
        if row.seq != expected:
            return Break(expected, f"thiếu mục {expected}, mục kế tiếp là {row.seq}")
        if row.previous != previous:
            return Break(row.seq, "không nối với mục trước")
        if row.hash != _hash(row):
            return Break(row.seq, "nội dung không khớp mã băm")
        previous, expected = row.hash, expected + 1
    head = JournalHead.objects.filter(id=1).first()
    last = (head.seq, head.hash) if head else (0, GENESIS)
    if last != (expected - 1, previous):
        return Break(expected, f"đầu chuỗi ghi {last[0]} mục, nhật ký có {expected - 1} mục")
    return None


def _row(entry: Entry, seq: int, previous: str) -> Event:
    row = Event(
        seq=seq, at=entry.at, by=entry.by, kind=entry.kind, changes=_plain(entry.changes), note=entry.note,
        subject_type=entry.subject_type, subject_id=entry.subject_id, subject_label=entry.subject_label,
        format=FORMAT, previous=previous,
    )  # fmt: skip
    row.hash = _hash(row)
    return row


def _plain(changes: dict[str, Any]) -> Any:
    return json.loads(json.dumps(changes, default=str))


def _hash(row: Event) -> str:
    body = {
        "seq": row.seq,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": row.by_id,
        "kind": row.kind,
        "subject": [row.subject_type.natural_key() if row.subject_type else None, row.subject_id, row.subject_label],
        "changes": row.changes,
        "note": row.note,
        "format": row.format,
    }
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{row.previous}\n{canonical}".encode()).hexdigest()


def contains(head: str) -> bool:
    """Is a head that was kept elsewhere still a link of the chain? (A rollback would have lost it.)"""
    return head == GENESIS or Event.objects.filter(hash=head).exists()
