"""A state changes in one way only: locked, compared, authorised, guarded, recorded."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction

from accounts.permissions import Permission as P
from campaigns.models import Campaign
from core.act import act
from core.models import Event
from core.templatetags.ui import differences
from core.workflow import Conflict, Refused, compare_version, move, move_many, step, why_not


def _refuse_special(attempt):
    if attempt.subject.kind == "special":
        raise Refused("Phong trào đặc biệt không dùng bước này.")


LAUNCH = step("launch", "Phát động", {"draft"}, "launched", P.CAMPAIGN_MANAGE, _refuse_special)


@act
def launch(*, campaign, by, at, seen=None, note=""):
    return move(campaign, LAUNCH, by=by, at=at, expected_version=seen, note=note)


@act
def launch_all(*, campaigns, by, at):
    return move_many(campaigns, LAUNCH, by=by, at=at)


def make_campaign(root, by, at, **values) -> Campaign:
    """The smallest campaign."""
    facts = {
        "title": "Phong trào thử",
        "kind": "annual",
        "year": 2026,
        "starts_on": date(2025, 12, 1),
        "ends_on": date(2026, 11, 30),
    }
    return Campaign.objects.create(unit=root, created_by=by, created_at=at, **{**facts, **values})


@pytest.fixture
def campaign(root, minh, now) -> Campaign:
    """A draft of Minh's."""
    return make_campaign(root, minh, now)


@pytest.mark.django_db
def test_a_move_changes_the_state_counts_a_version_and_leaves_one_entry(campaign, minh, now):
    launch(campaign=campaign, by=minh, at=now, seen=1, note="theo Chỉ thị")
    campaign.refresh_from_db()
    assert (campaign.state, campaign.version) == ("launched", 2)
    entry = Event.objects.get()
    assert (entry.kind, entry.changes, entry.note, entry.by) == (
        "campaign.launch",
        {"state": ["draft", "launched"]},
        "theo Chỉ thị",
        minh,
    )


@pytest.mark.django_db
def test_who_saw_an_old_version_gets_both_versions_and_nothing_changes(campaign, minh, now):
    Campaign.objects.filter(pk=campaign.pk).update(version=2)
    with pytest.raises(Conflict) as conflict:
        launch(campaign=campaign, by=minh, at=now, seen=1)
    assert conflict.value.theirs == {"Trạng thái": "Đang soạn"}
    campaign.refresh_from_db()
    assert campaign.state == "draft"
    assert Event.objects.count() == 0


@pytest.mark.django_db
def test_a_conflict_names_who_changed_what_and_when(campaign, minh, now):
    launch(campaign=campaign, by=minh, at=now, seen=1)
    campaign.refresh_from_db()
    with pytest.raises(Conflict) as conflict:
        compare_version(campaign, 1, mine={"title": "Tên tôi vừa gõ", "Việc": "Sửa"})
    assert (conflict.value.who, conflict.value.at) == (str(minh), now)
    rows = differences(conflict.value)
    assert (str(Campaign._meta.get_field("title").verbose_name), "Tên tôi vừa gõ", campaign.title) in rows
    assert ("Việc", "Sửa", "") in rows


def test_a_row_with_nothing_on_either_side_is_not_shown():
    assert differences(Conflict({"Ghi chú": "", "Việc": "Gửi"}, {"Trạng thái": "Đã gửi"})) == [
        ("Việc", "Gửi", ""),
        ("Trạng thái", "", "Đã gửi"),
    ]


def test_both_sides_are_written_as_people_write_them():
    rows = differences(Conflict({"Ngày": date(2026, 11, 3)}, {"Ngày": None, "Các điều": ["Một", "Hai"]}))
    assert rows == [("Ngày", "03/11/2026", ""), ("Các điều", "", "Một; Hai")]


@pytest.mark.django_db
def test_who_has_no_right_is_refused_before_anything_else(campaign, nam, now):
    with pytest.raises(PermissionDenied, match="Quản lý phong trào"):
        launch(campaign=campaign, by=nam, at=now)


@pytest.mark.django_db
def test_a_move_from_another_state_says_which_state_it_is_in(campaign, minh, now):
    launch(campaign=campaign, by=minh, at=now)
    with pytest.raises(Refused, match="Đang diễn ra"):
        launch(campaign=campaign, by=minh, at=now)


@pytest.mark.django_db
def test_the_grey_button_speaks_the_guards_own_sentence(campaign, minh, nam, now):
    campaign.kind = "special"
    assert why_not(campaign, LAUNCH, by=minh, at=now) == "Phong trào đặc biệt không dùng bước này."
    assert "Quản lý phong trào" in why_not(campaign, LAUNCH, by=nam, at=now)
    campaign.kind = "annual"
    assert why_not(campaign, LAUNCH, by=minh, at=now) is None


@pytest.mark.django_db
def test_many_are_moved_and_the_rest_named_with_the_reason(root, minh, now):
    plain = [make_campaign(root, minh, now) for _ in range(3)]
    special = make_campaign(root, minh, now, kind="special")
    moved, refused = launch_all(campaigns=[*plain, special], by=minh, at=now)
    assert {row.pk for row in moved} == {row.pk for row in plain}
    assert refused == [(special, "Phong trào đặc biệt không dùng bước này.")]
    assert Event.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("few", "many"), [(2, 12)])
def test_moving_more_takes_no_more_queries(root, minh, now, few, many, django_assert_max_num_queries):
    launch(campaign=make_campaign(root, minh, now), by=minh, at=now)  # content types are read once per process
    numbers = []
    for size in (few, many):
        campaigns = [make_campaign(root, minh, now) for _ in range(size)]
        with django_assert_max_num_queries(40) as counted:
            launch_all(campaigns=campaigns, by=minh, at=now)
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]


def _naive(campaign, by, at):
    """The same change without lock and comparison: what `move` protects from."""
    with transaction.atomic():
        row = Campaign.objects.get(pk=campaign.pk)
        if row.state != "draft":
            raise Refused("đã phát động")
        _naive.meet.wait(timeout=20)
        Campaign.objects.filter(pk=row.pk).update(state="launched", version=row.version + 1)


def _race(attempt, campaign, by, at, workers=8):
    def one(_):
        try:
            attempt(campaign=campaign, by=by, at=at)
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "moved"

    with ThreadPoolExecutor(workers) as pool:
        return sorted(pool.map(one, range(workers)))


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_launch_at_once_exactly_one_succeeds(campaign, minh, now):
    assert _race(launch, campaign, minh, now) == ["moved"] + ["refused"] * 7
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_several_would_succeed(campaign, minh, now):
    """Control arm: shows that the race above is real (SQLite lets only one transaction in at all)."""
    if connection.vendor == "sqlite":
        _naive.meet = Barrier(1)
        assert _race(_naive, campaign, minh, now, workers=4).count("moved") == 1
    else:
        _naive.meet = Barrier(4)
        assert _race(_naive, campaign, minh, now, workers=4).count("moved") == 4
