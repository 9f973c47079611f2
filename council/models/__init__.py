"""Councils, sessions and ballots."""

from council.models.ballot import Receipt, Slip, Turnout
from council.models.council import Council, CouncilGroupGrant, CouncilRule, CouncilUserGrant, Member
from council.models.session import AgendaItem, Recusal, Seat, Session

__all__ = [
    "AgendaItem",
    "Council",
    "CouncilGroupGrant",
    "CouncilRule",
    "CouncilUserGrant",
    "Member",
    "Receipt",
    "Recusal",
    "Seat",
    "Session",
    "Slip",
    "Turnout",
]
