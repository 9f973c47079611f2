"""A draft takes up what a council has passed, once, and its words can be edited until the number is given."""

import pytest
from django.core.exceptions import PermissionDenied

from core.workflow import Conflict, Refused
from decisions import selectors
from decisions.services import drafting
from tests.factories.council import NOW


def test_a_draft_holds_every_passed_line_in_order(desk):
    draft = desk.draft()
    assert [line.order for line in selectors.lines_of(draft)] == [1, 2]
    assert draft.state == "draft"
    assert draft.symbol == "QĐ-VKSTC"


def test_a_line_is_decided_in_one_decision_only(desk):
    desk.draft()
    with pytest.raises(Refused, match="không còn hồ sơ đạt"):
        desk.draft()


def test_the_draft_cites_the_law_in_force_and_then_the_council(desk):
    texts = [base["text"] for base in desk.draft().legal_bases]
    assert any("Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022" in text for text in texts)
    assert not any("2003" in text or "91/2017" in text for text in texts)
    assert texts[-1].startswith("Xét đề nghị của Hội đồng Thi đua - Khen thưởng")


def test_the_head_signs_in_the_own_name_and_a_deputy_for_the_head(desk):
    draft = desk.draft()
    assert (draft.authority_form, draft.authority_post, draft.signer_name) == ("", "Viện trưởng", "Vũ Đình Quang")


def test_the_money_is_cited_from_the_smallest_part_to_the_whole(desk):
    assert "điểm b khoản 1 Điều 50 Nghị định số 152/2025/NĐ-CP" in desk.draft().articles[1]["text"]


def test_who_may_not_draft_is_refused(desk):
    with pytest.raises(PermissionDenied):
        drafting.draft_from_session(session=desk.session, by=desk.clerk, at=NOW)


def test_two_who_edit_one_draft_see_both_versions(desk):
    draft = desk.draft()
    drafting.edit(
        decision=draft, values={"title": "Bản của người thứ nhất"}, expected_version=1, by=desk.office, at=NOW
    )
    with pytest.raises(Conflict):
        drafting.edit(
            decision=draft, values={"title": "Bản của người thứ hai"}, expected_version=1, by=desk.office, at=NOW
        )
    draft.refresh_from_db()
    assert draft.title == "Bản của người thứ nhất"


def test_a_numbered_decision_is_no_longer_edited(desk):
    numbered = desk.numbered()
    with pytest.raises(Refused, match="chưa cấp số"):
        drafting.edit(
            decision=numbered, values={"title": "Khác"}, expected_version=numbered.version, by=desk.office, at=NOW
        )
