"""The grid: who stands where, what is ticked, what the machine says, what the meters count."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.selectors.grid import grid_of
from campaigns.selectors.meters import bases_of, meters_of
from campaigns.services.registrations import send
from tests.factories.campaigns import (
    AWARDS,
    CSTDCS,
    CSTDN,
    LDTT,
    TTLDTT,
    TTLDXS,
    make_campaign,
    make_line,
    make_registration,
)
from tests.factories.history import make_grant, make_initiative
from tests.factories.units import make_person, make_unit
from units.models import PendingMatter, YearlyRating

TODAY = date(2026, 11, 21)


def row_of(grid, person):
    return next(row for row in grid.rows if row.key == f"p{person.pk}")


def cell_of(grid, person, award):
    return next(cell for cell in row_of(grid, person).cells if cell.award.code == award)


def test_the_unit_comes_first_then_its_sections_and_the_head_before_the_others(registration, people):
    grid = grid_of(registration, TODAY)
    assert [(group.title, [row.name for row in group.rows]) for group in grid.groups] == [
        ("Trực tiếp thuộc VKSND khu vực 1", ["Lê Mạnh Hùng", "Trần Thị Lan"]),
        ("Phòng 1", ["Đỗ Văn An"]),
    ]
    assert [(row.number, row.post) for row in grid.rows] == [
        (1, "Viện trưởng"),
        (2, "Kiểm sát viên"),
        (3, "Chuyên viên"),
    ]


def test_columns_run_from_the_lowest_title_up(registration, people):
    grid = grid_of(registration, TODAY)
    assert [award.code for award in grid.columns] == [LDTT, CSTDCS, CSTDN]
    assert [award.code for award in grid.collective_columns] == [TTLDTT, TTLDXS]


def test_cells_tell_ticked_waiting_and_returned_apart(registration, people):
    make_line(registration, person=people[0])
    make_line(registration, person=people[1], answer="waiting")
    make_line(registration, person=people[2], answer="returned")
    make_line(registration, person=people[2], award=CSTDCS, origin="person")
    grid = grid_of(registration, TODAY)
    states = {
        (person.full_name, award): (cell.on, cell.waiting, cell.locked)
        for person in people
        for award in (LDTT, CSTDCS)
        for cell in [cell_of(grid, person, award)]
    }
    assert states == {
        ("Lê Mạnh Hùng", LDTT): (True, False, False),
        ("Lê Mạnh Hùng", CSTDCS): (False, False, False),
        ("Trần Thị Lan", LDTT): (False, True, True),
        ("Trần Thị Lan", CSTDCS): (False, False, False),
        ("Đỗ Văn An", LDTT): (False, False, False),
        ("Đỗ Văn An", CSTDCS): (True, False, True),
    }


def test_the_last_three_years_stand_beside_the_name(registration, people):
    make_grant(people[0], LDTT, 2024)
    make_grant(people[0], CSTDCS, 2024)
    make_grant(people[0], LDTT, 2026)
    make_grant(people[0], CSTDCS, 2023)
    make_grant(people[0], CSTDCS, 2026, state="revoked", state_basis="Quyết định 9/QĐ-VKSTC")
    assert row_of(grid_of(registration, TODAY), people[0]).past == "CSTĐ cơ sở · – · LĐTT"


def test_a_broken_run_is_a_warning_and_marks_the_cell(registration, people):
    for year, award in ((2025, LDTT), (2026, CSTDCS)):
        make_grant(people[1], award, year)
    for award in (LDTT, CSTDCS, CSTDN):
        make_line(registration, person=people[1], award=award)
    grid = grid_of(registration, TODAY)
    chip = row_of(grid, people[1]).chip
    assert (chip.kind, chip.text) == ("warn", "CSTĐ ngành: thiếu 2 điều kiện")
    assert cell_of(grid, people[1], CSTDN).doubtful
    assert not cell_of(grid, people[1], CSTDCS).doubtful
    assert grid.warnings == [row_of(grid, people[1])]


def test_what_the_year_has_still_to_bring_is_not_a_failure(registration, people):
    make_line(registration, person=people[1])
    make_line(registration, person=people[1], award=CSTDCS)
    chip = row_of(grid_of(registration, TODAY), people[1]).chip
    assert (chip.kind, chip.text) == ("", "Chờ kết quả năm 2027")


def test_once_the_year_is_over_what_is_missing_is_missing(registration, people):
    make_line(registration, person=people[1], award=CSTDCS)
    YearlyRating.objects.create(person=people[1], year=2027, rating="good")
    chip = row_of(grid_of(registration, date(2027, 12, 5)), people[1]).chip
    assert (chip.kind, chip.text) == ("warn", "CSTĐ cơ sở: thiếu 1 điều kiện")


def test_all_met_is_said(registration, people):
    make_line(registration, person=people[1])
    YearlyRating.objects.create(person=people[1], year=2027, rating="good")
    assert row_of(grid_of(registration, TODAY), people[1]).chip.text == "Đủ"


def test_an_open_matter_stands_against_every_title(registration, people):
    make_line(registration, person=people[1])
    PendingMatter.objects.create(person=people[1], kind="discipline", opened_on=date(2026, 11, 1))
    assert row_of(grid_of(registration, TODAY), people[1]).chip.text == "LĐTT: thiếu 1 điều kiện"


def test_findings_name_the_law_and_mark_what_may_still_come(registration, people):
    make_line(registration, person=people[1], award=CSTDCS)
    (judged,) = row_of(grid_of(registration, TODAY), people[1]).judged
    merit = next(finding for finding in judged.findings if finding.any_of)
    assert (merit.met, merit.says) == (None, "Cần đạt một trong 2 cách sau")
    assert merit.law.endswith("Luật 06/2022/QH15")
    assert "Còn có thể đạt trong năm thi đua." in {part.found for part in merit.any_of}


def test_someone_who_left_is_shown_apart_until_the_lines_are_taken_off(registration, people, other_province):
    gone = make_person(other_province, full_name="Bùi Văn Đi")
    make_line(registration, person=gone)
    grid = grid_of(registration, TODAY)
    assert (grid.groups[-1].title, grid.groups[-1].rows[0].name) == ("Không còn ở đơn vị", "Bùi Văn Đi")
    assert grid.headcount == 3


def test_what_was_sent_keeps_its_names_and_its_day(registration, people, hung, now):
    make_line(registration, person=people[1])
    sent = send(registration=registration, by=hung, at=now, expected_version=1)
    people[1].full_name = "Trần Thị Lan Anh"
    people[1].save()
    grid = grid_of(sent, date(2027, 12, 5))
    assert (row_of(grid, people[1]).name, row_of(grid, people[1]).post) == ("Trần Thị Lan", "Kiểm sát viên")
    assert grid.day == TODAY


def test_the_meters_count_people_caps_and_collectives(registration, people, region):
    for person in people[:2]:
        make_line(registration, person=person)
        make_line(registration, person=person, award=CSTDCS)
    make_line(registration, collective=region, award=TTLDTT)
    base, capped, title, collectives = meters_of(grid_of(registration, TODAY))
    assert (base.count, base.note, base.says) == (2, "/ 3 người", "66,7 % số người của đơn vị đăng ký")
    assert (capped.count, capped.share, capped.says) == (2, None, "Không có giới hạn đang áp dụng.")
    assert (title.count, title.name) == (0, "Chiến sĩ thi đua ngành")
    assert (collectives.count, collectives.says) == (1, "VKSND khu vực 1: TTLĐTT")


def test_where_no_cap_is_in_force_the_source_says_when_the_last_one_ended(registration, people):
    assert bases_of(grid_of(registration, TODAY))[0] == (
        "CSTĐ cơ sở: không có giới hạn đang áp dụng; mức 15 % (Điều 9 khoản 3 Nghị định 91/2017/NĐ-CP) "
        "hết hiệu lực sau ngày 31/12/2023"
    )


def test_a_cap_in_force_on_the_day_is_counted_with_its_arithmetic(root, region, people, minh):
    days = {"starts_on": date(2019, 12, 1), "ends_on": date(2020, 11, 30), "year": 2020, "state": "closed"}
    window = {"registration_opens_on": date(2020, 1, 1), "registration_closes_on": date(2020, 2, 1)}
    campaign = make_campaign(root, **days, **window)
    moment = datetime(2020, 1, 15, 3, 0, tzinfo=UTC)
    sheet = make_registration(campaign, region, state="accepted", sent_at=moment)
    extra = [make_person(region) for _ in range(7)]
    for person in [*people, *extra]:
        make_line(sheet, person=person)
    for person in extra[:2]:
        make_line(sheet, person=person, award=CSTDCS)
    meter = meters_of(grid_of(sheet, TODAY))[1]
    assert (meter.tone, meter.note) == ("warn", "đăng ký · công nhận tối đa 1")
    assert meter.says == "Vượt 1 (15 % × 10 = 1,5, làm tròn xuống 1). Vẫn gửi được."
    assert (meter.share, meter.tick) == (100.0, 50.0)


@pytest.mark.parametrize("awards", [AWARDS, (LDTT,)])
def test_more_people_cost_no_more_queries(root, region, people, awards):
    sheet = make_registration(make_campaign(root, awards=awards), region)

    def fill(number):
        section = make_unit(kind="phong", under=region)
        for _ in range(number):
            person = make_person(section)
            make_line(sheet, person=person)
            make_grant(person, LDTT, 2026)
            make_initiative(region, person, recognised_on=TODAY)
            YearlyRating.objects.create(person=person, year=2026, rating="good")

    def read():
        with CaptureQueriesContext(connection) as queries:
            meters_of(grid_of(sheet, TODAY))
        return len(queries)

    fill(2)
    first = read()
    fill(10)
    assert read() == first
