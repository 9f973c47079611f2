"""What the book says of certificates: sizes, lines in their order, flags, each with its days and citation."""

from datetime import date

import pytest

from rulebook import catalogue
from rulebook.certificates import rule

UNDER_98, TODAY = date(2025, 3, 1), date(2026, 11, 21)
ORDER = [
    "country", "motto", "decider", "verb", "award", "name", "detail", "achievement", "decision", "ordinal", "place",
    "authority", "signer",
]  # fmt: skip


@pytest.mark.parametrize("award", ["giay_khen", "chien_si_thi_dua_co_so"])
def test_giay_khen_and_base_fighters_are_a4_landscape_by_article_104(award):
    sheet = rule(award, UNDER_98).sheet
    assert (str(sheet.content), sheet.status) == ("297 × 210 mm", "confirmed")
    assert ("98/2023/NĐ-CP", "Điều 104") in [(cite.doc, cite.at) for cite in sheet.cite]


def test_the_lines_come_in_the_order_of_article_104_with_decider_and_award_in_red():
    lines = rule("giay_khen", UNDER_98).lines.content
    assert [line.line for line in lines] == ORDER
    assert [line.line for line in lines if line.colour == "red"] == ["decider", "award"]
    assert {line.line for line in lines if line.style == "bold_italic"} == {"decision", "ordinal", "place"}


def test_only_the_base_fighter_has_flags_beside_the_emblem():
    with_flags = [code for code in catalogue.awards() if rule(code, UNDER_98).has_flags]
    assert with_flags == ["chien_si_thi_dua_co_so"]


def test_after_2025_the_values_stand_but_nobody_has_read_the_new_text():
    today = rule("giay_khen", TODAY)
    assert (str(today.sheet.content), today.sheet.status, today.lines.status) == (
        "297 × 210 mm", "unconfirmed", "unconfirmed",
    )  # fmt: skip


def test_sizes_of_large_certificates_are_confirmed_only_for_the_decree_of_2006():
    large = {day.year: rule("bang_khen_vien_truong", day).sheet for day in (date(2010, 5, 1), UNDER_98)}
    assert (str(large[2010].content), large[2010].status) == ("400 × 300 mm", "confirmed")
    assert large[2025].status == "unconfirmed"


def test_awards_of_money_only_have_nothing_printed():
    for code in ("lao_dong_tien_tien", "tap_the_lao_dong_tien_tien", "chien_si_tien_tien", "don_vi_tien_tien"):
        assert not catalogue.award(code).printed
        assert rule(code, TODAY).lines is None


def test_a_certificate_says_the_name_of_the_form_without_its_decider():
    """The decider stands in the line above; no abbreviation is printed."""
    assert catalogue.award("bang_khen_vien_truong").printed_as == "Bằng khen"
    assert catalogue.award("giay_khen").printed_as == "Giấy khen"
    printed = [entry.printed_as for entry in catalogue.awards().values() if entry.printed and entry.sector_decides]
    assert not [name for name in printed if "VKSND" in name]
