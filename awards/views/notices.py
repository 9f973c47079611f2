"""Public notices: published by the reviewing side, read by everybody while they are open."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import public, requires
from accounts.permissions import Permission as P
from awards import selectors
from awards.forms import CloseNoticeForm, NoticeForm
from awards.models import Nomination, Notice
from awards.services import notices
from core.tables import Column, Table
from core.typed import wholes
from core.workflow import Refused

COLUMNS = [
    Column("tieu-de", "Thông báo", ["title"], "main"),
    Column("tu", "Từ ngày", ["opens_on"]),
    Column("den", "Đến hết ngày", ["closes_on"]),
    Column("ket-qua", "Kết quả"),
]


@requires(P.NOMINATION_REVIEW)
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """Notices of the units where one reviews, newest first."""
    table = Table(request, selectors.notices_visible_to(request.user), COLUMNS, default="-tu", noun="thông báo")
    return render(request, "awards/notice_list.html", {"table": table, "today": timezone.localdate()})


@requires(P.NOMINATION_REVIEW)
def notice_new(request: HttpRequest) -> HttpResponse:
    """Publish the chosen lines for remarks."""
    lines = _chosen(request)
    today = timezone.localdate()
    end = notices.earliest_end({line.award for line in lines}, today)
    form = NoticeForm(
        request.POST or None,
        units=selectors.reviewing_units(request.user),
        initial={"opens_on": today, "closes_on": end, "unit": lines.first() and lines.first().held_by_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = notices.publish(**form.cleaned_data, nominations=lines, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("awards:notice", pk=made.pk)
    return render(request, "awards/notice_new.html", {"form": form, "lines": lines}, status=422 if form.errors else 200)


@requires(P.NOMINATION_REVIEW, among=selectors.notices_visible_to)
def notice(request: HttpRequest, found: Notice) -> HttpResponse:
    """One notice: its lines, the remarks received, and its end."""
    items = found.items.select_related("nomination__person", "nomination__collective", "nomination__submission__unit")
    form = CloseNoticeForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        remarks = {item.nomination_id: request.POST.get(f"y-kien-{item.nomination_id}", "") for item in items}
        try:
            notices.close(
                notice=found,
                remarks=remarks,
                summary=form.cleaned_data["summary"],
                expected_version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Đã kết thúc lấy ý kiến; hồ sơ trở lại bước thẩm định.")
            return redirect("awards:notice", pk=found.pk)
    context = {
        "notice": found,
        "items": items.order_by("nomination__sort_key", "pk"),
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "awards/notice.html", context, status=422 if form.errors else 200)


@public
@require_GET
def open_notices(request: HttpRequest) -> HttpResponse:
    """Lists standing for remarks today; anybody may read them."""
    return render(request, "awards/open_notices.html", {"notices": selectors.open_notices(timezone.localdate())})


@public
@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One list standing for remarks."""
    found = get_object_or_404(selectors.open_notices(timezone.localdate()), pk=pk)
    items = found.items.select_related("nomination__person", "nomination__collective").order_by(
        "nomination__sort_key", "pk"
    )
    return render(request, "awards/open_notice.html", {"notice": found, "items": items})


def _chosen(request: HttpRequest) -> QuerySet[Nomination]:
    given = request.POST.getlist("dong") or request.GET.getlist("dong")
    return selectors.reviewed_by(request.user).filter(pk__in=wholes(given[:500])).order_by("sort_key", "pk")
