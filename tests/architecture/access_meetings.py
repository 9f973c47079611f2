"""Councils, sessions in every state, decisions and papers of one unit; acts go through the services."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.vietnamese import search_key, sort_key
from council.models import Session
from council.services import agenda, ballots, sessions
from decisions.models import Certificate, Decision, DecisionLine, FundEntry, Recheck, Recovery
from documents.models import NumberSeries
from tests.architecture import access_rooms as rooms
from tests.architecture.access_table import OWN
from tests.factories import council as make
from tests.factories.history import make_grant
from tests.factories.units import make_person, make_user
from units.models import Person, Unit

Token = Callable[..., str]
_ROLES = ("council_chair", "council_member", "council_secretary", "teller")


class Room:
    """The council of one unit with its four kinds of members; on the own unit they are the users of those roles."""

    def __init__(self, world: Any, place: str, token: Token) -> None:
        self.unit: Unit = world.units[place]
        self.text, self.people = token(place, "session"), token(place, "people")
        self.dossier = token(place, "dossier")
        self.council = make.make_council(self.unit, name=f"Hội đồng {token(place)}")
        self.users = {role: world.users[role] if place == OWN else make_user() for role in _ROLES}
        for role, user in self.users.items():
            make.seat(self.council, user, role, votes=role in {"council_chair", "council_member"})
        self.rule = make.make_rule(self.council, share_num=2, share_den=3)
        self.number = 0

    def draft(self) -> Session:
        """A session in preparation with one line on its agenda, and a file in that line's dossier."""
        by, now = self.users["council_secretary"], timezone.now()
        self.number += 1
        session = sessions.create(
            council=self.council, title=f"Phiên {self.number} {self.text}", held_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=2), place="Hội trường A", by=by, at=now,
        )  # fmt: skip
        person = make_person(self.unit, full_name=f"Lê {self.people}")
        line = make.make_line(self.unit, person=person, verdict={"outcome": "eligible", "findings": []})
        rooms.keep_file(line, f"{self.dossier}.pdf", by)
        agenda.add_nominations(session=session, nominations=[line], by=by, at=now)
        return Session.objects.get(pk=session.pk)

    def locked(self) -> Session:
        """The list is fixed."""
        return sessions.lock_list(session=self.draft(), by=self.users["council_secretary"], at=timezone.now())

    def opened(self) -> Session:
        """Ballots are taken."""
        return sessions.open_voting(session=self.locked(), by=self.users["council_chair"], at=timezone.now())

    def closed(self) -> Session:
        """Both members said yes."""
        session, now = self.opened(), timezone.now()
        for role in ("council_chair", "council_member"):
            ballots.cast(session=session, choices=make.choices(session), by=self.users[role], at=now)
        return ballots.close(session=session, by=self.users["council_chair"], at=now)


def hold(world: Any, place: str, token: Token, staff: User, person: Person) -> None:
    """A council with a session in every state; what it passed, decided and printed."""
    room = Room(world, place, token)
    states = {}
    for state in ("draft", "locked", "open", "closed"):
        session = {"draft": room.draft, "locked": room.locked, "open": room.opened, "closed": room.closed}[state]()
        states[state] = session
        world.put(f"session {state}", place, session)
    item = states["open"].items.get()
    composed = states["draft"].items.get()
    recusal = agenda.recuse(
        item=composed, seat=states["draft"].seats.get(seat_no=2), reason=f"Người thân {room.text}",
        by=room.users["council_secretary"], at=timezone.now(),
    )  # fmt: skip
    world.put("item", place, states["open"], item=item.pk)
    world.put("item draft", place, states["draft"], item=composed.pk)
    world.put("item file", place, states["open"], item=item.pk, file=item.nomination.attachments.get().pk)
    world.put("recusal", place, states["draft"], recusal=recusal.pk)
    world.put("ballot", place, states["open"])
    world.put("charter", place, room.council)
    world.put("member", place, room.council, member=room.council.members.get(seat_no=4).pk)
    world.put("council rule", place, room.council, rule=room.rule.pk)
    world.put("session to decide", place, states["closed"])
    world.put("paper of session", place, rooms.keep_paper(states["closed"], f"Biên bản {room.text}", staff, "minutes"))
    _decisions(world, place, token, staff, person)


