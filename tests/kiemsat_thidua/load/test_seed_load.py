"""`manage.py seed_load`: a made-up sector that looks like one, the same each time, and only where it may be."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Q

from core.models import Event
from history.eligibility import judge_people
from history.models import Grant, InitiativeAuthor
from kiemsat_thidua.load.places import places
from tests.factories.units import make_person
from units.models import Person, Posting, Unit, YearlyRating

pytestmark = pytest.mark.django_db
PEOPLE, YEARS = 200, 3


def _seed(people: int = PEOPLE, years: int = YEARS, **options: object) -> None:
    call_command("seed_load", people=people, years=years, **options)


@pytest.fixture
def sector(db, capsys) -> None:
    _seed()


def _held(award: str) -> int:
    return Grant.objects.filter(award=award).count()


def _everything() -> dict[str, list[tuple]]:
    """All that was laid, by names that do not depend on keys given by the database."""
    return {
        "people": list(Person.objects.order_by("code").values_list("code", "full_name", "born_on", "search_key")),
        "postings": list(
            Posting.objects.order_by("person__code", "valid_from").values_list("person__code", "unit__code", "post")
        ),
        "grants": sorted(
            Grant.objects.values_list("award", "year", "name_printed", "unit_printed", "post_printed", "decider")
        ),
        "authors": sorted(InitiativeAuthor.objects.values_list("initiative__code", "person__code", "share")),
    }


def test_everybody_works_in_a_real_unit_in_force_and_some_came_from_one_that_ended(sector):
    present = Posting.objects.filter(valid_to=None)
    assert Person.objects.count() == present.values("person").distinct().count() == PEOPLE
    assert not present.exclude(unit__valid_to=None).exists()
    moved = Posting.objects.filter(valid_to=date(2025, 6, 30), unit__valid_to=date(2025, 6, 30))
    assert moved.count() > PEOPLE / 4
    assert not Posting.objects.filter(unit__valid_to__lt=F("valid_from")).exists()
    heads = present.values("unit").annotate(heads=Count("pk", filter=Q(is_head=True)))
    assert {row["heads"] for row in heads} == {1}


def test_ratings_cover_each_year_of_service(sector):
    years = Counter(YearlyRating.objects.filter(person__isnull=False).values_list("year", flat=True))
    assert set(years) == {2023, 2024, 2025}
    assert years[2025] > 0.95 * PEOPLE
    assert YearlyRating.objects.filter(unit__isnull=False).exists()


def test_titles_keep_to_the_proportions_of_the_law(sector):
    rated = YearlyRating.objects.filter(person__isnull=False).count()
    advanced, fighters = _held("lao_dong_tien_tien"), _held("chien_si_thi_dua_co_so")
    assert 0.75 < advanced / rated < 0.95
    assert 0.08 < fighters / advanced <= 0.15
    assert 0 < _held("chien_si_thi_dua_nganh") < fighters / 3
    assert _held("bang_khen_vien_truong")
    assert _held("tap_the_lao_dong_tien_tien") > _held("tap_the_lao_dong_xuat_sac") > 0


def test_a_title_of_the_sector_stands_on_three_years_and_a_recognised_initiative(sector):
    for grant in Grant.objects.filter(award="chien_si_thi_dua_nganh"):
        base = Grant.objects.filter(award="chien_si_thi_dua_co_so", person=grant.person_id)
        assert {grant.year - 2, grant.year - 1, grant.year} <= set(base.values_list("year", flat=True))
        assert grant.initiatives.filter(level="sector", credits__person=grant.person_id).exists()


def test_the_whole_load_is_one_entry_of_the_journal_with_its_fingerprint(sector):
    (entry,) = Event.objects.exclude(kind="units.load")
    assert (entry.kind, entry.changes["people"], entry.changes["years"]) == ("load.seed", PEOPLE, YEARS)
    assert entry.changes["rows"]["Grant"] == Grant.objects.count()
    assert len(entry.changes["sha256"]) == 64


def test_verdicts_can_be_asked_for_everybody(sector, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        verdicts = judge_people(list(Person.objects.all()), "chien_si_thi_dua_nganh", 2026, date(2026, 11, 21))
    assert len(verdicts) == PEOPLE
    assert len({verdict.outcome for verdict in verdicts.values()}) > 1


def test_the_same_numbers_give_the_same_rows_and_others_give_others():
    def laid(people: int) -> tuple[dict[str, list[tuple]], str]:
        before = transaction.savepoint()
        _seed(people, 2)
        found = _everything(), Event.objects.get(kind="load.seed").changes["sha256"]
        transaction.savepoint_rollback(before)
        return found

    first, again, other = laid(60), laid(60), laid(61)
    assert first == again
    assert first[1] != other[1]


def test_laid_again_it_changes_nothing(sector, capsys):
    before = _everything(), Event.objects.count()
    _seed()
    assert "đã có" in capsys.readouterr().out
    assert (_everything(), Event.objects.count()) == before


def test_another_size_is_refused_where_one_is_laid(sector):
    with pytest.raises(CommandError, match="đã có tải 200 người × 3 năm"):
        _seed(300, yes=True)
    assert Person.objects.count() == PEOPLE


def test_people_who_may_be_real_stop_it_unless_one_insists(capsys):
    make_person()
    with pytest.raises(CommandError, match="1 người không thuộc dữ liệu mẫu"):
        _seed(20, 1)
    assert Person.objects.count() == 1
    assert not Unit.objects.filter(code="TC").exists()
    _seed(20, 1, yes=True)
    assert Person.objects.count() == 21


def test_a_production_server_never_takes_it(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="Máy chủ thật"):
        _seed(20, 1, yes=True)


@pytest.mark.parametrize(("people", "years"), [(0, 3), (200_001, 3), (200, 0), (200, 11)])
def test_sizes_beyond_what_is_known_are_refused(people, years):
    with pytest.raises(CommandError, match="phải từ 1 đến"):
        _seed(people, years)


def test_more_people_fill_more_units_and_then_larger_ones(sector):
    few, all_of_them, crowded = (list(places(people)) for people in (200, 16_000, 100_000))
    assert [sum(place.size for place in each) for each in (few, all_of_them, crowded)] == [200, 16_000, 100_000]
    assert len(few) < 15
    assert 250 < len(all_of_them) == len(crowded)
