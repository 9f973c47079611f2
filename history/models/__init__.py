"""What people and units have received and made, and what they may come to next."""

from history.models.discovery import Discovery
from history.models.grant import Grant, Provenance
from history.models.initiative import Initiative, InitiativeAuthor, Level

__all__ = ["Discovery", "Grant", "Initiative", "InitiativeAuthor", "Level", "Provenance"]
