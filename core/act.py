"""The decorator of every service that writes: one transaction, its journal entries chained last."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from core import journal

P = ParamSpec("P")
R = TypeVar("R")


def act(service: Callable[P, R]) -> Callable[P, R]:
    """Run `service` in one durable transaction; called inside another act, it joins that one."""

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if journal.is_collecting():
            with transaction.atomic(), journal.collecting():
                return service(*args, **kwargs)
        with transaction.atomic(durable=True), journal.collecting() as entries:
            answer = service(*args, **kwargs)
            journal.append(entries)
            return answer

    run.is_act = True  # type: ignore[attr-defined]
    return run
