"""The ways of a nomination line, as a table, and the guards that say why a way is closed.

Guards look at the line and at `Known`: what was loaded for all lines of the act at once. Moves of
the reviewing side ask their right on the unit that holds the line (`held_by`), moves of a council
or of a decision on the session or decision given as `about`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission as P
from awards import conflicts, eligibility, facts
from awards.conflicts import Conflict
from awards.models import Nomination
from awards.models.submission import level_of
from awards.states import FINAL
from awards.states import NominationState as S
from core.workflow import Attempt, Move, Refused, step
from history.eligibility import overrides
from rulebook import engine
from rulebook.findings import NOT_ELIGIBLE, UNDETERMINED
from units.models import Unit
from units.selectors import parent_of

#: Stands for a reason the user has yet to type, when a button asks whether it may be shown.
UNTYPED = "…"


@dataclass(frozen=True)
class Known:
    """What guards need beside the line, and the unit on which the right is asked."""

    scope: Unit
    superior: Unit | None = None
    own_people: frozenset[int] = frozenset()
    own_units: frozenset[int] = frozenset()
    reported: frozenset[int] = frozenset()
    noticed: frozenset[int] = frozenset()
    closes: dict[int, date | None] = field(default_factory=dict)
    conflicts: dict[int, list[Conflict]] = field(default_factory=dict)

    def permission_scope(self) -> Unit:
        """The unit that decides about the right."""
        return self.scope

    @cached_property
    def laid(self) -> tuple[engine.Override, ...]:
        """What the office has laid over the book; read once, and only where a guard asks."""
        return overrides()


def known_of(lines: Sequence[Nomination], *, scope: Unit, by: User, at: datetime) -> Known:
    """Load for all `lines` at once; the number of queries does not grow with them."""
    day = timezone.localdate(at)
    people, units = facts.own_subjects(by, day)
    return Known(
        scope=scope,
        superior=parent_of(scope, day),
        own_people=people,
        own_units=units,
        reported=facts.lines_with_report(lines),
        noticed=facts.lines_noticed(lines),
        closes=facts.last_days(line.submission_id for line in lines),
        conflicts=conflicts.of_lines(lines, day),
    )


def is_in_time(attempt: Attempt) -> None:
    """The campaign still takes dossiers."""
    closes = _known(attempt).closes.get(attempt.subject.submission_id)
    if closes and timezone.localdate(attempt.at) > closes:
        raise Refused(f"Đã hết hạn trình hồ sơ ngày {closes:%d/%m/%Y}. Đồng chí liên hệ nơi phát động để xin gia hạn.")


def is_completed_in_time(attempt: Attempt) -> None:
    """The day set for completing the dossier has not passed."""
    due = attempt.subject.return_due
    if due and timezone.localdate(attempt.at) > due:
        raise Refused(f"Đã hết hạn bổ sung ngày {due:%d/%m/%Y}. Đồng chí đề nghị nơi thẩm định gia hạn.")


def has_report(attempt: Attempt) -> None:
    """Điều 84 of the law: no dossier without a report of achievements."""
    if attempt.subject.pk not in _known(attempt).reported:
        raise Refused("Chưa có báo cáo thành tích. Đồng chí tải báo cáo của dòng này hoặc báo cáo chung của tờ trình.")


def is_explained(attempt: Attempt) -> None:
    """What the machine finds not met is sent only with the unit's own words."""
    verdict = attempt.subject.verdict
    if verdict and verdict["outcome"] == NOT_ELIGIBLE and not attempt.subject.explanation.strip():
        failed = "; ".join(eligibility.failed_names(attempt.subject.award, verdict))
        raise Refused(f"Máy kiểm tra thấy chưa đủ điều kiện: {failed}. Đồng chí giải trình hoặc bỏ dòng này.")


def is_not_in_conflict(attempt: Attempt) -> None:
    """No double, no honour already held, no open matter; what may be waived needs an override."""
    overridden = bool(attempt.subject.override_by_id)
    for conflict in _known(attempt).conflicts.get(attempt.subject.pk, ()):
        if conflict.blocks and not (overridden and conflict.waived_by):
            raise Refused(f"{conflict.says} {conflict.cure}")


def lies_with_reviewer(attempt: Attempt) -> None:
    """Whoever reviews holds the right where the line lies, not only where it came from."""
    holder = attempt.subject.held_by
    if isinstance(attempt.about, Known):
        may = attempt.about.scope.pk == holder.pk
    else:
        may = policy.can(attempt.by, P.NOMINATION_REVIEW, holder)
    if not may:
        raise Refused(f"Hồ sơ đang do {holder} giữ; chỉ nơi đó thẩm định.")


