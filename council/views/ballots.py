"""The ballot: choose, review, cast, receipt. What is chosen stands in the page and nowhere else.

No choice is kept in a session, a message or a log: the page posts it twice, to be reviewed and to
be cast, and each answer is forbidden to be stored. The receipt's code is shown in the answer to
the cast itself; nothing remembers it for a second look.
"""

from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, reauthenticate_by_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import requires
from accounts.permissions import Permission as P
from core.workflow import Refused
from council import box, facts
from council.forms import BallotForm, SendForm, field_of
from council.models import AgendaItem, Seat, Session
from council.selectors import ballots_of, items_of, seat_of
from council.services import ballots
from council.services.ballots import voting_seat
from council.states import SessionState


@requires(P.BALLOT_CAST)
@require_GET
def my_ballots(request: HttpRequest) -> HttpResponse:
    """The sessions in which one has a vote: what waits first."""
    sessions = list(ballots_of(request.user)[:50])
    voted = box.voted_sessions(request.user, sessions)
    waiting = [session for session in sessions if session.state == SessionState.OPEN and session.pk not in voted]
    past = [session for session in sessions if session not in waiting]
    return render(request, "council/my_ballots.html", {"waiting": waiting, "past": past, "voted": voted})


@requires(P.BALLOT_CAST, among=ballots_of)
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, session: Session) -> HttpResponse:
    """Choose; POST leads to the review page, or back from it with everything as it was chosen."""
    seat = seat_of(request.user, session)
    if (answer := _closed(request, session, seat)) is not None:
        return answer
    form = _form(request, session, seat)
    if request.method == "POST" and form.is_valid() and request.POST.get("viec") != "sua":
        return _review(request, session, form, SendForm(user=request.user, asks_password=_asks(request)))
    return render(request, "council/ballot.html", _page(request, session, seat, form))


def ask_password(request: HttpRequest, session: Session) -> HttpResponse | None:
    """The password is typed on the review page itself, so that no choice need be stored while it is asked."""
    if request.method != "POST":
        return _notice(request, session)
    form = _form(request, session, seat_of(request.user, session))
    send = SendForm(request.POST, user=request.user, asks_password=True)
    if form.is_valid() and send.is_valid():
        reauthenticate_by_password(request)
        return None
    return _review(request, session, form, send, status=422)


@requires(P.BALLOT_CAST, among=ballots_of, fresh=True, keep_post=False, ask=ask_password)
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_receipt(request: HttpRequest, session: Session) -> HttpResponse:
    """Cast, and show the receipt; visited again, only that the ballot is in."""
    if request.method != "POST":
        return _notice(request, session)
    form = _form(request, session, seat_of(request.user, session))
    send = SendForm(request.POST, user=request.user, asks_password=False)
    if not (form.is_valid() and send.is_valid()):
        return _review(request, session, form, send, status=422)
    code = send.cleaned_data["code"]
    try:
        receipt = ballots.cast(session=session, choices=form.choices(), by=request.user, at=timezone.now(), code=code)
    except Refused as reason:
        return _refused(request, session, str(reason))
    return render(request, "council/receipt.html", {"session": session, "code": receipt})


def _form(request: HttpRequest, session: Session, seat: Seat | None) -> BallotForm:
    items = _own_items(session, seat)
    return BallotForm(request.POST if request.method == "POST" else None, items=items)


def _own_items(session: Session, seat: Seat | None) -> list[AgendaItem]:
    return list(items_of(session).exclude(recusals__seat=seat))


def _asks(request: HttpRequest) -> bool:
    return not did_recently_reauthenticate(request)


def _closed(request: HttpRequest, session: Session, seat: Seat | None) -> HttpResponse | None:
    """The answer where nothing can be chosen: voted already, not present, not open."""
    if seat is not None and box.has_voted(session, seat):
        return _notice(request, session)
    try:
        voting_seat(session, request.user)
    except Refused as reason:
        return _refused(request, session, str(reason))
    if session.state != SessionState.OPEN:
        return _refused(request, session, ballots.why_closed(session))
    return None


def _notice(request: HttpRequest, session: Session) -> HttpResponse:
    seat = seat_of(request.user, session)
    if seat is None or not box.has_voted(session, seat):
        return _refused(request, session, "Đồng chí chưa bỏ phiếu trong phiên này.", status=200)
    return render(request, "council/voted.html", {"session": session})


def _refused(request: HttpRequest, session: Session, reason: str, *, status: int = 409) -> HttpResponse:
    return render(request, "council/ballot_refused.html", {"session": session, "reason": reason}, status=status)


def _review(
    request: HttpRequest, session: Session, form: BallotForm, send: SendForm, *, status: int = 200
) -> HttpResponse:
    if not form.is_valid():
        return _refused(request, session, "Phiếu không đọc được. Đồng chí mở lại phiếu.", status=422)
    recused = session.items.count() - len(form.items)
    kept = [(field_of(item), form.cleaned_data[field_of(item)]) for item in form.items]
    context = {"session": session, "counts": form.counts(), "recused": recused, "kept": kept, "send": send}
    return render(request, "council/review.html", context, status=status)


def _page(request: HttpRequest, session: Session, seat: Seat | None, form: BallotForm) -> dict[str, Any]:
    items, seats = list(items_of(session)), list(session.seats.all())
    reasons = dict(seat.recusals.values_list("item_id", "reason")) if seat else {}
    groups = facts.groups(items, facts.outlooks(session, items, seats))
    for line in (line for group in groups for line in group.lines):
        line.item.radios = [] if line.item.pk in reasons else form.radios(line.item)
        line.item.reason = reasons.get(line.item.pk, "")
    chosen = [radio for group in groups for line in group.lines for radio in line.item.radios if radio["is_chosen"]]
    return {
        "session": session, "groups": groups, "seats": [one for one in seats if one.votes], "chosen": len(chosen),
        "total": len(form.items), "recused": len(reasons), "reasons": sorted(set(reasons.values())),
        "cast": box.turnout_count(session), "present": sum(one.votes and one.present for one in seats),
        "send": SendForm(user=request.user, asks_password=_asks(request)),
    }  # fmt: skip
