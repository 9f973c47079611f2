"""Where a request comes from: behind proxies of ours, what the outermost of them saw."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The visitor's address, for limits and lock-outs.

    With PROXY_COUNT proxies each adds the address it saw to X-Forwarded-For, so the visitor is the
    PROXY_COUNT-th from the right; what stands left of it the visitor may have written and is never believed.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    count = settings.PROXY_COUNT
    seen = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")]
    if not count or len(seen) < count:
        return direct
    try:
        return str(ip_address(seen[-count]))
    except ValueError:
        return direct
