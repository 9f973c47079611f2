"""A draft takes up what a council has passed, once, and its words can be edited until the number is given."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.workflow import Conflict, Refused
from council.models import Session
from council.services import agenda, ballots, sessions
from decisions import selectors
from decisions.models import Decision
from decisions.papers import words
from decisions.papers.decision import signature
from decisions.services import drafting, issuing, rendering
from documents.models import IssuedNumber
from documents.services import keeping
from tests.documents.hostile import pdf
from tests.factories.council import NOW, choices, make_line
from tests.factories.units import make_unit


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


def _retitled(desk, decision):
    values = {"title": "Khác"}
    return drafting.edit(
        decision=decision, values=values, expected_version=decision.version, by=desk.office, at=NOW
    )  # fmt: skip


def test_what_the_signer_sent_back_is_mended_and_keeps_its_number(desk):
    awaiting = desk.awaiting()
    back = issuing.send_back(
        decision=awaiting, reason="Sai chức vụ", expected_version=awaiting.version, by=desk.signer, at=NOW
    )
    mended = _retitled(desk, back)
    assert (mended.title, mended.number, mended.state) == ("Khác", 1, "numbered")
    issuing.send_to_sign(decision=mended, expected_version=mended.version, by=desk.clerk, at=NOW)


def test_what_lies_with_the_signer_or_is_signed_is_not_edited(desk):
    awaiting = desk.awaiting()
    with pytest.raises(Refused, match="chưa trình ký"):
        _retitled(desk, awaiting)
    signed = issuing.sign(decision=awaiting, expected_version=awaiting.version, by=desk.signer, at=NOW)
    with pytest.raises(Refused, match="chưa trình ký"):
        _retitled(desk, signed)


def test_a_numbered_decision_gets_no_base_that_was_not_in_force_on_its_day(desk):
    numbered = desk.numbered()
    old = {"number": "", "text": "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003"}
    with pytest.raises(Refused, match="không có hiệu lực"):
        drafting.edit(
            decision=numbered, values={"legal_bases": [old]}, expected_version=numbered.version, by=desk.office, at=NOW
        )


def _mixed(desk):
    """Two awards, an individual and a collective, from two units."""
    other = make_unit(under=desk.world.unit)
    session = desk.world.draft(lines=1)
    more = [
        make_line(desk.world.unit, from_unit=other, award="bang_khen_vien_truong", collective=other),
        make_line(desk.world.unit, from_unit=other, award="bang_khen_vien_truong"),
    ]
    agenda.add_nominations(session=session, nominations=more, by=desk.world.secretary, at=NOW)
    session = sessions.lock_list(session=Session.objects.get(pk=session.pk), by=desk.world.secretary, at=NOW)
    session = sessions.open_voting(session=session, by=desk.world.chair, at=NOW)
    for user in desk.world.users:
        ballots.cast(session=session, choices=choices(session), by=user, at=NOW)
    return ballots.close(session=session, by=desk.world.chair, at=NOW)


@pytest.mark.parametrize(
    ("split", "sizes"), [("mot", [3]), ("danh-hieu", [1, 2]), ("doi-tuong", [2, 1]), ("don-vi", [1, 2])]
)
def test_passed_lines_are_shared_out_as_asked_and_each_stands_in_one_draft(desk, split, sizes):
    session = _mixed(desk)
    keys = list(selectors.undecided_of(session).values_list("pk", flat=True))
    made = drafting.draft_from_lines(session=session, chosen=keys, split=split, by=desk.office, at=NOW)
    assert [draft.lines.count() for draft in made] == sizes
    assert not selectors.undecided_of(session).exists()


def test_a_list_keeps_the_laws_order_of_awards_and_collectives_before_individuals(desk):
    session = _mixed(desk)
    draft = drafting.draft_from_session(session=session, by=desk.office, at=NOW)
    shown = [(line.award, line.collective_id is not None) for line in draft.lines.order_by("order")]
    assert shown == [
        ("chien_si_thi_dua_nganh", False), ("bang_khen_vien_truong", True), ("bang_khen_vien_truong", False),
    ]  # fmt: skip


def test_lines_left_out_wait_for_another_draft(desk):
    session = _mixed(desk)
    keys = list(selectors.undecided_of(session).values_list("pk", flat=True))
    drafting.draft_from_lines(session=session, chosen=keys[:1], split="mot", by=desk.office, at=NOW)
    assert set(selectors.undecided_of(session).values_list("pk", flat=True)) == set(keys[1:])


def test_a_discarded_draft_frees_its_lines_and_a_numbered_one_cannot_be_discarded(desk):
    draft = desk.draft()
    drafting.discard(decision=draft, expected_version=1, by=desk.office, at=NOW)
    numbered = desk.numbered()
    with pytest.raises(Refused, match="chưa cấp số"):
        drafting.discard(decision=numbered, expected_version=numbered.version, by=desk.office, at=NOW)


def test_a_draft_that_had_a_number_and_papers_to_sign_can_be_discarded(desk):
    numbered = desk.numbered()
    for pages in (1, 2):
        keeping.keep(
            subject=numbered, kind=rendering.TO_SIGN, title="x", name="x.pdf", data=pdf(pages=pages), by=desk.clerk,
            at=NOW,
        )  # fmt: skip
    issuing.take_back_number(issued=IssuedNumber.objects.get(), reason="Tách theo đơn vị", by=desk.clerk, at=NOW)
    numbered.refresh_from_db()
    drafting.discard(decision=numbered, expected_version=numbered.version, by=desk.office, at=NOW)
    assert IssuedNumber.objects.get().state == "void"
    assert desk.draft().lines.count() == 2


def test_an_expired_base_is_known_by_what_the_line_says(desk):
    day = date(2026, 11, 21)
    rows = [
        {"number": "", "text": "Căn cứ Nghị định 91/2017/NĐ-CP (bản gõ tay)"},
        {"number": "", "text": "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003"},
        {"number": "", "text": "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"},
        {"number": "", "text": "Xét đề nghị của Chánh Văn phòng"},
    ]
    assert words.expired(rows, day) == ["91/2017/NĐ-CP", "15/2003/QH11"]


def test_totals_are_written_in_figures_and_in_words():
    assert words.totals(20, 2, 52_650_000) == (
        "Danh sách này có 02 tập thể (hai tập thể) và 20 cá nhân (hai mươi cá nhân). Tổng số tiền thưởng: "
        "52.650.000 đồng (Bằng chữ: Năm mươi hai triệu sáu trăm năm mươi nghìn đồng)."
    )


def test_before_the_number_no_total_of_money_is_written():
    assert "tiền" not in words.totals(3, 0, None)


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        ("", ("VIỆN TRƯỞNG",)),
        ("Q.", ("Q. VIỆN TRƯỞNG",)),
        ("KT.", ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG")),
        ("TL.", ("TL. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG")),
        ("TUQ.", ("TUQ. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG")),
        ("TM.", ("TM. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG")),
    ],
)
def test_the_form_of_authority_stands_before_the_heads_post(form, lines):
    decision = Decision(authority_form=form, authority_post="Viện trưởng", signer_post="Phó Viện trưởng")
    assert signature(decision).authority == lines


def test_a_name_that_brings_its_own_quotation_marks_gets_no_second_pair():
    first = words.articles([("ky_niem_chuong", True)], 2026, "", "VKSND tối cao")[0]["text"]
    assert first == "Tặng Kỷ niệm chương “Vì sự nghiệp Kiểm sát” năm 2026 cho 01 cá nhân"
