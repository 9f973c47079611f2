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


#: The signer does not have it: its words may be changed.
OPEN = (DecisionState.DRAFT, DecisionState.NUMBERED)


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


class BlankPlace(TextChoices):
    """Where a numbered blank is; printed, spoilt and returned ones never come back."""

    STORE = "store", "Trong kho"
    ISSUED = "issued", "Đã xuất in"
    PRINTED = "printed", "Đã in"
    SPOILT = "spoilt", "Hỏng"
    RETURNED = "returned", "Đã trả lại"


class RunState(TextChoices):
    """A print run from the file to the recorded result."""

    PREPARED = "prepared", "Chờ ghi kết quả"
    DONE = "done", "Đã ghi kết quả"


class SheetResult(TextChoices):
    """What came out of the printer."""

    WAITING = "waiting", "Chờ kết quả"
    PRINTED = "printed", "In tốt"
    SPOILT = "spoilt", "Hỏng"
    UNUSED = "unused", "Chưa dùng phôi"


class CertificateState(TextChoices):
    """A certificate from its rendering to its hand-over."""

    WAITING = "waiting", "Chờ dựng"
    RENDERED = "rendered", "Đã dựng"
    PRINTED = "printed", "Đã in"
    SPOILT = "spoilt", "Hỏng"
    HANDED_OVER = "handed_over", "Đã trao"
