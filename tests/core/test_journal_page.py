"""The page of the journal: headed columns, states in their own words, long entries folded."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import journal
from core.act import act
from tests.factories import awards as make
from units.models import Unit


@act
def note(subject, *, by, at, changes, kind="kiem.thu"):
    """One entry, as a service writes it."""
    journal.record(subject, by=by, at=at, kind=kind, changes=changes)


@pytest.fixture
def page(as_user, make_user, assign, root):
    """What an auditor reads."""
    user = assign(make_user("kiemtra", "Chu Thị Hạnh"), "auditor", root)

    def read(**asked: str) -> str:
        return as_user(user).get(reverse("core:journal"), asked).content.decode()

    return read


def test_a_change_of_state_is_told_in_the_words_of_the_state(page, root, region, lan, hung, now):
    sheet = make.make_submission(region, campaign=make.make_intake(root), created_by=lan, sent_by=hung)
    line = make.make_nomination(sheet, state="submitted", held_by=root, collective=Unit.objects.get(pk=region.pk))
    note(line, by=lan, at=now, changes={"state": ["submitted", "reviewing"]})
    assert "Trạng thái: Chờ tiếp nhận → Đang thẩm định" in page()


def test_a_long_entry_shows_its_first_changes_and_folds_the_rest(page, region, lan, now):
    note(region, by=lan, at=now, changes={f"ô {n}": [False, True] for n in range(9)})
    shown = page()
    assert "ô 0: không → có" in shown
    assert "và 5 thay đổi khác" in shown
    assert "Người làm" in shown.split("<tbody")[0]


def test_an_act_and_its_fields_are_named_as_the_office_names_them(page, region, lan, now):
    note(region, by=lan, at=now, kind="rating.record", changes={"short_name": ["A", "B"]})
    shown = page()
    assert "Ghi xếp loại" in shown
    assert f"{Unit._meta.get_field('short_name').verbose_name}: A → B" in shown


def test_an_auditor_asks_who_did_what_when_and_to_whom(page, region, root, lan, minh, now):
    note(region, by=lan, at=now, kind="rating.record", changes={"ô một": 1})
    note(root, by=minh, at=now - timedelta(days=40), kind="matter.open", changes={"ô hai": 2})
    assert ("ô một" in page(viec="rating.record"), "ô hai" in page(viec="rating.record")) == (True, False)
    assert ("ô một" in page(nguoi=minh.full_name), "ô hai" in page(nguoi=minh.full_name)) == (False, True)
    assert ("ô một" in page(q=region.short_name), "ô hai" in page(q=region.short_name)) == (True, False)
    until = (now - timedelta(days=30)).strftime("%d/%m/%Y")
    assert ("ô một" in page(den=until), "ô hai" in page(den=until)) == (False, True)
    assert ("ô một" in page(tu=until), "ô hai" in page(tu=until)) == (True, False)
    assert "ô một" in page(tu="hôm qua")
