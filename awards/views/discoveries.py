"""“Sắp đủ điều kiện”: who has come near a higher award, and what the unit makes of it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from accounts import policy
from accounts.access import requires
from accounts.permissions import Permission as P
from awards import eligibility, selectors
from awards.forms import DeclineForm, PostponeForm
from awards.services import discoveries as starting
from awards.services import foreseeing
from awards.views import panels
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table, came_from
from core.typed import wholes
from core.vietnamese import search_key
from history.models import Discovery
from history.services import discoveries as acts
from rulebook import catalogue
from units.models import Unit
from units.selectors import units_visible_to, within

#: Word of the address: the tab.
TAB = "muc"
COLUMNS = [
    Column("ten", "Cá nhân, tập thể", ["sort_key"], "main"),
    Column("muc", "Danh hiệu, hình thức", ["place"]),
    Column("dieu-kien", "Điều kiện"),
    Column("som-nhat", "Còn thiếu, sớm nhất", ["expected_on"]),
    Column("viec", "Xử lý"),
]
HOLDERS = {"ca-nhan": "Cá nhân", "tap-the": "Tập thể"}
CHIPS = {
    "eligible": ("ok", "Đủ điều kiện"),
    "one_missing": ("warn", "Thiếu 1"),
    "data_missing": ("", "Chưa đủ dữ liệu"),
}
#: Most rows one bulk act takes.
MOST = 500
PAGE = "awards:discovery_list"


@requires(P.GRANT_VIEW)
@require_GET
def discovery_list(request: HttpRequest) -> HttpResponse:
    """What the last pass found in the units one sees, tab by tab."""
    everything = selectors.suggestions(request.user)
    table, tab = discovery_table(request, everything), request.GET.get(TAB, "")
    _dress(request, table.rows)
    context = {
        "table": table,
        "tabs": _tabs(everything, tab, timezone.localdate()),
        "tab": tab,
        "last": everything.order_by("-refreshed_at").values_list("refreshed_at", flat=True).first(),
        **_rights(request),
    }
    return page_or_fragment(request, "awards/discovery_list.html", fragment="awards/_discoveries.html", context=context)


@requires(P.SUBMISSION_DRAFT)
@require_POST
def discovery_act(request: HttpRequest) -> HttpResponse:
    """Begin dossiers, put off, decline or take up again: one row by its own button, or all that are ticked."""
    what, keys = _asked(request)
    rows = list(selectors.suggestions(request.user).filter(pk__in=keys).order_by("sort_key", "pk"))
    if what not in ACTS or not rows:
        messages.warning(request, "Chọn ít nhất một dòng rồi bấm việc cần làm.")
        return _back(request)
    return ACTS[what](request, rows)


def _rights(request: HttpRequest) -> dict[str, Any]:
    """Which buttons there are at all."""
    return {
        "may_start": policy.holds(request.user, P.SUBMISSION_DRAFT),
        "may_decline": policy.holds(request.user, P.SUBMISSION_SEND),
    }


def discovery_table(request: HttpRequest, everything: QuerySet[Discovery]) -> Table:
    """The rows under the chosen tab, with the filters of the address."""
    rows = everything.filter(selectors.suggestions_under(request.GET.get(TAB, ""), timezone.localdate()))
    return Table(request, rows, COLUMNS, _filters(everything), default="muc", tail=["sort_key"], noun="gợi ý")


def _filters(everything: QuerySet[Discovery]) -> list[Filter]:
    plain = everything.order_by()
    codes = sorted(set(plain.values_list("award", flat=True)), key=lambda code: catalogue.award(code).order)
    units = Unit.objects.filter(pk__in=plain.values("unit")).order_by("sort_key", "pk")
    return [
        Filter("q", "Tên, số hiệu", lambda q, v: q.filter(search_key__contains=search_key(v))),
        Filter("danh-hieu", "Danh hiệu, hình thức", lambda q, v: q.filter(award=v),
               [Choice(code, catalogue.award(code).label) for code in codes]),
        Filter("don-vi", "Đơn vị", lambda q, v: q.filter(unit__in=within([int(v)])),
               [Choice(f"{unit.pk}", unit.short_name) for unit in units]),
        Filter("doi-tuong", "Đối tượng", lambda q, v: q.filter(person__isnull=v == "tap-the"),
               [Choice(key, label) for key, label in HOLDERS.items()]),
    ]  # fmt: skip


def _tabs(rows: QuerySet[Discovery], tab: str, day: Any) -> list[dict[str, Any]]:
    counts, page = selectors.count_suggestions(rows, day), reverse(PAGE)
    return [
        {
            "label": label,
            "count": counts[key],
            "is_current": key == tab,
            "url": f"{page}?{urlencode({TAB: key})}" if key else page,
        }
        for key, label in selectors.SUGGESTION_TABS
    ]


def _dress(request: HttpRequest, rows: Sequence[Discovery]) -> None:
    """Put on each row what its cells show: chip, conditions, and whether the user may begin a dossier."""
    units = {row.unit_id for row in rows}
    mine = units_visible_to(request.user, P.SUBMISSION_DRAFT).filter(pk__in=units)
    drafts = set(mine.values_list("pk", flat=True))
    day = timezone.localdate()
    campaigns = starting.campaigns_for(request.user, day) if drafts else []
    ahead = foreseeing.campaigns_to_register(request.user, day) if drafts else []
    there = foreseeing.registered(rows)
    for row in rows:
        row.chip = CHIPS[row.outcome]
        row.findings = [panels.finding(item, row.award) for item in row.verdict["findings"]]
        row.people = [item["says"] for item in row.verdict["to_be_confirmed_by_people"]]
        row.law = eligibility.cite_text(row.missing_cite)
        row.may_act = row.unit_id in drafts
        row.why_not = starting.why_not(row, campaigns) if row.may_act else ""
        row.is_registered = row.pk in there
        row.next_year = row.year + 1 if row.may_act and foreseeing.campaign_of(row, ahead) else None


def _asked(request: HttpRequest) -> tuple[str, list[int]]:
    """What to do with which rows; a row's own button goes before the ticks."""
    what, _, key = request.POST.get("mot", "").partition(":")
    if what:
        return what, wholes([key])
    return request.POST.get("viec", ""), wholes(request.POST.getlist("dong")[:MOST])


