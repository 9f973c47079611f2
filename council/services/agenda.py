"""What a session votes on and who may vote: agenda, seats, recusals, attendance."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Max
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.models import Nomination
from awards.services import outcomes
from awards.states import NominationState
from core import journal
from core.act import act
from core.workflow import Refused, compare_version, lock
from council.conflicts import conflicts_of
from council.facts import base_of
from council.models import AgendaItem, Recusal, Seat, Session
from council.selectors import items_of, members_on
from council.states import Base, ItemKind, SessionState
from council.voting import needed_votes
from history.models import Initiative
from rulebook.catalogue import awards


@act
def add_nominations(
    *, session: Session, nominations: Sequence[Nomination], by: User, at: datetime, expected_version: int | None = None
) -> list[AgendaItem]:
    """Put qualified lines on the agenda: all or none."""
    session = _composing(session, by, expected_version)
    if not nominations:
        raise Refused("Chọn ít nhất một hồ sơ.")
    foreign = [line for line in nominations if line.held_by_id != session.council.unit_id]
    if foreign:
        raise Refused(f"Hồ sơ {foreign[0].code} không ở đơn vị của Hội đồng này.")
    moved = outcomes.put_on_agenda(nominations=nominations, about=session, by=by, at=at)
    start = _last_order(session)
    items = [
        AgendaItem(
            session=session, order=start + place, kind=ItemKind.NOMINATION, nomination=line, award=line.award,
            title=line.shown_name, detail=", ".join(filter(None, (line.post_printed, line.unit_printed))),
        )
        for place, line in enumerate(moved, start=1)
    ]  # fmt: skip
    AgendaItem.objects.bulk_create(items)
    _after_change(session, by)
    journal.record(session, by=by, at=at, kind="session.add", changes={"lines": [line.code for line in moved]})
    return items


@act
def add_initiative(
    *, session: Session, initiative: Initiative, by: User, at: datetime, expected_version: int | None = None
) -> AgendaItem:
    """Put an initiative under review on the agenda; recognising it stays with the one who decides."""
    session = _composing(session, by, expected_version)
    if session.items.filter(initiative=initiative).exists():
        raise Refused("Sáng kiến này đã có trong danh sách.")
    return _add(session, by, at, kind=ItemKind.INITIATIVE, initiative=initiative, title=initiative.title[:500])


@act
def add_cluster_result(
    *, session: Session, title: str, by: User, at: datetime, expected_version: int | None = None
) -> AgendaItem:
    """Put a result of a cluster (suy tôn) on the agenda, in words."""
    session = _composing(session, by, expected_version)
    if not title.strip():
        raise Refused("Nhập nội dung biểu quyết.")
    return _add(session, by, at, kind=ItemKind.CLUSTER_RESULT, title=title.strip())


@act
def remove(*, item: AgendaItem, by: User, at: datetime, expected_version: int | None = None) -> None:
    """Take an item off; its line is qualified again and waits for another session."""
    session = _composing(item.session, by, expected_version)
    if item.nomination:
        outcomes.take_off_agenda(nominations=[item.nomination], about=session, by=by, at=at)
    item.delete()
    _after_change(session, by)
    journal.record(session, by=by, at=at, kind="session.remove", changes={"item": item.title})


@act
def recuse(*, item: AgendaItem, seat: Seat, reason: str, by: User, at: datetime) -> Recusal:
    """Note that a member does not vote on an item, and why; until the vote opens. The base stays."""
    session = _before_opening(item.session, by)
    if seat.session_id != session.pk:
        raise Refused("Thành viên này không thuộc phiên họp.")
    if not seat.votes:
        raise Refused(f"{seat.full_name} không có quyền bỏ phiếu nên không cần ghi không tham gia.")
    if not reason.strip():
        raise Refused("Nhập lý do không tham gia biểu quyết; lý do được ghi vào biên bản.")
    recusal, created = Recusal.objects.get_or_create(
        item=item, seat=seat, defaults={"reason": reason.strip(), "by": by}
    )
    if not created:
        raise Refused(f"{seat.full_name} đã được ghi không tham gia mục này.")
    changes = {"item": item.title, "seat": seat.full_name}
    journal.record(session, by=by, at=at, kind="session.recuse", changes=changes, note=reason)
    return recusal


@act
def withdraw_recusal(*, recusal: Recusal, by: User, at: datetime) -> None:
    """Take back a recusal entered by hand; one that the records show stays."""
    session = _before_opening(recusal.item.session, by)
    if recusal.automatic:
        raise Refused("Hệ thống xác định từ hồ sơ nên không bỏ được. Sửa dữ liệu gốc nếu sai.")
    changes = {"item": recusal.item.title, "seat": recusal.seat.full_name}
    recusal.delete()
    journal.record(session, by=by, at=at, kind="session.unrecuse", changes=changes)


@act
def record_attendance(
    *, session: Session, present: Collection[int], absences: Mapping[int, str], by: User, at: datetime
) -> Session:
    """Who is there (ids of seats), and why others are not; once the vote is open, late arrivals only."""
    session = lock(session)
    policy.check(by, Permission.SESSION_PREPARE, session)
    if session.state not in {SessionState.DRAFT, SessionState.LOCKED, SessionState.OPEN}:
        raise Refused("Phiếu đã đóng nên không sửa được danh sách có mặt.")
    seats = list(session.seats.all())
    left = [seat.full_name for seat in seats if seat.present and seat.pk not in present]
    if session.state == SessionState.OPEN and left:
        raise Refused(f"Đang bỏ phiếu nên không ghi vắng được: {', '.join(left)}. Chỉ ghi thêm người đến muộn.")
    before = [seat.full_name for seat in seats if seat.present]
    for seat in seats:
        seat.present = seat.pk in present
        seat.absence = "" if seat.present else absences.get(seat.pk, "").strip()[:200]
    Seat.objects.bulk_update(seats, ["present", "absence"])
    _count_anew(session, seats)
    after = [seat.full_name for seat in seats if seat.present]
    journal.record(session, by=by, at=at, kind="session.attendance", changes={"present": [before, after]})
    return session


def align_seats(session: Session, *, by: User) -> None:
    """Make the roll of a session in preparation that of the council on its day."""
    day = timezone.localdate(session.held_at)
    members = {member.pk: member for member in members_on(session.council, day)}
    session.seats.exclude(member__in=members).delete()
    session.seats.update(seat_no=F("seat_no") + 10_000)  # numbers may be exchanged
    kept = {seat.member_id: seat for seat in session.seats.all()}
    for member in members.values():
        values: dict[str, Any] = {
            "seat_no": member.seat_no, "role": member.role, "user": member.user, "votes": member.votes,
            "full_name": str(member.user), "post_title": member.post_title,
        }  # fmt: skip
        if (seat := kept.get(member.pk)) is None:
            Seat.objects.create(session=session, member=member, **values)
        else:
            Seat.objects.filter(pk=seat.pk).update(**values)


def align_recusals(session: Session, *, by: User) -> None:
    """Write the recusals that the records show; those entered by hand stay."""
    items = list(session.items.select_related("nomination__person", "initiative"))
    seats = [seat for seat in session.seats.all() if seat.votes]
    due = {(found.item.pk, found.seat.pk): found for found in conflicts_of(session, items, seats)}
    held = {(row.item_id, row.seat_id): row for row in Recusal.objects.filter(item__session=session)}
    gone = [row.pk for pair, row in held.items() if row.automatic and pair not in due]
    Recusal.objects.filter(pk__in=gone).delete()
    by_hand = [row.pk for pair, row in held.items() if pair in due and not row.automatic]
    Recusal.objects.filter(pk__in=by_hand).update(automatic=True)
    Recusal.objects.bulk_create(
        Recusal(item=found.item, seat=found.seat, reason=found.reason, automatic=True, by=by)
        for pair, found in due.items()
        if pair not in held
    )


def set_needed(item: AgendaItem, seats: Sequence[Seat]) -> None:
    """The base and the votes needed, by the frozen rule and the roll."""
    if item.share is not None:
        item.members = base_of(item.base, seats)
        item.needed = needed_votes(item.share, item.members)


def give_back(session: Session, *, by: User, at: datetime) -> None:
    """The lines of a session that is called off wait for another."""
    lines = [
        item.nomination
        for item in items_of(session)
        if item.nomination and item.nomination.state == NominationState.ON_AGENDA
    ]
    outcomes.take_off_agenda(nominations=lines, about=session, by=by, at=at)


def _composing(session: Session, by: User, expected_version: int | None) -> Session:
    session = lock(session)
    compare_version(session, expected_version)
    policy.check(by, Permission.SESSION_PREPARE, session)
    if not session.is_composed:
        raise Refused("Danh sách đã chốt nên không sửa được.")
    return session


def _before_opening(session: Session, by: User) -> Session:
    session = lock(session)
    policy.check(by, Permission.SESSION_PREPARE, session)
    if session.state not in {SessionState.DRAFT, SessionState.LOCKED}:
        raise Refused("Phiếu đã mở nên không sửa được danh sách không tham gia.")
    return session


def _add(session: Session, by: User, at: datetime, **values: Any) -> AgendaItem:
    item = AgendaItem.objects.create(session=session, order=_last_order(session) + 1, **values)
    _after_change(session, by)
    journal.record(session, by=by, at=at, kind="session.add", changes={"item": item.title})
    return item


def _last_order(session: Session) -> int:
    return session.items.aggregate(last=Max("order"))["last"] or 0


def _after_change(session: Session, by: User) -> None:
    """Sort by award as the law lists them, then by name; mark the session as changed; find conflicts."""
    rank = {code: award.order for code, award in awards().items()}
    items = sorted(items_of(session), key=lambda item: (rank.get(item.award, len(rank)), item.kind, *_place(item)))
    session.items.update(order=F("order") + 10_000)  # out of the way of the unique numbers written next
    for number, item in enumerate(items, start=1):
        item.order = number
    AgendaItem.objects.bulk_update(items, ["order"])
    session.version += 1
    session.save(update_fields=["version"])
    align_recusals(session, by=by)


def _place(item: AgendaItem) -> tuple[str, int]:
    """By name inside an award."""
    return item.nomination.sort_key if item.nomination else "", item.pk


def _count_anew(session: Session, seats: Sequence[Seat]) -> None:
    """Where the base is those present, an arrival changes what is needed."""
    items = list(session.items.filter(base=Base.PRESENT))
    for item in items:
        set_needed(item, seats)
    AgendaItem.objects.bulk_update(items, ["members", "needed"])
    session.version += 1
    session.save(update_fields=["version"])
