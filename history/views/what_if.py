"""“Thử với dữ liệu khác”: facts typed, or taken from the register and changed, held against the book; nothing is kept.

The page asks what `manage.py ask` would be asked, so the two can never disagree.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import NOT_FOUND, requires
from accounts.permissions import Permission
from core.htmx import page_or_fragment
from core.vietnamese import search_key
from history.eligibility import overrides
from history.facts import facts_of_people, facts_of_units
from history.forms.other_questions import KINDS, OtherForm
from history.forms.trial import Trial, laid_over, with_another_row
from history.selectors import people_to_try, units_to_try
from history.views import regimes
from rulebook import catalogue, codes
from rulebook.errors import QuestionError
from rulebook.facts import Collective, Individual
from rulebook.questions import answer_all
from rulebook.values import Cite

Shown = dict[str, Any]
SUBJECTS = {"ca-nhan": "individual", "tap-the": "collective"}
OUTCOMES = {
    "eligible": ("ok", "Đủ điều kiện"),
    "not_eligible": ("err", "Chưa đủ điều kiện"),
    "undetermined": ("warn", "Chưa xác định"),
}
#: People or units found by name that are offered.
FOUND = 8


@requires(Permission.GRANT_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: HttpRequest) -> HttpResponse:
    """Facts beside their verdict; a POST answers and writes nothing."""
    subject = SUBJECTS.get(request.GET.get("doi-tuong", ""), "individual")
    if request.method == "POST":
        return _answered(request, subject)
    named, known = _taken(request, subject)
    trial = Trial(subject, asked=_asked(request, subject), known=known)
    context = {"trial": trial, "named": named, **_frame(request, subject)}
    return render(request, "history/what_if.html", context)


@requires(Permission.GRANT_VIEW)
@require_http_methods(["GET", "HEAD"])
def what_if_other(request: HttpRequest, kind: str) -> HttpResponse:
    """The other questions of the book: a vote, a cap, money, a public notice."""
    if kind not in KINDS:
        raise Http404(NOT_FOUND)
    form_class = KINDS[kind]
    form = form_class(request.GET if request.GET.get("award") else None, initial={"day": timezone.localdate()})
    result = _other_result(form) if form.is_bound and form.is_valid() else None
    context = {"form": form, "result": result, "lead": form_class.lead, "tabs": _tabs(kind), "kind": kind}
    return render(request, "history/what_if_other.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, subject: str) -> HttpResponse:
    adds = request.POST.get("them", "")
    data = with_another_row(request.POST, adds) if adds else request.POST
    trial = Trial(subject, data, asked={})
    result, errors = _verdict(trial.question(overrides())) if trial.is_valid() else (None, trial.errors())
    context = {"trial": trial, "result": result, "errors": errors, "added": adds, **_frame(request, subject)}
    status = 422 if errors and not adds else 200
    return page_or_fragment(
        request, "history/what_if.html", fragment="history/_what_if_result.html", context=context, status=status
    )


def _verdict(question: Shown) -> tuple[Shown | None, list[tuple[str, str]]]:
    try:
        (answer,) = answer_all([question])
    except QuestionError as error:
        return None, [(f"{error.says[:1].upper()}{error.says[1:]} ({error.field}).", "")]
    kind, text = OUTCOMES[answer["outcome"]]
    return {
        "kind": kind,
        "text": text,
        "answer": answer,
        "findings": [_finding(item) for item in answer["findings"]],
        "people": [{"says": item["says"], "law": _law(item["cite"])} for item in answer["to_be_confirmed_by_people"]],
        "overrides": _overrides(answer),
        "confirmed": answer["confirmed"],
        "question": json.dumps([question], ensure_ascii=False, indent=2),
        "award": catalogue.award(question["award"]),
    }, []


def _other_result(form: OtherForm) -> Shown:
    question = {**form.question(), **laid_over(overrides())}
    try:
        (answer,) = answer_all([question])
    except QuestionError as error:
        form.add_error(None, f"{error.says[:1].upper()}{error.says[1:]}.")
        return {}
    return {
        "rows": form.rows(answer), "law": _law(answer["cite"]), "confirmed": answer["confirmed"], "answer": answer,
        "overrides": _overrides(answer), "question": json.dumps([question], ensure_ascii=False, indent=2),
    }  # fmt: skip


def _finding(item: Shown) -> Shown:
    parts = [_finding(part) for part in [*item.get("any_of", ()), *item.get("all_of", ())]]
    says = item["says"]
    return {
        "met": item["met"], "says": says[:1].upper() + says[1:], "law": _law(item["cite"]),
        "confirmed": item["confirmed"], "any_of": parts,
    }  # fmt: skip


def _law(cites: Iterable[dict[str, str]]) -> str:
    return "; ".join(link.text for link in regimes.links(Cite(one["doc"], one["at"]) for one in cites))


def _overrides(answer: Shown) -> list[Shown]:
    return [{"by": used["by"], "law": _law(used["cite"])} for used in answer.get("overrides", ())]


def _asked(request: HttpRequest, subject: str) -> Shown:
    today, award = timezone.localdate(), request.GET.get("danh-hieu", "")
    known = catalogue.awards().get(award)
    fits = known is not None and known.may_be_held_by(subject)
    first = "chien_si_thi_dua_co_so" if subject == "individual" else "tap_the_lao_dong_xuat_sac"
    chosen = award if fits else first
    kinds = catalogue.award(chosen).types
    return {"award": chosen, "type": kinds[0], "year": today.year, "governing_day": today}


def _taken(request: HttpRequest, subject: str) -> tuple[str, Individual | Collective | None]:
    """The name and the facts of the person or unit named in the address; not visible is not found."""
    key, today = request.GET.get("tu", ""), timezone.localdate()
    if not key:
        return "", None
    chosen = {"pk": int(key)} if key.isdecimal() and len(key) < 12 else {"pk": 0}
    if subject == "individual":
        person = get_object_or_404(people_to_try(request.user), **chosen)
        return str(person), facts_of_people([person])[person.pk]
    unit = get_object_or_404(units_to_try(request.user), **chosen)
    return str(unit), facts_of_units([unit], today.year, today)[unit.pk]


def _frame(request: HttpRequest, subject: str) -> Shown:
    word = next(name for name, code in SUBJECTS.items() if code == subject)
    typed = search_key(request.GET.get("tim", ""))
    rows = people_to_try(request.user) if subject == "individual" else units_to_try(request.user)
    found = list(rows.filter(search_key__contains=typed).order_by("sort_key", "pk")[:FOUND]) if typed else []
    return {
        "subject": subject, "subject_word": word, "who": codes.SUBJECTS[subject], "found": found, "typed": typed,
        "tabs": _tabs(word),
    }  # fmt: skip


def _tabs(current: str) -> list[Shown]:
    page = reverse("history:what_if")
    named = [("ca-nhan", "Cá nhân", page), ("tap-the", "Tập thể", f"{page}?doi-tuong=tap-the")]
    named += [(kind, form.title, reverse("history:what_if_other", args=[kind])) for kind, form in KINDS.items()]
    return [{"label": label, "url": url, "count": None, "is_current": kind == current} for kind, label, url in named]
