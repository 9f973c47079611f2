"""States of decisions and certificates; nothing else exists."""

from django.db.models import TextChoices


class DecisionState(TextChoices):
    """A decision from its draft to its issue, and what may befall it later."""

    DRAFT = "draft", "Dự thảo"
    NUMBERED = "numbered", "Đã cấp số"
    AWAITING = "awaiting", "Chờ ký"
    SIGNED = "signed", "Đã ký"
    ISSUED = "issued", "Đã ban hành"
    REPLACED = "replaced", "Bị thay thế"
    REVOKED = "revoked", "Bị thu hồi"


class DecisionKind(TextChoices):
    """What a decision does. What was awarded wrongly is taken back or set right by a decision of its own."""

    AWARD = "award", "Khen thưởng"
    REVOCATION = "revocation", "Hủy bỏ, thu hồi"
    CORRECTION = "correction", "Đính chính, thay thế"


class FundKind(TextChoices):
    """A movement of the emulation fund that is no bonus."""

    APPROPRIATED = "appropriated", "Trích lập"
    DONATED = "donated", "Đóng góp, tài trợ"
    CARRIED = "carried", "Số dư chuyển sang"
    ORGANISING = "organising", "Chi tổ chức phong trào, hiện vật"


class CertificateState(TextChoices):
    """A certificate from its rendering to its hand-over."""

    WAITING = "waiting", "Chờ dựng"
    RENDERED = "rendered", "Đã dựng"
    PRINTED = "printed", "Đã in"
    SPOILT = "spoilt", "Hỏng"
    HANDED_OVER = "handed_over", "Đã trao"
