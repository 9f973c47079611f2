"""The targets of a unit are a list in its order."""

from decimal import Decimal

import pytest

from campaigns.services.targets import Target, set_targets
from core.models import Event
from core.workflow import Conflict, Refused

FIRST = [
    Target("Kiểm sát 100 % tố giác, tin báo", Decimal(100), "%"),
    Target("Tổ chức phiên tòa rút kinh nghiệm", Decimal(12)),
]


def test_targets_are_stored_in_order_and_empty_rows_left_out(registration, lan, now):
    rows = [FIRST[0], Target(" "), FIRST[1]]
    changed = set_targets(registration=registration, targets=rows, by=lan, at=now, expected_version=1)
    stored = list(changed.targets.order_by("order").values_list("order", "text", "amount", "measure"))
    assert stored == [(1, FIRST[0].text, Decimal(100), "%"), (2, FIRST[1].text, Decimal(12), "")]
    assert changed.version == 2
    assert Event.objects.filter(kind="registration.targets").count() == 1


def test_the_same_targets_again_change_nothing(registration, lan, now):
    changed = set_targets(registration=registration, targets=FIRST, by=lan, at=now, expected_version=1)
    again = set_targets(registration=changed, targets=FIRST, by=lan, at=now, expected_version=2)
    assert again.version == 2


def test_a_number_without_words_is_refused(registration, lan, now):
    with pytest.raises(Refused, match="chỉ ghi con số"):
        set_targets(registration=registration, targets=[Target("", Decimal(5))], by=lan, at=now, expected_version=1)


def test_a_stale_list_is_a_conflict(registration, lan, now):
    with pytest.raises(Conflict):
        set_targets(registration=registration, targets=FIRST, by=lan, at=now, expected_version=7)
