"""The reviewer's queue: tabs, filters, and what is done with many lines at once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from accounts.access import requires
from accounts.models import User
from accounts.permissions import Permission as P
from awards import eligibility, selectors
from awards.forms import AssignForm, ReturnForm
from awards.models import Nomination
from awards.services import reviews
from awards.states import NominationState
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.typed import whole, wholes
from core.vietnamese import search_key
from rulebook import catalogue
from units.selectors import within

#: Words of the address: the tab, and the tờ trình a notification leads to.
TAB, SUBMISSION = "muc", "to-trinh"
COLUMNS = [
    Column("ten", "Cá nhân, tập thể", ["sort_key"], "main"),
    Column("muc", "Danh hiệu, hình thức đề nghị", ["award"]),
    Column("dieu-kien", "Kiểm tra điều kiện"),
    Column("trang-thai", "Trạng thái", ["state"]),
    Column("han", "Hạn xử lý", ["due_day"]),
    Column("cap-nhat", "Cập nhật", ["updated_at"], "mh"),
]
DUE = {"qua-han": "quá hạn", "7-ngay": "trong 7 ngày", "khong": "chưa đặt hạn"}
VERDICTS = {"eligible": "Đủ điều kiện", "not_eligible": "Chưa đủ", "undetermined": "Chờ xác minh"}
#: What the bulk bar may ask, by the value of its button.
BULK = {"tiep-nhan", "dat", "tra-lai", "chuyen", "len-cap-tren", "lay-y-kien"}


@requires(P.NOMINATION_REVIEW)
@require_GET
def review_queue(request: HttpRequest) -> HttpResponse:
    """Lines that lie with the units where one reviews."""
    lines = selectors.queue(request.user, below="duoi" in request.GET)
    table = queue_table(request, lines)
    _mark_ready(request, table.rows)
    context = {
        "table": table,
        "tabs": _tabs(request, lines),
        "tab": request.GET.get(TAB, ""),
        "intake": _intake(request),
        "today": timezone.localdate(),
        "one_submission": table.address(**{SUBMISSION: None}) if SUBMISSION in request.GET else "",
        "passes_up": selectors.has_superior(selectors.reviewing_units(request.user)),
        "keys": render_to_string("awards/_keys.html"),
    }
    return page_or_fragment(request, "awards/review_queue.html", fragment="awards/_queue.html", context=context)


@requires(P.NOMINATION_REVIEW)
@require_POST
def review_bulk(request: HttpRequest) -> HttpResponse:
    """Ask before doing something with many lines: which ones, which not and why; then do it."""
    what, lines = request.POST.get("viec", ""), _chosen(request)
    if what not in BULK or not lines:
        messages.warning(request, "Chọn ít nhất một hồ sơ rồi bấm việc cần làm.")
        return redirect("awards:review_queue")
    if what == "lay-y-kien":
        return redirect(
            f"{reverse('awards:notice_new')}?{urlencode({'dong': [line.pk for line in lines]}, doseq=True)}"
        )
    return BULK_ACTS[what](request, lines)


def queue_table(request: HttpRequest, lines: QuerySet[Nomination]) -> Table:
    """The lines under the chosen tab, with the filters of the address."""
    states = selectors.states_of_tab(request.GET.get(TAB, ""))
    rows = selectors.with_due(selectors.with_relations(lines))
    rows = rows.filter(state__in=states) if states else rows
    if submission := whole(request.GET.get(SUBMISSION, "")):
        rows = rows.filter(submission=submission)
    return Table(request, rows, COLUMNS, _filters(request, lines), default="han", noun="hồ sơ")


def _mark_ready(request: HttpRequest, lines: Sequence[Nomination]) -> None:
    """Say of each row how the machine judged it, and whether it would be confirmed now."""
    own = set(selectors.reviewing_units(request.user).values_list("pk", flat=True))
    mine = [line for line in lines if line.held_by_id in own]
    ready = {line.pk for line in reviews.qualifiable(mine, by=request.user, at=timezone.now())[0]}
    for line in lines:
        line.summary = eligibility.summary(line.present_verdict)
        line.ready = line.pk in ready


def _filters(request: HttpRequest, lines: QuerySet[Nomination]) -> list[Filter]:
    today = timezone.localdate()

    def due(query: Any, value: str) -> Any:
        if value == "khong":
            return query.filter(due_day=None)
        soon = today + timedelta(days=7)
        return query.filter(due_day__lt=today) if value == "qua-han" else query.filter(due_day__range=(today, soon))

    units = [Choice(f"{unit.pk}", unit.short_name) for unit in selectors.proposing_units(lines)]
    awards = [Choice(code, catalogue.award(code).label) for code in _awards_in(lines)]
    people = [Choice("toi", "tôi"), Choice("chua", "chưa giao")]
    return [
        Filter(
            "q",
            "Tên, mã hồ sơ",
            lambda q, v: q.filter(search_key__contains=search_key(v)),
            placeholder="Tên người, tập thể, mã hồ sơ",
        ),
        Filter("danh-hieu", "Danh hiệu", lambda q, v: q.filter(award=v), awards),
        Filter("don-vi", "Đơn vị trình", lambda q, v: q.filter(submission__unit__in=within([int(v)])), units),
        Filter("nguoi", "Thẩm định", lambda q, v: q.filter(reviewed_by=request.user if v == "toi" else None), people),
        Filter("han", "Hạn", due, [Choice(key, label) for key, label in DUE.items()]),
    ]


def _awards_in(lines: QuerySet[Nomination]) -> list[str]:
    codes = set(lines.order_by().values_list("award", flat=True).distinct())
    return sorted(codes, key=lambda code: catalogue.award(code).order)


def _tabs(request: HttpRequest, lines: QuerySet[Nomination]) -> list[dict[str, Any]]:
    """Every tab with its number: one query for all of them."""
    counts, now = selectors.count_by_tab(lines), request.GET.get(TAB, "")
    below = {"duoi": "1"} if "duoi" in request.GET else {}
    page = reverse("awards:review_queue")
    return [
        {
            "label": label,
            "count": counts[key],
            "is_current": key == now,
            "url": f"{page}?{urlencode({TAB: key, **below})}",
        }
        for key, label, _ in selectors.TABS
    ]


def _intake(request: HttpRequest) -> str:
    """Until when dossiers are taken, and how many units have sent."""
    campaign = selectors.latest_intake(request.user, timezone.now())
    if campaign is None:
        return "Hồ sơ đang ở nơi đồng chí thẩm định"
    closes = f"{campaign.nomination_closes_on:%d/%m/%Y}"
    return f"{campaign} · nhận hồ sơ đến hết {closes} · {selectors.units_sent(campaign)} đơn vị đã gửi"


def _chosen(request: HttpRequest) -> list[Nomination]:
    """The lines ticked, as far as one reviews them."""
    keys = wholes(request.POST.getlist("dong")[:500])
    return list(selectors.reviewed_by(request.user).filter(pk__in=keys).order_by("sort_key", "pk"))


def _colleagues(user: User) -> QuerySet[User]:
    return selectors.reviewers_of(selectors.reviewing_units(user))


def _take_up(request: HttpRequest, lines: Sequence[Nomination]) -> HttpResponse:
    moved, refused = reviews.take_up_many(nominations=lines, by=request.user, at=timezone.now())
    return _tell(request, "Đã tiếp nhận", moved, refused)


def _qualify(request: HttpRequest, lines: Sequence[Nomination]) -> HttpResponse:
    """First the names and what keeps the others back, then the act."""
    if request.POST.get("xac-nhan") != "1":
        ready, refused = reviews.qualifiable(lines, by=request.user, at=timezone.now())
        count = f"{len(ready)} trên {len(lines)} hồ sơ đã chọn đủ để xác nhận"
        context = {"lines": lines, "ready": ready, "refused": refused, "count_words": count}
        return render(request, "awards/bulk_qualify.html", context)
    moved, refused = reviews.qualify_many(nominations=lines, by=request.user, at=timezone.now())
    return _tell(request, "Đã xác nhận đạt", moved, refused)


def _return(request: HttpRequest, lines: Sequence[Nomination]) -> HttpResponse:
    form = ReturnForm(request.POST if request.POST.get("xac-nhan") == "1" else None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        moved, refused = reviews.return_many(
            nominations=lines,
            reasons=values["all_reasons"],
            guidance=values["guidance"],
            due_on=values["due_on"],
            by=request.user,
            at=timezone.now(),
        )
        return _tell(request, "Đã trả lại", moved, refused)
    return render(
        request, "awards/bulk_return.html", {"lines": lines, "form": form}, status=422 if form.errors else 200
    )


def _assign(request: HttpRequest, lines: Sequence[Nomination]) -> HttpResponse:
    form = AssignForm(request.POST if request.POST.get("xac-nhan") == "1" else None, users=_colleagues(request.user))
    if form.is_bound and form.is_valid():
        moved, refused = reviews.assign(nominations=lines, **form.cleaned_data, by=request.user, at=timezone.now())
        return _tell(request, f"Đã giao {form.cleaned_data['to']}", moved, refused)
    return render(
        request, "awards/bulk_assign.html", {"lines": lines, "form": form}, status=422 if form.errors else 200
    )


def _pass_up(request: HttpRequest, lines: Sequence[Nomination]) -> HttpResponse:
    moved, refused = reviews.pass_up(nominations=lines, by=request.user, at=timezone.now())
    return _tell(request, "Đã chuyển cấp trên", moved, refused)


def _tell(
    request: HttpRequest, done: str, moved: Sequence[Nomination], refused: Sequence[tuple[Nomination, str]]
) -> HttpResponse:
    """How many were done; every other line by name with its reason."""
    if moved:
        messages.success(request, f"{done} {len(moved)} hồ sơ.")
    for line, reason in refused:
        messages.warning(request, f"{line.shown_name} ({line.code}): {reason}")
    tab = f"?{TAB}={NominationState.REVIEWING}" if moved else ""
    return redirect(f"{reverse('awards:review_queue')}{tab}")


BULK_ACTS = {"tiep-nhan": _take_up, "dat": _qualify, "tra-lai": _return, "chuyen": _assign, "len-cap-tren": _pass_up}
