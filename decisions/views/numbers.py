"""Sổ số quyết định: given, kept back, used on paper, void; what is free and where the gaps are."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission as P
from core.forms import parse_day
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole
from core.workflow import Refused
from decisions import selectors
from decisions.forms.aftermath import ImportForm, ReserveForm, WhyForm
from decisions.models import Decision
from decisions.services import issuing
from documents.models import IssuedNumber, NumberSeries
from documents.selectors import gaps, number_answer
from documents.services import numbering
from documents.states import NumberState
from units.models import Unit

COLUMNS = [
    Column("so", "Số", ["number"]),
    Column("noi-dung", "Nội dung", cls="main"),
    Column("ngay", "Ngày văn bản", ["dated"]),
    Column("trang-thai", "Trạng thái", ["state"]),
    Column("ghi", "Người ghi", cls="mh"),
]
FILTERS = [
    Filter(
        "trang-thai", "Trạng thái", lambda q, value: q.filter(state=value),
        [Choice(state.value, state.label) for state in NumberState],
    )
]  # fmt: skip


@requires(P.DECISION_NUMBER)
@require_GET
def number_register(request: HttpRequest) -> HttpResponse:
    """The register of one body and year."""
    context = _book(request)
    return page_or_fragment(
        request, "decisions/number_register.html", fragment="decisions/_numbers.html", context=context
    )


@requires(P.DECISION_NUMBER)
@require_POST
def number_reserve(request: HttpRequest) -> HttpResponse:
    """Keep numbers back for papers promised one."""
    form = ReserveForm(request.POST)

    def write(unit: Unit, year: int, values: dict[str, Any]) -> int:
        return len(numbering.reserve(body=unit.code, kind=selectors.SERIES, year=year, by=request.user,
                                     at=timezone.now(), **values))  # fmt: skip

    return _write(request, form, write, "reserve_form", "Đã giữ {} số.")


@requires(P.DECISION_NUMBER)
@require_POST
def number_import(request: HttpRequest) -> HttpResponse:
    """Take over numbers used in the clerk's own register."""
    form = ImportForm(request.POST)

    def write(unit: Unit, year: int, values: dict[str, Any]) -> int:
        known = values["pasted"]
        return len(numbering.import_used(body=unit.code, kind=selectors.SERIES, year=year, numbers=known, known=known,
                                         note="Sổ văn thư", by=request.user, at=timezone.now()))  # fmt: skip

    return _write(request, form, write, "import_form", "Đã nhập {} số đã dùng.")


@requires(P.DECISION_NUMBER, among=selectors.numbers_visible_to, on=issuing.body_of)
def number_void(request: HttpRequest, found: IssuedNumber) -> HttpResponse:
    """Make a number void, with the reason; its decision, if it has one, is a draft again."""
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        issuing.take_back_number(issued=found, reason=form.cleaned_data["why"], by=request.user, at=timezone.now())
        messages.success(request, f"Đã hủy số {found.number}. Số này không cấp lại.")
        return redirect(_page_of(found.series))
    register = f"Sổ số quyết định của {issuing.body_of(found)}, năm {found.series.year}"
    context = {"number": found, "form": form, "back": _page_of(found.series), "register": register}
    return render(request, "decisions/number_void.html", context, status=422 if form.errors else 200)


@requires(P.DECISION_NUMBER, among=selectors.numbers_visible_to, on=issuing.body_of)
@require_POST
def number_release(request: HttpRequest, found: IssuedNumber) -> HttpResponse:
    """Give a number that was only kept back to the register again."""
    numbering.release(issued=found, by=request.user, at=timezone.now())
    messages.success(request, f"Đã trả số {found.number} lại sổ.")
    return redirect(_page_of(found.series))


@requires(P.DECISION_NUMBER, among=selectors.decisions_visible_to)
@require_GET
def number_check(request: HttpRequest, found: Decision) -> HttpResponse:
    """The sentence beside the number's field: is it free, and what stands before it."""
    try:
        year = parse_day(request.GET.get("dated", "")).year
    except ValueError:
        year = timezone.localdate().year
    number = whole(request.GET.get("number", "").strip()) or None
    answer = number_answer(body=found.unit.code, kind=selectors.SERIES, year=year, number=number)
    return render(request, "decisions/_number_says.html", {"answer": answer, "decision": found})


def _page(unit: Unit, year: int) -> str:
    return f"{reverse('decisions:number_register')}?{urlencode({'co-quan': unit.pk, 'nam': year})}"


def _page_of(series: NumberSeries) -> str:
    return _page(Unit.objects.get(code=series.body), series.year)


def _book(request: HttpRequest) -> dict[str, Any]:
    bodies = list(selectors.bodies_numbering(request.user))
    asked = request.GET if request.method == "GET" else request.POST
    wanted = asked.get("co-quan") or (bodies and str(bodies[0].pk))
    unit = next((body for body in bodies if str(body.pk) == wanted), None)
    if unit is None:
        raise Http404(NOT_FOUND)
    year = min(max(whole(asked.get("nam", "")) or timezone.localdate().year, 2000), 2100)
    series = NumberSeries.objects.filter(body=unit.code, kind=selectors.SERIES, year=year).first()
    rows = selectors.numbers_visible_to(request.user).filter(series__body=unit.code, series__year=year)
    table = Table(request, rows.prefetch_related("subject"), COLUMNS, FILTERS, default="-so", noun="số")
    return {
        "table": table, "bodies": bodies, "unit": unit, "year": year, "gaps": gaps(series) if series else [],
        "answer": number_answer(body=unit.code, kind=selectors.SERIES, year=year),
        "reserve_form": ReserveForm(), "import_form": ImportForm(),
    }  # fmt: skip


def _write(
    request: HttpRequest, form: Any, write: Callable[[Unit, int, dict[str, Any]], int], name: str, done: str
) -> HttpResponse:
    context = _book(request)
    if form.is_valid():
        try:
            number = write(context["unit"], context["year"], form.cleaned_data)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, done.format(number))
            return redirect(_page(context["unit"], context["year"]))
    return render(request, "decisions/number_register.html", {**context, name: form}, status=422)
