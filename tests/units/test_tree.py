"""The dated tree: who stands under whom, who answers for what has ended."""

from datetime import date

import pytest

from tests.factories.units import make_event, make_unit
from units.models import Unit, UnitLink
from units.selectors import descendants, family, superiors, unit_name_on, within

JUNE, JULY = date(2025, 6, 30), date(2025, 7, 1)


def codes(units):
    return set(units.values_list("code", flat=True))


@pytest.fixture
def sector(db):
    """A supreme procuracy; two provinces that merge on 01/07/2025; districts that become a region."""
    top = make_unit("TC", kind="toi_cao", valid_from=date(1960, 7, 26))
    old_a = make_unit("A.63", under=top, valid_to=JUNE)
    old_b = make_unit("B.63", under=top, valid_to=JUNE)
    new = make_unit("A.34", under=top, valid_from=JULY)
    region = make_unit("KV.1", kind="khu_vuc", under=new, valid_from=JULY)
    known = make_unit("H.1", kind="huyen", under=old_a, valid_to=JUNE)
    lost = make_unit("H.2", kind="huyen", under=old_b, valid_to=JUNE)
    stranger = make_unit("C", under=top)
    make_event(old_a, new, JULY)
    make_event(old_b, new, JULY)
    make_event(known, region, JULY, "rename")
    make_event(lost, None, JULY, "dissolve")
    return {u.code: u for u in (top, old_a, old_b, new, region, known, lost, stranger)}


def test_a_province_answers_for_its_regions_and_for_all_that_ended_into_it(sector):
    assert codes(within([sector["A.34"].pk], date(2026, 1, 1))) == {"A.34", "KV.1", "A.63", "B.63", "H.1", "H.2"}


def test_a_region_answers_for_the_district_it_succeeds_only(sector):
    assert codes(within([sector["KV.1"].pk], date(2026, 1, 1))) == {"KV.1", "H.1"}


def test_before_the_reform_the_old_province_answers_for_its_own_district_only(sector):
    assert codes(within([sector["A.63"].pk], JUNE)) == {"A.63", "H.1"}
    assert codes(within([sector["A.34"].pk], JUNE)) == {"A.34"}


def test_a_unit_ended_without_known_successor_belongs_to_its_last_superior(sector):
    lineage = codes(sector["H.2"].lineage(date(2026, 1, 1)))
    assert lineage == {"H.2", "B.63", "A.34", "TC"}


def test_a_unit_ended_with_a_known_successor_leaves_its_last_superior(sector):
    assert codes(sector["H.1"].lineage(date(2026, 1, 1))) == {"H.1", "KV.1", "A.34", "TC"}


def test_lineage_is_the_inverse_of_within_for_every_pair_of_units(sector):
    day = date(2026, 1, 1)
    below = {(a.pk, b.pk) for a in Unit.objects.all() for b in within([a.pk], day)}
    above = {(a.pk, b.pk) for b in Unit.objects.all() for a in b.lineage(day)}
    assert below == above


def test_the_structure_of_a_day_knows_nothing_of_other_days(sector):
    assert codes(descendants([sector["TC"].pk], JUNE)) == {"TC", "A.63", "B.63", "H.1", "H.2", "C"}
    assert codes(descendants([sector["TC"].pk], JULY)) == {"TC", "A.34", "KV.1", "C"}
    assert codes(superiors([sector["H.1"].pk], JUNE)) == {"H.1", "A.63", "TC"}


def test_within_takes_a_queryset_and_asks_one_query(sector, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = codes(within(Unit.objects.filter(code__in=["KV.1", "C"]), date(2026, 1, 1)))
    assert found == {"KV.1", "H.1", "C"}


def test_within_nothing_is_nothing(sector):
    assert codes(within([])) == set()
    assert codes(within(Unit.objects.none())) == set()


def test_a_circle_in_the_data_ends_the_walk(db):
    a, b = make_unit("A"), make_unit("B")
    UnitLink.objects.create(child=a, parent=b)
    UnitLink.objects.create(child=b, parent=a)
    assert codes(within([a.pk])) == {"A", "B"}


def test_a_unit_that_changed_superior_belongs_to_the_present_one(db):
    top, first, second = make_unit("T"), make_unit("1"), make_unit("2")
    child = make_unit("K")
    UnitLink.objects.create(child=child, parent=first, valid_from=date(2015, 6, 1), valid_to=date(2020, 5, 31))
    UnitLink.objects.create(child=child, parent=second, valid_from=date(2020, 6, 1))
    assert codes(within([first.pk], date(2019, 1, 1))) == {"1", "K"}
    assert codes(within([first.pk], date(2021, 1, 1))) == {"1"}
    assert codes(within([second.pk], date(2021, 1, 1))) == {"2", "K"}
    assert codes(within([top.pk])) == {"T"}


def test_of_several_superiors_an_ended_unit_belongs_to_the_last(db):
    first, second = make_unit("1"), make_unit("2")
    ended = make_unit("K", valid_to=date(2022, 12, 31))
    UnitLink.objects.create(child=ended, parent=first, valid_from=None, valid_to=date(2020, 5, 31))
    UnitLink.objects.create(child=ended, parent=second, valid_from=date(2020, 6, 1), valid_to=date(2022, 12, 31))
    assert codes(within([first.pk])) == {"1"}
    assert codes(within([second.pk])) == {"2", "K"}


def test_the_whole_family_of_a_unit_is_found_in_both_directions(sector):
    assert codes(family(sector["A.63"])) == {"A.63", "B.63", "A.34"}


def test_the_name_on_a_day_follows_renamings_and_mergers(sector):
    assert unit_name_on(sector["H.1"], JUNE) == sector["H.1"].name
    assert unit_name_on(sector["H.1"], JULY) == sector["KV.1"].name
    assert unit_name_on(sector["KV.1"], JUNE) == sector["H.1"].name


def test_the_name_is_unknown_where_two_units_stand_on_the_other_side(sector):
    assert unit_name_on(sector["A.34"], JUNE) == ""
    assert unit_name_on(sector["H.2"], JULY) == ""
