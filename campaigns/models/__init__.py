"""Campaigns and registrations."""

from campaigns.models.campaign import Campaign, CampaignAward, CampaignKind, CampaignTask, TaskKind
from campaigns.models.registration import (
    EDITABLE,
    Answer,
    Commitment,
    Origin,
    Registration,
    RegistrationLine,
    RegistrationTarget,
)

__all__ = [
    "EDITABLE",
    "Answer",
    "Campaign",
    "CampaignAward",
    "CampaignKind",
    "CampaignTask",
    "Commitment",
    "Origin",
    "Registration",
    "RegistrationLine",
    "RegistrationTarget",
    "TaskKind",
]
