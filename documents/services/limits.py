"""How often a stranger may ask: counts in the cache, forgotten by themselves, holding no address."""

import logging
import random

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def allow(what: str, who: str, *, times: int, seconds: int, uncounted: bool = False) -> bool:
    """Count one more try; False when `who` has had `times` of them within `seconds`.

    While the cache is away nothing is counted and the answer is `uncounted`.

    There are `times` places, each free again `seconds` after it was taken. The cache gives a place once, however
    many ask at the same moment; a try that finds none free takes none, so that it makes nobody wait longer.
    """
    key = salted_hmac("documents.limits", who, algorithm="sha256").hexdigest()[:32]
    places = [f"limit:{what}:{key}:{place}" for place in range(times)]
    try:
        taken = cache.get_many(places)
        free = [place for place in places if place not in taken]
        random.shuffle(free)  # those who ask at the same moment seldom reach for the same place
        return any(cache.add(place, 1, timeout=seconds) for place in free)
    except RedisError:
        log.warning("cache not reachable: tries of %s are not counted", what)
        return uncounted
