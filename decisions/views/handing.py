"""Trao tặng: what is still to be presented, the list of the ceremony, and the noting of it."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import requires
from accounts.permissions import Permission as P
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table, came_from
from core.templatetags.vi import vi_number
from core.typed import wholes
from core.workflow import Refused
from decisions import selectors
from decisions.facts import handover
from decisions.forms.aftermath import HandOverForm
from decisions.papers import lists
from decisions.services import handing
from documents.services.render import render_pdf
from rulebook import catalogue, clocks

COLUMNS = [
    Column("ten", "Cá nhân, tập thể", ["person__sort_key", "name_printed"], "main"),
    Column("danh-hieu", "Danh hiệu, hình thức", ["award"]),
    Column("quyet-dinh", "Quyết định", ["decision__dated", "decision__number", "order"]),
    Column("han", "Hạn trao"),
    Column("trang-thai", "Trao tặng", ["hand_over__presented_on"]),
]
MOST = 2000


def table_of(request: HttpRequest) -> Table:
    """Lines with an item, narrowed and sorted as asked."""
    rows = handover.lines_visible_to(request.user)
    today = timezone.localdate()
    standings = {
        "cho": lambda q: q.filter(hand_over=None),
        "qua-han": lambda q: handover.overdue(q, today),
        "da": lambda q: q.filter(hand_over__isnull=False),
    }
    filters = [
        Filter("q", "Họ tên, số quyết định", partial(selectors.found_by, line="", decision="decision__")),
        Filter(
            "trang-thai", "Trao tặng", lambda q, value: standings[value](q),
            [Choice("cho", "Chưa trao"), Choice("qua-han", "Quá hạn"), Choice("da", "Đã trao")],
        ),
    ]  # fmt: skip
    return Table(request, rows, COLUMNS, filters, default="-quyet-dinh", noun="trường hợp")


@requires(P.CERTIFICATE_PRINT)
@require_GET
def hand_over_list(request: HttpRequest) -> HttpResponse:
    """What is handed over and what is late."""
    table, today = table_of(request), timezone.localdate()
    due = handover.clocks_of(line.decision_id for line in table.rows)
    for line in table.rows:
        line.clock = due.get(line.decision_id)
    late = handover.overdue(handover.lines_visible_to(request.user), today).count()
    context = {"table": table, "late": late, "today": today, "query": request.GET.urlencode(),
               "order": clocks.ceremony_order(today)}  # fmt: skip
    return page_or_fragment(
        request, "decisions/hand_over_list.html", fragment="decisions/_hand_overs.html", context=context
    )


@requires(P.CERTIFICATE_PRINT)
@require_POST
def hand_over_record(request: HttpRequest) -> HttpResponse:
    """Day, place and presenter for the lines ticked."""
    rows = handover.lines_visible_to(request.user)
    sent = request.POST if "presented_on" in request.POST else None
    chosen = rows.filter(pk__in=wholes(request.POST.getlist("dong")))
    initial = {"dong": [row.pk for row in chosen], "presented_on": timezone.localdate()}
    form = HandOverForm(sent, request.FILES if sent else None, rows=rows, initial=initial)
    if form.is_valid():
        return _recorded(request, form)
    context = {"form": form, "chosen": chosen[:50], "number": chosen.count(), "back": _back(request)}
    return render(request, "decisions/hand_over_record.html", context, status=422 if form.errors else 200)


@requires(P.CERTIFICATE_PRINT)
@require_GET
def hand_over_paper(request: HttpRequest) -> HttpResponse:
    """The list of the ceremony in the law's order, of what the filters show."""
    table = table_of(request)
    if table.total > MOST:
        says = f"Danh sách có {vi_number(table.total)} trường hợp, mỗi tệp không quá {vi_number(MOST)}."
        raise Refused(f"{says} Đồng chí lọc bớt.")
    shown = table.filtered.order_by("decision__unit__sort_key", "collective__sort_key", "person__sort_key", "pk")
    pdf = render_pdf(lists.ceremony_list(list(shown), timezone.localdate()))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="danh-sach-trao-tang.pdf"'
    return response


def _recorded(request: HttpRequest, form: HandOverForm) -> HttpResponse:
    values = dict(form.cleaned_data)
    lines = list(values.pop("dong"))
    made, refused = handing.hand_over(
        lines=lines, ceremony=handing.Ceremony(**values), by=request.user, at=timezone.now()
    )
    if made:
        messages.success(request, f"Đã ghi trao {len(made)} trường hợp.")
    for line, reason in refused[:20]:
        messages.warning(request, f"{line.name_printed}, {catalogue.award(line.award).short}: {reason}")
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    return came_from(request, reverse("decisions:hand_over_list"))
