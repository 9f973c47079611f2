"""A council of three voting members with its chair and its secretary."""

import pytest

from tests.factories.council import World


@pytest.fixture
def world(db) -> World:
    """Small, so that one vote more or less decides."""
    return World(3)
