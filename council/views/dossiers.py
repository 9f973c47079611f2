"""The dossiers before the council, as frozen when they were sent: for those who vote on them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission as P
from awards.eligibility import cite_text, summary
from awards.facts import files_of_lines, files_of_submissions, held_evidence, overrides_of
from awards.models import Nomination
from core.htmx import page_or_fragment
from core.tables import Column, Table
from council.models import AgendaItem, Session
from council.selectors import agenda_visible_to, items_of, sessions_visible_to
from documents.models import Attachment
from documents.views.files import send

COLUMNS = [
    Column("ten", "Cá nhân, tập thể, nội dung", ["title"], "main"),
    Column("danh-hieu", "Danh hiệu, hình thức", ["award"]),
    Column("phien", "Phiên họp", ["session__held_at"]),
]


@requires(P.SESSION_VIEW)
@require_GET
def agenda(request: HttpRequest) -> HttpResponse:
    """Everything that lies before one's councils."""
    table = Table(request, agenda_visible_to(request.user), COLUMNS, noun="hồ sơ")
    return page_or_fragment(
        request, "council/agenda.html", fragment="council/_agenda_list.html", context={"table": table}
    )


@requires(P.SESSION_VIEW, among=sessions_visible_to)
@require_GET
def dossier(request: HttpRequest, session: Session, item: int) -> HttpResponse:
    """One item with its dossier, and the way to its neighbours."""
    items = list(items_of(session))
    place = next((place for place, one in enumerate(items) if one.pk == item), None)
    if place is None:
        raise Http404(NOT_FOUND)
    found = items[place]
    context = {
        "session": session,
        "item": found,
        "before": items[place - 1] if place else None,
        "after": items[place + 1] if place + 1 < len(items) else None,
        **(_of_line(found.nomination) if found.nomination else {}),
    }
    return render(request, "council/dossier.html", context)


@requires(P.SESSION_VIEW, among=sessions_visible_to)
@require_safe
def dossier_file(request: HttpRequest, session: Session, item: int, file: int) -> HttpResponse:
    """A file of that dossier; of no other."""
    found = get_object_or_404(AgendaItem.objects.select_related("nomination"), session=session, pk=item)
    kept = {one.pk: one for one in _files(found.nomination)} if found.nomination else {}
    if file not in kept:
        raise Http404(NOT_FOUND)
    return send(kept[file], inline="xem" in request.GET)


def _of_line(line: Nomination) -> dict[str, Any]:
    verdict = line.present_verdict
    return {
        "line": line,
        "summary": summary(verdict),
        "overridden": overrides_of([line.pk]).get(line.pk, []),
        "findings": [_shown(finding) for finding in (verdict or {}).get("findings", ())],
        "for_people": [_for_people(condition) for condition in (verdict or {}).get("to_be_confirmed_by_people", ())],
        "evidence": held_evidence([line.pk]).get(line.pk, []),
        "files": _files(line),
    }


def _files(line: Nomination) -> list[Attachment]:
    own = files_of_lines([line.pk]).get(line.pk, [])
    return [*own, *files_of_submissions([line.submission_id]).get(line.submission_id, [])]


def _shown(finding: dict[str, Any]) -> dict[str, Any]:
    return {
        "met": finding["met"],
        "says": finding["says"],
        "law": cite_text(finding.get("cite", ())),
        "confirmed": finding.get("confirmed"),
        "any_of": [_shown(part) for part in finding.get("any_of", ())],
    }


def _for_people(condition: dict[str, Any]) -> dict[str, str]:
    return {"says": condition["says"], "law": cite_text(condition.get("cite", ()))}
