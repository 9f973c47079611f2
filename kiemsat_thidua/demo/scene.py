"""What the parts of the demonstration hand on to each other."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from campaigns.models import Campaign
from council.models import Council
from units.models import Person, Unit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Scene:
    """The stage: the day on which it plays, who acts, where."""

    today: date
    system: User
    users: dict[str, User] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    staff: dict[str, list[Person]] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    council: Council | None = None

    @property
    def year(self) -> int:
        """The emulation year whose honours are being decided: that of autumn to early summer."""
        return self.today.year if self.today.month >= 7 else self.today.year - 1

    def at(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of a day in Hà Nội."""
        return datetime.combine(day, time(hour, minute), HANOI).astimezone(UTC)

    def ago(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment some days before the stage's today."""
        return self.at(self.today - timedelta(days=days), hour, minute)
