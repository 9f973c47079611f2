"""Verdicts on many lines at once, and verdicts in words."""

from datetime import date

import pytest

from awards import eligibility
from tests.factories import awards as make
from tests.factories.units import make_person

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("verdict", "kind", "text"),
    [
        (None, "", "Chưa kiểm tra"),
        (make.ELIGIBLE, "ok", "Đủ 1/1"),
        (make.NOT_ELIGIBLE, "err", "Thiếu 1"),
        (make.UNDETERMINED, "warn", "Chờ xác minh 1"),
        ({**make.NOT_ELIGIBLE, "findings": make.NOT_ELIGIBLE["findings"][1:]}, "err", "Không đủ"),
        ({**make.ELIGIBLE, "findings": []}, "ok", "Do người xét xác nhận"),
    ],
)
def test_a_verdict_in_a_few_words(verdict, kind, text):
    summed = eligibility.summary(verdict)
    assert (summed.kind, summed.text) == (kind, text)


def test_a_citation_names_the_kind_of_document():
    cites = [{"doc": "06/2022/QH15", "at": "Điều 22"}, {"doc": "152/2025/NĐ-CP", "at": "Điều 4 khoản 4"}]
    assert eligibility.cite_text(cites) == "Điều 22 Luật 06/2022/QH15; Điều 4 khoản 4 Nghị định 152/2025/NĐ-CP"


@pytest.mark.django_db
def test_people_and_collectives_of_many_awards_are_judged_together(sent, region):
    able = make.make_nomination(sent, person=make.make_eligible_for_cstdn(make_person(region)))
    unable = make.make_nomination(sent)
    unit = make.make_nomination(sent, award=make.TTLDXS, collective=region)
    judged = eligibility.judge_lines([able, unable, unit], DAY)
    assert judged[able.pk].verdict["outcome"] == "eligible"
    assert judged[unable.pk].verdict["outcome"] == "not_eligible"
    assert set(judged) == {able.pk, unable.pk, unit.pk}
    assert judged[able.pk].facts["joined_on"] == "2015-06-01"


@pytest.mark.django_db
def test_many_lines_cost_no_more_queries_than_few(sent, region, django_assert_max_num_queries):
    lines = [make.make_nomination(sent, person=make_person(region)) for _ in range(20)]
    with django_assert_max_num_queries(12):
        eligibility.judge_lines(lines, DAY)


def test_two_verdicts_differ_by_what_was_found_its_ground_or_its_words():
    old, failed = make.NOT_ELIGIBLE["findings"]
    assert eligibility.changes(make.NOT_ELIGIBLE, make.NOT_ELIGIBLE) == []
    reworded = {**make.NOT_ELIGIBLE, "findings": [{**old, "says": "Hoàn thành tốt"}, failed]}
    (change,) = eligibility.changes(make.NOT_ELIGIBLE, reworded)
    assert (change.rule, change.matters) == ("rating", False)
    met = {**failed, "met": True, "says": "Có 1 sáng kiến"}
    (change,) = eligibility.changes(make.NOT_ELIGIBLE, {**make.ELIGIBLE, "findings": [old, met]})
    assert (change.before, change.after, change.matters) == (failed, met, True)
    moved = {**failed, "cite": [{"doc": "152/2025/NĐ-CP", "at": "Điều 9"}]}
    (change,) = eligibility.changes(make.NOT_ELIGIBLE, {**make.NOT_ELIGIBLE, "findings": [old, moved]})
    assert change.matters


def test_conditions_that_came_or_went_are_differences():
    came = eligibility.changes(make.ELIGIBLE, make.NOT_ELIGIBLE)
    assert [(change.rule, change.before, change.matters) for change in came] == [("sector_initiative", None, True)]
    went = eligibility.changes(make.NOT_ELIGIBLE, make.ELIGIBLE)
    assert [(change.rule, change.after, change.matters) for change in went] == [("sector_initiative", None, True)]


def test_findings_of_one_name_are_told_apart_by_their_place():
    first, second = make.NOT_ELIGIBLE["findings"]
    twice = {**make.NOT_ELIGIBLE, "findings": [first, {**second, "rule": "rating"}]}
    turned = {**twice, "findings": [first, {**second, "rule": "rating", "met": True}]}
    assert [change.after["met"] for change in eligibility.changes(twice, turned)] == [True]
