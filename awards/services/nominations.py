"""What the proposing unit does with a line once it was sent: complete and send again, or withdraw."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from accounts.models import User
from awards import eligibility, facts
from awards.models import Nomination
from awards.models.evidence import FILE_KINDS
from awards.services import steps, verdicts
from core import journal
from core.act import act
from core.workflow import Refused, compare_version, lock


@act
def withdraw(
    *, nomination: Nomination, reason: str, by: User, at: datetime, expected_version: int | None
) -> Nomination:
    """The unit takes its proposal back, with a reason, before it goes to the council."""
    return steps.carry(nomination, "withdraw", by=by, at=at, expected_version=expected_version, note=reason)


@act
def resubmit(*, nomination: Nomination, by: User, at: datetime, expected_version: int | None) -> Nomination:
    """Send a returned line again: judged and frozen anew, with what changed since it was returned."""
    held = lock(nomination)
    compare_version(held, expected_version, mine={"Việc": "Gửi lại"})
    line = steps.lines_of([held])[0]
    verdicts.freeze([line], at=at, by=by)
    try:
        moved = steps.carry(line, "resubmit", by=by, at=at, expected_version=None)
    except IntegrityError as clash:
        raise Refused("Đã có hồ sơ khác cho cùng người, cùng danh hiệu trong năm.") from clash
    record = moved.returns.filter(answered_at=None).first()
    if record is not None:
        record.answered_at = at
        record.difference = difference(record.snapshot, snapshot(moved))
        record.save(update_fields=["answered_at", "difference"])
    moved.return_reasons, moved.return_guidance, moved.return_due = [], "", None
    moved.save(update_fields=["return_reasons", "return_guidance", "return_due"])
    journal.record(
        moved, by=by, at=at, kind="nomination.completed",
        changes={"changed": [None, [row[0] for row in record.difference or []] if record else []]},
    )  # fmt: skip
    return moved


def snapshot(line: Nomination) -> dict[str, str]:
    """A line in words, label by label, so that two moments can be laid side by side."""
    files = [
        *facts.files_of_lines([line.pk])[line.pk],
        *facts.files_of_submissions([line.submission_id])[line.submission_id],
    ]
    shown: dict[str, str] = {
        "Loại hình": line.get_type_display(),
        "Thời gian thành tích": f"{line.achievement_from:%d/%m/%Y} – {line.achievement_to:%d/%m/%Y}",
        "Tóm tắt thành tích": line.achievement,
        "Giải trình của đơn vị": line.explanation,
        "Kết luận của máy": eligibility.summary(line.verdict).text,
    }
    for kind, label in FILE_KINDS.items():
        names = [f"{file.name} ({file.sha256[:8]})" for file in files if file.kind == kind]
        if names:
            shown[f"Tệp: {label}"] = "; ".join(names)
    return shown


def difference(before: dict[str, str], after: dict[str, str]) -> list[list[str]]:
    """[label, before, after] for everything that is not the same."""
    labels = list(dict.fromkeys([*before, *after]))
    return [
        [label, before.get(label, ""), after.get(label, "")]
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]


def changes_of(line: Nomination) -> dict[str, Any] | None:
    """The last answered return with its difference, for the reviewer's page."""
    record = line.returns.filter(answered_at__isnull=False).select_related("by").order_by("-answered_at", "-id").first()
    if record is None:
        return None
    return {"record": record, "rows": record.difference or [], "at": timezone.localtime(record.answered_at)}
