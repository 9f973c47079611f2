"""Words for the standing of a published paper, and of an official number."""

from django.db import models


class Standing(models.TextChoices):
    """What the public page says of a paper; a paper not yet issued has no standing and is not found."""

    IN_FORCE = "in_force", "Đang có hiệu lực"
    CORRECTED = "corrected", "Đã được đính chính"
    REPLACED = "replaced", "Đã được thay thế"
    PARTLY = "partly", "Đã bị hủy bỏ một phần"
    REVOKED = "revoked", "Đã bị hủy bỏ"


class NumberState(models.TextChoices):
    """Why a number is not free."""

    RESERVED = "reserved", "Để dành"
    IMPORTED = "imported", "Đã dùng trên sổ khác"
    ISSUED = "issued", "Đã cấp"
    VOID = "void", "Đã hủy"


class SignatureKind(models.TextChoices):
    """Whose digital signature it is; a paper has at most one of each."""

    PERSON = "person", "Người có thẩm quyền"
    AGENCY = "agency", "Cơ quan"


class SigningWay(models.TextChoices):
    """How a digital signature came onto a paper."""

    SERVER = "server", "Chứng thư trên máy chủ"
    OUTSIDE = "outside", "Ký bằng thiết bị riêng, tải lên"


class WordKind(models.TextChoices):
    """Papers that an office may also have as editable Word files, each from its own template."""

    DECISION = "decision", "Quyết định"
    SUBMISSION = "submission", "Tờ trình"
    MINUTES = "minutes", "Biên bản"
    LIST = "list", "Danh sách"
    INVITATION = "invitation", "Giấy mời"
