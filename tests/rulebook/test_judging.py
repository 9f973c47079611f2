"""Many awards judged together from the same facts: what is shared between them changes no answer."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rulebook import codes
from rulebook import facts as book
from rulebook.asking import law_on
from rulebook.book import load
from rulebook.catalogue import awards
from rulebook.engine import Override, judge, judge_all
from rulebook.law import DAYS
from rulebook.values import Cite

pytestmark = pytest.mark.once
unhurried = settings(deadline=None)

RULE = (Cite("Quy chế mẫu", "Điều 5"),)
AWARDS = list(awards())
YEARS = range(2014, 2027)
OVERRIDES = [
    Override("lao_dong_tien_tien.min_service", date(2020, 1, 1), {"test": "months_in_service", "months": 4}, RULE, "x"),
    Override("readings.grants_count_from_decision", date(2020, 1, 1), False, RULE, "y"),
    Override("bars.pending", date(2020, 1, 1), {"test": "no_open_matter"}, RULE, "z"),
]

days = st.dates(date(2014, 1, 1), date(2026, 12, 31))
ratings = st.dictionaries(st.sampled_from(YEARS), st.sampled_from(list(codes.RATINGS)), max_size=10)
grants = st.builds(
    book.Grant, st.sampled_from(AWARDS), st.sampled_from(YEARS), st.none() | days,
    st.none() | st.sampled_from(list(codes.TYPES)), st.none() | st.sampled_from(["in_force", "revoked"]),
)  # fmt: skip
uses = st.lists(st.sampled_from(AWARDS), max_size=2).map(tuple)
initiatives = st.builds(book.Initiative, st.just("SK1"), st.sampled_from(list(codes.LEVELS)), days, uses)
matters = st.builds(book.PendingMatter, st.sampled_from(list(codes.PENDING)), days, st.none() | days)


def listed(entries, most=5):
    return st.none() | st.lists(entries, max_size=most).map(tuple)


people = st.builds(
    book.Individual, sex=st.none() | st.sampled_from(list(codes.SEXES)),
    category=st.none() | st.sampled_from(list(codes.CATEGORIES)), joined_on=st.none() | days,
    ratings=st.none() | ratings, grants=listed(grants, 12), initiatives=listed(initiatives),
    discipline=listed(st.builds(book.Discipline, days, st.sampled_from(list(codes.DISCIPLINE)), st.none() | days)),
    absences=listed(st.builds(book.Absence, st.sampled_from(list(codes.ABSENCES)), days, st.none() | days)),
    pending=listed(matters, 1), postings=st.none() | st.just(()),
)  # fmt: skip
number = st.none() | st.integers(0, 12)
collectives = st.builds(
    book.Collective, rating=st.none() | st.sampled_from(list(codes.RATINGS)), ratings=st.none() | ratings,
    grants=listed(grants, 8), members=st.builds(book.Members, number, number, number, number, number),
    leads_cluster=st.none() | st.booleans(), flag_eligible=st.none() | st.booleans(), founded_on=st.none() | days,
    pending=listed(matters, 1),
)  # fmt: skip


# Whether a civil or an army title of the year is inferred depends on the award: good enough for one, not the other.
CIVIL = book.Individual(
    category="official", joined_on=date(2009, 8, 1), ratings={2024: "good", 2025: "good"}, grants=(), discipline=(),
    initiatives=(book.Initiative("SK1", "sector", date(2025, 10, 1)),), absences=(), pending=(), postings=(),
)  # fmt: skip


@unhurried
@example(CIVIL, "merit", 2025, date(2025, 12, 5), set(OVERRIDES[:1]), AWARDS)
@example(CIVIL, "merit", 2025, date(2025, 12, 5), set(), AWARDS[::-1])
@given(st.one_of(people, collectives), st.sampled_from(list(codes.TYPES)), st.sampled_from(YEARS), days,
       st.sets(st.sampled_from(OVERRIDES)), st.permutations(AWARDS))  # fmt: skip
def test_all_awards_together_get_the_verdicts_of_each_alone(facts, kind, year, day, laid, order):
    subject = "individual" if isinstance(facts, book.Individual) else "collective"
    together = judge_all(order, subject, kind, year, law_on(day, laid), facts)
    assert list(together) == order
    for award in order:
        assert together[award].as_dict() == judge(award, subject, kind, year, day, facts, laid).as_dict()


def test_an_override_met_below_a_shared_finding_is_named_in_every_verdict_that_rests_on_it():
    facts = book.Individual(category="official", joined_on=date(2010, 1, 1), ratings={2025: "good"}, grants=(),
                            initiatives=(), discipline=(), absences=(), pending=())  # fmt: skip
    order = ["chien_si_thi_dua_co_so", "chien_si_thi_dua_nganh", "lao_dong_tien_tien"]
    verdicts = judge_all(order, "individual", "merit", 2025, law_on(date(2025, 12, 5), OVERRIDES[:1]), facts)
    named = {award: [used.parameter for used in verdict.overrides] for award, verdict in verdicts.items()}
    assert list(named.values()) == [["lao_dong_tien_tien.min_service"]] * 3


def test_the_law_of_a_day_is_laid_out_once_and_that_of_long_past_questions_is_let_go():
    day = date(2025, 12, 5)
    assert law_on(day) is law_on(day)
    for month in range(DAYS + 1):
        law_on(date(2019 + month // 12, month % 12 + 1, 1))
    assert len(load().laws) <= DAYS
