"""What people and units have received and made."""

from history.models.grant import Grant, Provenance
from history.models.initiative import Initiative, InitiativeAuthor, Level

__all__ = ["Grant", "Initiative", "InitiativeAuthor", "Level", "Provenance"]
