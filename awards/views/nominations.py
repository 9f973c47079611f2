"""One line: what the machine and people say of it, its dossier, its way; and the steps of both sides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import policy
from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission as P
from awards import conflicts, eligibility, facts, selectors, workflow
from awards.forms import RemarkForm
from awards.models import Nomination
from awards.services import nominations, reviews
from awards.states import NominationState
from awards.views import panels, steps
from core.workflow import Refused
from rulebook.findings import UNDETERMINED
from units.selectors import parent_of

#: Honours shown before “Toàn bộ”.
SHOWN_HONOURS = 6


@requires(P.SUBMISSION_VIEW, among=selectors.nominations_visible_to)
@require_GET
def nomination(request: HttpRequest, line: Nomination) -> HttpResponse:
    """The page of one line."""
    return render(request, "awards/nomination.html", page_of(request, line))


@requires(P.NOMINATION_REVIEW, among=selectors.nominations_visible_to)
def nomination_move(request: HttpRequest, line: Nomination, step: str) -> HttpResponse:
    """A step of the reviewing side."""
    return _do(request, line, _known_step(steps.REVIEW_STEPS, step))


@requires(P.NOMINATION_OVERRIDE, among=selectors.nominations_visible_to)
def nomination_override(request: HttpRequest, line: Nomination) -> HttpResponse:
    """Let a line pass that the machine finds wanting."""
    return _do(request, line, steps.OVERRIDE)


@requires(P.SUBMISSION_SEND, among=selectors.nominations_visible_to)
def nomination_unit(request: HttpRequest, line: Nomination, step: str) -> HttpResponse:
    """A step of the proposing unit."""
    return _do(request, line, _known_step(steps.UNIT_STEPS, step))


@requires(P.SUBMISSION_VIEW, among=selectors.nominations_visible_to)
@require_POST
def remark(request: HttpRequest, line: Nomination) -> HttpResponse:
    """Say something about the line."""
    form = RemarkForm(request.POST)
    if form.is_valid():
        reviews.remark(nomination=line, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(f"{reverse('awards:nomination', args=[line.pk])}#trao-doi")
    return render(request, "awards/nomination.html", page_of(request, line, remark_form=form), status=422)


@requires(P.SUBMISSION_VIEW, among=selectors.nominations_visible_to)
@require_GET
def return_slip(request: HttpRequest, line: Nomination, slip: int) -> HttpResponse:
    """Phiếu trả lại, to read and to print."""
    record = line.returns.select_related("by", "unit").filter(pk=slip).first()
    if record is None:
        raise Http404(NOT_FOUND)
    crumbs = [
        ("Hồ sơ đề nghị", reverse("awards:submission_list")),
        (line.code, reverse("awards:nomination", args=[line.pk])),
    ]
    return render(
        request, "awards/return_slip.html", {"line": line, "record": record, "crumbs": [*crumbs, ("Phiếu trả lại", "")]}
    )


def page_of(request: HttpRequest, line: Nomination, **more: Any) -> dict[str, Any]:
    """Everything the page of one line shows; a fixed number of queries."""
    by, at = request.user, timezone.now()
    reviewing = policy.can(by, P.NOMINATION_REVIEW, line.held_by)
    sends = policy.can(by, P.SUBMISSION_SEND, line)
    names = [*(workflow.REVIEW_MOVES if reviewing else ()), *(workflow.UNIT_MOVES if sends else ())]
    honours, rows = list(selectors.honours_of(line)), panels.parts(line)
    closed = workflow.closed(line, names, by=by, at=at)
    has_superior = parent_of(line.held_by, timezone.localdate(at)) is not None
    return {
        "line": line,
        "reviewing": reviewing,
        "sends": sends,
        "closed": closed,
        "why_not": _main_reason(line, closed, has_superior=has_superior),
        "has_superior": has_superior,
        "may_override": reviewing and policy.can(by, P.NOMINATION_OVERRIDE, line.held_by),
        "drafts": policy.can(by, P.SUBMISSION_DRAFT, line),
        "verdict": _verdict(line, at),
        "laid": _laid_over(line),
        "overridden": facts.overrides_of([line.pk]).get(line.pk, []),
        "conflicts": [
            panels.conflict(item, line) for item in conflicts.of_lines([line], timezone.localdate(at)).get(line.pk, [])
        ],
        "events": panels.events(honours[:SHOWN_HONOURS]),
        "more_honours": max(0, len(honours) - SHOWN_HONOURS),
        "parts": rows,
        "present": panels.count_of(rows, "Đã có", "Tự có"),
        "wanted": len(rows) - panels.count_of(rows, "Nếu có"),
        "changes": nominations.changes_of(line),
        "remarks": list(selectors.remarks_for(by, line)),
        "remark_form": RemarkForm(),
        "stages": list(line.stages.select_related("unit", "reviewed_by").order_by("entered_at", "id")),
        "returns": list(line.returns.select_related("by", "unit").order_by("-at", "-id")),
        "return_form": steps.return_form(line, initial={"version": line.version}),
        "near": _near(request, line) if reviewing else None,
        "crumbs": _crumbs(line, reviewing=reviewing),
        "meta": _meta(line),
        "record_url": _record_url(line),
        **_words(line),
        **more,
    }


def _laid_over(line: Nomination) -> list[dict[str, str]]:
    """The values of the sector's own on which the verdict rests: who entered them, on what document."""
    used = (line.present_verdict or {}).get("overrides", ())
    return [{"by": one["by"], "law": eligibility.cite_text(one["cite"])} for one in used]


