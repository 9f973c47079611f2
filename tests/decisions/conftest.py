"""A council that has passed lines, and the people of a decision: who drafts, numbers and signs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from accounts import policy
from accounts.models import User
from accounts.roles import ROLES
from council.models import Session
from decisions.models import Decision, DecisionLine
from decisions.services import drafting, issuing, reversing
from tests.factories.council import NOW, World
from tests.factories.units import make_person, make_user

DAY = date(2026, 11, 21)


@dataclass
class Desk:
    """Everything around one decision."""

    world: World
    session: Session
    office: User
    clerk: User
    signer: User

    def meet(self, day: date, lines: int = 1, **line: object) -> None:
        """Another session, held on an earlier day."""
        self.session = self.world.closed(lines=lines, **line)
        self.session.held_at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        self.session.save()

    def draft(self) -> Decision:
        """From all that the session has passed."""
        return drafting.draft_from_session(session=self.session, by=self.office, at=NOW)

    def numbered(self) -> Decision:
        """With the next number."""
        draft = self.draft()
        return issuing.give_number(decision=draft, dated=DAY, expected_version=draft.version, by=self.clerk, at=NOW)

    def awaiting(self) -> Decision:
        """With the signer."""
        numbered = self.numbered()
        return issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=self.clerk, at=NOW)

    def signed(self) -> Decision:
        """Signed by another person."""
        awaiting = self.awaiting()
        return issuing.sign(decision=awaiting, expected_version=awaiting.version, by=self.signer, at=NOW)

    def issued(self) -> Decision:
        """With its honours in the history."""
        signed = self.signed()
        return issuing.issue(decision=signed, expected_version=signed.version, by=self.clerk, at=NOW)

    def sent_through(self, draft: Decision, day: date = DAY) -> Decision:
        """Any draft: numbered, signed by another person, issued."""
        numbered = issuing.give_number(decision=draft, dated=day, expected_version=draft.version, by=self.clerk, at=NOW)
        awaiting = issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=self.clerk, at=NOW)
        signed = issuing.sign(decision=awaiting, expected_version=awaiting.version, by=self.signer, at=NOW)
        return issuing.issue(decision=signed, expected_version=signed.version, by=self.clerk, at=NOW)

    def revocation(self, original: Decision, *lines: DecisionLine) -> Decision:
        """A draft that takes back `lines`, or all of them."""
        return reversing.draft(
            original=original, lines=lines or list(original.lines.all()), kind="revocation",
            ground="ground_false_record", reason="Kết luận thanh tra số 5/KL-TTr", by=self.office, at=NOW,
        )  # fmt: skip

    def correction(self, original: Decision, line: DecisionLine, name: str = "Tên Đã Sửa") -> Decision:
        """A draft that sets the printed name of one line right."""
        made = reversing.draft(
            original=original, lines=[line], kind="correction", reason="Ghi sai họ tên", by=self.office, at=NOW
        )
        reversing.edit_line(
            line=made.lines.get(), values={"name_printed": name}, expected_version=made.version, by=self.office, at=NOW
        )
        made.refresh_from_db()
        return made


def make_desk() -> Desk:
    """A closed session with two passed lines; head, office, clerk and signer of the issuing body."""
    world = World(size=3)
    unit = world.unit
    unit.place = "Hà Nội"
    unit.name, unit.short_name = "Viện kiểm sát nhân dân tối cao", "VKSND tối cao"
    unit.save()
    signer = make_user(full_name="Vũ Đình Quang")
    make_person(unit, user=signer, post="Viện trưởng", is_head=True, full_name="Vũ Đình Quang")
    users = {"signer": signer, "office": make_user(), "clerk": make_user()}
    for role, user in users.items():
        policy.give(user, ROLES[role].permissions, unit)
    return Desk(world, world.closed(lines=2), users["office"], users["clerk"], signer)


@pytest.fixture
def desk(db, settings, tmp_path) -> Desk:
    """A desk whose papers go into a folder of the test."""
    settings.FILES_DIR = tmp_path
    return make_desk()
