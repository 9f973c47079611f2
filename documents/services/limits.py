"""How often a stranger may ask: counts in the cache, forgotten by themselves, holding no address."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def allow(what: str, who: str, *, times: int, seconds: int) -> bool:
    """Count one more try; False when `who` has had `times` of them within `seconds`."""
    key = f"limit:{what}:{salted_hmac('documents.limits', who, algorithm='sha256').hexdigest()[:32]}"
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        return int(cache.incr(key)) <= times
    except ValueError:  # forgotten between the two calls
        cache.set(key, 1, timeout=seconds)
        return True
