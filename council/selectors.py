"""What is read of councils: user first, QuerySet out; never what was voted (that is `box`)."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.models import Nomination
from awards.states import NominationState
from council.models import AgendaItem, Charter, Council, CouncilRule, Member, Recusal, Seat, Session
from council.states import MemberRole, SessionState
from history.models import Initiative
from history.states import InitiativeState
from units.selectors import in_force, units_visible_to, within

#: States in which the list of a session is shown to all members.
SHOWN = [SessionState.LOCKED, SessionState.OPEN, SessionState.CLOSED, SessionState.MINUTED, SessionState.CANCELLED]


def councils_of(user: User, permission: Permission) -> QuerySet[Council]:
    """The councils on which `user` holds `permission`."""
    return policy.granted_scopes(user, permission, Council)


def charters_of(user: User) -> QuerySet[Charter]:
    """The councils whose members and rules `user` enters, as the standing office of their unit."""
    units = units_visible_to(user, Permission.RULE_OVERRIDE)
    return Charter.objects.filter(unit__in=units).select_related("unit")


def members_on(council: Council, day: date) -> QuerySet[Member]:
    """Who sits on the council on `day`."""
    return Member.objects.filter(in_force(day), council=council).select_related("user").order_by("seat_no")


def members_of(council: Council) -> QuerySet[Member]:
    """All who sit or sat on the council, by seat and time."""
    return Member.objects.filter(council=council).select_related("user").order_by("seat_no", "-valid_from")


def rules_of(council: Council) -> QuerySet[CouncilRule]:
    """All rules entered for the council, the newest first."""
    return CouncilRule.objects.filter(council=council).select_related("by").order_by("award", "-valid_from")


def rules_on(council: Council, day: date) -> QuerySet[CouncilRule]:
    """The council's own rules in force on `day`, those for one award first."""
    return CouncilRule.objects.filter(in_force(day), council=council).order_by("-award")


def role_codes_of(user: User) -> set[str]:
    """The council roles `user` holds today; a vice chair works as a member."""
    held = Member.objects.filter(in_force(timezone.localdate()), user=user).values_list("role", flat=True)
    return {MemberRole.MEMBER.value if role == MemberRole.VICE_CHAIR else role for role in held}


def sessions_visible_to(user: User) -> QuerySet[Session]:
    """Sessions of the user's councils; one that is still being prepared only to those who prepare it."""
    shown = Q(council__in=councils_of(user, Permission.SESSION_VIEW), state__in=SHOWN)
    leading = Q(council__in=councils_of(user, Permission.SESSION_PREPARE)) | Q(
        council__in=councils_of(user, Permission.SESSION_CLOSE)
    )
    return Session.objects.filter(shown | leading).select_related("council__unit").order_by("-held_at", "-pk")


def session_list(user: User) -> QuerySet[Session]:
    """The same with the number of items, for lists."""
    return sessions_visible_to(user).annotate(item_count=Count("items"))


def results_visible_to(user: User) -> QuerySet[Session]:
    """Sessions whose box is closed."""
    return session_list(user).filter(state__in=[SessionState.CLOSED, SessionState.MINUTED])


def voting_seats_of(user: User) -> QuerySet[Seat]:
    """The seats with which `user` may vote in sessions that are open now."""
    councils = councils_of(user, Permission.BALLOT_CAST)
    return Seat.objects.filter(
        user=user, votes=True, present=True, session__state=SessionState.OPEN, session__council__in=councils
    )


def ballots_of(user: User) -> QuerySet[Session]:
    """Sessions in which `user` has a vote, from their opening on."""
    councils = councils_of(user, Permission.BALLOT_CAST)
    seats = Seat.objects.filter(session=OuterRef("pk"), user=user, votes=True)
    opened = [SessionState.OPEN, SessionState.CLOSED, SessionState.MINUTED]
    sessions = Session.objects.filter(Exists(seats), council__in=councils, state__in=opened)
    return sessions.select_related("council__unit").annotate(item_count=Count("items")).order_by("-held_at", "-pk")


def seat_of(user: User, session: Session) -> Seat | None:
    """The user's seat in the session."""
    return session.seats.filter(user=user).first()


def items_of(session: Session) -> QuerySet[AgendaItem]:
    """The agenda in order, with what the pages show of each line."""
    return session.items.select_related("nomination__submission__unit", "nomination__person", "initiative").order_by(
        "order"
    )


def recusals_of(session: Session) -> QuerySet[Recusal]:
    """Who may not vote on what in the session."""
    return (
        Recusal.objects.filter(item__session=session)
        .select_related("item", "seat")
        .order_by("item__order", "seat__seat_no")
    )


def candidates_for(session: Session) -> QuerySet[Nomination]:
    """The qualified (or postponed) lines that lie with the council's unit and wait for a session."""
    waiting = [NominationState.QUALIFIED, NominationState.POSTPONED]
    lines = Nomination.objects.filter(state__in=waiting, held_by=session.council.unit)
    return lines.select_related("submission__unit").order_by("award", "sort_key", "pk")


def initiatives_for(session: Session) -> QuerySet[Initiative]:
    """The initiatives under review of the council's unit and those below it, not yet on this agenda."""
    units = within([session.council.unit_id])
    rows = Initiative.objects.filter(state=InitiativeState.REVIEWING, unit__in=units)
    return rows.exclude(agenda_items__session=session).order_by("year", "title", "pk")


def agenda_visible_to(user: User) -> QuerySet[AgendaItem]:
    """The dossiers before the user's councils: of sessions that are prepared or under way."""
    sessions = sessions_visible_to(user).filter(state__in=[SessionState.DRAFT, SessionState.LOCKED, SessionState.OPEN])
    items = AgendaItem.objects.filter(session__in=sessions.order_by())
    return items.select_related("session", "nomination", "initiative").order_by("session__held_at", "session", "order")


def agenda_count(user: User) -> int:
    """How many dossiers lie before the user's councils; the number in the menu."""
    return agenda_visible_to(user).count()
