"""What a dossier must contain, on both sides of each day on which the law changed."""

from datetime import date

import pytest

from rulebook.catalogue import awards
from rulebook.codes import DOSSIER_PARTS
from rulebook.dossier import parts_of

pytestmark = pytest.mark.once
NOW = date(2026, 11, 21)


def kinds(award, day=NOW):
    return [part.kind for part in parts_of(award, day)]


def label(award, kind, day):
    return next(part.label for part in parts_of(award, day) if part.kind == kind)


@pytest.mark.parametrize("award", sorted(awards()))
def test_every_dossier_has_letter_report_and_minutes_in_the_order_of_the_law(award):
    assert kinds(award)[:3] == ["letter", "report", "minutes"]


@pytest.mark.parametrize("award", sorted(awards()))
def test_titles_are_discussed_at_the_base_and_forms_are_considered(award):
    title = awards()[award].kind == "title"
    assert label(award, "minutes", NOW).startswith("Biên bản bình xét" if title else "Biên bản xét khen thưởng")


def test_only_fighters_of_emulation_bring_the_certificate_of_an_initiative():
    asked = {award for award in awards() if "initiative" in kinds(award)}
    assert asked == {code for code in awards() if code.startswith("chien_si_thi_dua_")}


def test_orders_and_the_awards_of_the_government_need_the_opinion_of_others():
    asked = {award for award in awards() if "opinion" in kinds(award)}
    state = {award for award, entry in awards().items() if entry.group in ("order", "medal", "honour")}
    assert asked == state | {"co_thi_dua_chinh_phu", "bang_khen_thu_tuong"}


def test_there_is_no_list_of_papers_before_the_law_of_2022():
    assert parts_of("giay_khen", date(2023, 12, 31)) == ()
    assert kinds("giay_khen", date(2024, 1, 1)) == ["letter", "report", "minutes", "proof"]


@pytest.mark.parametrize("award", ["chien_si_thi_dua_toan_quoc", "co_thi_dua_chinh_phu", "anh_hung_lao_dong"])
@pytest.mark.parametrize(
    ("day", "voted"),
    [(date(2025, 6, 30), False), (date(2025, 7, 1), True), (date(2027, 2, 28), True), (date(2027, 3, 1), False)],
)
def test_the_result_of_the_ballot_goes_with_the_minutes_while_decree_152_holds(award, day, voted):
    assert ("kết quả bỏ phiếu" in label(award, "minutes", day)) == voted


@pytest.mark.parametrize(
    ("day", "asked"),
    [(date(2025, 6, 30), False), (date(2025, 7, 1), True), (date(2027, 2, 28), True), (date(2027, 3, 1), False)],
)
def test_the_party_committee_is_heard_while_decree_152_holds(day, asked):
    assert ("party_opinion" in kinds("huan_chuong_doc_lap_hang_ba", day)) == asked


def test_a_certificate_of_the_achievement_is_asked_only_where_the_case_calls_for_it():
    proof = next(part for part in parts_of("bang_khen_vien_truong", NOW) if part.kind == "proof")
    assert (proof.if_relevant, proof.held) == (True, False)


def test_what_the_law_does_not_list_is_marked_and_held_by_the_system():
    held = {part.kind: part.status for part in parts_of("lao_dong_tien_tien", NOW) if part.held}
    assert held == {"honours": "secondary"}


def test_every_paper_of_the_vocabulary_is_asked_of_somebody_and_cites_its_provision():
    found = [part for award in awards() for part in parts_of(award, NOW)]
    assert {part.kind for part in found} == set(DOSSIER_PARTS)
    assert all(part.cite for part in found)
