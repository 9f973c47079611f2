"""Where a request comes from: behind proxies of ours, what the outermost of them saw."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The visitor's address, for limits and lock-outs.

    With PROXY_COUNT proxies each adds the address it saw to X-Forwarded-For, so the visitor is the
    PROXY_COUNT-th from the right; what stands left of it the visitor may have written and is never believed.
    One visitor commands 2^64 addresses of IPv6: only the network's half of them counts.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    count = settings.PROXY_COUNT
    seen = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")]
    if not count or len(seen) < count:
        return _counted(direct) or direct
    return _counted(seen[-count]) or _counted(direct) or direct


def _counted(text: str) -> str:
    """The address as limits see it; "" for what is none."""
    try:
        found = ip_address(text)
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
