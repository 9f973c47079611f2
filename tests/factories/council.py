"""The smallest valid councils, lines and sessions, by plain rows; acts are left to the services."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from accounts.models import User
from awards.models import Nomination, Submission
from awards.states import NominationState
from campaigns.models import Campaign
from council.models import AgendaItem, Council, CouncilRule, Member, Session
from council.services import agenda, ballots, councils, sessions
from tests.factories.units import make_person, make_unit, make_user
from units.models import Unit

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SINCE = date(2026, 1, 1)
_numbers = count(1)


def make_council(unit: Unit | None = None, **values: object) -> Council:
    """A council without members."""
    values.setdefault("name", "Hội đồng Thi đua - Khen thưởng ngành Kiểm sát nhân dân")
    values.setdefault("basis", "Quyết định 19/QĐ-VKSTC ngày 22/7/2025")
    return Council.objects.create(unit=unit or make_unit(), valid_from=SINCE, **values)


def seat(council: Council, user: User, role: str = "council_member", *, votes: bool = True) -> Member:
    """A member since the beginning of the year, with the rights of the seat."""
    number = council.members.count() + 1
    member = Member.objects.create(
        council=council, user=user, role=role, votes=votes, seat_no=number, post_title="Kiểm sát viên", valid_from=SINCE
    )
    councils.align(user, council, day=NOW.date())
    return member


def make_rule(council: Council, **values: object) -> CouncilRule:
    """The council's own rule: two thirds of all members, quorum two thirds."""
    values = {"share_num": 2, "share_den": 3, "quorum_num": 2, "quorum_den": 3, "valid_from": SINCE, **values}
    values.setdefault("cite_document", "Quy chế hoạt động của Hội đồng")
    values.setdefault("cite_place", "Điều 9")
    return CouncilRule.objects.create(council=council, by=values.pop("by", None) or make_user(), **values)


def make_line(
    unit: Unit, *, award: str = "chien_si_thi_dua_nganh", state: str = "qualified", **values: object
) -> Nomination:
    """A line that lies with `unit` and waits for a session."""
    number = next(_numbers)
    by = values.pop("proposed_by", None) or make_user()
    campaign = Campaign.objects.create(
        unit=unit, title=f"Phong trào {number}", kind="annual", year=2026, starts_on=date(2025, 12, 1),
        ends_on=date(2026, 11, 30), created_by=by, created_at=NOW,
    )  # fmt: skip
    submission = Submission.objects.create(
        campaign=campaign, unit=values.pop("from_unit", unit), level="sector", title=f"Tờ trình {number}",
        created_by=by, created_at=NOW,
    )  # fmt: skip
    if not values.keys() & {"person", "collective"}:
        values["person"] = make_person()
    subject = values.get("person") or values["collective"]
    return Nomination.objects.create(
        submission=submission, code=f"HS-{number:05}", award=award, held_by=unit, year=2026,
        state=NominationState(state), achievement_from=date(2025, 12, 1), achievement_to=date(2026, 11, 30),
        proposed_by=by, name_printed=str(subject), unit_printed=submission.unit.name, **values,
    )  # fmt: skip


class World:
    """A council of `size` voting members with chair and secretary, its rule, and what it needs to meet."""

    def __init__(self, size: int = 9, *, secretary_votes: bool = False) -> None:
        self.unit = make_unit(issuing_code="VKSTC", kind="toi_cao")
        self.council = make_council(self.unit)
        self.users = [make_user(full_name=f"Ủy viên số {number}") for number in range(1, size + 1)]
        self.chair = self.users[0]
        for user in self.users:
            seat(self.council, user, "council_chair" if user == self.chair else "council_member")
        self.secretary = make_user(full_name="Thư ký Hội đồng")
        seat(self.council, self.secretary, "council_secretary", votes=secretary_votes)
        self.rule = make_rule(self.council, share_num=90, share_den=100)

    def draft(self, lines: int = 2, **values: object) -> Session:
        """A session in preparation with `lines` on its agenda."""
        session = sessions.create(
            council=self.council, title=f"Phiên {next(_numbers):02}-2026", held_at=NOW - timedelta(hours=2),
            due_at=NOW + timedelta(hours=2), place="Hội trường A", by=self.secretary, at=NOW,
        )  # fmt: skip
        if lines:
            nominations = [make_line(self.unit, **values) for _ in range(lines)]
            agenda.add_nominations(session=session, nominations=nominations, by=self.secretary, at=NOW)
        return Session.objects.get(pk=session.pk)

    def locked(self, lines: int = 2, **values: object) -> Session:
        """A session whose list is locked."""
        return sessions.lock_list(session=self.draft(lines, **values), by=self.secretary, at=NOW)

    def opened(self, lines: int = 2, **values: object) -> Session:
        """A session that takes ballots."""
        return sessions.open_voting(session=self.locked(lines, **values), by=self.chair, at=NOW)

    def closed(self, lines: int = 2, votes: str = "yes", **values: object) -> Session:
        """A session in which everybody voted `votes` on everything."""
        session = self.opened(lines, **values)
        for user in self.users:
            ballots.cast(session=session, choices=choices(session, votes), by=user, at=NOW)
        return ballots.close(session=session, by=self.chair, at=NOW)


def choices(session: Session, votes: str = "yes") -> dict[int, str]:
    """The same choice on every item."""
    return {item.pk: votes for item in AgendaItem.objects.filter(session=session)}
