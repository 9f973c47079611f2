"""“Trùng lặp, vướng mắc”: across all lines one reviews, what stands in the way beyond the standard itself."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.permissions import Permission as P
from awards import conflicts, selectors
from awards.models import Nomination
from awards.views import panels
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.vietnamese import search_key
from rulebook import catalogue

#: Word of the address: the kind of finding.
KIND = "loai"
COLUMNS = [
    Column("ten", "Cá nhân, tập thể", ["sort_key"], "main"),
    Column("muc", "Danh hiệu, hình thức", ["award"]),
    Column("trang-thai", "Trạng thái", ["state"]),
    Column("vuong", "Trùng lặp, vướng mắc"),
]


@requires(P.NOMINATION_REVIEW)
@require_GET
def conflict_list(request: HttpRequest) -> HttpResponse:
    """Lines under way in the units where one reviews and below, that clash with something."""
    lines = selectors.with_relations(selectors.queue(request.user, below=True))
    table = conflict_table(request, lines)
    _dress(table.rows, table.values.get(KIND, ""))
    page, fragment = "awards/conflict_list.html", "awards/_conflicts.html"
    return page_or_fragment(request, page, fragment=fragment, context={"table": table})


def conflict_table(request: HttpRequest, lines: QuerySet[Nomination]) -> Table:
    """What the database finds suspicious, narrowed by kind, award and name."""
    day = timezone.localdate()
    kinds = [Choice(kind, label) for kind, label in conflicts.KINDS.items() if kind != "cap"]
    suspicious = conflicts.suspects(lines, "", day)
    codes = sorted(set(suspicious.order_by().values_list("award", flat=True)), key=lambda c: catalogue.award(c).order)
    filters = [
        Filter("q", "Tên, mã hồ sơ", lambda q, v: q.filter(search_key__contains=search_key(v))),
        Filter(KIND, "Loại", lambda q, v: conflicts.suspects(q, v, day), kinds),
        Filter("danh-hieu", "Danh hiệu, hình thức", lambda q, v: q.filter(award=v),
               [Choice(code, catalogue.award(code).label) for code in codes]),
    ]  # fmt: skip
    return Table(request, suspicious, COLUMNS, filters, default="ten", noun="hồ sơ")


def _dress(rows: Sequence[Nomination], kind: str) -> None:
    """Hold the rows of the page against the rules: their findings, of the chosen kind where one is chosen."""
    found = conflicts.of_lines(rows, timezone.localdate())
    for line in rows:
        mine = [item for item in found.get(line.pk, ()) if kind in ("", item.kind)]
        line.findings = [panels.conflict(item, line) for item in mine]
        line.blocks = any(item.blocks for item in mine) and not line.override_by_id
