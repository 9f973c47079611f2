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


class CertificateState(TextChoices):
    """A certificate from its rendering to its hand-over."""

    WAITING = "waiting", "Chờ dựng"
    RENDERED = "rendered", "Đã dựng"
    PRINTED = "printed", "Đã in"
    SPOILT = "spoilt", "Hỏng"
    HANDED_OVER = "handed_over", "Đã trao"
