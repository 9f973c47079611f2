"""What the reviewing side does with lines: take up, return, qualify, override, send on, speak."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards import conflicts, eligibility
from awards.models import Nomination, Remark, Return
from awards.services import steps, telling, verdicts
from awards.services.nominations import snapshot
from awards.services.steps import Refusal
from awards.states import LIVE, NominationState
from awards.workflow import did_not_propose, is_not_about_oneself, lies_with_reviewer
from core import journal
from core.act import act
from core.workflow import Attempt, Refused, compare_version, lock
from units.models import Unit
from units.selectors import parent_of

Lines = Iterable[Nomination | int]
Outcome = tuple[list[Nomination], list[Refusal]]

#: States in which a reviewer works on a line.
IN_REVIEW = {NominationState.SUBMITTED, NominationState.REVIEWING, NominationState.NOTICED}


@act
def take_up(
    *, nomination: Nomination, by: User, at: datetime, expected_version: int | None, due_on: date | None = None
) -> Nomination:
    """Begin the review; whoever takes a line up is its reviewer."""
    return steps.carry(
        nomination, "take_up", by=by, at=at, expected_version=expected_version, held_at=nomination.held_by,
        reviewed_by=by, review_due=due_on or nomination.review_due,
    )  # fmt: skip


@act
def take_up_many(*, nominations: Lines, by: User, at: datetime) -> Outcome:
    """Take up all that can be; the others come back with the reason."""
    return _many(nominations, "take_up", by=by, at=at, reviewed_by=by)


@act
def return_incomplete(
    *, nomination: Nomination, reasons: Sequence[str], guidance: str, due_on: date, by: User, at: datetime,
    expected_version: int | None,
) -> Nomination:  # fmt: skip
    """Send a line back for completion: at least one reason, what to do, and a day after today.

    The line as it is now is kept, so that the reviewer sees what the unit changes.
    """
    chosen = [reason.strip() for reason in reasons if reason.strip()]
    _check_return(chosen, guidance, due_on, timezone.localdate(at))
    before = snapshot(nomination)
    moved = steps.carry(
        nomination, "return_incomplete", by=by, at=at, expected_version=expected_version, note="; ".join(chosen),
        held_at=nomination.held_by, return_reasons=chosen, return_guidance=guidance.strip(), return_due=due_on,
        reviewed_by=by,
    )  # fmt: skip
    Return.objects.create(
        nomination=moved, unit=moved.held_by, by=by, at=at, reasons=chosen, guidance=guidance.strip(), due_on=due_on,
        snapshot=before,
    )  # fmt: skip
    return moved


@act
def return_many(
    *, nominations: Lines, reasons: Sequence[str], guidance: str, due_on: date, by: User, at: datetime
) -> Outcome:
    """Return several lines for the same reasons; each gets its own slip."""
    moved, refused = [], []
    for line in steps.lines_of(nominations):
        try:
            moved.append(
                return_incomplete(
                    nomination=line,
                    reasons=reasons,
                    guidance=guidance,
                    due_on=due_on,
                    by=by,
                    at=at,
                    expected_version=None,
                )
            )
        except Refused as reason:
            refused.append((line, str(reason)))
    return moved, refused


@act
def extend(*, nomination: Nomination, due_on: date, by: User, at: datetime, expected_version: int | None) -> Nomination:
    """Give the unit more time to complete a returned line."""
    held = _reviewable(nomination, Permission.NOMINATION_REVIEW, by=by, at=at, expected_version=expected_version)
    if held.state != NominationState.INCOMPLETE:
        raise Refused("Chỉ gia hạn được hồ sơ đang chờ bổ sung.")
    if due_on <= timezone.localdate(at):
        raise Refused(f"Hạn bổ sung phải sau ngày {timezone.localdate(at):%d/%m/%Y}.")
    before, held.return_due = held.return_due, due_on
    Return.objects.filter(nomination=held, answered_at=None).update(due_on=due_on)
    _write(held, "nomination.extend", {"return_due": [before, due_on]}, by=by, at=at, fields=["return_due"])
    return held


@act
def qualify(
    *, nomination: Nomination, by: User, at: datetime, expected_version: int | None, note: str = ""
) -> Nomination:
    """Xác nhận đạt. Where the machine could not know a condition, `note` says on what ground it is confirmed."""
    return steps.carry(
        nomination, "qualify", by=by, at=at, expected_version=expected_version, note=note, held_at=nomination.held_by,
        reviewed_by=by, review_note=note.strip(),
    )  # fmt: skip


@act
def qualify_many(*, nominations: Lines, by: User, at: datetime) -> Outcome:
    """Xác nhận đạt for all that can be; the others come back by name with the reason. Constant queries."""
    return _many(nominations, "qualify", by=by, at=at, reviewed_by=by)


def qualifiable(nominations: Lines, *, by: User, at: datetime) -> Outcome:
    """Which lines would be confirmed now, and why the others would not: the “2/3” on the button."""
    ready, refused = [], []
    for holder, lines in _by_holder(nominations):
        known = steps.known_of(lines, scope=holder, by=by, at=at)
        may = policy.can(by, Permission.NOMINATION_REVIEW, holder)
        for line in lines:
            reason = steps.reason_against(line, "qualify", Attempt(line, by, at, "", known), may=may)
            if reason is None:
                ready.append(line)
            else:
                refused.append((line, reason))
    return ready, refused


@act
def disqualify(
    *, nomination: Nomination, reason: str, by: User, at: datetime, expected_version: int | None
) -> Nomination:
    """Conclude that the line does not meet the conditions, with the reason in words."""
    return steps.carry(
        nomination, "disqualify", by=by, at=at, expected_version=expected_version, note=reason,
        held_at=nomination.held_by, reviewed_by=by,
    )  # fmt: skip


@act
def reopen(*, nomination: Nomination, reason: str, by: User, at: datetime, expected_version: int | None) -> Nomination:
    """Take a confirmation back before the line goes to the council."""
    return steps.carry(
        nomination, "reopen", by=by, at=at, expected_version=expected_version, note=reason, held_at=nomination.held_by,
        reviewed_by=by,
    )  # fmt: skip


@act
def override(
    *, nomination: Nomination, reason: str, by: User, at: datetime, expected_version: int | None
) -> Nomination:
    """Ghi đè kết luận: a lead lets a line pass that the machine finds wanting; the reason is journalled."""
    if not reason.strip():
        raise Refused("Đồng chí ghi rõ lý do ghi đè.")
    held = _reviewable(nomination, Permission.NOMINATION_OVERRIDE, by=by, at=at, expected_version=expected_version)
    if held.state != NominationState.REVIEWING:
        raise Refused("Chỉ ghi đè được hồ sơ đang thẩm định.")
    held.override_by, held.override_reason = by, reason.strip()
    found = conflicts.of_lines([held], timezone.localdate(at)).get(held.pk, ())
    changes = {
        "override_reason": ["", held.override_reason],
        "failed": [eligibility.failed_sentences(held.present_verdict), "ghi đè"],
        "conflicts": [[each.says for each in found if each.blocks and each.waived_by], "bỏ qua"],
    }
    _write(held, "nomination.override", changes, by=by, at=at, fields=["override_by", "override_reason"], note=reason)
    return held


@act
def recheck(*, nomination: Nomination, by: User, at: datetime, expected_version: int | None) -> Nomination:
    """Hold the line against today's data again; the verdict of the day it was sent stays beside it."""
    held = _reviewable(nomination, Permission.NOMINATION_REVIEW, by=by, at=at, expected_version=expected_version)
    if held.state not in IN_REVIEW:
        raise Refused("Chỉ kiểm tra lại được hồ sơ đang thẩm định.")
    verdicts.recheck(held, by=by, at=at)
    held.version += 1
    held.save(update_fields=["version"])
    return held


