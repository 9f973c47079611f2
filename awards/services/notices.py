"""Public notice: a list stands for the working days the law wants; remarks are kept with each line."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.models import Nomination, Notice, NoticeItem
from awards.services import steps
from core import journal
from core.act import act
from core.workflow import Refused, compare_version, lock
from history.eligibility import overrides
from rulebook import catalogue, engine
from units.models import Unit


@act
def publish(
    *, unit: Unit, title: str, place: str, opens_on: date, closes_on: date, nominations: Iterable[Nomination | int],
    by: User, at: datetime,
) -> Notice:  # fmt: skip
    """Put lines under review before the public. Refused when the time is shorter than the law wants."""
    policy.check(by, Permission.NOMINATION_REVIEW, unit)
    if closes_on < opens_on:
        raise Refused("Ngày kết thúc phải từ ngày bắt đầu trở đi.")
    lines = steps.lines_of(nominations)
    if not lines:
        raise Refused("Chọn ít nhất một hồ sơ để lấy ý kiến.")
    _check_length({line.award for line in lines}, opens_on, closes_on)
    moved = steps.carry_all(lines, "notice", by=by, at=at, held_at=unit)
    notice = Notice.objects.create(
        unit=unit, title=title, place=place, opens_on=opens_on, closes_on=closes_on, by=by, at=at
    )
    NoticeItem.objects.bulk_create(NoticeItem(notice=notice, nomination=line) for line in moved)
    changes = {"lines": [0, len(moved)], "opens_on": [None, opens_on], "closes_on": [None, closes_on]}
    journal.record(notice, by=by, at=at, kind="notice.publish", changes=changes)
    return notice


@act
def close(
    *, notice: Notice, remarks: dict[int, str], summary: str, expected_version: int | None, by: User, at: datetime
) -> Notice:
    """End a notice after its last day: remarks by line id, a summary for the council; lines go back to review."""
    policy.check(by, Permission.NOMINATION_REVIEW, notice)
    held = lock(notice)
    compare_version(held, expected_version)
    if held.closed_at is not None:
        raise Refused("Đợt lấy ý kiến này đã kết thúc.")
    if timezone.localdate(at) <= held.closes_on:
        raise Refused(f"Đợt lấy ý kiến còn đến hết ngày {held.closes_on:%d/%m/%Y}.")
    if not summary.strip():
        raise Refused("Ghi kết quả lấy ý kiến; không có ý kiến nào cũng ghi rõ.")
    items = list(held.items.order_by("pk"))
    for item in items:
        item.remarks = remarks.get(item.nomination_id, "").strip()
    NoticeItem.objects.bulk_update(items, ["remarks"], batch_size=500)
    held.closed_at, held.closed_by, held.summary, held.version = at, by, summary.strip(), held.version + 1
    held.save(update_fields=["closed_at", "closed_by", "summary", "version"])
    lines = [item.nomination_id for item in items]
    steps.carry_some(steps.lines_of(lines), "end_notice", by=by, at=at, held_at=held.unit)
    changes = {"closed_at": [None, at], "with_remarks": sum(bool(item.remarks) for item in items)}
    journal.record(held, by=by, at=at, kind="notice.close", changes=changes)
    return held


def earliest_end(awards: Iterable[str], opens_on: date) -> date | None:
    """The first day on which the notice has stood long enough for every award; None: cannot be told."""
    laid = overrides()
    days = [engine.earliest_close(award, opens_on, laid) for award in awards]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _check_length(awards: set[str], opens_on: date, closes_on: date) -> None:
    laid = overrides()
    for award in sorted(awards):
        answer = engine.notice(award, opens_on, closes_on, laid)
        if answer.enough is False:
            first = engine.earliest_close(award, opens_on, laid)
            until = f" Mở ngày {opens_on:%d/%m/%Y} thì sớm nhất kết thúc ngày {first:%d/%m/%Y}." if first else ""
            label = catalogue.award(award).label
            raise Refused(f"{label} cần {answer.needed} ngày làm việc, mới có {answer.working_days}.{until}")
