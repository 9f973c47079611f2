"""How near somebody is to the awards above: what counts as above, as one condition, as soon."""

from dataclasses import replace
from datetime import date

import pytest

from rulebook.engine import judge
from rulebook.facts import Collective, Grant, Individual, Initiative, PendingMatter
from rulebook.findings import Finding, Verdict
from rulebook.nearness import DATA_MISSING, ONE_MISSING, earliest, gaps, is_deed, lacks_one_year, near, steps_up

pytestmark = pytest.mark.once

DAY, YEAR = date(2026, 9, 21), 2026
CS, NGANH, KNC = "chien_si_thi_dua_co_so", "chien_si_thi_dua_nganh", "ky_niem_chuong"


def title(award, year):
    return Grant(award, year, date(year, 12, 15), "merit", "in_force")


def fighter(*years, level="sector", **more):
    """Titles of the base in those years, excellent this year, one initiative."""
    given = Individual(
        sex="male", category="official", joined_on=date(2001, 9, 1), ratings={YEAR: "excellent"},
        grants=tuple(title(CS, year) for year in years), absences=(), discipline=(), pending=(), postings=(),
        initiatives=(Initiative("SK1", level, date(2026, 3, 1)),),
    )  # fmt: skip
    return replace(given, **more)


def seen(facts, award=NGANH):
    return near(judge(award, "individual", "merit", YEAR, DAY, facts))


def codes(**asked):
    given = {"army": False, "held": (), "year": YEAR, "day": DAY, **asked}
    return [step.award for step in steps_up(given.pop("subject", "individual"), **given)]


def test_the_lowest_title_is_above_nothing_and_military_titles_are_for_the_military():
    assert "lao_dong_tien_tien" not in codes()
    assert "tap_the_lao_dong_tien_tien" not in codes(subject="collective")
    assert "chien_si_thi_dua_toan_quan" not in codes()
    assert "chien_si_thi_dua_toan_quan" in codes(army=True)


def test_titles_of_the_year_at_or_below_the_one_held_are_not_above_it():
    assert {CS, NGANH, "chien_si_thi_dua_toan_quoc"} <= set(codes())
    held = codes(held=[(NGANH, YEAR)])
    assert CS not in held
    assert NGANH not in held
    assert "chien_si_thi_dua_toan_quoc" in held
    assert NGANH in codes(held=[(NGANH, YEAR - 1)])


def test_an_order_once_received_is_not_above_nor_is_a_lower_class():
    held = codes(held=[("huan_chuong_lao_dong_hang_nhi", 2019)])
    assert "huan_chuong_lao_dong_hang_nhi" not in held
    assert "huan_chuong_lao_dong_hang_ba" not in held
    assert "huan_chuong_lao_dong_hang_nhat" in held
    assert KNC in held
    assert KNC not in codes(held=[(KNC, 2016)])


def test_awards_that_only_people_can_judge_are_no_step():
    assert not {"giay_khen", "huan_chuong_dung_cam", "anh_hung_lao_dong"} & set(codes())


def test_whoever_meets_everything_is_eligible():
    assert seen(fighter(2024, 2025)).outcome == "eligible"


def test_one_condition_short_is_named():
    found = seen(fighter(2024, 2025, level="base"))
    assert found.outcome == ONE_MISSING
    assert "cấp ngành" in found.missing.says
    assert is_deed(found.missing)


def test_two_conditions_short_is_not_near():
    assert seen(fighter(2025, level="base")) is None


def test_one_unknown_fact_is_never_called_eligible():
    assert seen(fighter(2024, 2025, initiatives=None)).outcome == DATA_MISSING


def test_a_revoked_title_does_not_count():
    revoked = Grant(CS, 2024, date(2024, 12, 15), "merit", "revoked")
    found = seen(fighter(grants=(revoked, title(CS, 2025))))
    assert found.outcome == ONE_MISSING
    assert "2024" in found.missing.says


def test_an_open_matter_holds_whoever_is_otherwise_eligible():
    found = seen(fighter(2024, 2025, pending=(PendingMatter("inspection", date(2026, 8, 1)),)))
    assert found.outcome == ONE_MISSING
    assert is_deed(found.missing)


def test_of_two_routes_the_shorter_counts():
    short, long = Finding("a", False, "một"), Finding("b", False, "hai", all_of=(Finding("c", False, "x"),) * 2)
    either = Finding("e", False, "hoặc", any_of=(long, short))
    assert gaps([either]) == (short,)
    assert near(Verdict((either,), (), confirmed=True)).missing == short


def when(facts, award=NGANH, subject="individual"):
    return earliest(award, subject, "merit", year=YEAR, day=DAY, facts=facts)


def test_a_run_that_lacks_one_more_year_may_be_met_at_the_end_of_the_next():
    assert when(fighter(2025, joined_on=date(2020, 1, 1))) == date(2027, 12, 31)


def test_a_run_that_lacks_two_years_is_too_far():
    assert when(fighter()) is None


def test_a_run_that_lacks_only_this_years_title_may_be_met_at_the_end_of_this_year():
    facts = fighter(2024, 2025, ratings={}, initiatives=(Initiative("SK", "sector", date(2025, 3, 1)),))
    assert when(facts) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("joined", "day"),
    [
        (date(2011, 10, 1), date(2026, 9, 30)),  # the fifteenth year ends this year
        (date(2012, 8, 1), date(2027, 7, 31)),  # … next year
        (date(2013, 2, 1), None),  # … later: not near
    ],
)
def test_years_of_service_give_the_day_itself(joined, day):
    facts = fighter(joined_on=joined, ratings={2025: "good", 2026: "good"})
    assert when(facts, KNC) == day


def test_the_day_found_is_the_first_one_on_which_the_same_engine_says_eligible():
    facts = fighter(joined_on=date(2012, 8, 1), ratings={2026: "good"})
    day = when(facts, KNC)
    verdict = judge(KNC, "individual", "merit", day.year, day, facts)
    before = judge(KNC, "individual", "merit", day.year, date(2027, 7, 30), facts)
    assert verdict.outcome == "eligible"
    assert before.outcome == "not_eligible"


def test_an_unknown_run_is_near_only_if_this_years_result_would_settle_it():
    known = Collective(ratings={2025: "excellent"}, grants=(), pending=())
    award = "bang_khen_vien_truong"
    asked = {"year": YEAR, "day": DAY}
    assert lacks_one_year(award, "collective", "merit", facts=known, **asked)
    assert not lacks_one_year(award, "collective", "merit", facts=replace(known, ratings={}), **asked)
