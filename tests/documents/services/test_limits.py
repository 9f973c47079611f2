"""How often a stranger may ask: exactly so often in any stretch of time, also on the cache of the database."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings as project
from django.core.cache import cache, caches
from django.db import connection
from django.utils import timezone

from documents.services import limits

RULE = {"times": 3, "seconds": 60}


@pytest.fixture(autouse=True)
def _empty():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def later(monkeypatch):
    """The time the cache of the database sees, moved on; other caches keep their own clock."""

    def _later(seconds: int) -> None:
        moment = timezone.now() + timedelta(seconds=seconds)
        monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: moment)
        clock = SimpleNamespace(time=moment.timestamp)
        monkeypatch.setattr("django.core.cache.backends.base.time", clock)

    return _later


def tries(number: int, who: str = "203.0.113.7") -> list[bool]:
    return [limits.allow("thu", who, **RULE) for _ in range(number)]


@pytest.mark.django_db
def test_so_many_tries_and_no_more_and_others_are_not_touched():
    assert tries(5) == [True, True, True, False, False]
    assert tries(1, "203.0.113.8") == [True]


@pytest.mark.django_db
@pytest.mark.skipif("db.DatabaseCache" not in project.CACHES["default"]["BACKEND"], reason="the clock of another cache")
def test_whoever_asks_seldom_is_never_shut_out_and_a_refused_try_prolongs_nothing(later):
    for minute in range(1, 20):
        assert tries(1) == [True]
        later(61 * minute)
    assert tries(4) == [True, True, True, False]
    later(61 * 20)
    assert tries(1) == [True]


@pytest.mark.django_db
def test_a_stranger_with_many_names_does_not_make_the_counts_forgotten():
    """The cache of the database drops a third of what it holds when it is full, which is at 300 entries by itself."""
    assert tries(3) == [True] * 3
    for number in range(400):
        limits.allow("thu", f"nguoi-{number}", times=1, seconds=60)
    assert tries(1) == [False]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_twelve_at_once_get_three_places():
    start, got = threading.Barrier(12), []

    def ask() -> None:
        start.wait()
        got.append(limits.allow("thu", "cung-luc", **RULE))
        connection.close()
        caches.close_all()

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 9 + [True] * 3
