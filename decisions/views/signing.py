"""Digital signatures: made here, tried again, taken back, prepared for the signer's device, brought back, examined."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import requires
from accounts.permissions import Permission as P
from core.typed import whole
from core.workflow import open_moves
from decisions import selectors
from decisions.forms import SignedFileForm
from decisions.forms.signing import WithdrawForm
from decisions.models import Decision
from decisions.services import rendering, signing
from decisions.workflow import MOVES


@requires(P.DECISION_SIGN, among=selectors.decisions_visible_to, fresh=True)
@require_POST
def sign_here(request: HttpRequest, found: Decision) -> HttpResponse:
    """Sign with the key on the server; asks for the password again."""
    version = whole(request.POST.get("version", ""))
    signing.sign_here(decision=found, expected_version=version, by=request.user, at=timezone.now())
    messages.success(request, "Đã nhận lệnh ký. Hệ thống đang dựng và ký số quyết định.")
    return redirect("decisions:decision", pk=found.pk)


@requires(P.DECISION_SIGN, among=selectors.decisions_visible_to)
@require_POST
def prepare(request: HttpRequest, found: Decision) -> HttpResponse:
    """Have the file made that the signer takes to a device."""
    job = signing.prepare(decision=found, by=request.user, at=timezone.now())
    messages.success(request, "Đang lập bản chờ ký. Khi xong, nút tải hiện ở trang quyết định.")
    return redirect("core:job", pk=job.pk)


@requires(P.DECISION_SIGN, among=selectors.decisions_visible_to, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def take_signed(request: HttpRequest, found: Decision) -> HttpResponse:
    """Bring back the signed file; what does not fit is told point by point."""
    form = SignedFileForm(request.POST or None, request.FILES or None, initial={"version": found.version})
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            signing.take_signed(
                decision=found, file=form.cleaned_data["file"], expected_version=form.cleaned_data["version"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except signing.SignedFileRefused as refused:
            report = refused.report
        else:
            messages.success(request, "Chữ ký hợp lệ. Đã nhận bản ký số và xác nhận quyết định đã ký.")
            return redirect("decisions:decision", pk=found.pk)
    to_sign = signing.standing(found, request.user).to_sign
    context = {"decision": found, "form": form, "report": report, "to_sign": to_sign, "crumbs": _crumbs(found, "Nộp")}
    return render(request, "decisions/sign_upload.html", context, status=422 if form.errors or report else 200)


@requires(P.DECISION_NUMBER, among=selectors.decisions_visible_to, fresh=True)
@require_POST
def seal(request: HttpRequest, found: Decision) -> HttpResponse:
    """Add the agency's signature; asks for the password again."""
    version = whole(request.POST.get("version", ""))
    signing.seal(decision=found, expected_version=version, by=request.user, at=timezone.now())
    messages.success(request, "Đã nhận lệnh ký số của cơ quan.")
    return redirect("decisions:decision", pk=found.pk)


@requires(P.DECISION_VIEW, among=selectors.decisions_visible_to)
@require_GET
def state(request: HttpRequest, found: Decision) -> HttpResponse:
    """The part of the desk that changes while a signature is made: may the decision go out, who has signed."""
    moves = open_moves(found, [MOVES["issue"]], by=request.user, at=timezone.now())
    context = {"decision": found, "moves": moves, "signing": signing.standing(found, request.user)}
    return render(request, "decisions/_signatures.html", context)


@requires(P.DECISION_SIGN, among=selectors.decisions_visible_to)
@require_POST
def again(request: HttpRequest, found: Decision) -> HttpResponse:
    """The signer has a signature made that failed."""
    return _tried(request, found)


@requires(P.DECISION_NUMBER, among=selectors.decisions_visible_to)
@require_POST
def seal_again(request: HttpRequest, found: Decision) -> HttpResponse:
    """The clerk has a signature made that failed."""
    return _tried(request, found)


@requires(P.DECISION_SIGN, among=selectors.decisions_visible_to, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, found: Decision) -> HttpResponse:
    """The signer signs by hand after all; asks for the password again."""
    return _withdrawn(request, found)


@requires(P.DECISION_NUMBER, among=selectors.decisions_visible_to, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def unseal(request: HttpRequest, found: Decision) -> HttpResponse:
    """The clerk does without the agency's digital signature; asks for the password again."""
    return _withdrawn(request, found)


@requires(P.DECISION_VIEW, among=selectors.decisions_visible_to)
@require_GET
def signatures(request: HttpRequest, found: Decision) -> HttpResponse:
    """The signatures on the current file, examined now, and all versions with their hashes."""
    versions = found.documents.filter(kind=rendering.DECISION).order_by("-id")
    context = {"decision": found, "report": signing.examine(found), "versions": versions,
               "crumbs": _crumbs(found, "Chữ ký số")}  # fmt: skip
    return render(request, "decisions/signatures.html", context)


def _tried(request: HttpRequest, found: Decision) -> HttpResponse:
    signing.try_again(decision=found, by=request.user, at=timezone.now())
    messages.success(request, "Đã xếp hàng ký lại.")
    return redirect("decisions:decision", pk=found.pk)


def _withdrawn(request: HttpRequest, found: Decision) -> HttpResponse:
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        signing.withdraw(
            decision=found, reason=form.cleaned_data["reason"], expected_version=form.cleaned_data["version"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, "Đã rút yêu cầu ký số. Quyết định ban hành theo chữ ký trên bản giấy.")
        return redirect("decisions:decision", pk=found.pk)
    context = {"decision": found, "form": form, "crumbs": _crumbs(found, "Rút yêu cầu ký số")}
    return render(request, "decisions/sign_withdraw.html", context, status=422 if form.errors else 200)


def _crumbs(found: Decision, here: str) -> list[tuple[str, str]]:
    return [("Quyết định", "/quyet-dinh/"), (found.number_text or "Dự thảo", f"/quyet-dinh/{found.pk}/"), (here, "")]
