"""Shorter words on one certificate; the papers of a decision as ZIP."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission as P
from core.workflow import Refused
from decisions import selectors
from decisions.forms.words import WordsForm
from decisions.models import Certificate, Decision
from decisions.papers.certificate import own_words
from decisions.services import printing_words


@requires(P.CERTIFICATE_PRINT, among=selectors.certificates_visible_to)
@require_http_methods(["GET", "POST"])
def certificate_words(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Shorter words for boxes that the decision's own are too long for; saving renders anew."""
    now = {**own_words(certificate.line), **certificate.words, "version": certificate.version}
    form = WordsForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        version = words.pop("version")
        try:
            job = printing_words.shorten(
                certificate=certificate, words=words, expected_version=version, by=request.user, at=timezone.now()
            )
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Đã lưu chữ in. Hệ thống đang dựng lại bằng này.")
            return redirect("core:job", pk=job.pk)
    context = {"certificate": certificate, "form": form, "own": own_words(certificate.line)}
    return render(request, "decisions/certificate_words.html", context, status=422 if form.errors else 200)


@requires(P.CERTIFICATE_PRINT, among=selectors.decisions_visible_to)
@require_GET
def papers_zip(request: HttpRequest, decision: Decision) -> HttpResponse:
    """The decision and its joint files of certificates in one ZIP, once there are any."""
    if not decision.documents.filter(is_current=True, is_draft=False).exists():
        raise Http404(NOT_FOUND)
    response = HttpResponse(printing_words.zipped(decision), content_type="application/zip")
    name = quote(decision.number_text.replace("/", "-"))
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.zip"
    return response
