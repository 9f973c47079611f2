"""A campaign is written, launched by its directive, extended, closed and reviewed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from campaigns.models import Campaign
from campaigns.services import campaigns
from campaigns.services.campaigns import CampaignFacts
from core.models import Event
from core.workflow import Conflict, Refused
from tests.factories.campaigns import AWARDS, make_campaign, make_registration

FACTS = CampaignFacts(
    title="Thi đua yêu nước  trong ngành Kiểm sát nhân dân năm 2027",
    kind="annual",
    year=2027,
    starts_on=date(2026, 12, 1),
    ends_on=date(2027, 11, 30),
    theme="Đoàn kết, đổi mới, vượt khó, hoàn thành xuất sắc nhiệm vụ năm 2027",
    directive_number="01/CT-VKSTC",
    directive_on=date(2026, 11, 15),
    directive_title="Chỉ thị phát động phong trào thi đua yêu nước",
    registration_opens_on=date(2026, 12, 1),
    registration_closes_on=date(2027, 1, 31),
    nomination_closes_on=date(2027, 12, 15),
    awards=AWARDS,
    tasks={"task": ("Quán triệt Chỉ thị", " ", "Xây dựng kế hoạch"), "measure": ("Kiểm tra, đôn đốc",)},
)


def test_a_new_campaign_is_a_draft_with_its_lists_in_order(root, minh, now):
    campaign = campaigns.create(unit=root, facts=FACTS, by=minh, at=now)
    assert (campaign.state, campaign.title) == ("draft", "Thi đua yêu nước trong ngành Kiểm sát nhân dân năm 2027")
    tasks = list(campaign.tasks.order_by("kind", "order").values_list("kind", "order", "text"))
    assert tasks == [
        ("measure", 1, "Kiểm tra, đôn đốc"),
        ("task", 1, "Quán triệt Chỉ thị"),
        ("task", 2, "Xây dựng kế hoạch"),
    ]
    assert set(campaign.awards.values_list("award", flat=True)) == set(AWARDS)


def test_a_unit_clerk_creates_no_campaign(region, lan, now):
    with pytest.raises(PermissionDenied):
        campaigns.create(unit=region, facts=FACTS, by=lan, at=now)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ends_on": date(2026, 11, 30)}, "Ngày kết thúc phải từ ngày bắt đầu 01/12/2026 trở đi."),
        ({"registration_opens_on": None}, "Nhập cả ngày bắt đầu và hạn gửi đăng ký, hoặc để trống cả hai."),
        ({"registration_closes_on": date(2026, 11, 30)}, "Hạn gửi đăng ký phải từ ngày 01/12/2026 trở đi."),
        ({"awards": ("khong_co",)}, "Không có danh hiệu, hình thức mang mã “khong_co”."),
        ({"title": "  "}, "Nhập tên phong trào."),
    ],
)
def test_wrong_facts_are_refused_and_nothing_is_stored(root, minh, now, change, says):
    with pytest.raises(Refused) as refused:
        campaigns.create(unit=root, facts=replace(FACTS, **change), by=minh, at=now)
    assert str(refused.value) == says
    assert not Campaign.objects.exists()


def test_launching_needs_the_directive_and_leaves_a_trace(root, minh, now):
    campaign = campaigns.create(unit=root, facts=FACTS, by=minh, at=now)
    launched = campaigns.launch(campaign=campaign, by=minh, at=now, expected_version=1)
    assert launched.state == "launched"
    assert Event.objects.filter(kind="campaign.launch", changes={"state": ["draft", "launched"]}).count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"directive_number": ""}, "Phong trào chưa có văn bản phát động."),
        ({"directive_on": None}, "Phong trào chưa có văn bản phát động."),
        ({"directive_title": ""}, "Phong trào chưa có văn bản phát động."),
        ({"nomination_closes_on": None}, "Phong trào hằng năm phải có thời gian nhận đăng ký"),
        ({"registration_opens_on": None, "registration_closes_on": None}, "Phong trào hằng năm phải có"),
        ({"awards": ()}, "Phong trào chưa có danh hiệu, hình thức nào để đăng ký."),
    ],
)
def test_an_incomplete_campaign_is_not_launched(root, minh, now, change, says):
    campaign = campaigns.create(unit=root, facts=replace(FACTS, **change), by=minh, at=now)
    with pytest.raises(Refused, match=says):
        campaigns.launch(campaign=campaign, by=minh, at=now, expected_version=1)


def test_a_special_movement_needs_no_days_of_registration(root, minh, now):
    days = {"registration_opens_on": None, "registration_closes_on": None, "nomination_closes_on": None}
    facts = replace(FACTS, kind="special", awards=(), **days)
    campaign = campaigns.create(unit=root, facts=facts, by=minh, at=now)
    assert campaigns.launch(campaign=campaign, by=minh, at=now, expected_version=1).state == "launched"


def test_a_draft_is_rewritten_and_the_journal_keeps_old_and_new(root, minh, now):
    campaign = campaigns.create(unit=root, facts=FACTS, by=minh, at=now)
    facts = replace(FACTS, theme="Chủ đề mới", awards=AWARDS[:2])
    edited = campaigns.edit(campaign=campaign, facts=facts, by=minh, at=now, expected_version=1)
    assert (edited.theme, edited.version) == ("Chủ đề mới", 2)
    changes = Event.objects.get(kind="campaign.edit").changes
    assert changes["theme"] == [FACTS.theme, "Chủ đề mới"]
    assert changes["awards"] == [sorted(AWARDS), sorted(AWARDS[:2])]
    assert set(changes) == {"theme", "awards"}


def test_a_stale_form_does_not_overwrite_a_campaign(root, minh, lead, now):
    campaign = campaigns.create(unit=root, facts=FACTS, by=minh, at=now)
    campaigns.edit(campaign=campaign, facts=replace(FACTS, theme="Của Minh"), by=minh, at=now, expected_version=1)
    with pytest.raises(Conflict):
        campaigns.edit(campaign=campaign, facts=replace(FACTS, theme="Của Trường"), by=lead, at=now, expected_version=1)
    assert Campaign.objects.get().theme == "Của Minh"


def test_a_launched_campaign_is_only_extended(root, minh, now):
    campaign = make_campaign(root)
    with pytest.raises(Refused, match="chỉ gia hạn được"):
        campaigns.edit(campaign=campaign, facts=FACTS, by=minh, at=now, expected_version=1)
    extended = campaigns.extend(
        campaign=campaign, registration_closes_on=date(2027, 2, 15), nomination_closes_on=date(2027, 12, 15),
        ends_on=date(2027, 11, 30), reason="Công văn 15/VKSTC-VP", by=minh, at=now, expected_version=1,
    )  # fmt: skip
    assert extended.registration_closes_on == date(2027, 2, 15)
    event = Event.objects.get(kind="campaign.extend")
    assert event.changes == {"registration_closes_on": ["2027-01-31", "2027-02-15"]}
    assert event.note == "Công văn 15/VKSTC-VP"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"registration_closes_on": date(2027, 1, 30)}, "Hạn gửi bản đăng ký: ngày gia hạn phải từ ngày 31/01/2027"),
        ({"reason": "  "}, "Nêu lý do hoặc văn bản gia hạn."),
        ({}, "Chưa đổi ngày nào."),
    ],
)
def test_an_extension_never_shortens_and_says_why(root, minh, now, change, says):
    wanted = {
        "registration_closes_on": date(2027, 1, 31), "nomination_closes_on": date(2027, 12, 15),
        "ends_on": date(2027, 11, 30), "reason": "Công văn", **change,
    }  # fmt: skip
    with pytest.raises(Refused, match=says):
        campaigns.extend(campaign=make_campaign(root), **wanted, by=minh, at=now, expected_version=1)


def test_closing_locks_what_was_accepted_and_leaves_the_rest(root, province, region, minh):
    campaign = make_campaign(root)
    accepted = make_registration(campaign, region, state="accepted")
    sent = make_registration(campaign, province, state="sent")
    after = datetime(2027, 12, 1, 2, 0, tzinfo=UTC)
    closed = campaigns.close(campaign=campaign, by=minh, at=after, expected_version=1)
    accepted.refresh_from_db()
    sent.refresh_from_db()
    assert (closed.state, accepted.state, sent.state) == ("closed", "locked", "sent")


def test_closing_early_needs_a_reason(root, minh, now):
    campaign = make_campaign(root)
    with pytest.raises(Refused, match="Nêu lý do kết thúc trước thời hạn"):
        campaigns.close(campaign=campaign, by=minh, at=now, expected_version=1)
    assert campaigns.close(campaign=campaign, by=minh, at=now, expected_version=1, note="Gộp").state == "closed"


def test_a_review_names_its_report(root, minh, now):
    campaign = make_campaign(root, state="closed")
    with pytest.raises(Refused, match="báo cáo tổng kết"):
        campaigns.review(campaign=campaign, by=minh, at=now, expected_version=1, note="")
    reviewed = campaigns.review(campaign=campaign, by=minh, at=now, expected_version=1, note="Báo cáo 12/BC-VKSTC")
    assert reviewed.state == "reviewed"
