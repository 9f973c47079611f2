"""The emblem of a design: brought by the office, shown on the screen, taken out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission as P
from core.workflow import Refused
from decisions.facts import printing
from decisions.forms.printing import EmblemForm
from decisions.models import CertificateDesign
from decisions.services import designs as studio
from decisions.views.print_room import status_of, tabs
from documents.models import Attachment
from documents.services.storage import read_stored


def emblem_address(design: CertificateDesign, emblem: Attachment) -> str:
    """Where the picture is; another picture has another address, so that browsers may keep it."""
    return f"{reverse('decisions:design_emblem_file', args=[design.pk])}?v={emblem.sha256[:12]}"


@requires(P.CERTIFICATE_PRINT, among=printing.designs_visible_to)
def design_emblem(request: HttpRequest, found: CertificateDesign) -> HttpResponse:
    """Bring the emblem, or with `viec=bo` take it out."""
    out = request.method == "POST" and request.POST.get("viec") == "bo"
    sent = request.method == "POST" and not out
    form = EmblemForm(request.POST if sent else None, request.FILES if sent else None, side=found.layout["emblem"][2])
    if (out or (sent and form.is_valid())) and _set(request, found, form, out=out):
        messages.success(request, "Đã bỏ Quốc huy; mẫu in hình minh họa." if out else "Đã lưu Quốc huy của mẫu.")
        return redirect("decisions:design", pk=found.pk)
    emblem = printing.emblem_of(found)
    title = f"Quốc huy, {found}"
    context = {
        "form": form, "design": found, "emblem": emblem, "title": title,
        "emblem_url": emblem_address(found, emblem) if emblem else "",
        "crumbs": [("Mẫu bằng", tabs("")[4].url), (str(found), reverse("decisions:design", args=[found.pk])),
                   ("Quốc huy", "")],
    }  # fmt: skip
    return render(request, "decisions/design_emblem.html", context, status=status_of(request, form))


@requires(P.CERTIFICATE_PRINT, among=printing.designs_visible_to)
@require_safe
def design_emblem_file(request: HttpRequest, found: CertificateDesign) -> HttpResponse:
    """The emblem for the preview: a picture, never a page of its own."""
    emblem = printing.emblem_of(found)
    if emblem is None:
        raise Http404(NOT_FOUND)
    answer = HttpResponse(read_stored(emblem.sha256), content_type=emblem.mime)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _set(request: HttpRequest, found: CertificateDesign, form: EmblemForm, *, out: bool) -> bool:
    file = None if out else form.cleaned_data["file"]
    try:
        studio.set_emblem(design=found, file=file, by=request.user, at=timezone.now())
    except Refused as reason:
        if out:
            raise
        form.add_error("file", str(reason))
        return False
    return True
