"""Sessions end: after a time without work, and after a working day at the latest. Some roles need a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts import policy

LAST_SEEN = "last_seen"
STARTED = "started"
# The stamp is rewritten only this often, so that reading a page is not always a write.
STEP_SECONDS = 60
NOT_SAVED = "Phiên làm việc đã hết nên nội dung vừa gửi chưa lưu. Đồng chí đăng nhập rồi gửi lại."
#: Addresses that stay open without the second factor: to set it up, or to sign out.
SIGNING_IN = "/accounts/"


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
            if request.method == "POST":
                messages.warning(request, NOT_SAVED)
        elif LAST_SEEN not in request.session or now - seen > STEP_SECONDS:
            request.session[LAST_SEEN] = now


class SecondFactor:
    """Holders of a role named in settings.MFA_REQUIRED_ROLES set up a second factor before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_missing(request):
            messages.warning(
                request, "Vai trò của đồng chí cần xác thực hai bước. Đồng chí bật xác thực hai bước để tiếp tục."
            )
            return redirect("mfa_index")
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        required = set(settings.MFA_REQUIRED_ROLES)
        if not required or not request.user.is_authenticated or request.path.startswith(SIGNING_IN):
            return False
        return bool(required & policy.role_codes(request.user)) and not is_mfa_enabled(request.user)
