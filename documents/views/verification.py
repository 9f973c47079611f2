"""The public pages that tell whether a paper is real; they keep nothing about who asks, nor what is shown them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import public
from core.visitors import address
from documents.facts import VerificationFacts, same_name
from documents.forms import CodeForm, NameForm, WholeFileForm
from documents.selectors import facts_by_code, facts_by_file
from documents.services import offline
from documents.services.codes import mark, well_formed
from documents.services.limits import allow
from documents.services.qr import LONG_TEXT_LEVEL, qr_data

TOO_OFTEN = "Đã tra cứu quá nhiều lần. Thử lại sau ít phút."
#: A code cannot be guessed anyway; names can.
LOOKUPS = {"times": 30, "seconds": 60, "uncounted": True}
NAMES_OF_ONE = {"times": 5, "seconds": 600}
FILES = {"times": 10, "seconds": 600}
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
    visitor, code = address(request), well_formed(code)
    if not allow("verify", visitor, **LOOKUPS):
        return _page(request, {"too_often": TOO_OFTEN, "code_form": CodeForm()}, status=429)
    found = facts_by_code(code)
    if found is None:
        return _page(request, {"not_found": True, "code_form": CodeForm()}, status=404)
    row, facts = found.code, found.facts
    shown: dict[str, Any] = {"facts": facts, "code": row, "qr": qr_data(mark(row).url), "code_form": CodeForm(),
                             "signatures": found.signatures}  # fmt: skip
    if facts.can_be_matched:
        shown["name_form"] = form = NameForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            shown |= _comparison(row.code, visitor, form.cleaned_data["ho_ten"], facts.recipient)
    # A code holds the full name: whoever compared it knows it already.
    if not facts.can_be_matched or shown.get("matches"):
        shown |= _offline(facts)
    return _page(request, shown, status=429 if shown.get("name_too_often") else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Is this very file a paper of ours? Only its hash is looked up; the file is not opened and not kept."""
    form = WholeFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, {"file_form": form, "about_file": True}, status=200)
    if not allow("verify-file", address(request), **FILES):
        return _page(request, {"too_often": TOO_OFTEN, "about_file": True}, status=429)
    if not form.is_valid():
        return _page(request, {"file_form": form, "about_file": True}, status=422)
    found = facts_by_file(form.cleaned_data["tep"])
    context = {"file_form": WholeFileForm(), "about_file": True, "file_not_found": found is None}
    if found is not None:
        context |= {"facts": found.facts, "file": found}
    return _page(request, context, status=404 if found is None else 200)


@public
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys of codes that are checked offline, and how to check one."""
    return _page(request, {"keys": offline.published()}, status=200, template="documents/verify_keys.html")


@public
@require_safe
def keys_file(request: HttpRequest) -> HttpResponse:
    """The same keys as the file that the command `verify_code` reads."""
    answer = HttpResponse(offline.as_json(offline.published()), content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer


def _offline(facts: VerificationFacts) -> dict[str, str]:
    code = offline.code_of(facts)
    return {"offline_code": code, "offline_qr": qr_data(code, error=LONG_TEXT_LEVEL)} if code else {}


def _comparison(code: str, visitor: str, typed: str, recipient: str) -> dict[str, Any]:
    """Both limits count each try: one visitor must not guess, nor many visitors together."""
    mine = allow("name", f"{code} {visitor}", **NAMES_OF_ONE)
    everyone = allow("name-of-code", code, **NAMES_OF_ALL)
    if not (mine and everyone):
        return {"name_too_often": TOO_OFTEN}
    return {"matches": same_name(typed, recipient), "compared": True}


def _page(
    request: HttpRequest, context: dict[str, Any], *, status: int, template: str = "documents/verify.html"
) -> HttpResponse:
    answer = render(request, template, {"at": timezone.now(), "lean": True, **context}, status=status)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": browsers would then send our own forms with the origin "null", which is refused.
    answer["Referrer-Policy"] = "same-origin"
    return answer
