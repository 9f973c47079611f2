"""What the clock does to units."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import policy
from accounts.permissions import Permission as P
from core.models import Event
from tests.factories.units import make_role
from units.tasks import sync_grants

pytestmark = pytest.mark.django_db


def test_roles_begin_and_end_by_the_calendar(make_user, region):
    begins, ends = make_user("a"), make_user("b")
    make_role(begins, "unit_head", region)
    make_role(ends, "unit_head", region, valid_to=timezone.localdate() - timedelta(days=1))
    policy.give(ends, [P.SUBMISSION_SEND], region)
    assert sync_grants() > 0
    assert policy.can(begins, P.SUBMISSION_SEND, region)
    assert not policy.can(ends, P.SUBMISSION_SEND, region)
    assert Event.objects.get(kind="role.sync").by.is_system


def test_a_day_without_changes_leaves_no_trace(make_user, region):
    assert sync_grants() == 0
    assert not Event.objects.exists()
