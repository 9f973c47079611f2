"""A sheet is opened, sent with its names frozen, accepted, returned, reopened."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from campaigns.models import Registration
from campaigns.services import registrations
from campaigns.services.checks import check
from core.models import Event, Notification
from core.workflow import Conflict, Refused
from tests.factories.campaigns import CSTDCS, LDTT, TTLDTT, TTLDXS, make_campaign, make_line, make_registration
from tests.factories.units import make_unit
from units.services.people import transfer

LATE = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def filled(registration, people):
    for person in people:
        make_line(registration, person=person)
    return registration


@pytest.fixture
def sent(filled, hung, now):
    return registrations.send(registration=filled, by=hung, at=now, expected_version=1)


def test_opening_twice_gives_the_same_sheet(campaign, region, lan, hung, now):
    first = registrations.open_registration(campaign=campaign, unit=region, by=lan, at=now)
    second = registrations.open_registration(campaign=campaign, unit=region, by=hung, at=now)
    assert (first.pk, first.state, Registration.objects.count()) == (second.pk, "draft", 1)


@pytest.mark.parametrize("kind", ["phong", "toi_cao", "uy_ban"])
def test_sections_and_the_sector_have_no_sheet_of_their_own(campaign, region, assign, make_user, now, kind):
    unit = make_unit(kind=kind, under=region)
    clerk = assign(make_user("canbo"), "unit_clerk", unit)
    with pytest.raises(Refused, match="không đăng ký riêng"):
        registrations.open_registration(campaign=campaign, unit=unit, by=clerk, at=now)


def test_a_unit_outside_the_campaign_has_no_sheet_in_it(province, nam, other_province, now):
    with pytest.raises(Refused, match="không đăng ký riêng"):
        registrations.open_registration(campaign=make_campaign(province), unit=other_province, by=nam, at=now)


def test_a_unit_that_ended_before_the_campaign_opens_no_sheet(campaign, province, assign, make_user, now):
    ended = make_unit(kind="khu_vuc", under=province, valid_to=date(2026, 6, 30))
    clerk = assign(make_user("canbo"), "unit_clerk", ended)
    with pytest.raises(Refused, match="không còn hoạt động"):
        registrations.open_registration(campaign=campaign, unit=ended, by=clerk, at=now)


@pytest.mark.parametrize(("state", "says"), [("draft", "Đang soạn"), ("closed", "Đã kết thúc")])
def test_only_a_running_campaign_opens_sheets(root, region, lan, now, state, says):
    with pytest.raises(Refused, match=says):
        registrations.open_registration(campaign=make_campaign(root, state=state), unit=region, by=lan, at=now)


def test_sending_freezes_names_posts_and_the_units_name(filled, people, region, other_province, hung, minh, now):
    sent = registrations.send(registration=filled, by=hung, at=now, expected_version=1)
    assert (sent.state, sent.sent_by, sent.sent_at) == ("sent", hung, now)
    assert sent.unit_name == "Viện kiểm sát nhân dân khu vực 1 - Phú Thọ"
    transfer(person=people[1], to=other_province, valid_from=date(2026, 11, 22), by=minh, at=now)
    people[0].full_name = "Lê Mạnh Hùng Anh"
    people[0].save()
    region.name = "Viện kiểm sát nhân dân khu vực 9"
    region.save()
    printed = list(sent.lines.order_by("pk").values_list("name_printed", "post_printed"))
    assert printed == [("Lê Mạnh Hùng", "Viện trưởng"), ("Trần Thị Lan", "Kiểm sát viên"), ("Đỗ Văn An", "Chuyên viên")]
    sent.refresh_from_db()
    assert sent.printed_name == "Viện kiểm sát nhân dân khu vực 1 - Phú Thọ"


def test_a_receipt_code_names_year_and_unit_and_is_never_given_twice(root, campaign, filled, region, people, hung, now):
    first = registrations.send(registration=filled, by=hung, at=now, expected_version=1)
    other = make_registration(make_campaign(root, kind="thematic"), region)
    make_line(other, person=people[0])
    second = registrations.send(registration=other, by=hung, at=now, expected_version=1)
    assert (first.receipt_code, second.receipt_code) == ("DK-2027-KV.A.1", "DK-2027-KV.A.1-2")


def test_the_office_is_told_what_was_sent(sent, minh):
    told = Notification.objects.get(user=minh)
    assert told.text == "Viện kiểm sát nhân dân khu vực 1 - Phú Thọ đã gửi bản đăng ký thi đua năm 2027."


def test_the_nearest_office_is_told_not_every_one_above(filled, province, assign, make_user, minh, hung, now):
    near = assign(make_user("thuongtructinh"), "office", province)
    registrations.send(registration=filled, by=hung, at=now, expected_version=1)
    assert set(Notification.objects.filter(kind="registration.sent").values_list("user", flat=True)) == {near.pk}


def test_a_clerk_drafts_and_does_not_send(filled, lan, now):
    with pytest.raises(PermissionDenied):
        registrations.send(registration=filled, by=lan, at=now, expected_version=1)
    filled.refresh_from_db()
    assert (filled.state, filled.receipt_code, filled.unit_name) == ("draft", "", "")


def test_a_unit_head_cannot_send_twice(sent, hung, now):
    with pytest.raises(Refused, match="Đã gửi"):
        registrations.send(registration=sent, by=hung, at=now, expected_version=2)


def test_a_page_seen_before_the_last_change_does_not_send(filled, hung, now):
    filled.version = 5
    filled.save()
    with pytest.raises(Conflict):
        registrations.send(registration=filled, by=hung, at=now, expected_version=4)


def test_an_empty_sheet_is_not_sent(registration, hung, now):
    with pytest.raises(Refused, match="Chưa đăng ký danh hiệu"):
        registrations.send(registration=registration, by=hung, at=now, expected_version=1)


def test_a_sheet_with_an_unanswered_proposal_is_not_sent(filled, people, hung, now):
    make_line(filled, person=people[1], award=CSTDCS, answer="waiting")
    with pytest.raises(Refused, match="Còn 1 đăng ký của cá nhân chờ thủ trưởng"):
        registrations.send(registration=filled, by=hung, at=now, expected_version=1)


def test_after_the_deadline_a_draft_is_not_sent_but_a_returned_sheet_is(filled, sent, hung, minh, now):
    returned = registrations.return_with_reason(
        registration=sent, reason="Thiếu chỉ tiêu", by=minh, at=now, expected_version=2
    )
    again = registrations.send(registration=returned, by=hung, at=LATE, expected_version=3)
    assert (again.state, again.receipt_code, again.return_reason) == ("sent", sent.receipt_code, "")


def test_a_draft_is_late_after_the_deadline(filled, hung):
    with pytest.raises(Refused, match="Đã hết hạn gửi đăng ký ngày 31/01/2027"):
        registrations.send(registration=filled, by=hung, at=LATE, expected_version=1)


def test_accepting_tells_the_unit(sent, lan, hung, minh, now):
    accepted = registrations.accept(registration=sent, by=minh, at=now, expected_version=2)
    assert (accepted.state, accepted.answered_by) == ("accepted", minh)
    told = set(Notification.objects.filter(kind="registration.accepted").values_list("user", flat=True))
    assert told == {lan.pk, hung.pk}


def test_returning_needs_a_reason_that_the_unit_reads(sent, lan, minh, now):
    with pytest.raises(Refused, match="Nêu lý do trả lại"):
        registrations.return_with_reason(registration=sent, reason=" ", by=minh, at=now, expected_version=2)
    returned = registrations.return_with_reason(
        registration=sent, reason="Bổ sung chỉ tiêu", by=minh, at=now, expected_version=2
    )
    assert (returned.state, returned.return_reason) == ("returned", "Bổ sung chỉ tiêu")
    assert Notification.objects.get(user=lan).text == "Bản đăng ký thi đua năm 2027 bị trả lại: Bổ sung chỉ tiêu"
    assert Event.objects.get(kind="registration.return").note == "Bổ sung chỉ tiêu"


def test_nobody_answers_what_they_sent(filled, hung, assign, root, now):
    assign(hung, "office", root)
    sent = registrations.send(registration=filled, by=hung, at=now, expected_version=1)
    with pytest.raises(Refused, match="không tự tiếp nhận"):
        registrations.accept(registration=sent, by=hung, at=now, expected_version=2)


def test_an_office_of_the_unit_itself_does_not_answer_for_its_superior(sent, assign, make_user, region, now):
    inside = assign(make_user("thuongtruc"), "office", region)
    with pytest.raises(Refused, match="do cấp trên của đơn vị đó"):
        registrations.accept(registration=sent, by=inside, at=now, expected_version=2)


def test_the_office_of_the_launching_unit_answers_for_that_unit(province, assign, make_user, now):
    campaign = make_campaign(province)
    sheet = make_registration(campaign, province, state="sent")
    office = assign(make_user("thuongtruc"), "office", province)
    assert registrations.accept(registration=sheet, by=office, at=now, expected_version=1).state == "accepted"


@pytest.mark.parametrize("state", ["accepted", "locked"])
def test_the_office_reopens_an_accepted_sheet_for_a_reason(campaign, region, minh, now, state):
    sheet = make_registration(campaign, region, state=state)
    opened = registrations.reopen(registration=sheet, reason="Đơn vị đề nghị", by=minh, at=now, expected_version=1)
    assert (opened.state, opened.return_reason) == ("returned", "Đơn vị đề nghị")


def test_the_unit_asks_for_its_sheet_back(sent, lan, minh, now):
    registrations.ask_to_reopen(registration=sent, reason="Ghi nhầm tên", by=lan, at=now)
    assert Notification.objects.filter(user=minh, kind="registration.asked").count() == 1
    with pytest.raises(Refused, match="Nêu lý do"):
        registrations.ask_to_reopen(registration=sent, reason="", by=lan, at=now)


def test_nam_of_another_province_does_nothing_with_the_sheet(campaign, sent, nam, now):
    for service in (registrations.accept, registrations.lock_registration, registrations.send):
        with pytest.raises(PermissionDenied):
            service(registration=sent, by=nam, at=now, expected_version=2)


def test_the_check_names_every_obstacle_at_once(registration, people, hung, now):
    make_line(registration, person=people[0], award=CSTDCS, answer="waiting")
    found = check(registration, by=hung, at=now)
    assert [remark.says for remark in found.obstacles] == [
        "Chưa đăng ký danh hiệu, hình thức nào. Chọn ít nhất một ô trong lưới.",
        "Còn 1 đăng ký của cá nhân chờ thủ trưởng xác nhận hoặc trả lại.",
    ]


def test_a_cap_in_force_warns_and_does_not_block(filled, people, region, hung, now):
    section = people[2].posting_on().unit
    for unit in (region, section):
        make_line(filled, collective=unit, award=TTLDTT)
        make_line(filled, collective=unit, award=TTLDXS)
    found = check(filled, by=hung, at=now)
    assert found.obstacles == []
    assert any("Tập thể lao động xuất sắc: đăng ký 2, giới hạn 1 (20 % × 2 = 0,4" in r.says for r in found.warnings)
    assert registrations.send(registration=filled, by=hung, at=now, expected_version=1).state == "sent"


def test_a_cap_that_has_lapsed_is_no_warning(filled, people, hung, now):
    for person in people:
        make_line(filled, person=person, award=CSTDCS)
    says = [remark.says for remark in check(filled, by=hung, at=now).warnings]
    assert not any("Chiến sĩ thi đua cơ sở: đăng ký" in sentence for sentence in says)


def test_the_check_names_who_is_registered_for_nothing(registration, people, hung, now):
    make_line(registration, person=people[0], award=LDTT)
    says = [remark.says for remark in check(registration, by=hung, at=now).warnings]
    assert "Không đăng ký danh hiệu nào: Trần Thị Lan, Đỗ Văn An." in says
