"""The published structure of the sector, before and after 01/07/2025."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from accounts.services.users import system_user
from core.models import Event
from units.importers import BadData, load_units, problems_of, read, regions_named_by_law
from units.models import Unit, UnitEvent, UnitKind, UnitLink
from units.selectors import descendants, unit_name_on, units_on, within

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
JUNE, JULY = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def sector(db):
    return load_units(by=system_user(), at=NOW)


def counted(day):
    """Provinces, high procuracies, districts and regions in force on `day`."""
    kinds = [UnitKind.PROVINCE, UnitKind.HIGH, UnitKind.DISTRICT, UnitKind.REGION]
    return [units_on(day).filter(kind=kind).count() for kind in kinds]


def test_all_units_and_events_of_the_files_are_loaded(sector):
    assert (sector.units, sector.links, sector.events) == (1120, 1119, 775)
    assert (Unit.objects.count(), UnitLink.objects.count(), UnitEvent.objects.count()) == (1120, 1119, 775)


def test_loading_again_changes_nothing_and_leaves_no_trace(sector):
    before = Event.objects.count()
    again = load_units(by=system_user(), at=NOW)
    assert (again.units, again.links, again.events, again.differing) == (0, 0, 0, [])
    assert Event.objects.count() == before


def test_a_unit_changed_in_the_system_is_reported_and_left_alone(sector):
    Unit.objects.filter(code="TC.V15").update(short_name="Vụ TCCB")
    assert load_units(by=system_user(), at=NOW).differing == ["TC.V15"]
    assert Unit.objects.get(code="TC.V15").short_name == "Vụ TCCB"


def test_the_sector_had_63_provinces_3_high_and_695_districts_until_30_june_2025(sector):
    assert counted(JUNE) == [63, 3, 695, 0]


def test_the_sector_has_34_provinces_and_the_known_regions_from_1_july_2025(sector):
    assert counted(JULY) == [34, 0, 0, 253]


def test_102_of_the_355_regions_of_the_law_are_missing(sector):
    assert 355 - counted(JULY)[3] == 102
    known = regions_named_by_law()
    assert len(known) == 34
    assert sum(number for number in known.values() if number) == 184


def test_the_supreme_procuracy_has_24_then_27_units(sector):
    top = Unit.objects.get(code="TC")

    def under(day):
        kinds = [UnitKind.COMMITTEE, UnitKind.OFFICE, UnitKind.DEPARTMENT, UnitKind.BUREAU, UnitKind.INSPECTORATE,
                 UnitKind.APPEAL, UnitKind.INSTITUTE, UnitKind.MILITARY]  # fmt: skip
        return units_on(day).filter(kind__in=kinds, parent_links__parent=top).count()

    assert (under(date(2025, 2, 6)), under(JUNE), under(JULY)) == (27, 24, 27)


def test_confidence_marks_are_kept(sector):
    marks = {mark: Unit.objects.filter(confidence=mark).count() for mark in ("confirmed", "derived", "recalled")}
    assert marks == {"confirmed": 189, "derived": 926, "recalled": 5}


def test_vu_16_lives_on_in_the_office(sector):
    old, office = Unit.objects.get(code="TC.V16.2015"), Unit.objects.get(code="TC.VP")
    assert unit_name_on(old, date(2025, 2, 6)) == "Vụ Thi đua - Khen thưởng"
    assert unit_name_on(old, date(2025, 2, 7)) == "Văn phòng Viện kiểm sát nhân dân tối cao"
    assert within([office.pk]).filter(pk=old.pk).exists()
    assert old.lineage().filter(pk=office.pk).exists()


def test_the_new_phu_tho_answers_for_the_three_old_provinces_and_their_districts(sector):
    new = Unit.objects.get(code="TINH.PHU-THO.34")
    found = within([new.pk])
    olds = set(found.filter(kind=UnitKind.PROVINCE).values_list("code", flat=True))
    assert olds == {"TINH.PHU-THO.34", "TINH.PHU-THO.63", "TINH.VINH-PHUC.63", "TINH.HOA-BINH.63"}
    old_districts = descendants(Unit.objects.filter(code__in=olds), JUNE).filter(kind=UnitKind.DISTRICT)
    assert set(old_districts) <= set(found)


def test_everything_ever_belongs_to_the_supreme_procuracy(sector, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = set(within(Unit.objects.filter(code="TC"), date(2026, 11, 21)))
    assert len(found) == 1120


def test_units_sort_by_kind_then_number(sector):
    regions = Unit.objects.filter(code__startswith="KV.PHU-THO").order_by("sort_key")
    assert [unit.code[-2:] for unit in regions] == [f"{number:02}" for number in range(1, 12)]


def test_contradictions_are_all_named_and_nothing_is_saved(db, tmp_path):
    structure = read()
    broken = replace(
        structure,
        units=[replace(structure.units[1], parent_code="KHONG.CO")],
        events=[replace(structure.events[0], kind="boc_hoi")],
    )
    problems = problems_of(broken)
    assert [problem.split(":")[0] for problem in problems] == [
        "units.csv",
        "reorganisations.csv",
        "reorganisations.csv",
    ]
    (tmp_path / "units.csv").write_text(
        "code,name_vi,short_name,kind,parent_code,province_name,valid_from,valid_to,source,confidence\n"
        "A,Tên,Tên,vu,B,,,,,confirmed\n", encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "reorganisations.csv").write_text(
        "effective_date,legal_basis,predecessor_code,successor_code,kind,confidence\n", encoding="utf-8"
    )
    with pytest.raises(BadData) as bad:
        load_units(by=system_user(), at=NOW, folder=tmp_path)
    assert bad.value.problems == ["units.csv: A: cấp trên B không có"]
    assert not Unit.objects.exists()


def test_the_command_says_what_it_added(db, capsys):
    call_command("load_units")
    assert capsys.readouterr().out == "Thêm 1120 đơn vị, 1119 quan hệ trực thuộc, 775 sự kiện.\n"
