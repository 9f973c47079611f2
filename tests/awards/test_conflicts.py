"""What stands in the way of a line: how severe, how cured, and who may waive it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import conflicts
from awards.models import Nomination
from history.models import Grant, InitiativeAuthor
from tests.factories import awards as make
from tests.factories.units import make_person, make_unit
from units.models import PendingMatter, YearlyRating

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


DRIVE = {"award": make.BKVT, "type": "thematic", "achievement": "Dẫn đầu đợt thi đua cao điểm", "state": "reviewing"}


def _of_kind(line, kind):
    return [(found.severity, found.other) for found in _found(line) if found.kind == kind]


@pytest.mark.parametrize(
    ("other_line", "severity"),
    [
        ({"award": make.GIAY_KHEN, "type": "ad_hoc", "achievement": "Dẫn đầu  đợt thi đua CAO ĐIỂM"}, "block"),
        ({"award": make.GIAY_KHEN, "type": "merit", "achievement": "Cả năm hoàn thành xuất sắc"}, "warn"),
        ({"award": make.BKTT, "type": "thematic", "achievement": ""}, "warn"),
    ],
)
def test_one_achievement_is_commended_once(other_line, severity, sent, other):
    line = make.make_nomination(sent, person=make_person(sent.unit), **DRIVE)
    rival = make.make_nomination(other, person=line.person, state="submitted", **other_line)
    assert _of_kind(line, "achievement") == [(severity, rival.pk)]
    assert _of_kind(rival, "achievement") == [(severity, line.pk)]
    found = _found(line)[0]
    assert found.waived_by == (conflicts.LEAD if severity == "block" else "")
    assert found.cite == ({"doc": "06/2022/QH15", "at": "Điều 5 khoản 2 điểm c"},)


@pytest.mark.parametrize(
    "other_line",
    [
        {"award": make.CSTDN, "achievement": DRIVE["achievement"]},
        {"award": "ky_niem_chuong", "achievement": DRIVE["achievement"]},
        {"award": "huan_chuong_lao_dong_hang_ba", "type": "long_service"},
        {"award": make.GIAY_KHEN, "state": "withdrawn", "achievement": DRIVE["achievement"]},
    ],
)
def test_titles_badges_long_service_and_what_is_withdrawn_commend_no_achievement_twice(other_line, sent, other):
    line = make.make_nomination(sent, person=make_person(sent.unit), **DRIVE)
    make.make_nomination(other, person=line.person, **{"state": "submitted", **other_line})
    assert _of_kind(line, "achievement") == []


def test_two_forms_for_the_merits_of_one_year_are_worth_a_look(sent, other):
    line = make.make_nomination(sent, award=make.BKVT, state="reviewing", person=make_person(sent.unit))
    rival = make.make_nomination(other, award=make.BKTT, state="submitted", person=line.person)
    assert _of_kind(line, "achievement") == [("info", rival.pk)]


def _honour(person, **values):
    values = {
        "award": make.GIAY_KHEN, "type": "ad_hoc", "year": 2026, "decided_on": date(2026, 8, 1),
        "achievement_from": date(2026, 7, 1), "achievement_to": date(2026, 7, 5), "decision_number": "8/QĐ-VKS",
        **values,
    }  # fmt: skip
    return Grant.objects.create(person=person, **values)


def test_an_achievement_already_honoured_is_not_commended_again(sent):
    line = make.make_nomination(sent, person=make_person(sent.unit), **DRIVE)
    _honour(line.person, achievement=DRIVE["achievement"])
    found = _found(line)[0]
    assert (found.kind, found.severity) == ("achievement", "block")
    assert "8/QĐ-VKS" in found.says


def test_an_honour_of_another_time_or_one_taken_back_is_no_conflict(sent):
    line = make.make_nomination(sent, person=make_person(sent.unit), **DRIVE)
    _honour(line.person, achievement_from=date(2024, 1, 1), achievement_to=date(2024, 2, 1), year=2024)
    _honour(line.person, achievement=DRIVE["achievement"], state="revoked", state_basis="QĐ 9")
    assert _of_kind(line, "achievement") == []


def test_before_the_law_of_2022_no_rule_is_told(sent):
    line = make.make_nomination(sent, person=make_person(sent.unit), **DRIVE)
    _honour(line.person, achievement=DRIVE["achievement"])
    assert conflicts.of_lines([line], date(2023, 6, 1)) == {}


def _nominee_with(count, unit):
    """Twice CSTĐ ngành without the titles of the base that would carry a Bằng khen; so many national initiatives."""
    person = make_person(unit, joined_on=date(2010, 1, 1))
    for year in (2025, 2026):
        YearlyRating.objects.create(person=person, year=year, rating="excellent")
        Grant.objects.create(person=person, award=make.CSTDN, type="merit", year=year, decided_on=date(year, 11, 1))
    for _ in range(count):
        made = make.make_initiative(person)
        made.level = "national"
        made.save()
    return person


@pytest.mark.parametrize(("count", "clash"), [(1, False), (2, True), (3, False)])
def test_a_title_and_a_form_do_not_rest_on_the_same_initiative(count, clash, sent, other):
    """The national title asks for one, this Bằng khen for two: with one the Bằng khen has no claim at all."""
    person = _nominee_with(count, sent.unit)
    title = make.make_nomination(sent, person=person, award=make.CSTDTQ, state="reviewing")
    form = make.make_nomination(other, person=person, award=make.BKVT, state="reviewing")
    assert _of_kind(form, "initiative") == ([("warn", title.pk)] if clash else [])
    assert _of_kind(title, "initiative") == ([("warn", form.pk)] if clash else [])
    if clash:
        found = next(found for found in _found(title) if found.kind == "initiative")
        assert (found.confirmed, found.cite[0]["doc"]) == (False, "5007/BNV-TĐKT")


def test_two_titles_may_rest_on_one_initiative(sent, other):
    person = _nominee_with(1, sent.unit)
    line = make.make_nomination(sent, person=person, award=make.CSTDTQ, state="reviewing")
    make.make_nomination(other, person=person, award=make.CSTDCS, state="reviewing")
    assert _of_kind(line, "initiative") == []


def test_shares_of_more_than_a_hundred_percent_block_what_may_rest_on_them(sent):
    person = _nominee_with(1, sent.unit)
    line = make.make_nomination(sent, person=person, state="reviewing")
    badge = make.make_nomination(sent, person=person, award="ky_niem_chuong", state="reviewing")
    assert _of_kind(line, "shares") == []
    made = person.initiatives.get()
    InitiativeAuthor.objects.create(initiative=made, person=make_person(sent.unit), share=30, order=2)
    found = next(found for found in _found(line) if found.kind == "shares")
    assert (found.severity, found.waived_by) == ("block", conflicts.LEAD)
    assert f"{made.code} có tỷ lệ đóng góp của các tác giả cộng lại 130 %" in found.says
    assert _of_kind(badge, "shares") == []


def test_a_number_that_stands_under_two_dates_warns_whoever_relies_on_it(sent):
    line = make.make_nomination(sent, state="reviewing")
    held = {"decision_number": "12/QĐ-VKSTC", "decider": "Viện trưởng VKSNDTC"}
    _honour(line.person, decided_on=date(2025, 3, 1), year=2025, **held)
    same = _honour(make_person(sent.unit), decided_on=date(2025, 3, 1), year=2025, **held)
    _honour(make_person(sent.unit), decided_on=date(2024, 3, 1), year=2024, **held)
    assert _of_kind(line, "number") == []
    same.decided_on = date(2025, 9, 9)
    same.save()
    found = _found(line)[0]
    assert (found.kind, found.severity) == ("number", "warn")
    assert "ngày 09/09/2025" in found.says


def _twin(line, other):
    line.state = "qualified"
    line.award = make.BKVT
    line.type = "ad_hoc"
    line.save()
    make.make_nomination(other, person=line.person, award=make.BKVT, type="ad_hoc", state="submitted")


def _honoured(line, other):
    Grant.objects.create(person=line.person, award=line.award, type="merit", year=2026, decided_on=DAY)


def _accused(line, other):
    PendingMatter.objects.create(person=line.person, kind="inspection", opened_on=DAY)


def _commended(line, other):
    line.award = make.BKVT
    line.save()
    _honour(line.person, achievement_from=date(2026, 1, 1), achievement_to=date(2026, 2, 1))


def _resting(line, other):
    line.person, line.award = _nominee_with(2, line.person.posting_on().unit), make.CSTDTQ
    line.save()
    make.make_nomination(other, person=line.person, award=make.BKVT, state="reviewing")


def _overshared(line, other):
    made = make.make_initiative(line.person)
    InitiativeAuthor.objects.create(initiative=made, person=make_person(other.unit), share=30, order=2)


def _numbered(line, other):
    held = {"decision_number": "12/QĐ-VKSTC", "decider": "Viện trưởng VKSNDTC", "year": 2025}
    _honour(line.person, decided_on=date(2025, 3, 1), **held)
    _honour(make_person(other.unit), decided_on=date(2025, 9, 9), **held)


@pytest.mark.parametrize(
    ("kind", "happen"),
    [("double", _twin), ("held", _honoured), ("pending", _accused), ("achievement", _commended),
     ("initiative", _resting), ("shares", _overshared), ("number", _numbered)],
)  # fmt: skip
def test_what_has_a_finding_is_suspected_by_the_database_alone(kind, happen, line, other):
    lines = Nomination.objects.filter(pk=line.pk)
    assert not conflicts.suspects(lines, "", DAY).exists()
    happen(line, other)
    line.refresh_from_db()
    assert kind in [found.kind for found in _found(line)]
    assert conflicts.suspects(lines, kind, DAY).get() == line
    assert conflicts.suspects(lines, "", DAY).get() == line


def test_many_lines_cost_no_more_queries_than_few(sent, other, django_assert_num_queries):
    def some(number):
        lines = []
        for _ in range(number):
            person = _nominee_with(2, sent.unit)
            lines.append(make.make_nomination(sent, person=person, award=make.CSTDTQ, state="submitted"))
            make.make_nomination(other, person=person, award=make.BKVT, state="reviewing")
        return lines

    few = some(1)
    with CaptureQueriesContext(connection) as asked:
        conflicts.of_lines(few, DAY)
    many = few + some(6)
    with django_assert_num_queries(len(asked)):
        assert len(conflicts.of_lines(many, DAY)) == 7
