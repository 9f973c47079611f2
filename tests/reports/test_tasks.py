"""What a revocation leaves behind stands among the tasks of those who must see to it, and of nobody else."""

from datetime import date

import pytest

from accounts import policy
from accounts.roles import ROLES
from decisions.models import Mismatch, Recheck, Recovery
from reports.tasks import tasks_of
from tests.factories.council import NOW
from tests.factories.decisions import make_decision
from tests.factories.history import make_grant
from tests.factories.units import make_person, make_unit, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def office():
    """The office of a body that has revoked a line: one recovery, one thing to look at again, one difference."""
    unit, user = make_unit(issuing_code="VKSTC"), make_user()
    policy.give(user, ROLES["office"].permissions, unit)
    person = make_person(unit, full_name="Trần Thị Mai")
    first = make_decision(unit, "Khen thưởng", user, person, state="issued", number=1)
    later = make_decision(unit, "Hủy bỏ", user, person, state="issued", number=2)
    line = first.lines.get()
    line.standing, line.standing_by = "revoked", later
    line.save()
    Recovery.objects.create(line=line, decision=later, opened_on=TODAY, due_on=date(2026, 11, 20), item_due=True)
    Recheck.objects.create(
        line=line, grant=make_grant(person, "bang_khen_vien_truong"), before="eligible", after="x", found_at=NOW
    )
    Mismatch.objects.create(key="x", unit=unit, says="thiếu", found_at=NOW, seen_at=NOW)
    return user


def test_recoveries_things_to_look_at_again_and_differences_wait_for_the_office(office):
    found = {task.title: task.status for task in tasks_of(office, TODAY)}
    assert found["Thu hồi của Trần Thị Mai"] == "Quá hạn"
    assert any(title.startswith("Xét lại Trần Thị Mai") for title in found)
    assert "Kiểm tra 1 sai lệch giữa quyết định và quá trình khen thưởng" in found


def test_what_has_come_back_or_been_settled_waits_no_longer(office):
    Recovery.objects.update(item_on=TODAY)
    Recheck.objects.update(settled_at=NOW, settled_by=office, settled_note="Giữ nguyên")
    Mismatch.objects.update(gone_at=NOW)
    assert not [task for task in tasks_of(office, TODAY) if "Mai" in task.title or "sai lệch" in task.title]


def test_another_bodys_office_is_told_nothing_of_it(office):
    other = make_user()
    policy.give(other, ROLES["office"].permissions, make_unit())
    assert not [task for task in tasks_of(other, TODAY) if "Mai" in task.title or "sai lệch" in task.title]
