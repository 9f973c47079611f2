"""Units, people, their postings and yearly records, and who holds which role where."""

from units.models.person import Person, Posting
from units.models.record import Absence, Discipline, PendingMatter, YearlyRating
from units.models.role import RoleAssignment
from units.models.unit import Confidence, Unit, UnitEvent, UnitGroupGrant, UnitKind, UnitLink, UnitUserGrant

__all__ = [
    "Absence",
    "Confidence",
    "Discipline",
    "PendingMatter",
    "Person",
    "Posting",
    "RoleAssignment",
    "Unit",
    "UnitEvent",
    "UnitGroupGrant",
    "UnitKind",
    "UnitLink",
    "UnitUserGrant",
    "YearlyRating",
]
