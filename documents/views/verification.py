"""The public page that tells whether a paper is real; it keeps nothing about who asks."""

from typing import Any

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import public
from documents.facts import same_name
from documents.forms import CodeForm, NameForm
from documents.selectors import facts_by_code
from documents.services.codes import mark, normalised
from documents.services.limits import allow
from documents.services.qr import qr_data

TOO_OFTEN = "Đã tra cứu quá nhiều lần. Thử lại sau ít phút."
LOOKUPS = {"times": 30, "seconds": 60}
NAMES_OF_ONE = {"times": 5, "seconds": 600}
NAMES_OF_ALL = {"times": 40, "seconds": 3600}


@public
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The field for a typed code; a well-formed one leads to its own page."""
    form = CodeForm(request.GET) if "ma" in request.GET else CodeForm()
    if form.is_bound and form.is_valid():
        return redirect("documents:verify_code", code=form.cleaned_data["ma"])
    return _page(request, {"code_form": form}, status=400 if form.is_bound else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of one code; with a posted name, whether it is the whole name."""
    visitor, code = get_client_ip_address(request) or "", normalised(code)
    if not allow("verify", visitor, **LOOKUPS):
        return _page(request, {"too_often": TOO_OFTEN, "code_form": CodeForm()}, status=429)
    found = facts_by_code(code)
    if found is None:
        return _page(request, {"not_found": True, "code_form": CodeForm()}, status=404)
    row, facts = found
    shown: dict[str, Any] = {"facts": facts, "code": row, "qr": qr_data(mark(row).url), "code_form": CodeForm()}
    if facts.can_be_matched:
        shown["name_form"] = form = NameForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            shown |= _comparison(row.code, visitor, form.cleaned_data["ho_ten"], facts.recipient)
    return _page(request, shown, status=429 if shown.get("name_too_often") else 200)


def _comparison(code: str, visitor: str, typed: str, recipient: str) -> dict[str, Any]:
    """Both limits count each try: one visitor must not guess, nor many visitors together."""
    mine = allow("name", f"{code} {visitor}", **NAMES_OF_ONE)
    everyone = allow("name-of-code", code, **NAMES_OF_ALL)
    if not (mine and everyone):
        return {"name_too_often": TOO_OFTEN}
    return {"matches": same_name(typed, recipient), "compared": True}


def _page(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    answer = render(request, "documents/verify.html", {"at": timezone.now(), **context}, status=status)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
