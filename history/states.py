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
