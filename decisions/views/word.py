"""Word: a decision to be edited outside, and the templates an office puts in use."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission as P
from core.tables import Choice, Column, Filter, Table
from decisions import selectors
from decisions.forms import WordTemplateForm
from decisions.models import Decision
from decisions.services import word as papers
from documents.models import WordTemplate
from documents.services import word, word_drawn, word_fields
from documents.states import WordKind
from documents.views.files import send, send_word

COLUMNS = [
    Column("ten", "Mẫu", ["name"], "main"),
    Column("loai", "Loại văn bản", ["kind"]),
    Column("tu-ngay", "Dùng từ ngày", ["valid_from", "id"]),
    Column("trang-thai", "Trạng thái"),
]
FILTERS = [
    Filter(
        "loai",
        "Loại văn bản",
        lambda query, value: query.filter(kind=value),
        [Choice(*row) for row in WordKind.choices],
    )
]
CRUMBS = [("Mẫu Word", "/mau-word/")]


@requires(P.DECISION_VIEW, among=selectors.decisions_visible_to)
@require_GET
def decision_word(request: HttpRequest, found: Decision) -> HttpResponse:
    """The decision with its list."""
    return send_word(papers.decision_file(found), f"Quyet dinh {found.number_text or 'du thao'}".replace("/", "-"))


@requires(P.DECISION_VIEW, among=selectors.decisions_visible_to)
@require_GET
def list_word(request: HttpRequest, found: Decision) -> HttpResponse:
    """The list of recipients alone."""
    return send_word(papers.list_file(found), f"Danh sach {found.number_text or 'du thao'}".replace("/", "-"))


@requires(P.DECISION_DRAFT)
@require_GET
def template_list(request: HttpRequest) -> HttpResponse:
    """Templates in use and earlier ones, the product's own, and the fields of each kind."""
    rows = selectors.word_templates_visible_to(request.user)
    table = Table(request, rows, COLUMNS, FILTERS, default="-tu-ngay", noun="mẫu")
    return render(request, "decisions/word_templates.html", {"table": table, "kinds": WordKind})


@requires(P.DECISION_DRAFT)
def template_add(request: HttpRequest) -> HttpResponse:
    """Check a template and put it in use; with mistakes the report stands above the form."""
    form = WordTemplateForm(
        request.POST or None, request.FILES or None, user=request.user, initial={"valid_from": timezone.localdate()}
    )
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            word.add(**form.cleaned_data, by=request.user, at=timezone.now())
        except word.TemplateRefused as refused:
            report = refused.report
        else:
            messages.success(request, "Mẫu hợp lệ và đã lưu.")
            return redirect("decisions:word_templates")
    context = {"form": form, "report": report, "crumbs": [*CRUMBS, ("Thêm mẫu", "")], "kinds": WordKind}
    return render(request, "decisions/word_template_add.html", context, status=422 if form.errors or report else 200)


@requires(P.DECISION_DRAFT, among=selectors.word_templates_visible_to)
@require_GET
def template_file(request: HttpRequest, found: WordTemplate) -> HttpResponse:
    """A template as it was uploaded."""
    answer: HttpResponse = send(found)
    return answer


@requires(P.DECISION_DRAFT, among=selectors.word_templates_visible_to)
@require_POST
def template_withdraw(request: HttpRequest, found: WordTemplate) -> HttpResponse:
    """Stop using a template."""
    word.withdraw(template=found, by=request.user, at=timezone.now())
    messages.success(request, "Đã ngừng dùng mẫu. Văn bản dùng mẫu trước đó hoặc mẫu có sẵn.")
    return redirect("decisions:word_templates")


@requires(P.DECISION_DRAFT)
@require_GET
def template_own(request: HttpRequest, kind: str) -> HttpResponse:
    """The product's own template of a kind, to begin from."""
    return send_word(word_drawn.template(_kind(kind)), f"Mau {_kind(kind).label}")


@requires(P.DECISION_DRAFT)
@require_GET
def template_fields(request: HttpRequest, kind: str) -> HttpResponse:
    """The merge fields of a kind with values of an invented paper."""
    found = _kind(kind)
    context = {
        "kind": found,
        "rows": word_fields.listed(found),
        "kinds": WordKind,
        "crumbs": [*CRUMBS, (found.label, "")],
    }
    return render(request, "decisions/word_fields.html", context)


def _kind(given: str) -> WordKind:
    if given not in WordKind.values:
        raise Http404(NOT_FOUND)
    return WordKind(given)
