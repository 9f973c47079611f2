"""What stands in the way of a line: how severe, how cured, and who may waive it."""

from datetime import date, timedelta

import pytest

from awards import conflicts
from history.models import Grant
from tests.factories import awards as make
from tests.factories.units import make_person, make_unit
from units.models import PendingMatter

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 21)


def _found(line):
    return conflicts.of_lines([line], DAY).get(line.pk, [])


@pytest.fixture
def other(other_province, hung):
    return make.make_submission(other_province, sent_by=hung)


def test_a_clean_line_has_no_findings(line):
    assert _found(line) == []


@pytest.mark.parametrize(("state", "severity"), [("reviewing", "block"), ("decided", "warn"), ("forwarded", "warn")])
def test_the_same_award_of_the_same_year_elsewhere(state, severity, line, other):
    twin = make.make_nomination(other, person=line.person, state=state) if severity == "warn" else None
    if twin is None:
        line.state = "draft"
        line.save()
        twin = make.make_nomination(other, person=line.person, state=state)
    found = _found(line)[0]
    assert (found.kind, found.severity, found.other, found.waived_by) == ("double", severity, twin.pk, "")


@pytest.mark.parametrize("state", ["draft", "withdrawn", "unqualified", "failed"])
def test_what_is_not_under_way_is_no_double(state, line, other):
    make.make_nomination(other, person=line.person, state=state)
    assert _found(line) == []


def test_another_year_or_another_award_is_no_double(line, other):
    make.make_nomination(other, person=line.person, award=make.BKVT, state="reviewing")
    assert _found(line) == []


def test_sudden_merit_may_be_rewarded_twice_a_year_with_a_warning(sent, other):
    person = make_person(sent.unit)
    first = make.make_nomination(sent, award=make.BKVT, type="ad_hoc", person=person, state="submitted")
    make.make_nomination(other, award=make.BKVT, type="ad_hoc", person=person, state="reviewing")
    assert [found.severity for found in _found(first)] == ["warn"]


def test_an_honour_already_held_blocks(line):
    Grant.objects.create(
        person=line.person, award=line.award, type="merit", year=2026, decided_on=DAY, decision_number="9/QĐ-VKSTC"
    )
    assert [(found.kind, found.severity) for found in _found(line)] == [("held", "block")]


def test_an_open_matter_blocks_until_it_is_closed(line):
    matter = PendingMatter.objects.create(person=line.person, kind="inspection", opened_on=DAY - timedelta(days=3))
    found = _found(line)[0]
    assert (found.kind, found.severity, found.waived_by) == ("pending", "block", conflicts.LEAD)
    assert found.cite == ({"doc": "152/2025/NĐ-CP", "at": "Điều 4 khoản 4"},)
    matter.closed_on = DAY
    matter.save()
    assert _found(line) == []


def test_a_collective_is_asked_about_like_a_person(sent, region):
    line = make.make_nomination(sent, award=make.CO_NGANH, collective=region, state="submitted")
    PendingMatter.objects.create(unit=region, kind="press", opened_on=DAY)
    assert [found.kind for found in _found(line)] == ["pending"]


def test_the_cap_counts_every_line_of_the_unit_that_year(province, hung, now):
    intake = make.make_intake(province)
    sections = [make_unit(under=province, kind="phong") for _ in range(10)]
    titled = make.make_submission(province, campaign=intake, level="base", sent_by=hung)
    for section in sections:
        make.make_nomination(titled, award=make.TTLDTT, collective=section, state="decided")
    earlier = make.make_submission(province, campaign=intake, sent_by=hung)
    for section in sections[:2]:
        make.make_nomination(earlier, award=make.TTLDXS, collective=section, state="reviewing")
    draft = make.make_submission(province, campaign=intake)
    line = make.make_nomination(draft, award=make.TTLDXS, collective=sections[2])
    cap = conflicts.caps_of(draft, [line], DAY)[0]
    assert (cap.base, cap.proposed, cap.result.cap, cap.result.over_by) == (10, 3, 2, 1)
    found = conflicts.of_caps([cap])[0]
    assert (found.severity, found.waived_by) == ("block", conflicts.RULES)


def test_without_a_base_the_cap_warns_and_says_what_is_missing(province):
    draft = make.make_submission(province)
    line = make.make_nomination(draft, award=make.TTLDXS, collective=make_unit(under=province, kind="phong"))
    found = conflicts.of_caps(conflicts.caps_of(draft, [line], DAY))[0]
    assert found.severity == "warn"
    assert "chưa có dữ liệu" in found.says


def test_many_lines_cost_no_more_queries_than_few(sent, django_assert_num_queries):
    lines = [make.make_nomination(sent, state="submitted") for _ in range(12)]
    with django_assert_num_queries(3):
        conflicts.of_lines(lines, DAY)
