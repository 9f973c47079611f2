"""Who hears of what: the unit when its lines are returned or decided on, the office when lines come in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission as P
from awards.models import Nomination, Submission
from core.models import Notification
from core.services.notifications import notify, notify_each
from units.models import Unit, UnitUserGrant

#: What the unit reads of a step of the other side.
TO_UNIT = {
    "return_incomplete": "bị trả lại để bổ sung",
    "qualify": "được xác nhận đủ điều kiện",
    "disqualify": "được kết luận không đủ điều kiện",
    "reopen": "được thẩm định lại",
    "pass_up": "được chuyển cấp trên thẩm định",
    "forward": "đã được trình cấp trên",
    "pass": "được Hội đồng thông qua",
    "fail": "không được Hội đồng thông qua",
    "postpone": "được Hội đồng hoãn xét",
    "downgrade": "được Hội đồng chuyển mức thấp hơn",
}
#: What the reviewing side reads of a step of the unit.
TO_OFFICE = {"resubmit": "đã bổ sung và gửi lại", "withdraw": "đã được đơn vị rút"}


def of_move(lines: Sequence[Nomination], name: str, *, by: User, at: datetime, note: str = "") -> None:
    """Tell the side that did not act; lines of one tờ trình are told together."""
    words, sides = (TO_UNIT, _proposers) if name in TO_UNIT else (TO_OFFICE, _reviewers)
    if name not in words or not lines:
        return
    groups: dict[int, list[Nomination]] = defaultdict(list)
    for line in lines:
        groups[line.submission_id].append(line)
    audience = sides(lines)
    notify_each(
        Notification(
            user_id=user, kind=f"nomination.{name}", at=at, text=_text(group, words[name], note),
            url=_address(group), key=f"{name}:{group[0].pk}:{group[0].version}:{len(group)}",
        )
        for group in groups.values()
        for user in sorted(audience[group[0].pk] - {by.pk})
    )  # fmt: skip


def of_submission(submission: Submission, holders: dict[Unit, int], *, by: User, at: datetime) -> None:
    """Tell each reviewing unit how many lines came in."""
    for unit, count in holders.items():
        text = f"{submission.shown_unit} trình {count} hồ sơ: {submission.title}"
        notify(
            users=reviewers_at(unit), kind="submission.send", text=text, key=f"send:{submission.pk}:{unit.pk}", at=at,
            url=f"{reverse('awards:review_queue')}?muc=submitted&to-trinh={submission.pk}",
        )  # fmt: skip


def of_arrival(lines: Sequence[Nomination], unit: Unit, *, by: User, at: datetime) -> None:
    """Tell a superior unit that lines were passed up to it."""
    if lines:
        text = f"{len(lines)} hồ sơ được cấp dưới chuyển lên thẩm định"
        key = f"arrival:{lines[0].pk}:{lines[0].version}:{len(lines)}"
        url = f"{reverse('awards:review_queue')}?muc=submitted"
        notify(users=reviewers_at(unit), kind="nomination.arrival", text=text, key=key, at=at, url=url)


def of_remark(line: Nomination, *, internal: bool, by: User, at: datetime, key: str) -> None:
    """Tell the other side of a remark; an internal one only the reviewers."""
    reviewers = _reviewers([line])[line.pk]
    audience = reviewers if internal else reviewers | _proposers([line])[line.pk]
    notify_each(
        Notification(
            user_id=user, kind="nomination.remark", at=at, key=key, url=_address([line]),
            text=f"{by} trao đổi về hồ sơ {line.code} {line.shown_name}",
        )
        for user in sorted(audience - {by.pk})
    )  # fmt: skip


def reviewers_at(unit: Unit) -> list[User]:
    """Who reviews at the unit itself; where nobody does, who answers for it."""
    rights = UnitUserGrant.objects.filter(permission__codename=P.NOMINATION_REVIEW.value, user__is_active=True)
    own = list(User.objects.filter(pk__in=rights.filter(content_object=unit).values("user")))
    return own or list(User.objects.filter(pk__in=rights.filter(content_object__in=unit.lineage()).values("user")))


def _proposers(lines: Sequence[Nomination]) -> dict[int, set[int]]:
    drafters = _holders(P.SUBMISSION_DRAFT, {line.submission.unit_id for line in lines})
    return {
        line.pk: drafters[line.submission.unit_id]
        | {pk for pk in (line.proposed_by_id, line.submission.created_by_id) if pk is not None}
        for line in lines
    }


def _reviewers(lines: Sequence[Nomination]) -> dict[int, set[int]]:
    offices = _holders(P.NOMINATION_REVIEW, {line.held_by_id for line in lines})
    return {line.pk: {line.reviewed_by_id} if line.reviewed_by_id else offices[line.held_by_id] for line in lines}


def _holders(permission: P, units: Iterable[int]) -> dict[int, set[int]]:
    rows = UnitUserGrant.objects.filter(
        Q(content_object__in=set(units)), permission__codename=permission.value, user__is_active=True
    )
    found: dict[int, set[int]] = defaultdict(set)
    for unit, user in rows.values_list("content_object", "user"):
        found[unit].add(user)
    return found


def _text(group: Sequence[Nomination], words: str, note: str) -> str:
    first = group[0]
    if len(group) > 1:
        return f"{len(group)} hồ sơ của tờ trình “{first.submission.title}” {words}"
    reason = f": {note}" if note else ""
    return f"Hồ sơ {first.code} {first.shown_name} {words}{reason}"


def _address(group: Sequence[Nomination]) -> str:
    if len(group) > 1:
        return reverse("awards:submission", args=[group[0].submission_id])
    return reverse("awards:nomination", args=[group[0].pk])
