"""The states of what history keeps."""

from django.db import models


class GrantState(models.TextChoices):
    """An honour received: nothing is deleted, it is corrected or revoked."""

    IN_FORCE = "in_force", "Có hiệu lực"
    CORRECTED = "corrected", "Đã đính chính"
    REVOKED = "revoked", "Đã thu hồi"


class InitiativeState(models.TextChoices):
    """An initiative on its way to recognition."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ tiếp nhận"
    REVIEWING = "reviewing", "Đang xét"
    RECOGNISED = "recognised", "Được công nhận"
    REFUSED = "refused", "Không được công nhận"


class Nearness(models.TextChoices):
    """How near somebody is to an award; codes of `rulebook.nearness`."""

    ELIGIBLE = "eligible", "Đủ điều kiện"
    ONE_MISSING = "one_missing", "Thiếu một điều kiện"
    DATA_MISSING = "data_missing", "Cần bổ sung dữ liệu"


class DiscoveryState(models.TextChoices):
    """What the unit made of a suggestion; nothing but a note beside the dossier, so these four are enough.

    A postponed one is open again from its day on, whoever runs first: selectors compare the day. A declined one
    stays so for its year; the next year is another row.
    """

    OPEN = "open", "Chờ xem xét"
    POSTPONED = "postponed", "Đã hoãn"
    DECLINED = "declined", "Không đề nghị"
    TAKEN = "taken", "Đã lập hồ sơ"