@act
def assign(*, nominations: Lines, to: User, by: User, at: datetime, due_on: date | None = None) -> Outcome:
    """Give lines to a reviewer, with a day to be done by; whoever may not review a line is not given it."""
    moved, refused = [], []
    for holder, lines in _by_holder(nominations):
        policy.check(by, Permission.NOMINATION_REVIEW, holder)
        may = policy.can(to, Permission.NOMINATION_REVIEW, holder)
        known = steps.known_of(lines, scope=holder, by=to, at=at)
        for line in lines:
            reason = _why_not_given(line, Attempt(line, to, at, "", known), may=may)
            if reason is None:
                moved.append(line)
            else:
                refused.append((line, reason))
    for line in moved:
        changes = {
            "reviewed_by": [line.reviewed_by_id, to.pk],
            "review_due": [line.review_due, due_on or line.review_due],
        }
        line.review_due = due_on or line.review_due
        line.reviewed_by, line.updated_at, line.version = to, at, line.version + 1
        journal.record(line, by=by, at=at, kind="nomination.assign", changes=changes)
    Nomination.objects.bulk_update(moved, ["reviewed_by", "review_due", "updated_at", "version"], batch_size=500)
    return moved, refused


@act
def remark(*, nomination: Nomination, text: str, internal: bool, by: User, at: datetime) -> Remark:
    """Say something about a line: to both sides, or (internal) to those who review where it lies."""
    words = text.strip()
    if not words:
        raise Refused("Đồng chí nhập nội dung trao đổi.")
    reviews = policy.can(by, Permission.NOMINATION_REVIEW, nomination.held_by)
    if internal and not reviews:
        raise Refused("Chỉ nơi thẩm định ghi được ý kiến nội bộ.")
    if not reviews:
        policy.check(by, Permission.SUBMISSION_DRAFT, nomination)
    made = Remark.objects.create(
        nomination=nomination, unit=nomination.held_by, by=by, at=at, text=words, internal=internal
    )
    journal.record(
        nomination, by=by, at=at, kind="nomination.remark", changes={"internal": internal, "remark": made.pk}
    )
    telling.of_remark(nomination, internal=internal, by=by, at=at, key=f"remark:{made.pk}")
    return made


