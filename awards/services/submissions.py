"""A tờ trình: drafted, given its files, sent once with all its lines."""

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards import conflicts
from awards.models import Nomination, Submission
from awards.models.evidence import LINE_KINDS, SUBMISSION_KINDS
from awards.services import steps, telling, verdicts
from awards.states import EDITABLE, NominationState
from awards.workflow import known_of
from campaigns.models import Campaign
from campaigns.states import CampaignState
from core import journal
from core.act import act
from core.workflow import Conflict, Refused, compare_version, lock
from documents.models import Attachment
from documents.services import keeping
from documents.services.uploads import Accepted
from units.models import Unit

NOMINATING = {CampaignState.LAUNCHED, CampaignState.CLOSED}


@act
def create(
    *, campaign: Campaign, unit: Unit, level: str, title: str, by: User, at: datetime, number: str = "",
    dated: date | None = None, draft_key: uuid.UUID | None = None,
) -> Submission:  # fmt: skip
    """Begin a draft; the same `draft_key` (a form sent twice) gives the draft that is there."""
    policy.check(by, Permission.SUBMISSION_DRAFT, unit)
    before = Submission.objects.filter(draft_key=draft_key).first() if draft_key else None
    if before is not None:
        policy.check(by, Permission.SUBMISSION_DRAFT, before)
        return before
    _check_campaign(campaign, unit, timezone.localdate(at))
    submission = Submission.objects.create(
        campaign=campaign, unit=unit, level=level, title=title, number=number, dated=dated,
        draft_key=draft_key or uuid.uuid4(), created_by=by, created_at=at,
    )  # fmt: skip
    journal.record(submission, by=by, at=at, kind="submission.create", changes={"level": [None, level]})
    return submission


@act
def edit(
    *,
    submission: Submission,
    title: str,
    number: str,
    dated: date | None,
    expected_version: int,
    by: User,
    at: datetime,
) -> Submission:
    """Change the heading of a draft."""
    held = drafted(submission, by=by)
    compare_version(held, expected_version, mine={"Trích yếu": title, "Số": number})
    new = {"title": title, "number": number, "dated": dated}
    changes = {name: [getattr(held, name), value] for name, value in new.items() if getattr(held, name) != value}
    for name, value in new.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*new, "version"])
    journal.record(held, by=by, at=at, kind="submission.edit", changes=changes)
    return held


@act
def discard(*, submission: Submission, expected_version: int, by: User, at: datetime) -> None:
    """Throw a draft away with its lines; nothing that was sent is ever deleted."""
    held = drafted(submission, by=by)
    compare_version(held, expected_version)
    if held.nominations.exclude(state=NominationState.DRAFT).exists():
        raise Refused("Tờ trình đã có hồ sơ gửi đi nên không xóa được.")
    for attachment in [*held.attachments.filter(removed_at=None)]:
        keeping.remove(attachment=attachment, by=by, at=at, reason="Xóa bản nháp tờ trình")
    changes = {"lines": [held.nominations.count(), 0]}
    journal.record(held, by=by, at=at, kind="submission.discard", changes=changes, note=held.title)
    held.nominations.all().delete()
    Submission.objects.filter(pk=held.pk).delete()


@act
def attach(
    *, subject: Submission | Nomination, kind: str, file: Accepted, by: User, at: datetime, note: str = ""
) -> Attachment:
    """Put a file into the tờ trình or into one line, while the unit may change it."""
    held = _open_for_files(subject, by=by)
    kinds = SUBMISSION_KINDS if isinstance(held, Submission) else LINE_KINDS
    if kind not in kinds:
        raise Refused("Loại tệp này không thuộc hồ sơ. Chọn loại khác trong danh sách.")
    attachment = keeping.attach(subject=held, kind=kind, file=file, by=by, at=at, note=note)
    bump(held, at=at)
    return attachment


