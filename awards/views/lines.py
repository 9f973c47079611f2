"""Lines of a draft: adding people and collectives, changing what the unit says, files of one line."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission as P
from awards import facts, selectors
from awards.forms import CollectivesForm, FileForm, LineForm, PeopleForm
from awards.models import Nomination, Submission
from awards.models.evidence import LINE_KINDS
from awards.services import lines, obstacles, submissions
from awards.states import NominationState
from awards.views import panels
from awards.views.submissions import crumbs, version_of
from core.htmx import page_or_fragment
from core.typed import wholes
from core.vietnamese import search_key
from core.workflow import Refused
from units.selectors import with_posting


@requires(P.SUBMISSION_DRAFT, among=selectors.submissions_visible_to)
def people_add(request: HttpRequest, found: Submission) -> HttpResponse:
    """Search the unit's people by name and propose the chosen ones for one award."""
    text = request.GET.get("q", "").strip()[:200]
    results = list(with_posting(selectors.people_to_add(found, search_key(text))))
    picked = wholes(request.GET.getlist("people")[:200])
    kept = list(with_posting(selectors.people_of_submission(found).filter(pk__in=picked)))
    form = PeopleForm(
        request.POST or None,
        awards=lines.awards_for(found, "individual"),
        people=selectors.people_to_propose(found),
        initial={"award": request.GET.get("award", "")},
    )
    if request.method == "POST" and form.is_valid():
        return _add(request, found, form, lines.add_people, "people")
    context = {
        "submission": found,
        "form": form,
        "results": [*kept, *(person for person in results if person.pk not in picked)],
        "picked": picked,
        "limit": selectors.PEOPLE_LISTED if len(results) == selectors.PEOPLE_LISTED else None,
        "q": text,
        "crumbs": crumbs(found, here="Thêm cá nhân"),
    }
    return page_or_fragment(
        request,
        "awards/people_add.html",
        fragment="awards/_people.html",
        context=context,
        status=422 if form.errors else 200,
    )


@requires(P.SUBMISSION_DRAFT, among=selectors.submissions_visible_to)
def collectives_add(request: HttpRequest, found: Submission) -> HttpResponse:
    """Propose the unit itself, or collectives in it, for one award."""
    form = CollectivesForm(
        request.POST or None, awards=lines.awards_for(found, "collective"), units=selectors.collectives_of(found)
    )
    if request.method == "POST" and form.is_valid():
        return _add(request, found, form, lines.add_collectives, "units")
    context = {"submission": found, "form": form, "crumbs": crumbs(found, here="Thêm tập thể")}
    return render(request, "awards/collectives_add.html", context, status=422 if form.errors else 200)


@requires(P.SUBMISSION_DRAFT, among=selectors.submissions_visible_to)
@require_POST
def registration_take(request: HttpRequest, found: Submission) -> HttpResponse:
    """Take over what the unit registered."""
    try:
        added = lines.take_from_registration(submission=found, by=request.user, at=timezone.now())
    except Refused as reason:
        messages.warning(request, str(reason))
    else:
        says = f"Đã lấy {len(added.lines)} dòng từ bản đăng ký." if added.lines else "Bản đăng ký không còn dòng mới."
        messages.success(request, says)
    return redirect("awards:submission", pk=found.pk)


@requires(P.SUBMISSION_DRAFT, among=selectors.nominations_visible_to)
def line_edit(request: HttpRequest, found: Nomination) -> HttpResponse:
    """Change what the unit says of a line that is a draft or was returned."""
    form = LineForm(request.POST or None, line=found)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        lines.edit(nomination=found, values=values, expected_version=version, by=request.user, at=timezone.now())
        messages.success(request, f"Đã lưu dòng {found.shown_name}.")
        return redirect(_page_of(found))
    return render(
        request, "awards/line_edit.html", _desk(request, found, form=form), status=422 if form.errors else 200
    )


@requires(P.SUBMISSION_DRAFT, among=selectors.nominations_visible_to)
@require_POST
def line_remove(request: HttpRequest, found: Nomination) -> HttpResponse:
    """Take a line out of a draft."""
    lines.remove(nomination=found, expected_version=version_of(request), by=request.user, at=timezone.now())
    messages.success(request, f"Đã bỏ {found.shown_name} khỏi tờ trình.")
    return redirect("awards:submission", pk=found.submission_id)


@requires(P.SUBMISSION_DRAFT, among=selectors.nominations_visible_to)
@require_POST
def line_file(request: HttpRequest, found: Nomination) -> HttpResponse:
    """Add a file to one line."""
    form = FileForm(request.POST, request.FILES, kinds=LINE_KINDS)
    if form.is_valid():
        values = form.cleaned_data
        submissions.attach(
            subject=found,
            kind=values["kind"],
            file=values["file"],
            note=values["note"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"Đã thêm tệp {values['file'].name}.")
        return redirect("awards:line_edit", pk=found.pk)
    return render(request, "awards/line_edit.html", _desk(request, found, file_form=form), status=422)


@requires(P.SUBMISSION_DRAFT, among=selectors.nominations_visible_to)
@require_POST
def line_file_remove(request: HttpRequest, found: Nomination, file: int) -> HttpResponse:
    """Take a file out of one line."""
    attachment = get_object_or_404(found.attachments.all(), pk=file)
    submissions.detach(attachment=attachment, by=request.user, at=timezone.now())
    messages.success(request, f"Đã gỡ tệp {attachment.name}.")
    return redirect("awards:line_edit", pk=found.pk)


def _add(request: HttpRequest, found: Submission, form: Any, act: Any, subjects: str) -> HttpResponse:
    """Add, and name who was left out and why."""
    values = form.cleaned_data
    try:
        added = act(
            submission=found,
            **{subjects: values[subjects]},
            award=values["award"],
            award_type=values["type"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        if added.lines:
            messages.success(request, f"Đã thêm {len(added.lines)} dòng vào tờ trình.")
        for name, why in added.skipped:
            messages.warning(request, f"Không thêm {name}: {why}.")
    return redirect("awards:submission", pk=found.pk)


def _desk(request: HttpRequest, found: Nomination, **more: Any) -> dict[str, Any]:
    """What the page of editing one line shows."""
    judged = panels.eligibility.judge_lines([found], timezone.localdate()).get(found.pk)
    if judged:
        found.verdict = judged.verdict
    return {
        "line": found,
        "form": LineForm(line=found),
        "file_form": FileForm(kinds=LINE_KINDS),
        "files": panels.files(facts.files_of_lines([found.pk])[found.pk]),
        "verdict": panels.verdict_of(found, found.verdict, "Máy kiểm tra trên dữ liệu hiện có."),
        "obstacles": obstacles.of_line(found, by=request.user, at=timezone.now()),
        "back": _page_of(found),
        "crumbs": crumbs(found.submission, here=found.shown_name),
        "file_add_url": reverse("awards:line_file", args=[found.pk]),
        **more,
    }


def _page_of(found: Nomination) -> str:
    """A draft's tờ trình; a returned line's own page."""
    if found.state == NominationState.DRAFT:
        return reverse("awards:submission", args=[found.submission_id])
    return reverse("awards:nomination", args=[found.pk])
