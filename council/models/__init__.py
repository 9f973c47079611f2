"""Councils, sessions and ballots; the ballot's own tables belong to `council.box` alone."""

from council.models.ballot import Receipt, Slip, Turnout
from council.models.council import Charter, Council, CouncilGroupGrant, CouncilRule, CouncilUserGrant, Member
from council.models.session import AgendaItem, Recusal, Seat, Session

__all__ = [
    "AgendaItem",
    "Charter",
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
