"""The list of suggestions as an Excel sheet, with the tab and filters of the screen."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.permissions import Permission as P
from awards import eligibility, selectors
from awards.views.discoveries import discovery_table
from awards.views.sheets import send_sheet
from history.models import Discovery

#: Heading and width of each column.
COLUMNS = (
    ("STT", 6), ("Cá nhân, tập thể", 32), ("Đơn vị", 30), ("Danh hiệu, hình thức", 40), ("Loại hình", 20),
    ("Năm xét", 9), ("Điều kiện", 22), ("Còn thiếu", 60), ("Căn cứ", 40), ("Sớm nhất", 12), ("Căn cứ đã đối chiếu", 12),
    ("Xử lý", 16), ("Lý do", 40), ("Hoãn đến", 12),
)  # fmt: skip
MOST = 10_000


@requires(P.GRANT_VIEW)
@require_GET
def discovery_export(request: HttpRequest) -> HttpResponse:
    """Every suggestion that matches (at most ten thousand), by name."""
    rows = discovery_table(request, selectors.suggestions(request.user)).filtered
    cells = (_cells(number, row) for number, row in enumerate(rows.order_by("sort_key", "pk")[:MOST], 1))
    return send_sheet("sap-du-dieu-kien", "Sắp đủ điều kiện", COLUMNS, cells)


def _cells(number: int, row: Discovery) -> tuple[object, ...]:
    state = "Đã có hồ sơ" if row.has_dossier else row.get_state_display()
    return (
        number, row.name, row.unit.short_name, row.entry.label, row.get_type_display(), row.year,
        row.get_outcome_display(), row.missing_says, eligibility.cite_text(row.missing_cite), row.expected_on or "",
        "có" if row.confirmed else "chưa", state, row.reason, row.until or "",
    )  # fmt: skip
