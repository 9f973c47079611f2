"""The rule book on screen: the list, each award regime beside regime, the documents."""

import re
from datetime import date

import pytest
from django.urls import reverse

from history.views.regimes import column_on, groups_of
from rulebook.book import load
from rulebook.catalogue import awards
from rulebook.regimes import columns
from tests.factories.history import make_override

pytestmark = pytest.mark.django_db
LIST = reverse("history:rulebook")
CHAMPION = "chien_si_thi_dua_co_so"


def page(award):
    return reverse("history:award", args=[award])


def row(award, meaning):
    groups = groups_of(award, column_on(date(2026, 11, 21)))
    return next(row for group in groups for row in group.rows if row.meaning.startswith(meaning))


def test_the_list_names_every_award_with_what_holds_today(as_user, minh):
    text = as_user(minh).get(LIST).content.decode()
    for code, award in awards().items():
        assert award.label in text
        assert page(code) in text
    assert "Theo quy chế của Hội đồng" in text
    assert "Chỉ có tiền thưởng" in text


@pytest.mark.parametrize("code", sorted(awards()))
def test_every_award_has_a_page_whose_values_all_cite_a_document(code, as_user, minh):
    response = as_user(minh).get(page(code))
    assert response.status_code == 200
    said = [s for g in response.context["groups"] for r in g.rows for cell in r.cells for s in cell.values]
    assert said
    assert all(value.cites for value in said)


def test_an_unknown_award_is_not_found(as_user, minh):
    assert as_user(minh).get(page("khong_co")).status_code == 404


def test_a_condition_that_the_new_law_made_easier_is_marked_as_changed():
    cells = row("tap_the_lao_dong_tien_tien", "Tỷ lệ").cells
    assert [cell.change for cell in cells] == ["", "changed", "", "", ""]
    assert "50 %" in cells[0].values[0].text
    assert "70 %" in cells[1].values[0].text


def test_a_condition_that_was_dropped_or_came_anew_says_so():
    gone = row("tap_the_lao_dong_xuat_sac", "Không có cá nhân bị kỷ luật")
    assert [cell.change for cell in gone.cells] == ["", "dropped", "", "", ""]
    assert [cell.change for cell in row("lao_dong_tien_tien", "Không bị kỷ luật").cells] == ["", "", "new", "", ""]


def test_a_value_that_holds_for_part_of_a_regime_names_its_days():
    (cell,) = [cell for cell in row(CHAMPION, "Tỷ lệ phiếu").cells if cell.is_on or cell.change == "dropped"][-1:]
    assert cell.change == "dropped"
    before = row(CHAMPION, "Tỷ lệ phiếu").cells[3]
    assert [value.days for value in before.values] == ["từ 01/07/2025 đến 31/12/2025"]
    assert before.values[0].status == "unconfirmed"


def test_what_nobody_checked_is_marked(as_user, minh):
    assert "chưa đối chiếu" in as_user(minh).get(page("bang_khen_vien_truong")).content.decode()


def test_exclusions_and_what_people_confirm_stand_apart(as_user, minh):
    headings = [group.heading for group in as_user(minh).get(page("lao_dong_tien_tien")).context["groups"]]
    assert headings[:3] == ["Tiêu chuẩn", "Trường hợp không xét", "Người xét xác nhận"]
    assert headings[-1] == "Thành phần hồ sơ"


def test_a_phone_shows_the_regime_that_was_picked(as_user, minh):
    for place, column in enumerate(columns(), 1):
        response = as_user(minh).get(page(CHAMPION), {"che-do": place})
        assert [chosen for one, _, chosen in response.context["columns"] if one == column] == [True]
        assert response.content.decode().count('aria-current="page"') >= 1
    today = as_user(minh).get(page(CHAMPION), {"che-do": "99"}).context["columns"]
    assert sum(chosen for _, _, chosen in today) == 1


def test_a_citation_leads_to_the_row_of_its_document(as_user, minh):
    client = as_user(minh)
    text = client.get(page(CHAMPION)).content.decode()
    anchors = set(re.findall(reverse("history:sources") + r"#(vb-\d+)", text))
    rows = client.get(reverse("history:sources")).content.decode()
    assert anchors
    assert all(f'id="{anchor}"' in rows for anchor in anchors)


def test_every_document_stands_in_the_list_with_its_days(as_user, minh):
    text = as_user(minh).get(reverse("history:sources")).content.decode()
    assert all(number in text for number in load().sources)
    assert "từ 01/07/2025 đến 28/02/2027" in text


def test_what_is_common_to_all_awards_has_its_own_page(as_user, minh):
    text = as_user(minh).get(reverse("history:rulebook_common")).content.decode()
    assert "2.340.000" in text
    assert "Hồ sơ đã nhận để thẩm định trước ngày văn bản mới có hiệu lực" in text


def test_a_share_of_the_sectors_own_stands_on_the_page_with_who_entered_it(as_user, minh):
    make_override(minh, "votes.giay_khen", "2/3", date(2026, 1, 1), document="Quy chế mẫu", place="Điều 9")
    facts = {fact.name: fact for fact in as_user(minh).get(page("giay_khen")).context["facts"]}
    assert facts["Tỷ lệ phiếu"].text.startswith("2/3 tổng số thành viên")
    assert [(cite.text, cite.url) for cite in facts["Tỷ lệ phiếu"].cites] == [("Điều 9 Quy chế mẫu", "")]
    text = as_user(minh).get(page("giay_khen")).content.decode()
    assert f"{minh} nhập" in text


def test_an_authorised_decider_takes_the_place_of_the_catalogues(as_user, minh):
    make_override(minh, "deciders.lao_dong_tien_tien", "Vụ trưởng các vụ", date(2026, 1, 1))
    facts = {fact.name: fact.text for fact in as_user(minh).get(page("lao_dong_tien_tien")).context["facts"]}
    assert facts["Người quyết định"] == "Vụ trưởng các vụ"
