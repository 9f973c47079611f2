"""Pages ask the clock: here it stands at 10:00 on 21/11/2026."""

import pytest
from django.utils import timezone


@pytest.fixture(autouse=True)
def _clock(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)
