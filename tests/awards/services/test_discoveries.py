"""A dossier from a suggestion: begun once, in the right draft, or refused with the reason; heads are told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services.users import system_user
from awards import selectors
from awards.models import Nomination, Submission
from awards.services import discoveries, lines
from awards.tasks import discover
from core.models import Job, Notification
from core.tasks import run_job
from history.models import Discovery
from history.services import discoveries as suggested
from history.services import discovering
from tests.factories import awards as make
from tests.factories.history import make_discovery
from tests.factories.units import make_person, make_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


@pytest.fixture
def campaign(root):
    return make.make_intake(root)


@pytest.fixture
def row(campaign, region):
    return make_discovery(make_person(region, full_name="Nguyễn Văn An"))


def start(rows, by, at):
    return discoveries.start(discoveries=rows, by=by, at=at)


def shown(user, tab=""):
    rows = selectors.suggestions(user).filter(selectors.suggestions_under(tab, DAY))
    return {row.pk for row in rows}


def test_a_dossier_begun_is_a_line_in_a_new_draft_of_the_unit(row, region, campaign, lan, now):
    made = start([row], lan, now)
    (line,) = made.made
    assert (line.person, line.award, line.year, line.state) == (row.person, make.CSTDN, 2026, "draft")
    draft = line.submission
    assert (draft.unit, draft.campaign, draft.level, draft.sent_at) == (region, campaign, "sector", None)
    row.refresh_from_db()
    assert (row.state, row.by) == ("taken", lan)
    assert row.pk not in shown(lan)
    assert row.pk in shown(lan, "ho-so")


def test_clicked_twice_it_is_the_same_line(row, lan, hung, now):
    first = start([row], lan, now)
    again = start([row], hung, now)
    assert again.made == []
    assert [line.pk for line in again.there] == [first.made[0].pk]
    assert Nomination.objects.count() == Submission.objects.count() == 1


def test_the_draft_that_is_there_is_used(row, region, campaign, lan, now):
    draft = make.make_submission(region, campaign=campaign, created_by=lan)
    made = start([row], lan, now)
    assert made.submissions == [draft.pk]


def test_a_submission_once_sent_is_left_alone(row, region, campaign, lan, hung, now):
    sent = make.make_submission(region, campaign=campaign, created_by=lan, sent_by=hung)
    assert start([row], lan, now).submissions != [sent.pk]


def test_many_go_into_one_draft_for_each_level(campaign, region, lan, now):
    people = [make_person(region) for _ in range(3)]
    rows = [make_discovery(person) for person in people[:2]]
    rows.append(make_discovery(people[2], "chien_si_thi_dua_co_so"))
    rows.append(make_discovery(region, "bang_khen_vien_truong"))
    made = start(rows, lan, now)
    assert len(made.made) == 4
    levels = Submission.objects.order_by("level").values_list("level", "nominations__award")
    assert len(set(levels)) == 3
    assert Submission.objects.count() == 2


def test_the_nearest_unit_for_which_one_drafts_proposes(campaign, root, province, region, assign, make_user, now):
    both = assign(assign(make_user("both"), "unit_clerk", province), "unit_clerk", region)
    in_region, in_province = make_discovery(make_person(region)), make_discovery(make_person(province))
    made = start([in_region, in_province], both, now)
    assert {line.person: line.submission.unit for line in made.made} == {
        in_region.person: region, in_province.person: province
    }  # fmt: skip


def test_a_line_thrown_away_brings_the_suggestion_back(row, lan, now):
    (line,) = start([row], lan, now).made
    lines.remove(nomination=line, expected_version=None, by=lan, at=now)
    assert row.pk in shown(lan)
    assert len(start([row], lan, now).made) == 1


def test_a_dossier_made_another_way_counts_too(row, region, campaign, lan):
    make.make_nomination(make.make_submission(region, campaign=campaign), person=row.person)
    assert row.pk not in shown(lan)
    assert selectors.count_to_propose(lan) == 0


def test_without_a_campaign_for_the_award_nothing_is_made(region, root, lan, now):
    make.make_intake(root, awards=("lao_dong_tien_tien",))
    row = make_discovery(make_person(region))
    made = start([row], lan, now)
    assert "Chưa có phong trào năm 2026" in made.refused[0][1]
    assert discoveries.why_not(row, discoveries.campaigns_for(lan, DAY)) == made.refused[0][1]
    assert not Submission.objects.exists()
    row.refresh_from_db()
    assert row.state == "open"


def test_after_the_last_day_nothing_is_made(region, root, lan, now):
    make.make_intake(root, nomination_closes_on=DAY - timedelta(days=1))
    made = start([make_discovery(make_person(region))], lan, now)
    assert len(made.refused) == 1


@pytest.mark.parametrize("who", ["nam", "minh"])
def test_whoever_does_not_draft_for_the_unit_is_refused(row, request, who, now):
    made = start([row], request.getfixturevalue(who), now)
    assert (made.made, len(made.refused)) == ([], 1)
    assert not Submission.objects.exists()


def test_a_declined_one_may_still_be_begun_by_who_thinks_again(row, hung, now):
    suggested.decline(discoveries=[row], reason="Cá nhân xin nhường", by=hung, at=now)
    assert len(start([row], hung, now).made) == 1
    row.refresh_from_db()
    assert (row.state, row.reason) == ("taken", "")


def test_many_take_as_many_queries_as_few(campaign, region, lan, now):
    def counted(number):
        rows = [make_discovery(make_person(region)) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            start(rows, lan, now)
        return len(queries)

    counted(1)  # the draft is made, rights are looked up
    assert counted(2) == counted(9)


def test_tabs_part_the_rows_and_their_numbers_agree(campaign, region, hung, now):
    rows = [make_discovery(make_person(region)) for _ in range(4)]
    rows += [make_discovery(make_person(region), outcome=outcome) for outcome in ("one_missing", "data_missing")]
    suggested.postpone(discoveries=rows[1:2], until=date(2026, 12, 1), reason="Chờ", by=hung, at=now)
    suggested.decline(discoveries=rows[2:3], reason="Nhường", by=hung, at=now)
    start(rows[3:4], hung, now)
    everything = selectors.suggestions(hung)
    counts = selectors.count_suggestions(everything, DAY)
    assert counts == {"": 1, "thieu": 1, "du-lieu": 1, "hoan": 1, "khong": 1, "ho-so": 1}
    assert {tab: len(shown(hung, tab)) for tab in counts} == counts
    after = selectors.count_suggestions(everything, date(2026, 12, 1))
    assert (after[""], after["hoan"]) == (2, 0)


def run_everything():
    """What a worker does until nothing is left."""
    while (job := Job.objects.filter(state="queued").order_by("pk").first()) is not None:
        run_job(job.pk)


def test_a_pass_tells_each_head_once_of_the_new_ones(campaign, province, region, hung, assign, make_user, now):
    chief = assign(make_user("chief"), "unit_head", province)
    office = make_unit(under=province, kind="phong", short_name="Phòng 1")
    for unit in (region, region, office):
        make.make_eligible_for_cstdn(make_person(unit))
    discovering.begin(year=2026, day=DAY, by=system_user(), at=now)
    run_everything()
    told = {line.user: line.text for line in Notification.objects.filter(kind="discovery.found")}
    assert set(told) == {hung, chief}
    assert told[hung] == "2 cá nhân, tập thể của VKSND khu vực 1 mới đủ điều kiện khen thưởng cao hơn."
    assert "VKSND tỉnh Phú Thọ" in told[chief]
    discovering.begin(year=2026, day=DAY + timedelta(days=1), by=system_user(), at=now + timedelta(days=1))
    run_everything()
    assert Notification.objects.filter(kind="discovery.found").count() == 2


def test_telling_twice_tells_once(row, hung, now):
    Discovery.objects.update(found_at=now)
    job = Job.objects.create(
        kind="awards.tell_discovered", key="k", title="t", payload={"run": now.isoformat(), "year": 2026}, by=hung,
        created_at=now,
    )  # fmt: skip
    discoveries.tell_heads(job=job)
    discoveries.tell_heads(job=job)
    assert Notification.objects.filter(user=hung, kind="discovery.found").count() == 1


def test_the_clock_asks_for_the_year_whose_dossiers_are_taken(root, region, settings):
    assert selectors.year_taking_dossiers(DAY) == DAY.year
    make.make_intake(root, year=2025, nomination_closes_on=date(2026, 12, 15), starts_on=date(2024, 12, 1))
    make.make_intake(root, year=2026, nomination_closes_on=date(2027, 12, 15))
    assert selectors.year_taking_dossiers(DAY) == 2025
    assert selectors.year_taking_dossiers(date(2026, 12, 16)) == 2026
    assert Job.objects.get(pk=discover()).kind == "history.discover"


def test_a_withdrawn_dossier_brings_the_suggestion_back(row, sent_line, lan):
    assert row.pk in shown(lan, "ho-so")
    Nomination.objects.filter(pk=sent_line.pk).update(state="withdrawn")
    assert row.pk in shown(lan)


@pytest.fixture
def sent_line(row, region, campaign, lan, hung):
    sent = make.make_submission(region, campaign=campaign, created_by=lan, sent_by=hung)
    return make.make_nomination(sent, person=row.person, state="submitted")
