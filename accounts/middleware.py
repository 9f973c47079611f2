"""Sessions end: after a time without work, and after a working day at the latest."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

LAST_SEEN = "last_seen"
STARTED = "started"
# The stamp is rewritten only this often, so that reading a page is not always a write.
STEP_SECONDS = 60


class SessionLimits:
    """Signs out idle and over-long sessions (settings.SESSION_IDLE_SECONDS, SESSION_ABSOLUTE_SECONDS)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._limit(request)
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def _limit(self, request: HttpRequest) -> None:
        now = timezone.now().timestamp()
        started = request.session.setdefault(STARTED, now)
        seen = request.session.get(LAST_SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_ABSOLUTE_SECONDS:
            logout(request)
        elif LAST_SEEN not in request.session or now - seen > STEP_SECONDS:
            request.session[LAST_SEEN] = now
