"""Chỉ tiêu thi đua: what the unit undertakes in its work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from accounts.models import User
from campaigns.models import Registration, RegistrationTarget
from campaigns.services.lines import lock_for_editing, mark_changed
from core import journal
from core.act import act
from core.vietnamese import clean_text
from core.workflow import Refused, compare_version


@dataclass(frozen=True)
class Target:
    """One target: in words and, where it can, a number with its measure."""

    text: str
    amount: Decimal | None = None
    measure: str = ""


@act
def set_targets(
    *, registration: Registration, targets: Sequence[Target], by: User, at: datetime, expected_version: int | None
) -> Registration:
    """The list becomes `targets`, in their order; empty ones are left out."""
    locked = lock_for_editing(registration, by=by, at=at)
    compare_version(locked, expected_version, mine={"Chỉ tiêu": "; ".join(target.text for target in targets)})
    kept = [target for target in targets if clean_text(target.text)]
    if any(not clean_text(target.text) and (target.amount is not None or target.measure) for target in targets):
        raise Refused("Có chỉ tiêu chỉ ghi con số. Nhập nội dung của chỉ tiêu đó hoặc xóa con số.")
    before = _as_words(locked)
    locked.targets.all().delete()
    RegistrationTarget.objects.bulk_create(
        RegistrationTarget(
            registration=locked, order=order, text=clean_text(target.text), amount=target.amount,
            measure=clean_text(target.measure),
        )
        for order, target in enumerate(kept, start=1)
    )  # fmt: skip
    after = _as_words(locked)
    if before != after:
        mark_changed(locked, at)
        journal.record(locked, by=by, at=at, kind="registration.targets", changes={"targets": [before, after]})
    return locked


def _as_words(registration: Registration) -> list[str]:
    rows = registration.targets.order_by("order")
    return [f"{row.text} | {row.amount if row.amount is not None else ''} | {row.measure}" for row in rows]
