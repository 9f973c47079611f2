"""What waits for a user, across the rooms: one line per thing, with its day and its words.

Every room answers in a constant number of queries; nothing here writes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission as P
from awards import selectors as awards
from awards.models import Nomination, Submission
from awards.states import NominationState as N
from campaigns.models import Registration
from campaigns.selectors.registrations import count_own, own_sheets
from campaigns.states import RegistrationState as R
from council.box import seats_waiting
from council.models import Session
from council.selectors import councils_of
from council.states import SessionState as S
from decisions import selectors as decisions
from decisions.states import DecisionState as D
from units.models import Unit
from units.selectors import units_visible_to

FAR = date.max
#: Words and tone of what is to be done with a registration in a state.
SHEET_WORDS = {R.DRAFT: ("", "Đang soạn"), R.RETURNED: ("warn", "Đã trả lại")}
SESSION_WORDS = {
    S.DRAFT: "Chuẩn bị và chốt danh sách phiên họp",
    S.LOCKED: "Mở bỏ phiếu",
    S.OPEN: "Theo dõi và đóng bỏ phiếu",
    S.CLOSED: "Lập biên bản kiểm phiếu",
}
DECISION_WORDS = {D.DRAFT: "Cấp số", D.NUMBERED: "Trình ký", D.AWAITING: "Ký", D.SIGNED: "Ban hành"}


@dataclass(frozen=True)
class Task:
    """A thing to do; `due` None = no day is set."""

    title: str
    url: str
    hint: str = ""
    due: date | None = None
    kind: str = ""
    status: str = "Chưa bắt đầu"


def tasks_of(user: User, today: date) -> list[Task]:
    """Everything that waits for `user`: overdue first, then by day."""
    held = policy.held(user)
    found: list[Task] = []
    for right, room in ROOMS:
        if right in held:
            found.extend(room(user, today))
    return sorted((_overdue(task, today) for task in found), key=lambda task: (task.due or FAR, task.title))


def count_tasks(user: User) -> int:
    """The number in the menu."""
    return len(tasks_of(user, timezone.localdate()))


def _registrations(user: User, today: date) -> Iterator[Task]:
    """The unit's own sheets: to begin, to finish, to send; and lines of people to answer."""
    for sheet in own_sheets(user, today):
        campaign, state = sheet.campaign, sheet.registration.state if sheet.registration else None
        if campaign.state != "launched" or state not in {None, R.DRAFT, R.RETURNED}:
            continue
        kind, status = SHEET_WORDS[R(state)] if state else ("", "Chưa bắt đầu")
        url, hint = _page("campaigns:registration_list"), f"{sheet.unit}, {campaign.title}"
        if sheet.registration:
            url = reverse("campaigns:registration", args=[sheet.registration.pk])
            hint = sheet.registration.return_reason if state == R.RETURNED else hint
        yield Task(
            f"Gửi bản đăng ký thi đua năm {campaign.year}",
            url,
            hint[:160],
            campaign.registration_closes_on,
            kind,
            status,
        )


def _own_lines(user: User, today: date) -> Iterator[Task]:
    """Lines people proposed that wait for the head's answer."""
    mine = policy.granted_scopes(user, P.REGISTRATION_SEND, Unit)
    rows = Registration.objects.filter(unit__in=mine, state__in=[R.DRAFT, R.RETURNED], lines__answer="waiting")
    for row in rows.annotate(size=Count("lines")).select_related("campaign", "unit").order_by("pk"):
        yield Task(
            f"Xác nhận {row.size} đăng ký của cá nhân", reverse("campaigns:registration", args=[row.pk]),
            str(row), row.campaign.registration_closes_on, "info", "Chờ xác nhận",
        )  # fmt: skip


def _to_accept(user: User, today: date) -> Iterator[Task]:
    units = units_visible_to(user, P.REGISTRATION_ACCEPT)
    number = Registration.objects.filter(unit__in=units, state=R.SENT).exclude(sent_by=user).count()
    if number:
        yield Task(
            f"Tiếp nhận {number} bản đăng ký thi đua",
            _page("campaigns:registration_list"),
            "Đơn vị đã gửi",
            None,
            "info",
            "Chờ duyệt",
        )


def _own(user: User, today: date) -> Iterator[Task]:
    number = count_own(user)
    if number:
        yield Task(
            "Đăng ký danh hiệu và cam kết của đồng chí",
            _page("campaigns:own"),
            f"{number} phong trào đang nhận đăng ký",
        )


def _submissions(user: User, today: date) -> Iterator[Task]:
    """The unit's own drafts and what came back."""
    mine = policy.granted_scopes(user, P.SUBMISSION_DRAFT, Unit)
    for row in Nomination.objects.filter(submission__unit__in=mine, state=N.INCOMPLETE).order_by("return_due", "pk")[
        :50
    ]:
        yield Task(
            f"Bổ sung hồ sơ của {row.name_printed}, {row.get_award_display()}",
            reverse("awards:nomination", args=[row.pk]),
            row.return_guidance[:160],
            row.return_due,
            "warn",
            "Cần bổ sung",
        )
    drafts = Submission.objects.filter(unit__in=mine, sent_at=None).select_related("campaign").order_by("pk")
    for draft in drafts.annotate(size=Count("nominations"))[:50]:
        yield Task(
            f"Trình {draft.title}", reverse("awards:submission", args=[draft.pk]), f"{draft.size} hồ sơ",
            draft.campaign.nomination_closes_on, "info", "Đang soạn",
        )  # fmt: skip


