"""Who sees which lines, what lies in whose queue, and what waits."""

from datetime import date, timedelta

import pytest

from awards import selectors
from tests.factories import awards as make
from tests.factories.units import make_event, make_unit

pytestmark = pytest.mark.django_db


def test_the_queue_holds_what_lies_with_ones_own_unit_only(line, root, sent, thu, minh):
    above = make.make_nomination(sent, state="submitted", held_by=root)
    assert list(selectors.queue(thu)) == [line]
    assert list(selectors.queue(minh)) == [above]
    assert set(selectors.queue(minh, below=True)) == {line, above}


def test_drafts_and_withdrawn_lines_are_in_no_queue(sent, province, thu):
    for state in ("draft", "withdrawn"):
        make.make_nomination(sent, state=state, held_by=province)
    assert not selectors.queue(thu).exists()


def test_what_an_ended_unit_still_holds_belongs_to_its_successor(root, sent, province, thu):
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011
    old = make_unit(under=root, valid_to=yesterday)
    make_event(old, province, yesterday + timedelta(days=1))
    line = make.make_nomination(sent, state="submitted", held_by=old)
    assert list(selectors.queue(thu)) == [line]


def test_both_sides_see_a_sent_line_and_only_the_unit_its_draft(sent, line, lan, hung, thu, minh, nam, quang):
    draft = make.make_nomination(sent)
    seen = {user.username: set(selectors.nominations_visible_to(user)) for user in (lan, hung, thu, minh, nam, quang)}
    assert seen == {
        "lan": {line, draft},
        "hung": {line, draft},
        "thu": {line},
        "minh": {line},
        "nam": set(),
        "quang": set(),
    }


def test_what_waits_is_what_is_to_be_taken_up_and_what_one_is_reviewing(
    line, reviewed, sent, province, thu, thanh, lan
):
    make.make_nomination(sent, state="qualified", held_by=province)
    assert (selectors.waiting_for(thu), selectors.waiting_for(thanh), selectors.waiting_for(lan)) == (2, 1, 0)


def test_what_waits_for_a_unit_is_what_came_back_and_what_is_not_sent(sent, region, province, lan, nam):
    make.make_nomination(sent, state="incomplete", held_by=province)
    make.make_submission(region)
    assert (selectors.unit_waiting(lan), selectors.unit_waiting(nam)) == (2, 0)


def test_every_state_that_was_sent_stands_under_one_tab():
    states = [state for key, _, states in selectors.TABS if key for state in states]
    assert len(states) == len(set(states))
    assert set(states) | {"draft", "withdrawn"} == {state.value for state in selectors.S}


def test_files_of_a_draft_are_for_its_unit_and_sent_ones_also_for_those_above(
    root, region, sent, lan, minh, nam, settings
):
    draft = make.make_submission(region)
    assert [draft.may_be_read_by(user) for user in (lan, minh, nam)] == [True, False, False]
    assert [sent.may_be_read_by(user) for user in (lan, minh, nam)] == [True, True, False]
    settings.DOSSIER_READERS = ["tests.awards.test_selectors.everybody"]
    assert sent.may_be_read_by(nam)


def everybody(user, subject):
    """A reader from above that lets in whoever asks."""
    return True


def test_neighbours_are_told_with_place_and_number():
    assert selectors.neighbours([3, 5, 8], 5) == (3, 8, 2, 3)
    assert selectors.neighbours([3, 5, 8], 3) == (None, 5, 1, 3)
    assert selectors.neighbours([3, 5, 8], 4) == (None, None, 0, 3)
