"""The catalogue of awards: names, holders, who decides, which papers cite which law."""

from datetime import date

import pytest

from rulebook import catalogue
from rulebook.book import load
from tests.rulebook.test_contract import CODES

pytestmark = pytest.mark.once


def test_the_catalogue_holds_exactly_the_codes_of_the_contract():
    assert sorted(catalogue.awards()) == sorted(CODES)


def test_every_award_has_its_own_name_and_short_name():
    entries = list(catalogue.awards().values())
    assert len({entry.label for entry in entries}) == len({entry.short for entry in entries}) == len(entries)


def test_choices_follow_the_order_of_the_law():
    codes = [code for code, _ in catalogue.award_choices()]
    orders = [catalogue.award(code).order for code in codes]
    assert orders == sorted(orders)
    assert codes.index("chien_si_thi_dua_toan_quoc") < codes.index("chien_si_thi_dua_nganh")
    assert codes.index("chien_si_thi_dua_co_so") < codes.index("huan_chuong_lao_dong_hang_nhat")
    assert codes[-1] == "giay_khen"


def test_individuals_and_collectives_have_their_own_choices():
    individual = {code for code, _ in catalogue.choices_for("individual")}
    collective = {code for code, _ in catalogue.choices_for("collective")}
    assert "ky_niem_chuong" in individual - collective
    assert "co_thi_dua_nganh" in collective - individual
    assert "giay_khen" in individual & collective


@pytest.mark.parametrize(
    ("code", "kind", "holder", "printed", "level"),
    [
        ("lao_dong_tien_tien", "title", "individual", False, "base"),
        ("tap_the_lao_dong_tien_tien", "title", "collective", False, "base"),
        ("chien_si_thi_dua_co_so", "title", "individual", True, "base"),
        ("co_thi_dua_nganh", "title", "collective", False, "sector"),
        ("co_thi_dua_chinh_phu", "title", "collective", False, "state"),
        ("bang_khen_vien_truong", "form", "both", True, "sector"),
        ("bang_khen_thu_tuong", "form", "both", True, "state"),
        ("huan_chuong_lao_dong_hang_ba", "form", "both", True, "state"),
        ("ky_niem_chuong", "form", "individual", True, "sector"),
    ],
)
def test_what_is_printed_and_who_decides(code, kind, holder, printed, level):
    award = catalogue.award(code)
    assert (award.kind, award.holder, award.printed, award.level) == (kind, holder, printed, level)
    assert award.sent_up_label == ("đã trình cấp trên" if level == "state" else "")
    assert award.may_be_held_by("individual") == (holder != "collective")
    assert award.kind_label in ("Danh hiệu thi đua", "Hình thức khen thưởng")


def test_every_award_has_a_citation_and_at_least_one_type():
    assert all(award.cite and award.types for award in catalogue.awards().values())


def test_types_and_ratings_are_offered_with_their_vietnamese_names():
    assert ("merit", "công trạng") in catalogue.type_choices()
    assert [code for code, _ in catalogue.rating_choices()] == ["failed", "completed", "good", "excellent"]


@pytest.mark.parametrize(
    ("day", "there", "not_there"),
    [
        (date(2023, 12, 31), {"15/2003/QH11", "91/2017/NĐ-CP", "01/2019/TT-VKSTC"}, {"06/2022/QH15"}),
        (date(2024, 6, 1), {"06/2022/QH15", "98/2023/NĐ-CP", "01/2019/TT-VKSTC"}, {"15/2003/QH11"}),
        (date(2025, 7, 1), {"06/2022/QH15", "152/2025/NĐ-CP", "02/2024/TT-VKSTC"}, {"98/2023/NĐ-CP"}),
        (date(2026, 10, 1), {"06/2022/QH15", "06/2026/QH16"}, {"01/2019/TT-VKSTC"}),
        (date(2027, 3, 1), {"06/2022/QH15"}, {"152/2025/NĐ-CP"}),
    ],
)
def test_a_decision_cites_the_documents_in_force_on_its_day(day, there, not_there):
    numbers = {source.number for source in catalogue.legal_bases(day, "decision")}
    assert there <= numbers
    assert not numbers & not_there


def test_legal_bases_stand_by_rank():
    ranks = [source.kind for source in catalogue.legal_bases(date(2025, 7, 1), "decision")]
    assert ranks == sorted(ranks, key=["law", "decree", "circular"].index)


def test_a_paper_nobody_foresaw_cites_nothing():
    assert catalogue.legal_bases(date(2025, 7, 1), "no such paper") == []


def test_every_document_of_the_list_is_cited_or_in_force_for_papers():
    book = load()
    cited = {cite.doc for p in book.parameters.values() for value in p.values for cite in value.cite}
    cited |= {cite.doc for award in catalogue.awards().values() for cite in award.cite}
    unused = {number for number, source in book.sources.items() if number not in cited and not source.purposes}
    assert unused == set()
