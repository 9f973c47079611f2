"""What the law leaves to the ministry, read from the data: nothing else may be laid over the book."""

from datetime import date

import pytest

from rulebook.book import load
from rulebook.delegation import find, overridable

pytestmark = pytest.mark.once
NOW = date(2026, 11, 21)
STATE = ("chien_si_thi_dua_toan_quoc", "co_thi_dua_chinh_phu", "anh_hung_lao_dong", "bang_khen_thu_tuong")


def codes(day):
    return {entry.code for entry in overridable(day)}


@pytest.mark.parametrize("award", STATE)
def test_nothing_of_an_award_of_the_state_is_left_to_the_ministry(award):
    assert [code for code in codes(NOW) if award in code] == []


def test_every_value_names_the_provision_that_leaves_it():
    assert all(entry.basis.cite and entry.basis_meaning for entry in overridable(NOW))


@pytest.mark.parametrize(
    ("day", "left"),
    [(date(2025, 6, 30), False), (date(2025, 7, 1), True), (date(2027, 2, 28), True), (date(2027, 3, 1), False)],
)
def test_councils_are_left_to_the_ministry_while_decree_152_holds(day, left):
    assert ("votes.chien_si_thi_dua_nganh" in codes(day)) == left


@pytest.mark.parametrize(("day", "left"), [(date(2023, 12, 31), False), (date(2024, 1, 1), True)])
def test_deciders_may_be_authorised_since_the_law_of_2022(day, left):
    assert ("deciders.lao_dong_tien_tien" in codes(day)) == left


def test_of_a_standard_only_the_numbers_of_the_sectors_own_documents_may_change():
    sources = load().sources
    standards = [entry for entry in overridable(NOW) if entry.family == "standard"]
    assert {entry.code for entry in standards} == {
        "lao_dong_tien_tien.min_service", "lao_dong_tien_tien.absence", "ky_niem_chuong.service",
    }  # fmt: skip
    assert all(sources[cite.doc].of_sector for entry in standards for cite in entry.present.cite)


def test_the_sectors_own_documents_are_marked_and_no_law_or_decree_is():
    own = {number for number, source in load().sources.items() if source.of_sector}
    assert own == {"307/QĐ-VKSTC", "01/2019/TT-VKSTC", "02/2024/TT-VKSTC"}


def test_a_cap_may_be_set_only_where_the_book_names_its_base():
    caps = {entry.code for entry in overridable(NOW) if entry.family == "quotas"}
    assert caps == {f"quotas.{name}" for name in
                    ("chien_si_thi_dua_co_so", "chien_si_thi_dua_nganh", "tap_the_lao_dong_xuat_sac")}  # fmt: skip


def test_each_is_typed_by_what_it_is():
    kinds = {entry.family: (entry.kind, entry.unit) for entry in overridable(NOW) if entry.award != "ky_niem_chuong"}
    assert kinds == {
        "votes": ("fraction", ""), "votes_written": ("boolean", ""), "quotas": ("fraction", ""),
        "quotas_floor": ("integer", "người hoặc tập thể"), "notice_days": ("integer", "ngày làm việc"),
        "deciders": ("text", ""), "standard": ("integer", "tháng"),
    }  # fmt: skip


def test_a_value_that_is_not_left_is_not_found():
    assert find("votes.anh_hung_lao_dong", NOW) is None
    assert find("votes.giay_khen", NOW).present is None
