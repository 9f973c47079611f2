"""States of a nomination line; nothing else exists."""

from django.db.models import TextChoices


class NominationState(TextChoices):
    """One line of a submission, from its draft to a decision."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ tiếp nhận"
    REVIEWING = "reviewing", "Đang thẩm định"
    INCOMPLETE = "incomplete", "Cần bổ sung"
    NOTICED = "noticed", "Lấy ý kiến Nhân dân"
    QUALIFIED = "qualified", "Đủ điều kiện"
    UNQUALIFIED = "unqualified", "Không đủ điều kiện"
    ON_AGENDA = "on_agenda", "Đã trình Hội đồng"
    PASSED = "passed", "Đạt"
    FAILED = "failed", "Không đạt"
    DOWNGRADED = "downgraded", "Chuyển mức thấp hơn"
    POSTPONED = "postponed", "Hoãn xét"
    FORWARDED = "forwarded", "Đã trình cấp trên"
    DECIDED = "decided", "Đã có quyết định"
    WITHDRAWN = "withdrawn", "Đã rút"
