"""The world of the walk over all addresses: built once for each module, in a transaction that is never committed."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.architecture.access_asking import Asker
from tests.architecture.access_world import World, build
from tests.conftest import sign_in


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    """Three units full of objects, a user of every role."""
    block = transaction.atomic()
    block._from_testcase = True
    with django_db_blocker.unblock(), block:
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def asker(world: World) -> Iterator[Asker]:
    """A browser for each of them; thousands of refusals are not worth a line of the log each."""
    log = logging.getLogger("django.request")
    before, log.disabled = log.disabled, True
    yield Asker(world, sign_in)
    log.disabled = before