@act
def pass_up(*, nominations: Lines, by: User, at: datetime) -> Outcome:
    """Give lines to the superior unit: the same rows, held one level higher; each stay is a Stage."""
    moved: list[Nomination] = []
    refused: list[Refusal] = []
    for holder, lines in _by_holder(nominations):
        superior = parent_of(holder, timezone.localdate(at)) or holder
        before = {line.pk: line.state for line in lines}
        kept = {line.pk: line for line in lines}
        done, closed = steps.carry_some(
            lines, "pass_up", by=by, at=at, held_at=holder, held_by=superior, reviewed_by=None, review_due=None,
            override_by=None, override_reason="", rechecked=None, review_note="",
        )  # fmt: skip
        gone = {line.pk: kept[line.pk] for line in done}
        steps.end_stays(gone, at=at, outcomes={pk: before[pk] for pk in gone})
        steps.open_stages(done, superior, at=at)
        telling.of_arrival(done, superior, by=by, at=at)
        moved += done
        refused += closed
    return moved, refused


def _many(nominations: Lines, name: str, *, by: User, at: datetime, **values: Any) -> Outcome:
    moved: list[Nomination] = []
    refused: list[Refusal] = []
    for holder, lines in _by_holder(nominations):
        done, closed = steps.carry_some(lines, name, by=by, at=at, held_at=holder, **values)
        moved += done
        refused += closed
    return moved, refused


def _by_holder(nominations: Lines) -> list[tuple[Unit, list[Nomination]]]:
    groups: dict[int, tuple[Unit, list[Nomination]]] = defaultdict(lambda: (Unit(), []))
    for line in steps.lines_of(nominations):
        if line.held_by_id not in groups:
            groups[line.held_by_id] = (line.held_by, [])
        groups[line.held_by_id][1].append(line)
    return list(groups.values())


def _reviewable(
    line: Nomination, permission: Permission, *, by: User, at: datetime, expected_version: int | None
) -> Nomination:
    """The line, locked, for someone who may act on it where it lies."""
    held = lock(line)
    compare_version(held, expected_version)
    policy.check(by, permission, held.held_by)
    attempt = Attempt(held, by, at, "", steps.known_of([held], scope=held.held_by, by=by, at=at))
    for guard in (lies_with_reviewer, did_not_propose, is_not_about_oneself):
        guard(attempt)
    return held


def _why_not_given(line: Nomination, attempt: Attempt, *, may: bool) -> str | None:
    if not may:
        return f"{attempt.by} không có quyền thẩm định ở {line.held_by}."
    if line.state not in LIVE:
        return f"Hồ sơ ở trạng thái “{line.get_state_display()}”."
    try:
        did_not_propose(attempt)
        is_not_about_oneself(attempt)
    except Refused as reason:
        return str(reason).replace("Đồng chí", str(attempt.by), 1)
    return None


def _write(
    line: Nomination,
    kind: str,
    changes: dict[str, object],
    *,
    by: User,
    at: datetime,
    fields: list[str],
    note: str = "",
) -> None:
    line.version += 1
    line.updated_at = at
    line.save(update_fields=[*fields, "version", "updated_at"])
    journal.record(line, by=by, at=at, kind=kind, changes=changes, note=note)


def _check_return(reasons: Sequence[str], guidance: str, due_on: date, today: date) -> None:
    if not reasons:
        raise Refused("Chọn ít nhất một lý do trả lại.")
    if not guidance.strip():
        raise Refused("Ghi hướng dẫn bổ sung để đơn vị biết phải làm gì.")
    if due_on <= today:
        raise Refused(f"Hạn bổ sung phải sau ngày {today:%d/%m/%Y}.")
