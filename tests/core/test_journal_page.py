"""The page of the journal: headed columns, states in their own words, long entries folded."""

import pytest
from django.urls import reverse

from core import journal
from core.act import act
from tests.factories import awards as make
from units.models import Unit


@act
def note(subject, *, by, at, changes):
    """One entry, as a service writes it."""
    journal.record(subject, by=by, at=at, kind="kiem.thu", changes=changes)


@pytest.fixture
def page(as_user, make_user, assign, root):
    """What an auditor reads."""
    user = assign(make_user("kiemtra", "Chu Thị Hạnh"), "auditor", root)

    def read() -> str:
        return as_user(user).get(reverse("core:journal")).content.decode()

    return read


def test_a_change_of_state_is_told_in_the_words_of_the_state(page, root, region, lan, hung, now):
    sheet = make.make_submission(region, campaign=make.make_intake(root), created_by=lan, sent_by=hung)
    line = make.make_nomination(sheet, state="submitted", held_by=root, collective=Unit.objects.get(pk=region.pk))
    note(line, by=lan, at=now, changes={"state": ["submitted", "reviewing"]})
    assert "trạng thái: Chờ tiếp nhận → Đang thẩm định" in page()


def test_a_long_entry_shows_its_first_changes_and_folds_the_rest(page, region, lan, now):
    note(region, by=lan, at=now, changes={f"ô {n}": [False, True] for n in range(9)})
    shown = page()
    assert "ô 0: không → có" in shown
    assert "và 5 thay đổi khác" in shown
    assert "Người làm" in shown.split("<tbody")[0]