def did_not_propose(attempt: Attempt) -> None:
    """Proposer and reviewer are two people."""
    line = attempt.subject
    if attempt.by.pk in {line.proposed_by_id, line.submission.created_by_id, line.submission.sent_by_id}:
        raise Refused("Đồng chí đã đề nghị hồ sơ này nên không tự thẩm định. Giao người khác thẩm định.")


def is_not_about_oneself(attempt: Attempt) -> None:
    """Nobody reviews a line about themselves or about the collective they head."""
    known, line = _known(attempt), attempt.subject
    if line.person_id in known.own_people or line.collective_id in known.own_units:
        raise Refused(
            "Hồ sơ này đề nghị khen chính đồng chí hoặc tập thể đồng chí đứng đầu. Giao người khác thẩm định."
        )


def says_why(attempt: Attempt) -> None:
    """A step back or out is never silent."""
    if not attempt.note.strip():
        raise Refused("Đồng chí ghi rõ lý do.")


def is_eligible(attempt: Attempt) -> None:
    """Not with a failed condition, unless it was overridden with a reason."""
    line = attempt.subject
    failed = eligibility.failed_names(line.award, line.present_verdict)
    if failed and not line.override_by_id:
        raise Refused(f"Còn {len(failed)} điều kiện chưa đạt: {'; '.join(failed)}.")


def unknowns_are_answered(attempt: Attempt) -> None:
    """What the machine cannot know, a person must confirm in words."""
    line = attempt.subject
    verdict = line.present_verdict
    unknown = verdict is not None and verdict["outcome"] == UNDETERMINED
    if unknown and not line.override_by_id and not attempt.note.strip():
        count = len(eligibility.unknown_sentences(verdict))
        raise Refused(f"Còn {count} điều kiện máy chưa biết. Đồng chí ghi căn cứ xác nhận.")


def notice_has_run(attempt: Attempt) -> None:
    """Orders, honours and the national title stand on a public notice before the council (NĐ 152 Điều 44)."""
    line, day = attempt.subject, timezone.localdate(attempt.at)
    if line.pk not in _known(attempt).noticed and needs_notice(
        line.award, line.governing_day or day, _known(attempt).laid
    ):
        raise Refused("Danh hiệu, hình thức này phải lấy ý kiến Nhân dân trước khi xác nhận đạt.")


def needs_notice(award: str, day: date, laid: Iterable[engine.Override] = ()) -> bool:
    """Does the law of `day`, or what the sector fixed for itself, want a public notice for this award?"""
    return bool(engine.notice(award, day, day, laid).needed)


def goes_further_up(attempt: Attempt) -> None:
    """A line leaves for the superior only when its award is decided there."""
    line = attempt.subject
    if _known(attempt).superior is None:
        raise Refused(f"{line.held_by} không có cấp trên trong Ngành.")
    if level_of(line.award) == "base" and line.held_by.issuing_code:
        raise Refused(f"{line.entry.label} do {line.held_by} quyết định, không trình lên nữa.")


def is_decided_above(attempt: Attempt) -> None:
    """Only what the sector does not decide itself leaves the sector."""
    if attempt.subject.entry.sector_decides:
        raise Refused(f"{attempt.subject.entry.label} do Ngành quyết định, không trình ra ngoài Ngành.")


def was_voted(attempt: Attempt) -> None:
    """Where the law fixes a share of votes, the council comes first."""
    line, day = attempt.subject, timezone.localdate(attempt.at)
    if line.state != S.QUALIFIED:
        return
    if engine.vote_rule(line.award, line.governing_day or day, _known(attempt).laid) is not None:
        raise Refused(f"{line.entry.label} phải qua Hội đồng bỏ phiếu. Đưa hồ sơ vào phiên họp trước.")


def _known(attempt: Attempt) -> Known:
    if isinstance(attempt.about, Known):
        return attempt.about
    line = attempt.subject
    return known_of([line], scope=line.held_by, by=attempt.by, at=attempt.at)


_REVIEWER = (lies_with_reviewer, did_not_propose, is_not_about_oneself)
_SENT = (has_report, is_explained, is_not_in_conflict)
#: Some tens of kilobytes a line; a decision may hold thousands.
_FROZEN = ("verdict", "facts", "rechecked")
_WITH_UNIT_AND_OFFICE = {S.SUBMITTED, S.REVIEWING, S.INCOMPLETE, S.NOTICED, S.QUALIFIED}

MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        step("submit", "Trình hồ sơ", {S.DRAFT}, S.SUBMITTED, P.SUBMISSION_SEND, is_in_time, *_SENT),
        step("resubmit", "Gửi lại", {S.INCOMPLETE}, S.SUBMITTED, P.SUBMISSION_SEND, is_completed_in_time, *_SENT),
        step("withdraw", "Rút hồ sơ", _WITH_UNIT_AND_OFFICE, S.WITHDRAWN, P.SUBMISSION_SEND, says_why),
        step("take_up", "Tiếp nhận", {S.SUBMITTED}, S.REVIEWING, P.NOMINATION_REVIEW, *_REVIEWER),
        step("return_incomplete", "Trả lại kèm lý do", {S.SUBMITTED, S.REVIEWING}, S.INCOMPLETE, P.NOMINATION_REVIEW,
             *_REVIEWER, says_why),
        step("notice", "Lấy ý kiến Nhân dân", {S.REVIEWING}, S.NOTICED, P.NOMINATION_REVIEW, *_REVIEWER),
        step("end_notice", "Kết thúc lấy ý kiến", {S.NOTICED}, S.REVIEWING, P.NOMINATION_REVIEW, lies_with_reviewer),
        step("qualify", "Xác nhận đạt", {S.REVIEWING}, S.QUALIFIED, P.NOMINATION_REVIEW,
             *_REVIEWER, is_eligible, is_not_in_conflict, unknowns_are_answered, notice_has_run),
        step("disqualify", "Kết luận không đủ điều kiện", {S.REVIEWING}, S.UNQUALIFIED, P.NOMINATION_REVIEW,
             *_REVIEWER, says_why),
        step("reopen", "Thẩm định lại", {S.QUALIFIED}, S.REVIEWING, P.NOMINATION_REVIEW, *_REVIEWER, says_why),
        step("pass_up", "Chuyển cấp trên thẩm định", {S.QUALIFIED, S.PASSED}, S.SUBMITTED, P.NOMINATION_REVIEW,
             lies_with_reviewer, is_not_about_oneself, goes_further_up),
        step("forward", "Trình cấp trên ngoài Ngành", {S.QUALIFIED, S.PASSED}, S.FORWARDED, P.NOMINATION_REVIEW,
             lies_with_reviewer, is_not_about_oneself, is_decided_above, was_voted),
        step("to_agenda", "Đưa vào phiên họp", {S.QUALIFIED, S.POSTPONED}, S.ON_AGENDA, P.SESSION_PREPARE),
        step("off_agenda", "Rút khỏi phiên họp", {S.ON_AGENDA}, S.QUALIFIED, P.SESSION_PREPARE),
        step("pass", "Ghi kết quả đạt", {S.ON_AGENDA}, S.PASSED, P.SESSION_CLOSE, unread=_FROZEN),
        step("fail", "Ghi kết quả không đạt", {S.ON_AGENDA}, S.FAILED, P.SESSION_CLOSE, unread=_FROZEN),
        step("postpone", "Hoãn xét", {S.ON_AGENDA}, S.POSTPONED, P.SESSION_CLOSE, unread=_FROZEN),
        step("downgrade", "Chuyển mức thấp hơn", {S.ON_AGENDA}, S.DOWNGRADED, P.SESSION_CLOSE),
        step("decide", "Ghi quyết định", {S.PASSED, S.QUALIFIED}, S.DECIDED, P.DECISION_NUMBER, was_voted,
             unread=_FROZEN),
    )
}  # fmt: skip

#: Whose turn it is in each state.
TURN: dict[str, str] = {
    S.DRAFT: "unit",
    S.SUBMITTED: "office",
    S.REVIEWING: "office",
    S.INCOMPLETE: "unit",
    S.NOTICED: "office",
    S.QUALIFIED: "council",
    S.ON_AGENDA: "council",
    S.POSTPONED: "council",
    S.PASSED: "office",
    **dict.fromkeys(FINAL, "nobody"),
}

#: Moves offered on the page of a line, by the side that makes them.
UNIT_MOVES = ("resubmit", "withdraw")
REVIEW_MOVES = ("take_up", "return_incomplete", "qualify", "disqualify", "reopen", "pass_up", "forward")


def closed(line: Nomination, names: Iterable[str], *, by: User, at: datetime) -> dict[str, str | None]:
    """For each move by name, the reason its button is grey (None: open). Reasons yet to be typed do not count."""
    known = known_of([line], scope=line.held_by, by=by, at=at)
    answers: dict[str, str | None] = {}
    proposing = replace(known, scope=line.submission.unit)
    for name in names:
        move = MOVES[name]
        about = known if move.permission == P.NOMINATION_REVIEW else proposing
        answers[name] = _why_not(move, Attempt(line, by, at, UNTYPED, about))
    return answers


def _why_not(move: Move, attempt: Attempt) -> str | None:
    try:
        move.check(attempt)
    except (Refused, PermissionDenied) as reason:
        return str(reason)
    return None
