"""States of a session; nothing else exists."""

from django.db.models import TextChoices


class SessionState(TextChoices):
    """A session from its draft to its minutes."""

    DRAFT = "draft", "Đang chuẩn bị"
    LOCKED = "locked", "Đã chốt danh sách"
    OPEN = "open", "Đang bỏ phiếu"
    CLOSED = "closed", "Đã đóng bỏ phiếu"
    MINUTED = "minuted", "Đã lập biên bản"
    CANCELLED = "cancelled", "Đã hủy"