@act
def detach(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Take a file out again; it stays stored, and what was once sent can be shown."""
    subject = attachment.subject
    if not isinstance(subject, Submission | Nomination):
        raise Refused("Tệp này không thuộc tờ trình hay hồ sơ đề nghị nào.")
    held = _open_for_files(subject, by=by)
    if isinstance(held, Submission) and held.is_sent:
        raise Refused("Tệp của tờ trình đã gửi không gỡ được vì dùng chung cho các hồ sơ. Tải thêm tệp mới.")
    keeping.remove(attachment=attachment, by=by, at=at)
    bump(held, at=at)


@act
def send(*, submission: Submission, expected_version: int | None, by: User, at: datetime) -> Submission:
    """Send all lines in one act, their verdicts, names and posts frozen; all of them or none.

    Sent twice from the same page, the second call gives the same receipt. Raises Refused with what
    stands in the way, Conflict when the draft was changed meanwhile.
    """
    policy.check(by, Permission.SUBMISSION_SEND, submission)
    held = lock(submission)
    if held.is_sent:
        if expected_version is not None and expected_version != held.version - 1:
            raise Conflict({"Việc": "Gửi tờ trình"}, {"Trạng thái": f"Đã gửi, mã tiếp nhận {held.receipt_code}"})
        return held
    compare_version(held, expected_version, mine={"Việc": "Gửi tờ trình"})
    lines = steps.lines_of(held.nominations.filter(state=NominationState.DRAFT))
    _check_lines(held, lines, timezone.localdate(at))
    held.unit_name, held.sent_at, held.sent_by = held.unit.name, at, by
    held.receipt_code, held.version = verdicts.receipt_of(held, at), held.version + 1
    held.save(update_fields=["unit_name", "sent_at", "sent_by", "receipt_code", "version"])
    holders = _submit(held, lines, by=by, at=at)
    changes = {"sent_at": [None, at], "receipt_code": [None, held.receipt_code], "lines": [0, len(lines)]}
    journal.record(held, by=by, at=at, kind="submission.send", changes=changes)
    telling.of_submission(held, holders, by=by, at=at)
    return held


def drafted(submission: Submission, *, by: User) -> Submission:
    """The draft, locked; Refused once it was sent."""
    policy.check(by, Permission.SUBMISSION_DRAFT, submission)
    held = lock(submission)
    if held.is_sent:
        raise Refused(f"Tờ trình đã gửi, mã tiếp nhận {held.receipt_code}. Rút hồ sơ nếu cần thay đổi.")
    return held


def bump(subject: Submission | Nomination, *, at: datetime) -> None:
    """Note that the draft (or the returned line) is no longer what someone looked at."""
    rows: list[Submission | Nomination] = [subject]
    if isinstance(subject, Nomination):
        subject.updated_at = at
        subject.version += 1
        subject.save(update_fields=["version", "updated_at"])
        rows = [] if subject.submission.is_sent else [lock(subject.submission)]
    for row in rows:
        row.version += 1
        row.save(update_fields=["version"])


def _submit(held: Submission, lines: list[Nomination], *, by: User, at: datetime) -> dict[Unit, int]:
    day = timezone.localdate(at)
    reviewers = {award: verdicts.first_reviewer(held.unit, award, day) for award in {line.award for line in lines}}
    for line in lines:
        line.submission, line.held_by = held, reviewers[line.award]
    verdicts.freeze(lines, at=at, by=by)
    known = known_of(lines, scope=held.unit, by=by, at=at)
    try:
        moved, refused = steps.carry_some(lines, "submit", by=by, at=at, about=known)
    except IntegrityError as clash:
        raise Refused("Có người vừa được đơn vị khác trình cho cùng danh hiệu. Đồng chí tải lại trang.") from clash
    if refused:
        raise Refused(steps.named(refused))
    for line in moved:
        line.held_by = reviewers[line.award]
    for unit in set(reviewers.values()):
        steps.open_stages([line for line in moved if line.held_by_id == unit.pk], unit, at=at)
    return Counter(reviewers[line.award] for line in moved)


def _check_lines(held: Submission, lines: Sequence[Nomination], day: date) -> None:
    if not lines:
        raise Refused("Tờ trình chưa có cá nhân, tập thể nào. Thêm ít nhất một dòng rồi gửi.")
    blocking = [found for found in conflicts.of_caps(conflicts.caps_of(held, lines, day)) if found.blocks]
    if blocking:
        raise Refused(" ".join(f"{found.says} {found.cure}" for found in blocking))


def _check_campaign(campaign: Campaign, unit: Unit, day: date) -> None:
    if campaign.state not in NOMINATING:
        raise Refused(f"Phong trào “{campaign}” chưa nhận hồ sơ đề nghị.")
    if not unit.lineage().filter(pk=campaign.unit_id).exists():
        raise Refused(f"Phong trào “{campaign}” không phát động cho {unit}.")
    if campaign.nomination_closes_on and day > campaign.nomination_closes_on:
        raise Refused(f"Đã hết hạn trình hồ sơ ngày {campaign.nomination_closes_on:%d/%m/%Y}.")


def _open_for_files(subject: Submission | Nomination, *, by: User) -> Submission | Nomination:
    policy.check(by, Permission.SUBMISSION_DRAFT, subject)
    held = lock(subject)
    if isinstance(held, Nomination):
        is_open = held.state in EDITABLE
    else:
        is_open = not held.is_sent or held.nominations.filter(state=NominationState.INCOMPLETE).exists()
    if not is_open:
        raise Refused("Hồ sơ đã gửi nên không thêm, bớt tệp. Nơi thẩm định trả lại thì sửa được.")
    return held
