"""What came out of a vote, once its box is closed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.permissions import Permission as P
from core.htmx import page_or_fragment
from core.models import Job
from core.tables import Column, Table
from core.workflow import Refused, open_moves
from council import box, facts
from council.models import Session
from council.papers import minutes_paper
from council.selectors import items_of, recusals_of, results_visible_to, sessions_visible_to
from council.services.minutes import KIND
from council.workflow import MOVES
from documents.selectors import documents_of
from documents.services import word
from documents.views.files import send_word
from units.selectors import with_superiors

COLUMNS = [
    Column("phien", "Phiên họp", ["title"], "main"),
    Column("ngay", "Đóng phiếu lúc", ["closed_at"]),
    Column("muc", "Số mục", cls="n"),
    Column("trang-thai", "Trạng thái"),
]


@requires(P.SESSION_VIEW)
@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Closed sessions, newest first."""
    table = Table(request, results_visible_to(request.user), COLUMNS, default="-ngay", noun="phiên họp")
    return page_or_fragment(request, "council/results.html", fragment="council/_results.html", context={"table": table})


@requires(P.SESSION_VIEW, among=sessions_visible_to)
@require_GET
def result(request: HttpRequest, session: Session) -> HttpResponse:
    """The count of every item, the check of the box, the minutes."""
    if not session.is_counted:
        return render(request, "council/not_counted.html", {"session": session})
    items, seats = list(items_of(session)), list(session.seats.all())
    voting = [seat for seat in seats if seat.votes]
    context = {
        "session": session,
        "groups": facts.groups(items, facts.outlooks(session, items, seats)),
        "recusals": list(recusals_of(session)),
        "stats": _stats(session, items, voting),
        "cast": box.turnout_count(session),
        "given": sum(seat.present for seat in voting),
        "absent": [seat for seat in seats if not seat.present],
        "codes": box.receipt_codes(session),
        "is_intact": box.is_intact(session),
        "minutes": documents_of(session, KIND).first(),
        "job": Job.objects.filter(key=f"minutes:{session.pk}").first(),
        "moves": open_moves(session, [MOVES["minute"]], by=request.user, at=timezone.now()),
    }
    return render(request, "council/result.html", context)


@requires(P.SESSION_VIEW, among=sessions_visible_to)
@require_GET
def minutes_word(request: HttpRequest, session: Session) -> HttpResponse:
    """The minutes as an editable Word file, as soon as the votes are counted."""
    if not session.is_counted:
        raise Refused("Phiên chưa đóng bỏ phiếu nên chưa lập được biên bản.")
    day = timezone.localdate(session.held_at)
    data = word.word_file(minutes_paper(session), with_superiors(session.council.unit, day), day)
    return send_word(data, f"Bien ban {session.title}")


def _stats(session: Session, items: list, voting: list) -> list[dict[str, object]]:
    cast, present = box.turnout_count(session), sum(seat.present for seat in voting)
    passed = sum(bool(item.passed) for item in items)
    absent = len(voting) - present
    return [
        {"name": "Thành viên Hội đồng", "value": len(voting), "note": f"{present} có mặt, {absent} vắng"},
        {"name": "Phiếu hợp lệ", "value": cast, "note": f"khớp {len(box.receipt_codes(session))} biên nhận"},
        {"name": "Đạt ngưỡng", "value": passed, "note": f"trong {len(items)} đề nghị"},
        {"name": "Không đạt", "value": len(items) - passed, "note": "trả về kèm kết quả phiếu"},
    ]
