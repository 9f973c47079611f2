"""How a view declares who may enter: on its first line, and a test walks every address.

Not signed in: the sign-in page (htmx: 401). Not visible: 404. Visible but not allowed: 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission

View = Callable[..., HttpResponse]
NOT_FOUND = "Không tìm thấy, hoặc đồng chí không có quyền xem."


def requires(
    permission: Permission,
    *,
    among: Callable[[User], QuerySet[Any]] | None = None,
    by: str = "pk",
    on: Callable[[Any], Any] | None = None,
    fresh: bool = False,
    keep_post: bool = True,
    ask: Callable[..., HttpResponse | None] | None = None,
) -> Callable[[View], View]:
    """Let in those who hold `permission`.

    With `among` (a selector: user in, what the user may see out) the view gets the object instead
    of the URL's `by`: not in the selector is 404, in it without the right is 403. Without `among`
    the right must be held somewhere. `on` names what the right is asked on, where it is not the object
    itself (a session's decision: the council's unit). `fresh` asks for the password again; `keep_post=False` then
    never stores what was posted (a ballot) in the session. `ask` (called like the view) answers in
    place of the common password page, so that what was posted stays on the page; None from it
    lets the request pass only if the password has been confirmed by then.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if (answer := _ask_to_sign_in(request)) is not None:
                return answer
            if among is None:
                if not policy.holds(request.user, permission):
                    raise PermissionDenied(f"Đồng chí không có quyền “{permission.label}”.")
            else:
                rows = among(cast("User", request.user)).filter(**{by: kwargs.pop(by)})
                args = (_let_in(request.user, permission, rows, on), *args)
            if fresh and ask and not did_recently_reauthenticate(request):
                answer = ask(request, *args, **kwargs)
                if answer is not None:
                    return answer
            if fresh and (answer := _ask_again(request, keep_post)) is not None:
                return answer
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.among = among  # type: ignore[attr-defined]
        guarded.fresh = fresh  # type: ignore[attr-defined]
        return guarded

    return declare


def signed_in(view: View) -> View:
    """Let in everybody who has signed in; the view shows only the user's own things."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _ask_to_sign_in(request) or view(request, *args, **kwargs)

    guarded.signed_in = True  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Let in everybody; the short list of such views is asserted by a test."""
    view.public = True  # type: ignore[attr-defined]
    return view


def _let_in(user: Any, permission: Permission, rows: QuerySet[Any], on: Callable[[Any], Any] | None) -> Any:
    """The one row the user may see, if the right is held; a subject may know more readers than its scope does."""
    subject = rows.first()
    if subject is None:
        raise Http404(NOT_FOUND)
    asked = on(subject) if on else subject
    looks = permission == getattr(asked, "view_permission", None) and hasattr(asked, "may_be_read_by")
    if not (looks and asked.may_be_read_by(user)):
        policy.check(user, permission, asked)
    return subject


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse | None:
    if request.user.is_authenticated:
        return None
    if request.headers.get("HX-Request"):
        return HttpResponse("Phiên làm việc đã hết. Đồng chí đăng nhập lại.", status=401)
    return redirect_to_login(_page_to_come_back_to(request))


def _page_to_come_back_to(request: HttpRequest) -> str:
    """What was asked for; what was posted cannot be asked for again, so the page on which it stood."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    stood = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(stood, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(stood)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def _ask_again(request: HttpRequest, keep_post: bool) -> HttpResponse | None:
    if did_recently_reauthenticate(request):
        return None
    if request.method == "POST" and not keep_post:
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
    raise ReauthenticationRequired
