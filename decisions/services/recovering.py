"""What comes back after a revocation: the bonus with its voucher, the item with a note. Each once."""

from datetime import date, datetime

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.workflow import Refused, compare_version, lock
from decisions.models import Recovery


@act
def record(
    *, recovery: Recovery, expected_version: int, by: User, at: datetime, money_on: date | None = None,
    voucher: str = "", item_on: date | None = None, item_note: str = "",
) -> Recovery:  # fmt: skip
    """Note what came back: all of the money (never a part), the item, or both.

    Raises Refused for what was not due or came back before, for days ahead or before the decision, and for
    money without a voucher.
    """
    held = lock(recovery)
    policy.check(by, Permission.RECOVERY_RECORD, held)
    mine = {"money_on": money_on, "money_voucher": voucher, "item_on": item_on, "item_note": item_note}
    compare_version(held, expected_version, mine={name: value for name, value in mine.items() if value})
    if money_on is None and item_on is None:
        raise Refused("Đồng chí nhập ngày thu lại tiền hoặc ngày thu lại hiện vật.")
    changes: dict[str, object] = {}
    if money_on is not None:
        _check(held, money_on, at, due=bool(held.money_due), done=held.money_on, what="tiền thưởng")
        if not voucher.strip():
            raise Refused("Đồng chí nhập chứng từ thu tiền.")
        held.money_on, held.money_voucher = money_on, voucher.strip()[:60]
        changes["money"] = [0, held.money_due]
    if item_on is not None:
        _check(held, item_on, at, due=held.item_due, done=held.item_on, what="hiện vật")
        held.item_on, held.item_note = item_on, item_note.strip()[:200]
        changes["item_on"] = [None, item_on]
    held.version += 1
    held.save()
    journal.record(held, by=by, at=at, kind="recovery.record", changes=changes, note=item_note)
    return held


def _check(held: Recovery, day: date, at: datetime, *, due: bool, done: date | None, what: str) -> None:
    if not due:
        raise Refused(f"Trường hợp này không phải thu lại {what}.")
    if done is not None:
        raise Refused(f"Đã thu lại {what} ngày {done:%d/%m/%Y}.")
    if day > timezone.localdate(at):
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến.")
    if day < held.opened_on:
        raise Refused(f"Ngày thu lại {what} sớm hơn ngày quyết định hủy bỏ ({held.opened_on:%d/%m/%Y}).")
