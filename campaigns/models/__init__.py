"""Campaigns and registrations."""

from campaigns.models.campaign import Campaign, CampaignAward, CampaignTask
from campaigns.models.registration import Commitment, Registration, RegistrationLine, RegistrationTarget

__all__ = [
    "Campaign",
    "CampaignAward",
    "CampaignTask",
    "Commitment",
    "Registration",
    "RegistrationLine",
    "RegistrationTarget",
]