def _suggestions(user: User, today: date) -> Iterator[Task]:
    """Who has come to a higher award and waits for the unit's word, until the next last day for dossiers."""
    number = awards.to_propose(user, today).values("person", "collective").distinct().count()
    if number:
        ends = awards.open_campaigns(awards.drafting_units(user)).filter(nomination_closes_on__gte=today)
        yield Task(
            f"Xem xét {number} cá nhân, tập thể đủ điều kiện khen thưởng cao hơn", reverse("awards:discovery_list"),
            "Hệ thống gợi ý từ hồ sơ thi đua",
            ends.order_by("nomination_closes_on").values_list("nomination_closes_on", flat=True).first(),
        )  # fmt: skip


def _reviews(user: User, today: date) -> Iterator[Task]:
    held_by = policy.granted_scopes(user, P.NOMINATION_REVIEW, Unit)
    counts = Nomination.objects.filter(held_by__in=held_by).aggregate(
        new=Count("pk", filter=Q(state=N.SUBMITTED)), begun=Count("pk", filter=Q(state=N.REVIEWING))
    )
    if counts["new"]:
        yield Task(
            f"Tiếp nhận {counts['new']} hồ sơ đề nghị",
            _page("awards:review_queue"),
            "Chờ tiếp nhận",
            None,
            "info",
            "Chờ tiếp nhận",
        )
    if counts["begun"]:
        yield Task(
            f"Thẩm định {counts['begun']} hồ sơ",
            _page("awards:review_queue"),
            "Đang thẩm định",
            None,
            "info",
            "Đang làm",
        )


def _sessions(user: User, today: date) -> Iterator[Task]:
    rows = Session.objects.filter(council__in=councils_of(user, P.SESSION_PREPARE), state__in=SESSION_WORDS)
    for row in rows.order_by("held_at", "pk"):
        yield Task(
            SESSION_WORDS[S(row.state)], reverse("council:session", args=[row.pk]), row.title,
            timezone.localdate(row.held_at), "info", row.get_state_display(),
        )  # fmt: skip


def _ballots(user: User, today: date) -> Iterator[Task]:
    for seat in seats_waiting(user).select_related("session"):
        yield Task(
            f"Bỏ phiếu kín: {seat.session.title}",
            reverse("council:ballot", args=[seat.session_id]),
            "Phiếu không ghi tên, không sửa sau khi gửi",
            timezone.localdate(seat.session.held_at),
            "warn",
            "Chờ bỏ phiếu",
        )


def _to_draft(user: User, today: date) -> Iterator[Task]:
    for session in decisions.sessions_to_decide(user):
        yield Task(
            "Soạn quyết định khen thưởng",
            reverse("decisions:decision_new", args=[session.pk]),
            session.title,
            None,
            "info",
            "Đạt, chưa ra quyết định",
        )


def _decisions(user: User, today: date) -> Iterator[Task]:
    for row in decisions.waiting_for(user):
        word = DECISION_WORDS[D(row.state)]
        yield Task(
            f"{word}: {row.title}",
            reverse("decisions:decision", args=[row.pk]),
            f"{row.number_text}, ngày {row.dated:%d/%m/%Y}" if row.dated else row.number_text,
            None,
            "info",
            row.get_state_display(),
        )


def _recoveries(user: User, today: date) -> Iterator[Task]:
    """Money and items of revoked awards that have not come back."""
    rows = decisions.still_open(decisions.recoveries_visible_to(user)).order_by("due_on", "pk")
    for row in rows[:50]:
        yield Task(
            f"Thu hồi của {row.line.name_printed}", reverse("decisions:recovery", args=[row.pk]),
            f"Theo {row.decision.number_text}", row.due_on, "warn", "Chưa thu xong",
        )  # fmt: skip


def _rechecks(user: User, today: date) -> Iterator[Task]:
    """Honours and dossiers that rested on a revoked award; and what the nightly comparison found."""
    for row in decisions.rechecks_visible_to(user).filter(settled_at=None).order_by("pk")[:50]:
        yield Task(
            f"Xét lại {row.about}", reverse("decisions:recheck", args=[row.pk]),
            f"Vì hủy bỏ {row.line.entry.short} năm {row.line.year}", None, "warn", "Chờ xét lại",
        )  # fmt: skip
    number = decisions.mismatches_visible_to(user).count()
    if number:
        title = f"Kiểm tra {number} sai lệch giữa quyết định và quá trình khen thưởng"
        yield Task(title, _page("decisions:mismatch_list"), "Đối chiếu đêm", None, "err", "Cần kiểm tra")


def _overdue(task: Task, today: date) -> Task:
    if task.due is None or task.due >= today:
        return task
    return Task(task.title, task.url, task.hint, task.due, "err", "Quá hạn")


def _page(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


#: Which right opens which room of tasks.
ROOMS = (
    (P.REGISTRATION_DRAFT, _registrations),
    (P.REGISTRATION_SEND, _own_lines),
    (P.REGISTRATION_ACCEPT, _to_accept),
    (P.OWN_REGISTRATION, _own),
    (P.SUBMISSION_DRAFT, _submissions),
    (P.SUBMISSION_DRAFT, _suggestions),
    (P.NOMINATION_REVIEW, _reviews),
    (P.SESSION_PREPARE, _sessions),
    (P.BALLOT_CAST, _ballots),
    (P.DECISION_DRAFT, _to_draft),
    (P.DECISION_VIEW, _decisions),
    (P.RECOVERY_RECORD, _recoveries),
    (P.DECISION_DRAFT, _rechecks),
)
