"""Cells are changed many at a time: one version, one journal entry, nothing lost between two clients."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from campaigns.models import RegistrationLine
from campaigns.services import lines
from campaigns.services.lines import Tick, copy_previous, register_everyone, set_lines
from core.models import Event
from core.workflow import Conflict, Refused
from tests.factories.campaigns import CSTDCS, CSTDN, LDTT, TTLDTT, make_campaign, make_line, make_registration
from tests.factories.units import make_event, make_person, make_unit


def cells(registration):
    rows = RegistrationLine.objects.filter(registration=registration, answer="confirmed")
    return {(line.person_id or line.collective_id, line.award) for line in rows}


def tick(person, award=LDTT, on=True):
    return Tick(f"p{person.pk}", award, on)


def test_a_batch_of_cells_is_one_version_and_one_entry(registration, people, lan, now):
    head, clerk, specialist = people
    changed = set_lines(
        registration=registration, ticks=[tick(head), tick(clerk), tick(specialist)], by=lan, at=now, expected_version=1
    )
    assert cells(registration) == {(person.pk, LDTT) for person in people}
    assert (changed.registration.version, changed.keys) == (2, frozenset(f"p{person.pk}" for person in people))
    entry = Event.objects.get(kind="registration.lines")
    assert entry.changes[f"Trần Thị Lan ({clerk.code}): LĐTT"] == [False, True]
    assert len(entry.changes) == 3


def test_a_higher_title_brings_the_base_title_with_it(registration, people, lan, now):
    set_lines(registration=registration, ticks=[tick(people[1], CSTDCS)], by=lan, at=now, expected_version=1)
    assert cells(registration) == {(people[1].pk, LDTT), (people[1].pk, CSTDCS)}


def test_the_base_title_stays_while_a_higher_one_stands_and_the_answer_says_for_whom(registration, people, lan, now):
    set_lines(registration=registration, ticks=[tick(people[1], CSTDCS)], by=lan, at=now, expected_version=1)
    changed = set_lines(
        registration=registration, ticks=[tick(people[1], LDTT, False)], by=lan, at=now, expected_version=2
    )
    assert changed.kept == ("Trần Thị Lan",)
    assert cells(registration) == {(people[1].pk, LDTT), (people[1].pk, CSTDCS)}
    assert changed.registration.version == 2


def test_both_titles_are_taken_away_together(registration, people, lan, now):
    set_lines(registration=registration, ticks=[tick(people[1], CSTDCS)], by=lan, at=now, expected_version=1)
    off = [tick(people[1], LDTT, False), tick(people[1], CSTDCS, False)]
    set_lines(registration=registration, ticks=off, by=lan, at=now, expected_version=2)
    assert cells(registration) == set()


def test_a_batch_that_changes_nothing_leaves_no_trace(registration, people, lan, now):
    changed = set_lines(
        registration=registration, ticks=[tick(people[0], LDTT, False)], by=lan, at=now, expected_version=1
    )
    assert (changed.registration.version, changed.keys) == (1, frozenset())
    assert not Event.objects.filter(kind="registration.lines").exists()


def test_the_unit_and_its_sections_are_registered_for_collective_titles(registration, people, region, lan, now):
    section = people[2].posting_on().unit
    wanted = [Tick(f"u{region.pk}", TTLDTT, True), Tick(f"u{section.pk}", TTLDTT, True)]
    set_lines(registration=registration, ticks=wanted, by=lan, at=now, expected_version=1)
    assert cells(registration) == {(region.pk, TTLDTT), (section.pk, TTLDTT)}


@pytest.mark.parametrize("award", [TTLDTT, "giay_khen"])
def test_a_person_is_not_registered_for_what_the_campaign_does_not_offer_to_people(
    registration, people, lan, now, award
):
    with pytest.raises(Refused, match="không thuộc bản đăng ký này"):
        set_lines(registration=registration, ticks=[tick(people[0], award)], by=lan, at=now, expected_version=1)


def test_a_person_of_another_unit_is_not_registered(registration, people, other_province, lan, now):
    stranger = make_person(other_province)
    ticks = [tick(people[0]), tick(stranger)]
    with pytest.raises(Refused):
        set_lines(registration=registration, ticks=ticks, by=lan, at=now, expected_version=1)
    assert cells(registration) == set()


def test_someone_who_has_left_can_only_be_taken_off(registration, people, other_province, lan, now):
    gone = make_person(other_province)
    make_line(registration, person=gone)
    set_lines(registration=registration, ticks=[tick(gone, LDTT, False)], by=lan, at=now, expected_version=1)
    assert cells(registration) == set()


def test_of_two_clients_the_second_gets_a_conflict_with_both_sides(registration, people, lan, hung, now):
    set_lines(registration=registration, ticks=[tick(people[0])], by=lan, at=now, expected_version=1)
    with pytest.raises(Conflict) as conflict:
        set_lines(registration=registration, ticks=[tick(people[0], LDTT, False)], by=hung, at=now, expected_version=1)
    label = f"Lê Mạnh Hùng ({people[0].code}): LĐTT"
    assert (conflict.value.mine, conflict.value.theirs) == ({label: "không"}, {label: "có"})
    assert cells(registration) == {(people[0].pk, LDTT)}


def test_without_the_version_the_second_client_would_overwrite_the_first(registration, people, lan, hung, now):
    set_lines(registration=registration, ticks=[tick(people[0])], by=lan, at=now, expected_version=None)
    set_lines(registration=registration, ticks=[tick(people[0], LDTT, False)], by=hung, at=now, expected_version=None)
    assert cells(registration) == set()


@pytest.mark.parametrize("state", ["sent", "accepted", "locked"])
def test_a_sheet_that_was_sent_is_not_changed(campaign, region, people, lan, now, state):
    sheet = make_registration(campaign, region, state=state)
    with pytest.raises(Refused, match="không sửa được"):
        set_lines(registration=sheet, ticks=[tick(people[0])], by=lan, at=now, expected_version=1)


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (datetime(2026, 10, 31, 2, 0, tzinfo=UTC), "Chưa đến thời gian đăng ký: nhận từ ngày 01/11/2026."),
        (datetime(2027, 2, 1, 2, 0, tzinfo=UTC), "Đã hết hạn gửi đăng ký ngày 31/01/2027."),
    ],
)
def test_outside_the_time_of_registration_nothing_changes(registration, people, lan, moment, says):
    with pytest.raises(Refused, match=says):
        set_lines(registration=registration, ticks=[tick(people[0])], by=lan, at=moment, expected_version=1)


def test_what_was_returned_is_mended_even_after_the_deadline(campaign, region, people, lan):
    sheet = make_registration(campaign, region, state="returned")
    late = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
    set_lines(registration=sheet, ticks=[tick(people[0])], by=lan, at=late, expected_version=1)
    assert cells(sheet) == {(people[0].pk, LDTT)}


def test_only_who_drafts_for_the_unit_changes_cells(registration, people, minh, nam, now):
    for stranger in (minh, nam):
        with pytest.raises(PermissionDenied):
            set_lines(registration=registration, ticks=[tick(people[0])], by=stranger, at=now, expected_version=1)


@pytest.mark.parametrize("answer", ["waiting", "confirmed"])
def test_what_a_person_proposed_is_not_changed_in_the_grid(registration, people, lan, now, answer):
    make_line(registration, person=people[1], award=CSTDN, answer=answer, origin="person")
    with pytest.raises(Refused, match="thủ trưởng xác nhận hoặc trả lại"):
        set_lines(registration=registration, ticks=[tick(people[1], CSTDN, answer == "waiting")], by=lan, at=now,
                  expected_version=1)  # fmt: skip


def test_the_unit_may_register_what_the_head_had_returned_to_the_person(registration, people, lan, now):
    line = make_line(registration, person=people[1], answer="returned")
    set_lines(registration=registration, ticks=[tick(people[1])], by=lan, at=now, expected_version=1)
    line.refresh_from_db()
    assert (line.origin, line.answer, line.answer_reason) == ("unit", "confirmed", "")


def test_a_batch_has_a_limit(registration, people, lan, now, monkeypatch):
    monkeypatch.setattr(lines, "LIMIT", 1)
    with pytest.raises(Refused, match="tối đa 1 ô"):
        set_lines(
            registration=registration, ticks=[tick(people[0]), tick(people[1])], by=lan, at=now, expected_version=1
        )


def test_everyone_is_registered_at_once_except_who_already_has_a_line(registration, people, lan, now):
    make_line(registration, person=people[1], answer="returned")
    make_line(registration, person=people[2], answer="waiting")
    register_everyone(registration=registration, by=lan, at=now, expected_version=1)
    assert cells(registration) == {(people[0].pk, LDTT)}


def test_last_years_sheet_is_copied_for_those_still_here(root, campaign, registration, region, people, lan, now):
    before = make_campaign(root, year=2026)
    gone = make_person(make_unit(under=root))
    old = make_registration(before, region, state="locked")
    make_line(old, person=people[1], award=CSTDCS)
    make_line(old, person=people[1], award=LDTT)
    make_line(old, person=gone, award=LDTT)
    make_line(old, collective=region, award=TTLDTT)
    make_line(old, person=people[2], award=LDTT, answer="returned")
    changed = copy_previous(registration=registration, by=lan, at=now, expected_version=1)
    assert cells(registration) == {(people[1].pk, CSTDCS), (people[1].pk, LDTT), (region.pk, TTLDTT)}
    assert changed.skipped == (f"{gone.full_name}: LĐTT",)


def test_a_unit_that_was_renamed_copies_what_its_forerunner_sent(root, campaign, province, people, lan, now, region):
    old_unit = make_unit("T.KV.CU", kind="khu_vuc", under=province, valid_to=now.date())
    make_event(old_unit, region, now.date(), "rename")
    old = make_registration(make_campaign(root, year=2026), old_unit, state="locked")
    make_line(old, collective=old_unit, award=TTLDTT)
    sheet = make_registration(campaign, region)
    copy_previous(registration=sheet, by=lan, at=now, expected_version=1)
    assert cells(sheet) == {(region.pk, TTLDTT)}


def test_nothing_to_copy_is_said(registration, lan, now):
    with pytest.raises(Refused, match="chưa gửi bản đăng ký năm 2026"):
        copy_previous(registration=registration, by=lan, at=now, expected_version=1)
