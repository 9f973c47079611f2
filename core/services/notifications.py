"""Lines under the bell."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from core.models import Notification


def notify(*, users: Iterable[User], kind: str, text: str, key: str, at: datetime, url: str = "") -> None:
    """One line for each of `users`; the same `key` for the same user is told once."""
    rows = [Notification(user=user, kind=kind, text=text[:300], url=url, key=key, at=at) for user in users]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def notify_each(lines: Iterable[Notification]) -> None:
    """Different lines for different users, in one query; the same key for the same user is told once."""
    rows = list(lines)
    for row in rows:
        row.text = row.text[:300]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def mark_read(*, user: User, at: datetime, ids: Iterable[int] | None = None) -> int:
    """Mark some (or all) of one's own lines as read; returns how many were unread."""
    unread = Notification.objects.filter(user=user, read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=list(ids))
    return unread.update(read_at=at)
