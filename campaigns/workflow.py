"""How campaigns and registrations move: who may, from where to where, and what must hold."""

from django.utils import timezone

from accounts.permissions import Permission
from campaigns import selectors
from campaigns.models import CampaignKind
from campaigns.states import CampaignState as C
from campaigns.states import RegistrationState as R
from core.workflow import Attempt, Move, Refused, step


def has_its_directive(attempt: Attempt) -> None:
    """A movement is launched by a text: number, day and title."""
    campaign = attempt.subject
    if not (campaign.directive_number and campaign.directive_on and campaign.directive_title):
        raise Refused("Phong trào chưa có văn bản phát động. Nhập số, ngày và tên văn bản rồi phát động.")


def has_its_days(attempt: Attempt) -> None:
    """The yearly movement says until when registrations and nominations are received."""
    campaign = attempt.subject
    if campaign.kind != CampaignKind.ANNUAL:
        return
    if not (campaign.takes_registrations and campaign.nomination_closes_on):
        raise Refused(
            "Phong trào hằng năm phải có thời gian nhận đăng ký và hạn trình hồ sơ đề nghị. "
            "Nhập đủ các ngày rồi phát động."
        )


def names_its_awards(attempt: Attempt) -> None:
    """Units can only register for what is named."""
    campaign = attempt.subject
    if campaign.takes_registrations and not campaign.awards.exists():
        raise Refused("Phong trào chưa có danh hiệu, hình thức nào để đăng ký. Chọn ít nhất một.")


def is_over_or_ended_for_a_reason(attempt: Attempt) -> None:
    """Ending before the last day needs a reason."""
    if timezone.localdate(attempt.at) < attempt.subject.ends_on and not attempt.note.strip():
        raise Refused(
            f"Phong trào kéo dài đến ngày {attempt.subject.ends_on:%d/%m/%Y}. Nêu lý do kết thúc trước thời hạn."
        )


def names_its_report(attempt: Attempt) -> None:
    """A final review is a document."""
    if not attempt.note.strip():
        raise Refused("Nêu số, ngày của báo cáo tổng kết phong trào.")


def unit_is_in_force(attempt: Attempt) -> None:
    """A unit that has ended undertakes nothing."""
    registration, today = attempt.subject, timezone.localdate(attempt.at)
    if not registration.unit.is_in_force(registration.campaign.day_within(today)):
        raise Refused(f"{registration.unit.name} không còn hoạt động trong thời gian của phong trào.")


def campaign_is_running(attempt: Attempt) -> None:
    """Registrations live only in a launched campaign."""
    campaign = attempt.subject.campaign
    if campaign.state != C.LAUNCHED:
        raise Refused(f"Phong trào đang ở trạng thái “{campaign.get_state_display()}”, không nhận hay sửa đăng ký.")


def is_in_time(attempt: Attempt) -> None:
    """Inside the time of registration; what the superior returned may be sent again later."""
    campaign, today = attempt.subject.campaign, timezone.localdate(attempt.at)
    if attempt.subject.state == R.RETURNED or campaign.receives_on(today):
        return
    if not campaign.takes_registrations:
        raise Refused("Phong trào này không nhận đăng ký.")
    if today < campaign.registration_opens_on:
        raise Refused(f"Chưa đến thời gian đăng ký: nhận từ ngày {campaign.registration_opens_on:%d/%m/%Y}.")
    raise Refused(
        f"Đã hết hạn gửi đăng ký ngày {campaign.registration_closes_on:%d/%m/%Y}. Đề nghị {campaign.unit} gia hạn."
    )


def something_is_registered(attempt: Attempt) -> None:
    """An empty sheet is not sent."""
    if not selectors.counted_lines(attempt.subject).exists():
        raise Refused("Chưa đăng ký danh hiệu, hình thức nào. Chọn ít nhất một ô trong lưới.")


def no_line_waits(attempt: Attempt) -> None:
    """The head answers every line that a person proposed before the sheet goes up."""
    waiting = selectors.waiting_lines(attempt.subject).count()
    if waiting:
        raise Refused(f"Còn {waiting} đăng ký của cá nhân chờ thủ trưởng xác nhận hoặc trả lại.")


def gives_a_reason(attempt: Attempt) -> None:
    """Whoever returns says why."""
    if not attempt.note.strip():
        raise Refused("Nêu lý do trả lại để đơn vị biết cần sửa gì.")


def is_answered_from_above(attempt: Attempt) -> None:
    """Not by whoever sent it, and by the superior: one's own unit's sheet is not for oneself to accept."""
    registration = attempt.subject
    if registration.sent_by_id == attempt.by.pk:
        raise Refused("Người gửi bản đăng ký không tự tiếp nhận hay trả lại. Việc này do người khác làm.")
    if not selectors.answers_from_above(attempt.by, registration):
        raise Refused("Bản đăng ký của một đơn vị do cấp trên của đơn vị đó tiếp nhận hoặc trả lại.")


CAMPAIGN_MOVES: dict[str, Move] = {
    "launch": step("launch", "Phát động", {C.DRAFT}, C.LAUNCHED, Permission.CAMPAIGN_MANAGE,
                   has_its_directive, has_its_days, names_its_awards),
    "close": step("close", "Kết thúc", {C.LAUNCHED}, C.CLOSED, Permission.CAMPAIGN_MANAGE,
                  is_over_or_ended_for_a_reason),
    "review": step("review", "Ghi tổng kết", {C.CLOSED}, C.REVIEWED, Permission.CAMPAIGN_MANAGE, names_its_report),
}  # fmt: skip

MOVES: dict[str, Move] = {
    "send": step("send", "Gửi", {R.DRAFT, R.RETURNED}, R.SENT, Permission.REGISTRATION_SEND,
                 unit_is_in_force, campaign_is_running, is_in_time, something_is_registered, no_line_waits),
    "accept": step("accept", "Tiếp nhận", {R.SENT}, R.ACCEPTED, Permission.REGISTRATION_ACCEPT,
                   is_answered_from_above),
    "return": step("return", "Trả lại", {R.SENT}, R.RETURNED, Permission.REGISTRATION_ACCEPT,
                   campaign_is_running, gives_a_reason, is_answered_from_above),
    "reopen": step("reopen", "Mở lại", {R.ACCEPTED, R.LOCKED}, R.RETURNED, Permission.REGISTRATION_ACCEPT,
                   campaign_is_running, gives_a_reason, is_answered_from_above),
    "lock": step("lock", "Khóa", {R.ACCEPTED}, R.LOCKED, Permission.REGISTRATION_ACCEPT),
}  # fmt: skip

#: Whose turn it is in each state.
CAMPAIGN_TURN: dict[str, str] = {C.DRAFT: "office", C.LAUNCHED: "unit", C.CLOSED: "office", C.REVIEWED: "nobody"}
TURN: dict[str, str] = {
    R.DRAFT: "unit",
    R.SENT: "office",
    R.RETURNED: "unit",
    R.ACCEPTED: "nobody",
    R.LOCKED: "nobody",
}
