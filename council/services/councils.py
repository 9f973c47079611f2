"""Councils and who sits on them: the membership is the fact, guardian's rows follow from it.

Entered by the leaders of the standing office (RULE_OVERRIDE on the council's unit) from the
decision that sets the council up.
"""

from datetime import date, datetime

from django.db.models import Max, Q
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import ON_COUNCIL, Permission
from accounts.roles import ROLES
from core import journal
from core.act import act
from core.workflow import Refused, lock
from council.models import Council, CouncilUserGrant, Member
from council.states import MemberRole
from units.models import Unit
from units.selectors import in_force

#: One who votes may see and vote, whatever else the role allows (a member may also be secretary).
VOTER = frozenset({Permission.SESSION_VIEW, Permission.BALLOT_CAST})


@act
def establish(
    *, unit: Unit, name: str, basis: str, valid_from: date, by: User, at: datetime, valid_to: date | None = None,
    symbol: str = "HĐTĐKT",
) -> Council:  # fmt: skip
    """A council of `unit`, set up by the decision cited in `basis`."""
    policy.check(by, Permission.RULE_OVERRIDE, unit)
    if not basis.strip():
        raise Refused("Nhập số, ngày của quyết định thành lập Hội đồng.")
    council = Council.objects.create(
        unit=unit, name=name, basis=basis, symbol=symbol, valid_from=valid_from, valid_to=valid_to
    )
    journal.record(council, by=by, at=at, kind="council.establish", changes={"name": name, "basis": basis})
    return council


@act
def appoint(
    *, council: Council, user: User, role: str, post_title: str, valid_from: date, by: User, at: datetime,
    votes: bool = True, seat_no: int | None = None, valid_to: date | None = None,
) -> Member:  # fmt: skip
    """Give `user` a seat; the rights begin on the first day (today: at once)."""
    council = Council.objects.select_for_update().get(pk=council.pk)
    policy.check(by, Permission.RULE_OVERRIDE, council.unit)
    number = seat_no or (council.members.aggregate(last=Max("seat_no"))["last"] or 0) + 1
    _check_appointment(council, user, role, number, valid_from, valid_to)
    member = Member.objects.create(
        council=council, user=user, role=role, post_title=post_title, votes=votes, seat_no=number,
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    align(user, council, day=timezone.localdate(at))
    changes = {"user": user.username, "role": role, "seat": number, "votes": votes, "from": valid_from, "to": valid_to}
    journal.record(council, by=by, at=at, kind="council.appoint", changes=changes)
    return member


@act
def end_membership(*, member: Member, last_day: date, by: User, at: datetime) -> Member:
    """The seat is given up with `last_day`; from yesterday back the rights go at once."""
    member = lock(member)
    policy.check(by, Permission.RULE_OVERRIDE, member.council.unit)
    if member.valid_to is not None and member.valid_to <= last_day:
        raise Refused(f"Thành viên này đã thôi giữ ghế từ ngày {member.valid_to:%d/%m/%Y}.")
    if last_day < member.valid_from:
        raise Refused(f"Ngày cuối phải từ ngày {member.valid_from:%d/%m/%Y}, ngày bắt đầu giữ ghế.")
    before, member.valid_to = member.valid_to, last_day
    member.save(update_fields=["valid_to"])
    align(member.user, member.council, day=timezone.localdate(at))
    changes = {"user": member.user.username, "seat": member.seat_no, "to": [before, last_day]}
    journal.record(member.council, by=by, at=at, kind="council.end", changes=changes)
    return member


def align(user: User, council: Council, *, day: date) -> None:
    """Make guardian's rows of `user` on `council` what the memberships of `day` say."""
    due: set[Permission] = set()
    for member in Member.objects.filter(in_force(day), user=user, council=council):
        due |= rights_of(member.role, votes=member.votes)
    rows = CouncilUserGrant.objects.filter(user=user, content_object=council)
    stored = {Permission(code) for code in rows.values_list("permission__codename", flat=True)}
    policy.give(user, due - stored, council)
    policy.take(user, stored - due, council)


def rights_of(role: str, *, votes: bool) -> frozenset[Permission]:
    """What a seat may do on the council; a vice chair has the rights of a member."""
    code = MemberRole.MEMBER.value if role == MemberRole.VICE_CHAIR else role
    permissions = ROLES[code].permissions & ON_COUNCIL
    return permissions | VOTER if votes else permissions - {Permission.BALLOT_CAST}


@act
def sync(*, day: date, by: User, at: datetime) -> int:
    """Repair what differs: seats begin and end by the calendar, without anybody's click."""
    members = Member.objects.filter(in_force(day)).values_list("user_id", "council_id", "role", "votes")
    due = {
        (user, council, right.value)
        for user, council, role, votes in members
        for right in rights_of(role, votes=votes)
    }  # fmt: skip
    stored = set(CouncilUserGrant.objects.values_list("user", "content_object", "permission__codename"))
    pairs = {(user, council) for user, council, _ in due ^ stored}
    users = User.objects.in_bulk({user for user, _ in pairs})
    councils = Council.objects.in_bulk({council for _, council in pairs})
    for user, council in sorted(pairs):
        align(users[user], councils[council], day=day)
    if pairs:
        journal.record(None, by=by, at=at, kind="council.sync", changes={"rights": len(due ^ stored)})
    return len(due ^ stored)


def _check_appointment(
    council: Council, user: User, role: str, number: int, valid_from: date, valid_to: date | None
) -> None:
    if role not in MemberRole.values:
        raise Refused("Vai trò này không có trong Hội đồng.")
    if user.is_system or not user.is_active:
        raise Refused(f"Tài khoản {user.username} không làm thành viên Hội đồng được.")
    if "admin" in policy.role_codes(user):
        raise Refused(f"{user} quản trị hệ thống nên không làm thành viên Hội đồng được.")
    if valid_from < council.valid_from or (council.valid_to is not None and valid_from > council.valid_to):
        raise Refused(f"Ngày bắt đầu phải nằm trong thời gian hoạt động của {council}.")
    same_time = Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    others = council.members.filter(same_time)
    if valid_to is not None:
        others = others.filter(valid_from__lte=valid_to)
    if others.filter(user=user).exists():
        raise Refused(f"{user} đã có ghế trong Hội đồng vào thời gian này.")
    if others.filter(seat_no=number).exists():
        raise Refused(
            f"Ghế số {number} đã có người giữ vào thời gian này. Chọn ghế khác hoặc kết thúc người giữ trước."
        )