def _start(request: HttpRequest, rows: Sequence[Discovery]) -> HttpResponse:
    """One draft opens; several, or none, are told on the list."""
    started = starting.start(discoveries=rows, by=request.user, at=timezone.now())
    if started.made:
        messages.success(request, f"Đã đưa {len(started.made)} hồ sơ vào tờ trình.")
    elif started.there:
        messages.info(request, "Hồ sơ đã có trong tờ trình của đơn vị.")
    _tell_refused(request, started.refused)
    if len(started.submissions) == 1:
        return redirect("awards:submission", pk=started.submissions[0])
    return _back(request)


def _postpone(request: HttpRequest, rows: Sequence[Discovery]) -> HttpResponse:
    form = PostponeForm(request.POST if request.POST.get("xac-nhan") == "1" else None)
    if not form.is_valid():
        return _form(request, rows, form, "hoan")
    moved, refused = acts.postpone(discoveries=rows, **form.cleaned_data, by=request.user, at=timezone.now())
    return _told(request, f"Đã hoãn đến {form.cleaned_data['until']:%d/%m/%Y}", moved, refused)


def _decline(request: HttpRequest, rows: Sequence[Discovery]) -> HttpResponse:
    form = DeclineForm(request.POST if request.POST.get("xac-nhan") == "1" else None)
    if not form.is_valid():
        return _form(request, rows, form, "khong")
    moved, refused = acts.decline(discoveries=rows, **form.cleaned_data, by=request.user, at=timezone.now())
    return _told(request, "Đã ghi không đề nghị", moved, refused)


def _register(request: HttpRequest, rows: Sequence[Discovery]) -> HttpResponse:
    """Into next year's sheet; one sheet opens."""
    found = foreseeing.register(discoveries=rows, by=request.user, at=timezone.now())
    if found.done:
        messages.success(request, f"Đã ghi {len(found.done)} đăng ký vào bản đăng ký thi đua của đơn vị.")
    _tell_refused(request, found.refused)
    if len(found.sheets) == 1:
        return redirect("campaigns:registration", pk=found.sheets[0].pk)
    return _back(request)


def _reopen(request: HttpRequest, rows: Sequence[Discovery]) -> HttpResponse:
    moved, refused = acts.reopen(discoveries=rows, by=request.user, at=timezone.now())
    return _told(request, "Xem xét lại", moved, refused)


WORDS = {
    "hoan": ("Hoãn xem xét", "Gợi ý hiện lại vào ngày đồng chí chọn.", "Hoãn"),
    "khong": ("Không đề nghị", "Gợi ý không hiện lại trong năm xét; thường trực đọc được lý do.", "Không đề nghị"),
}
ACTS: dict[str, Callable[[HttpRequest, Sequence[Discovery]], HttpResponse]] = {
    "lap-ho-so": _start,
    "hoan": _postpone,
    "khong": _decline,
    "xem-lai": _reopen,
    "dang-ky": _register,
}


def _form(request: HttpRequest, rows: Sequence[Discovery], form: Any, what: str) -> HttpResponse:
    """Names and the question, before anything is written."""
    title, lead, button = WORDS[what]
    context = {
        "rows": rows, "form": form, "what": what, "title": title, "lead": lead, "button": button,
        "danger": what == "khong", "back": _address(request),
        "crumbs": [("Sắp đủ điều kiện", reverse(PAGE)), (title, "")],
    }  # fmt: skip
    return render(request, "awards/discovery_set_aside.html", context, status=422 if form.errors else 200)


def _told(
    request: HttpRequest, done: str, moved: Sequence[Discovery], refused: Sequence[tuple[Discovery, str]]
) -> HttpResponse:
    if moved:
        messages.success(request, f"{done}: {len(moved)} gợi ý.")
    _tell_refused(request, refused)
    return _back(request)


def _tell_refused(request: HttpRequest, refused: Sequence[tuple[Discovery, str]]) -> None:
    for row, reason in refused:
        messages.warning(request, f"{row.name}, {row.entry.label}: {reason}")


def _address(request: HttpRequest) -> str:
    """The list as it was left, or the page of the person or unit where the button was pressed."""
    return came_from(request, reverse(PAGE))


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(_address(request))
