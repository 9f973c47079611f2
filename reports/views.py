"""The first page, the list of tasks, the search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import signed_in
from core.htmx import page_or_fragment
from reports import home as first_page
from reports import search as searching
from reports.tasks import tasks_of


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is under way, what was received."""
    today = timezone.localdate()
    context = {
        "today": today,
        "tasks": tasks_of(request.user, today),
        "place": first_page.place_of(request.user, today),
        "cards": first_page.cards(request.user, today),
        "honours": first_page.new_honours(request.user),
        "laws": first_page.laws(today),
    }
    return render(request, "reports/home.html", context)


@signed_in
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """All tasks; htmx renews the list every two minutes."""
    today = timezone.localdate()
    context = {"today": today, "tasks": tasks_of(request.user, today)}
    return page_or_fragment(request, "reports/tasks.html", fragment="reports/_tasks.html", context=context)


@signed_in
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Hits by kind."""
    typed = request.GET.get("q", "").strip()[:100]
    context = {"typed": typed, "groups": searching.search(request.user, typed), "shortest": searching.SHORTEST}
    return page_or_fragment(request, "reports/search.html", fragment="reports/_hits.html", context=context)
