"""Bonuses: who is due what, what was paid; and the fund they come from."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import requires
from accounts.permissions import Permission as P
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table, came_from
from core.templatetags.vi import money as shown
from core.templatetags.vi import vi_number
from core.typed import whole, wholes
from core.workflow import Refused
from decisions import selectors
from decisions.facts import fund
from decisions.forms.aftermath import FundForm, PaidForm, WhyForm
from decisions.models import FundEntry, Payment
from decisions.papers import lists
from decisions.services import payments
from documents.services.render import render_pdf

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 10_000
SHEET_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy",
}  # fmt: skip
STANDINGS = {
    "cho": Q(paid_on=None, cancelled_by=None, amount__gt=0),
    "da": Q(paid_on__isnull=False),
    "khong": Q(amount=0) | Q(cancelled_by__isnull=False),
}
COLUMNS = [
    Column("ten", "Cá nhân, tập thể", ["line__person__sort_key", "line__name_printed"], "main"),
    Column("don-vi", "Đơn vị nhận", ["unit__sort_key"]),
    Column("quyet-dinh", "Quyết định", ["line__decision__dated", "line__decision__number", "line__order"]),
    Column("tien", "Được chi", ["amount"], "n"),
    Column("trang-thai", "Tình trạng", ["paid_on"]),
]


def table_of(request: HttpRequest) -> Table:
    """The bonuses a user may pay, narrowed and sorted as asked."""
    rows = selectors.payments_visible_to(request.user)
    units = rows.order_by("unit__sort_key").values_list("unit", "unit__short_name").distinct()
    filters = [
        Filter("q", "Họ tên, số quyết định", selectors.found_by),
        Filter(
            "trang-thai", "Tình trạng", lambda q, value: q.filter(STANDINGS[value]),
            [Choice("cho", "Chưa chi"), Choice("da", "Đã chi"), Choice("khong", "Không chi, đã hủy")],
        ),
        Filter(
            "don-vi", "Đơn vị nhận", lambda q, value: q.filter(unit=whole(value)),
            [Choice(str(pk), name) for pk, name in units[:500]],
        ),
    ]  # fmt: skip
    return Table(request, rows, COLUMNS, filters, default="don-vi", noun="khoản")


@requires(P.PAYMENT_RECORD)
@require_GET
def payment_list(request: HttpRequest) -> HttpResponse:
    """Bonuses by unit, with the sums of what is shown."""
    table = table_of(request)
    context = {"table": table, "stats": _stats(table.filtered), "query": request.GET.urlencode()}
    return page_or_fragment(
        request, "decisions/payment_list.html", fragment="decisions/_payments.html", context=context
    )


@requires(P.PAYMENT_RECORD)
@require_POST
def payment_record(request: HttpRequest) -> HttpResponse:
    """Day and voucher for the bonuses ticked."""
    rows, back = selectors.payments_visible_to(request.user), came_from(request, reverse("decisions:payment_list"))
    sent = request.POST if "paid_on" in request.POST else None
    chosen = rows.filter(pk__in=wholes(request.POST.getlist("dong")))
    form = PaidForm(sent, rows=rows, initial={"dong": [row.pk for row in chosen], "paid_on": timezone.localdate()})
    if form.is_valid():
        values = form.cleaned_data
        paid, refused = payments.record_paid(
            payments=list(values["dong"]), paid_on=values["paid_on"], voucher=values["voucher"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        if paid:
            messages.success(request, f"Đã ghi chi {len(paid)} khoản.")
        for row, reason in refused[:20]:
            messages.warning(request, f"{row.line.name_printed}: {reason}")
        return redirect(back)
    context = {"back": back, "form": form, "chosen": chosen[:50], "stats": _stats(chosen)}
    return render(request, "decisions/payment_record.html", context, status=422 if form.errors else 200)


@requires(P.PAYMENT_RECORD)
@require_GET
def payment_export(request: HttpRequest) -> HttpResponse:
    """What the filters show, as a sheet."""
    response = HttpResponse(_sheet(_in_units(table_of(request).filtered)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="tien-thuong-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


@requires(P.PAYMENT_RECORD)
@require_GET
def payment_paper(request: HttpRequest) -> HttpResponse:
    """The cashier's list for signatures of what the filters show: what is to be paid, or, asked for, what was paid."""
    table = table_of(request)
    standing = "da" if table.values.get("trang-thai") == "da" else "cho"
    rows = _in_units(table.filtered.filter(STANDINGS[standing]))
    pdf = render_pdf(lists.payment_list(list(rows), timezone.localdate()))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="danh-sach-chi-tien-thuong.pdf"'
    return response


