"""The invitation to a session, as PDF and as an editable Word file, made anew each time it is asked for."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from core.workflow import Refused
from council.models import Session
from council.papers import invitation_paper
from council.selectors import sessions_visible_to
from council.states import SessionState
from documents.services import word
from documents.services.render import render_pdf
from documents.views.files import send_word
from units.selectors import with_superiors


@requires(P.SESSION_PREPARE, among=sessions_visible_to)
@require_safe
def invitation(request: HttpRequest, session: Session) -> HttpResponse:
    """The invitation with the list of members."""
    _refuse_cancelled(session)
    answer = HttpResponse(render_pdf(invitation_paper(session)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="giay-moi-{session.pk}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@requires(P.SESSION_PREPARE, among=sessions_visible_to)
@require_safe
def invitation_word(request: HttpRequest, session: Session) -> HttpResponse:
    """The same words in the office's own template, if it has one."""
    _refuse_cancelled(session)
    day = timezone.localdate(session.held_at)
    data = word.word_file(invitation_paper(session), with_superiors(session.council.unit, day), day)
    return send_word(data, f"Giay moi {session.title}")


def _refuse_cancelled(session: Session) -> None:
    if session.state == SessionState.CANCELLED:
        raise Refused("Phiên họp đã hủy nên không lập giấy mời.")
