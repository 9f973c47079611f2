"""States of campaigns and registrations; nothing else exists."""

from django.db.models import TextChoices


class CampaignState(TextChoices):
    """A campaign from its draft to its final review."""

    DRAFT = "draft", "Đang soạn"
    LAUNCHED = "launched", "Đang diễn ra"
    CLOSED = "closed", "Đã kết thúc"
    REVIEWED = "reviewed", "Đã tổng kết"


class RegistrationState(TextChoices):
    """A registration as its unit sees it; see SEEN_FROM_ABOVE for the superior's words."""

    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Đã gửi"
    RETURNED = "returned", "Đã trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    LOCKED = "locked", "Đã khóa"


SEEN_FROM_ABOVE: dict[str, str] = {
    RegistrationState.DRAFT: "Chưa gửi",
    RegistrationState.SENT: "Chờ duyệt",
    RegistrationState.RETURNED: "Từ chối",
    RegistrationState.ACCEPTED: "Đã duyệt",
    RegistrationState.LOCKED: "Đã khóa",
}
