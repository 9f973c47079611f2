"""What a council and a decision make of lines: all or none, and ends that close the stay."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Nomination, Stage
from awards.services import outcomes
from core.models import Notification
from core.workflow import Refused
from tests.factories import awards as make
from tests.factories.council import make_council, seat
from units.models import Unit

pytestmark = pytest.mark.django_db


@dataclass
class Paper:
    """Stands for a session or a decision: it only answers on what the right is asked."""

    scope: object

    def permission_scope(self):
        return self.scope


@pytest.fixture
def secretary(make_user, root):
    user = make_user("thuky")
    council = make_council(root)
    seat(council, user, "council_secretary", votes=False)
    user.session = Paper(council)
    return user


@pytest.fixture
def qualified(sent, root):
    return [make.make_nomination(sent, state="qualified", held_by=root) for _ in range(3)]


def _states() -> list[str]:
    return list(Nomination.objects.order_by("pk").values_list("state", flat=True))


def test_lines_go_on_the_agenda_and_come_back(qualified, secretary, now):
    outcomes.put_on_agenda(nominations=qualified, about=secretary.session, by=secretary, at=now)
    assert _states() == ["on_agenda"] * 3
    outcomes.take_off_agenda(nominations=[line.pk for line in qualified], about=secretary.session, by=secretary, at=now)
    assert _states() == ["qualified"] * 3


def test_without_the_right_on_the_council_nothing_moves(qualified, secretary, minh, now):
    with pytest.raises(Refused, match="không có quyền"):
        outcomes.put_on_agenda(nominations=qualified, about=secretary.session, by=minh, at=now)
    assert _states() == ["qualified"] * 3


def test_one_line_that_cannot_go_keeps_all_back(qualified, sent, root, secretary, now):
    early = make.make_nomination(sent, state="reviewing", held_by=root)
    with pytest.raises(Refused, match=early.code):
        outcomes.put_on_agenda(nominations=[*qualified, early], about=secretary.session, by=secretary, at=now)
    assert _states() == ["qualified"] * 3 + ["reviewing"]


def test_results_are_written_and_the_units_hear_of_them(qualified, secretary, hung, now):
    outcomes.put_on_agenda(nominations=qualified, about=secretary.session, by=secretary, at=now)
    passed, failed, postponed = ([line] for line in qualified)
    outcomes.record_results(
        passed=passed, failed=failed, postponed=postponed, about=secretary.session, by=secretary, at=now
    )
    assert _states() == ["passed", "failed", "postponed"]
    kinds = Notification.objects.filter(user=hung).order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["nomination.fail", "nomination.pass", "nomination.postpone"]
    assert Stage.objects.get(nomination=failed[0]).outcome == "failed"
    assert Stage.objects.get(nomination=passed[0]).left_at is None


def test_results_cost_no_more_queries_for_many_lines(sent, root, secretary, now):
    counts = []
    for number in (1, 3, 12):
        lines = [make.make_nomination(sent, state="on_agenda", held_by=root) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            outcomes.record_results(passed=lines, about=secretary.session, by=secretary, at=now)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_lower_award_opens_a_new_line_judged_anew(sent, root, secretary, now):
    line = make.make_nomination(sent, award="bang_khen_thu_tuong", state="on_agenda", held_by=root)
    lower = outcomes.downgrade(
        nomination=line, award=make.BKVT, about=secretary.session, by=secretary, at=now, note="Biên bản phiên 3"
    )
    line.refresh_from_db()
    assert (line.state, lower.state, lower.award, lower.lowered_from) == ("downgraded", "submitted", make.BKVT, line)
    assert lower.held_by == root
    assert lower.verdict is not None


def test_a_decision_ends_its_lines(sent, root, van, now):
    lines = [make.make_nomination(sent, state="passed", held_by=root) for _ in range(2)]
    outcomes.mark_decided(nominations=lines, about=Paper(root), by=van, at=now)
    assert _states() == ["decided"] * 2
    assert set(Stage.objects.values_list("outcome", flat=True)) == {"decided"}


def test_what_needs_a_ballot_is_not_decided_without_one(sent, root, van, now):
    line = make.make_nomination(sent, award=make.CSTDTQ, state="qualified", held_by=root)
    with pytest.raises(Refused, match="phải qua Hội đồng"):
        outcomes.mark_decided(nominations=[line], about=Paper(root), by=van, at=now)


def test_the_flag_of_the_government_leaves_the_sector(sent, root, province, minh, van, now):
    flag = make.make_nomination(sent, award=make.CO_CHINH_PHU, collective=province, state="passed", held_by=root)
    outcomes.forward(nominations=[flag], by=minh, at=now)
    assert _states() == ["forwarded"]
    with pytest.raises(Refused):
        outcomes.mark_decided(nominations=[flag], about=Paper(root), by=van, at=now)


def test_what_the_sector_decides_is_not_sent_out_of_it(sent, root, minh, now):
    line = make.make_nomination(sent, state="passed", held_by=root)
    with pytest.raises(Refused, match="do Ngành quyết định"):
        outcomes.forward(nominations=[line], by=minh, at=now)


def test_only_who_holds_the_line_sends_it_out(sent, root, province, thu, now):
    flag = make.make_nomination(sent, award=make.CO_CHINH_PHU, collective=province, state="passed", held_by=root)
    with pytest.raises((Refused, PermissionDenied)):
        outcomes.forward(nominations=[flag], by=thu, at=now)
    assert Unit.objects.get(pk=root.pk).held_nominations.get().state == "passed"
