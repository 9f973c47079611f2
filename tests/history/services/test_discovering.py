"""The nightly pass: what it keeps, what it closes, that it may run twice."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.services.users import system_user
from core.models import Event, Job
from core.services import jobs
from core.tasks import run_job
from history.models import Discovery
from history.services import discovering
from tests.factories.awards import make_eligible_for_cstdn, make_initiative
from tests.factories.history import make_discovery, make_grant
from tests.factories.units import make_person, make_unit
from units.models import YearlyRating

pytestmark = pytest.mark.django_db
DAY, YEAR = date(2026, 11, 21), 2026
NGANH = "chien_si_thi_dua_nganh"


def look(now, day=DAY, year=YEAR):
    """Queue the pass and let a worker do all of it."""
    job = discovering.begin(year=year, day=day, by=system_user(), at=now)
    for part in job.children.order_by("pk"):
        run_job(part.pk)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return job


def found(subject, award=NGANH):
    about = {"person": subject} if hasattr(subject, "full_name") else {"collective": subject}
    return Discovery.objects.filter(award=award, ended_on=None, **about).first()


@pytest.fixture
def an(region):
    """Eligible: three titles and a sector initiative."""
    return make_eligible_for_cstdn(make_person(region, full_name="Nguyễn Văn An"))


@pytest.fixture
def binh(region):
    """One condition short: no initiative."""
    return make_eligible_for_cstdn(make_person(region, full_name="Lê Thị Bình"), initiative=False)


def test_the_eligible_and_those_one_condition_short_are_kept_with_the_article(an, binh, now):
    look(now)
    assert found(an).outcome == "eligible"
    row = found(binh)
    assert row.outcome == "one_missing"
    assert "sáng kiến cấp ngành" in row.missing_says
    assert row.missing_cite[0] == {"doc": "06/2022/QH15", "at": "Điều 22 khoản 1 điểm b"}
    assert row.expected_on is None
    assert row.unit == binh.posting_on().unit
    assert row.rulebook_version


def test_who_lacks_two_conditions_is_not_kept(binh, now):
    binh.grants.filter(year=2024).update(state="revoked", state_basis="Quyết định hủy bỏ")
    look(now)
    assert found(binh) is None


def test_a_revoked_honour_does_not_count(an, now):
    an.grants.filter(year=2024).update(state="revoked", state_basis="Quyết định hủy bỏ")
    look(now)
    row = found(an)
    assert row is None or row.outcome != "eligible"


def test_one_unknown_fact_is_kept_apart_and_never_as_eligible(region, now):
    person = make_person(region, joined_on=date(2009, 8, 1))
    look(now)
    assert found(person, "ky_niem_chuong").outcome == "data_missing"
    assert not Discovery.objects.filter(person=person, outcome="eligible").exists()


def test_years_of_service_bring_a_day(region, now):
    person = make_person(region, joined_on=date(2012, 3, 1), since=date(2012, 3, 1))
    YearlyRating.objects.create(person=person, year=2026, rating="good")
    look(now)
    row = found(person, "ky_niem_chuong")
    assert (row.outcome, row.expected_on) == ("one_missing", date(2027, 2, 28))


def test_what_is_held_already_and_what_stands_below_it_is_not_suggested(an, now):
    make_grant(an, NGANH, 2026)
    look(now)
    assert found(an) is None
    assert found(an, "chien_si_thi_dua_co_so") is None


def test_collectives_are_looked_at_too(region, now):
    for year in (2025, 2026):
        YearlyRating.objects.create(unit=region, year=year, rating="excellent")
    look(now)
    row = found(region, "bang_khen_vien_truong")
    assert (row.outcome, row.unit) == ("eligible", region)


def test_unchecked_findings_are_marked(an, now):
    """The law of 01/10/2026 has not been read yet."""
    look(now)
    assert found(an).confirmed is False
    assert found(an).verdict["outcome"] == "eligible"


def test_looking_twice_on_a_day_is_one_job_and_changes_nothing(an, binh, now):
    first = look(now)
    before = list(Discovery.objects.order_by("pk").values())
    assert discovering.begin(year=YEAR, day=DAY, by=system_user(), at=now).pk == first.pk
    for part in first.children.all():
        Job.objects.filter(pk=part.pk).update(state="queued", attempts=0)
        run_job(part.pk)
    assert list(Discovery.objects.order_by("pk").values()) == before


def test_a_part_that_lost_its_lease_keeps_nothing(an, now):
    job = discovering.begin(year=YEAR, day=DAY, by=system_user(), at=now)
    part = jobs.take(job_id=job.children.order_by("pk").first().pk, at=now)
    Job.objects.filter(pk=part.pk).update(state="queued", lease_token=None)
    with pytest.raises(jobs.LeaseLost):
        discovering.run_part(job=part)
    assert not Discovery.objects.exists()


def test_the_next_night_keeps_the_row_and_the_day_of_its_finding(an, now):
    look(now)
    row = found(an)
    later = now + timedelta(days=1)
    look(later, day=DAY + timedelta(days=1))
    again = found(an)
    assert (again.pk, again.found_at, again.refreshed_at) == (row.pk, now, later)


def test_who_becomes_eligible_is_dated_with_that_night(binh, now):
    look(now)
    make_initiative(binh)
    later = now + timedelta(days=1)
    look(later, day=DAY + timedelta(days=1))
    row = found(binh)
    assert (row.outcome, row.found_at, row.missing_says) == ("eligible", later, "")


def test_what_no_longer_holds_is_closed_and_comes_back_as_itself(an, now):
    look(now)
    row = found(an)
    an.grants.filter(year=2024).update(state="revoked", state_basis="Quyết định hủy bỏ")
    an.grants.filter(year=2025).update(state="revoked", state_basis="Quyết định hủy bỏ")
    look(now + timedelta(days=1), day=DAY + timedelta(days=1))
    row.refresh_from_db()
    assert row.ended_on == DAY + timedelta(days=1)
    an.grants.update(state="in_force", state_basis="")
    third = now + timedelta(days=2)
    look(third, day=DAY + timedelta(days=2))
    row.refresh_from_db()
    assert (row.ended_on, row.found_at) == (None, third)


def test_who_has_left_is_closed(an, now):
    look(now)
    an.left_on = DAY
    an.save()
    look(now + timedelta(days=1), day=DAY + timedelta(days=1))
    assert found(an) is None


def test_another_year_closes_the_rows_of_the_last_one(an, now):
    look(now)
    look(now + timedelta(days=60), day=date(2027, 1, 20), year=2027)
    assert not Discovery.objects.filter(year=2026, ended_on=None).exists()


def test_the_words_of_the_unit_survive_the_next_night(an, hung, now):
    look(now)
    Discovery.objects.filter(pk=found(an).pk).update(state="declined", reason="Cá nhân xin nhường", by=hung, at=now)
    look(now + timedelta(days=1), day=DAY + timedelta(days=1))
    row = found(an)
    assert (row.state, row.reason, row.by) == ("declined", "Cá nhân xin nhường", hung)


def test_who_moved_is_found_in_the_new_unit(an, other_province, now):
    look(now)
    posting = an.postings.get()
    posting.valid_to = DAY
    posting.save()
    an.postings.create(unit=other_province, valid_from=DAY + timedelta(days=1))
    look(now + timedelta(days=1), day=DAY + timedelta(days=1))
    assert found(an).unit == other_province


def test_the_run_leaves_an_entry_in_the_journal_with_its_numbers(an, now):
    look(now)
    entry = Event.objects.get(kind="discovery.look")
    assert entry.changes["new"][1] >= 1
    assert entry.by == system_user()


def test_queries_do_not_grow_with_the_people(region, now):
    def counted(number):
        for _ in range(number):
            make_eligible_for_cstdn(make_person(region))
        job = discovering.begin(year=YEAR, day=DAY + timedelta(days=number), by=system_user(), at=now)
        part = jobs.take(job_id=job.children.order_by("pk").first().pk, at=now)
        with CaptureQueriesContext(connection) as queries:
            discovering.run_part(job=part)
        Discovery.objects.all().delete()
        return len(queries)

    assert counted(2) == counted(9)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "postponed", "reason": "Chờ"},
        {"state": "declined"},
        {"state": "taken"},
        {"outcome": "one_missing", "missing_says": ""},
        {"outcome": "eligible", "missing_says": "Thiếu"},
        {"outcome": "never"},
        {"state": "gone"},
        {"type": "other"},
    ],
)
def test_the_database_refuses_a_row_that_makes_no_sense(region, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_discovery(make_person(region), **values)


def test_a_subject_has_one_row_for_an_award_and_year(region):
    person, unit = make_person(region), make_unit()
    for subject in (person, unit):
        make_discovery(subject)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_discovery(subject)
        make_discovery(subject, year=2027)
