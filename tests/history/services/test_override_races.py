"""The same value entered by several leads at once. Real connections, so PostgreSQL only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier

import pytest
from django.db import connection

from accounts.services.users import system_user
from core.models import RuleOverride
from core.workflow import Refused
from history.services import overrides
from tests.factories.units import make_unit, make_user
from units.services import roles

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]
AT = datetime(2026, 1, 5, 9).astimezone()
SOURCE = overrides.Source("Thông tư mẫu 09/2026/TT-VKSTC", "Điều 12")
LEADS = 4


@pytest.fixture
def leads():
    top = make_unit(kind="toi_cao")
    people = [make_user(f"lead{number}") for number in range(LEADS)]
    for person in people:
        roles.assign(user=person, role="office_lead", unit=top, valid_from=date(2025, 1, 1), by=system_user(), at=AT)
    return people


def enter(by):
    return overrides.enter(
        code="votes.giay_khen", value="2/3", source=SOURCE, valid_from=date(2026, 1, 1), by=by, at=AT
    )


def together(leads):
    """All enter at the same moment, each on a connection of their own."""
    barrier = Barrier(len(leads))

    def run(by):
        try:
            barrier.wait()
            return enter(by)
        except Refused as reason:
            return reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(leads)) as pool:
        return list(pool.map(run, leads))


def test_of_several_entered_at_once_one_stands(leads):
    answers = together(leads)
    assert sum(isinstance(answer, RuleOverride) for answer in answers) == 1
    assert RuleOverride.objects.count() == 1


def test_without_the_lock_on_the_sector_several_would_stand(leads, monkeypatch):
    """The control: the same acts, each looking for an overlap before any other has written."""
    looked = Barrier(LEADS)
    look = overrides._check_overlap

    def look_then_wait(*args):
        look(*args)
        looked.wait(timeout=20)

    check = overrides._check_right
    monkeypatch.setattr(overrides, "_check_right", lambda by, hold=False: check(by))
    monkeypatch.setattr(overrides, "_check_overlap", look_then_wait)
    assert all(isinstance(answer, RuleOverride) for answer in together(leads))
    assert RuleOverride.objects.count() == LEADS
