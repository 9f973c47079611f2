"""Who sees which campaigns and registrations, and how far the units are."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import selectors
from campaigns.selectors import (
    campaigns_visible_to,
    count_campaigns,
    count_own,
    count_registrations,
    own_sheets,
    progress_counts,
    progress_of,
    registrations_visible_to,
)
from tests.factories.campaigns import make_campaign, make_line, make_registration
from tests.factories.units import make_event, make_person, make_unit

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Selectors without a day of their own ask for today."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 21, 3, 0, tzinfo=UTC))


def test_a_unit_sees_what_its_superiors_launched_and_no_draft(root, province, lan, minh):
    of_the_sector, of_the_province = make_campaign(root), make_campaign(province)
    draft = make_campaign(root, state="draft")
    assert set(campaigns_visible_to(lan)) == {of_the_sector, of_the_province}
    assert draft in campaigns_visible_to(minh)


def test_nam_does_not_see_the_campaign_of_another_province(root, province, nam):
    of_the_sector = make_campaign(root)
    make_campaign(province)
    assert list(campaigns_visible_to(nam)) == [of_the_sector]


def test_a_person_without_a_role_sees_the_campaigns_of_the_own_unit(root, other_province, region, make_user):
    campaign = make_campaign(root)
    make_campaign(other_province)
    user = make_user("an")
    make_person(region, user=user)
    assert list(campaigns_visible_to(user)) == [campaign]


def test_someone_without_role_and_posting_sees_nothing(campaign, make_user):
    assert not campaigns_visible_to(make_user("la")).exists()


def test_registrations_are_seen_from_the_unit_upwards(registration, lan, hung, minh, nam, quang):
    for user in (lan, hung, minh):
        assert list(registrations_visible_to(user)) == [registration]
    for user in (nam, quang):
        assert not registrations_visible_to(user).exists()


def test_sections_the_sector_and_ended_units_register_nothing(campaign, root, province, region):
    make_unit(kind="phong", under=region)
    make_unit(kind="khu_vuc", under=province, valid_to=date(2026, 6, 30))
    assert set(selectors.registering_units(campaign, TODAY)) == {province, region}


def test_progress_counts_who_has_not_begun_as_not_sent(campaign, province, region, other_province, minh):
    make_registration(campaign, region, state="sent")
    make_registration(campaign, province)
    progress = progress_counts(progress_of(minh, campaign, TODAY))
    assert (progress.total, progress.sent) == (3, 1)
    assert progress.rows == [("Chưa gửi", 2), ("Chờ duyệt", 1), ("Từ chối", 0), ("Đã duyệt", 0), ("Đã khóa", 0)]


def test_progress_shows_state_day_and_number_of_confirmed_lines(campaign, region, people, minh):
    sheet = make_registration(campaign, region, state="accepted")
    make_line(sheet, person=people[0])
    make_line(sheet, person=people[1], answer="waiting")
    row = progress_of(minh, campaign, TODAY).get(pk=region.pk)
    assert (row.registration_id, row.stage, row.sent_at, row.lines) == (sheet.pk, "accepted", sheet.sent_at, 1)


def test_progress_of_nam_is_his_own_province_only(campaign, region, other_province, nam):
    make_registration(campaign, region, state="sent")
    assert list(progress_of(nam, campaign, TODAY)) == [other_province]


def test_a_unit_that_ended_after_it_registered_stays_in_the_list(campaign, province, minh):
    ended = make_unit(kind="khu_vuc", under=province, valid_to=date(2027, 1, 1))
    make_event(ended, province, date(2027, 1, 2))
    make_registration(campaign, ended, state="sent")
    assert ended in progress_of(minh, campaign, date(2027, 6, 1))


def test_own_sheets_are_those_to_begin_and_those_begun(root, campaign, region, lan):
    (to_begin,) = own_sheets(lan, TODAY)
    assert (to_begin.campaign, to_begin.unit, to_begin.registration) == (campaign, region, None)
    sheet = make_registration(campaign, region)
    (begun,) = own_sheets(lan, TODAY)
    assert begun.registration == sheet


def test_the_menu_counts_what_waits_for_whom(campaign, region, lan, minh, hung):
    assert (count_registrations(lan), count_registrations(minh)) == (1, 0)
    sheet = make_registration(campaign, region, state="sent", by=hung)
    assert (count_registrations(lan), count_registrations(minh)) == (0, 1)
    sheet.state, sheet.return_reason = "returned", "Thiếu"
    sheet.save()
    assert (count_registrations(lan), count_registrations(minh)) == (1, 0)
    assert count_campaigns(lan) == 1


def test_a_person_is_counted_until_something_is_registered(campaign, registration, people, make_user):
    user = make_user("an")
    people[1].user = user
    people[1].save()
    assert count_own(user) == 1
    make_line(registration, person=people[1])
    assert count_own(user) == 0


def test_the_nearest_office_answers(region, province, minh, assign, make_user):
    assert selectors.nearest_office(region, TODAY) == [minh]
    near = assign(make_user("gan"), "office", province)
    assert selectors.nearest_office(region, TODAY) == [near]


def test_last_years_sheet_is_found_through_a_renaming(root, registration, province, region):
    before = make_unit(kind="khu_vuc", under=province, valid_to=date(2026, 3, 31))
    make_event(before, region, date(2026, 4, 1), "rename")
    sheet = make_registration(make_campaign(root, year=2026), before, state="locked")
    make_registration(make_campaign(root, year=2025), region, state="locked")
    assert selectors.previous_registration(registration) == sheet


def test_more_units_cost_no_more_queries(campaign, province, minh):
    def read():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            units = progress_of(minh, campaign, TODAY)
            list(units)
            progress_counts(units)
        return len(queries)

    units = [make_unit(kind="khu_vuc", under=province) for _ in range(3)]
    make_registration(campaign, units[0], state="sent")
    first = read()
    for unit in units[1:]:
        make_registration(campaign, unit)
    for _ in range(5):
        make_registration(campaign, make_unit(kind="khu_vuc", under=province))
    assert read() == first