@requires(P.PAYMENT_RECORD)
def fund_report(request: HttpRequest) -> HttpResponse:
    """The fund of each body in one year; a form to enter what came in or was spent on organising."""
    year = whole(request.GET.get("nam", ""), 0) or timezone.localdate().year
    year = min(max(year, 2000), 2100)
    units = selectors.funds_visible_to(request.user)
    form = FundForm(
        request.POST or None, units=units, initial={"year": year, "on": timezone.localdate(), "unit": units.first()}
    )
    if request.method == "POST" and form.is_valid() and _entered(request, form):
        messages.success(request, "Đã ghi vào quỹ.")
        return redirect(f"{reverse('decisions:fund_report')}?nam={form.cleaned_data['year']}")
    context = {"reports": fund.reports(units, year), "year": year, "form": form, "years": (year - 1, year + 1),
               "entries": selectors.fund_entries_visible_to(request.user).filter(year=year)}  # fmt: skip
    return render(request, "decisions/fund_report.html", context, status=422 if form.errors else 200)


@requires(P.PAYMENT_RECORD, among=selectors.fund_entries_visible_to)
def fund_strike(request: HttpRequest, found: FundEntry) -> HttpResponse:
    """Strike out a wrong entry, with a reason."""
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        payments.strike_fund(entry=found, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
        messages.success(request, "Đã gạch bỏ khoản này.")
        return redirect(f"{reverse('decisions:fund_report')}?nam={found.year}")
    context = {"entry": found, "form": form}
    return render(request, "decisions/fund_strike.html", context, status=422 if form.errors else 200)


def _entered(request: HttpRequest, form: FundForm) -> bool:
    try:
        payments.enter_fund(**form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _stats(rows: QuerySet[Payment]) -> list[dict[str, Any]]:
    """Four figures over the rows shown: number, due, paid, left."""
    found = rows.order_by().aggregate(
        number=Count("pk"), due=Sum("amount", filter=Q(cancelled_by=None)),
        paid=Sum("amount", filter=Q(paid_on__isnull=False)),
    )  # fmt: skip
    due, paid = found["due"] or 0, found["paid"] or 0
    return [
        {"name": "Số khoản", "value": found["number"]},
        {"name": "Được chi", "value": shown(due)},
        {"name": "Đã chi", "value": shown(paid)},
        {"name": "Còn phải chi", "value": shown(due - paid)},
    ]


def _in_units(rows: QuerySet[Payment]) -> QuerySet[Payment]:
    """By unit; never a part of them, whose sum would be taken for the whole."""
    if (number := rows.count()) > MOST:
        raise Refused(f"Danh sách có {vi_number(number)} khoản, mỗi tệp không quá {vi_number(MOST)}. Đồng chí lọc bớt.")
    return rows.order_by("unit__sort_key", "unit", "line__decision__dated", "line__order", "pk")


def _sheet(rows: QuerySet[Payment]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - 12 MiB that no worker and few requests need

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, SHEET_OPTIONS) as book:
        sheet = book.add_worksheet("Tiền thưởng")
        bold, number = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
        sheet.write_row(0, 0, lists.SHEET_HEADS, bold)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_column(1, 3, 34)
        sheet.set_column(4, 10, 18)
        last = 0
        for last, row in enumerate(rows, 1):
            sheet.write_row(last, 0, lists.payment_cells(last, row))
            sheet.write_number(last, 7, row.amount, number)
        sheet.write_string(last + 1, 6, "Cộng", bold)
        sheet.write_formula(last + 1, 7, f"=SUM(H2:H{last + 1})", number, sum(row.amount for row in rows))
    return buffer.getvalue()