def _decisions(world: Any, place: str, token: Token, staff: User, person: Person) -> None:
    unit, text = world.units[place], token(place, "decision")
    draft = _decision(unit, f"Dự thảo {text}", staff, person)
    awaiting = _decision(unit, f"Chờ ký {text}", staff, person, state="awaiting", number=1)
    printed = Certificate.objects.create(line=awaiting.lines.get())
    issued = _decision(
        world.units["top"], f"Đã ban hành {place}", staff, person, state="issued", number=len(world.subjects)
    )
    world.put("decision draft", place, draft)
    world.put("decision awaiting", place, awaiting)
    world.put("decision issued", place, issued)
    world.put("certificate", place, printed)
    world.put("word template", place, rooms.keep_template(unit, f"Mẫu {text}", staff))
    world.put("paper of awaiting", place, rooms.keep_paper(awaiting, f"Quyết định {text}", staff))
    _aftermath(world, place, text, staff, person, issued)
    world.put("paper of issued", place, rooms.keep_paper(issued, "Quyết định đã ban hành", staff))


def _aftermath(world: Any, place: str, text: str, staff: User, person: Person, issued: Decision) -> None:
    """A correction in draft; a revocation with something to come back and something to look at again."""
    unit = world.units[place]
    correction = _decision(unit, f"Đính chính {text}", staff, person)
    correction.kind = "correction"
    correction.save()
    revocation = _decision(unit, f"Hủy bỏ {text}", staff, person, state="signed", number=2)
    line = issued.lines.get()
    line.standing, line.standing_by = "revoked", revocation
    line.save()
    today = timezone.localdate()
    recovery = Recovery.objects.create(line=line, decision=revocation, opened_on=today, money_due=1000, item_due=True)
    recheck = Recheck.objects.create(
        line=line, grant=make_grant(person, "bang_khen_vien_truong"), before="eligible", after="not_eligible",
        found_at=timezone.now(),
    )  # fmt: skip
    series = NumberSeries.objects.create(body=unit.code, kind="decision", year=today.year)
    number = series.numbers.create(number=7, state="reserved", note=f"Giữ cho {text}", by=staff, at=timezone.now())
    entry = FundEntry.objects.create(
        unit=unit, year=today.year, kind="appropriated", amount=1000, on=today, basis=f"Quyết định {text}", by=staff,
        at=timezone.now(),
    )  # fmt: skip
    world.put("official number", place, number)
    world.put("fund entry", place, entry)
    world.put("correction line", place, correction.lines.get())
    world.put("recovery", place, recovery)
    world.put("recheck", place, recheck)


def _decision(
    unit: Unit, title: str, by: User, person: Person, *, state: str = "draft", number: int | None = None
) -> Decision:
    """A decision of `unit` that names one person, by plain rows."""
    now = timezone.now()
    given = {"number": number, "dated": timezone.localdate(), "numbered_by": by, "numbered_at": now} if number else {}
    made = Decision.objects.create(
        unit=unit, title=title, year=2026, symbol="QĐ-VKS", place="Hà Nội", issuer_name=unit.name,
        authority_post="Viện trưởng", signer_name="Người ký", state=state, drafted_by=by, drafted_at=now,
        sort_key=sort_key(title), search_key=search_key(title), **given,
    )  # fmt: skip
    line = make.make_line(person.posting_on().unit, person=person, state="decided", award="giay_khen")
    DecisionLine.objects.create(
        decision=made, order=1, nomination=line, award=line.award, person=person, name_printed=person.full_name,
        unit_printed=line.unit_printed, year=line.year, achievement_from=line.achievement_from,
        achievement_to=line.achievement_to,
    )  # fmt: skip
    return made