def _main_reason(line: Nomination, closed: dict[str, str | None], *, has_superior: bool) -> str:
    """Why the main step of the bar is grey."""
    if line.state in {NominationState.QUALIFIED, NominationState.PASSED} and not has_superior:
        waits = {NominationState.QUALIFIED: "Hội đồng đưa vào phiên họp", NominationState.PASSED: "soạn quyết định"}
        return f"Đã xong phần thẩm định, chờ {waits[NominationState(line.state)]}"
    mains = {
        NominationState.SUBMITTED: "take_up",
        NominationState.REVIEWING: "qualify",
        NominationState.INCOMPLETE: "resubmit",
        NominationState.QUALIFIED: "pass_up",
        NominationState.PASSED: "pass_up",
    }
    step = mains.get(NominationState(line.state), "withdraw")
    reason = closed.get(step)
    return f"Chưa {workflow.MOVES[step].label.lower()} được: {reason[:1].lower()}{reason[1:]}" if reason else ""


def _words(line: Nomination) -> dict[str, Any]:
    """What the return dialog says above its form, and whether confirming needs words."""
    verdict = line.present_verdict or {}
    return {
        "return_title": f"Trả lại hồ sơ {line.code}",
        "return_lead": f"Gửi về {line.submission.shown_unit}. Đơn vị nhận thông báo ngay và sửa trên chính hồ sơ này.",
        "needs_note": verdict.get("outcome") == UNDETERMINED and not line.override_by_id,
    }


def _record_url(line: Nomination) -> str:
    """The page of the one proposed."""
    if line.person_id:
        return reverse("history:person", args=[line.person_id])
    return reverse("history:unit", args=[line.collective_id])


def _do(request: HttpRequest, line: Nomination, step: steps.Step) -> HttpResponse:
    """Show the step's form, or do the step; what refuses it stands beside the form."""
    form = step.form(line, request.POST or None, initial={"version": line.version})
    if request.method == "POST" and form.is_valid():
        try:
            step.act(line, form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, step.done)
            return redirect("awards:nomination", pk=line.pk)
    status = 422 if form.errors else 200
    if "hop-thoai" in request.POST:
        context = page_of(request, line, return_form=form, return_open=True)
        return render(request, "awards/nomination.html", context, status=status)
    crumbs = [
        *_crumbs(line, reviewing=step in steps.REVIEW_STEPS.values())[:-1],
        (line.code, reverse("awards:nomination", args=[line.pk])),
    ]
    context = {"line": line, "step": step, "form": form, "crumbs": [*crumbs, (step.title, "")]}
    return render(request, "awards/step.html", context, status=status)


def _known_step(table: dict[str, steps.Step], slug: str) -> steps.Step:
    if slug not in table:
        raise Http404(NOT_FOUND)
    return table[slug]


def _verdict(line: Nomination, at: Any) -> panels.Verdict:
    """The frozen (or rechecked) verdict; for a draft, what the machine finds now."""
    stored = line.present_verdict
    if stored is None and line.state == NominationState.DRAFT:
        stored = eligibility.judge_lines([line], timezone.localdate(at))[line.pk].verdict
    return panels.verdict_of(line, stored, panels.checked_at(line))


def _near(request: HttpRequest, line: Nomination) -> dict[str, Any]:
    """The neighbours in the queue, among lines in the same state."""
    lines = selectors.with_due(selectors.queue(request.user)).filter(state=line.state)
    ids = list(lines.order_by("due_day", "pk").values_list("pk", flat=True))
    before, after, place, total = selectors.neighbours(ids, line.pk)
    return {"before": before, "after": after, "place": place, "total": total}


def _crumbs(line: Nomination, *, reviewing: bool) -> list[tuple[str, str]]:
    if reviewing:
        return [("Hàng đợi thẩm định", f"{reverse('awards:review_queue')}?muc={line.state}"), (line.code, "")]
    submission = line.submission
    name = submission.receipt_code or "Bản nháp"
    way = [
        ("Hồ sơ đề nghị", reverse("awards:submission_list")),
        (name, reverse("awards:submission", args=[submission.pk])),
    ]
    return [*way, (line.code, "")]


def _meta(line: Nomination) -> str:
    """Post, unit and service as printed on the day of sending."""
    if line.collective_id:
        return f"Tập thể · {line.submission.shown_unit} trình"
    said = [word for word in (line.post_printed, line.unit_printed) if word]
    if line.person and line.person.joined_on:
        said.append(f"vào Ngành {line.person.joined_on:%d/%m/%Y}")
    return " · ".join(said) or line.submission.shown_unit
