"""The list, the grid, the check, the receipt, the office's answer: as pages and as fragments."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import Registration, RegistrationLine
from campaigns.services.lines import Tick, set_lines
from tests.factories.campaigns import CSTDCS, LDTT, make_campaign, make_line, make_registration
from tests.factories.units import make_unit

HTMX = {"HX-Request": "true"}


def page(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def stored(sheet):
    return set(RegistrationLine.objects.filter(registration=sheet).values_list("person", "award"))


def change(client, sheet, *cells, version=1, **headers):
    return client.post(
        page("registration_cell", sheet.pk), {"version": version, "doi": json.dumps(cells)}, headers=headers
    )


def test_the_head_begins_the_sheet_of_the_unit(as_user, hung, campaign, region):
    client = as_user(hung)
    assert "Bắt đầu đăng ký" in client.get(page("registration_list")).content.decode()
    answer = client.post(page("registration_open"), {"campaign": campaign.pk, "unit": region.pk})
    assert answer.url == page("registration", Registration.objects.get().pk)


def test_nobody_begins_the_sheet_of_another_unit(as_user, nam, campaign, region):
    answer = as_user(nam).post(page("registration_open"), {"campaign": campaign.pk, "unit": region.pk})
    assert answer.status_code == 404


@pytest.mark.parametrize("sent", [{}, {"campaign": "x", "unit": "9" * 30}])
def test_beginning_nothing_is_not_found(as_user, hung, sent):
    assert as_user(hung).post(page("registration_open"), sent).status_code == 404


def test_the_office_sees_every_unit_and_filters_by_stage(as_user, minh, campaign, province, region):
    make_registration(campaign, region, state="sent")
    client = as_user(minh)
    everything = client.get(page("registration_list")).content.decode()
    assert province.name in everything
    assert region.name in everything
    waiting = client.get(page("registration_list"), {"trang-thai": "cho-duyet"}).content.decode()
    assert province.name not in waiting
    assert region.name in waiting


def test_more_units_cost_no_more_queries(as_user, minh, campaign, province):
    client = as_user(minh)

    def read():
        with CaptureQueriesContext(connection) as queries:
            client.get(page("registration_list"), {"so-dong": "50"})
        return len(queries)

    for number in range(20):
        if number == 10:
            client.get(page("registration_list"))
            first = read()
        make_registration(campaign, make_unit(kind="khu_vuc", under=province), state="sent")
    assert read() == first


def test_nam_finds_nothing_of_the_sheet(as_user, nam, registration, people):
    client = as_user(nam)
    for name in (
        "registration",
        "registration_check",
        "registration_receipt",
        "registration_targets",
        "registration_ask",
    ):
        assert client.get(page(name, registration.pk)).status_code == 404
    assert client.get(page("registration_verdict", registration.pk, people[0].pk)).status_code == 404
    for name in ("registration_cell", "registration_fill", "registration_send"):
        assert client.post(page(name, registration.pk)).status_code == 404
    assert client.post(page("registration_answer", registration.pk, "tiep-nhan")).status_code == 404
    line = make_line(registration, person=people[0], answer="waiting")
    assert client.post(page("registration_line", line.pk, "xac-nhan")).status_code == 404


def test_who_only_reads_may_not_write(as_user, minh, registration):
    client = as_user(minh)
    assert client.get(page("registration", registration.pk)).status_code == 200
    assert client.get(page("registration_check", registration.pk)).status_code == 403
    assert change(client, registration, ["p1:lao_dong_tien_tien", True]).status_code == 403


def test_the_sheet_is_a_plain_form_with_a_box_for_each_cell(as_user, lan, registration, people):
    text = as_user(lan).get(page("registration", registration.pk)).content.decode()
    assert f'name="o" value="p{people[0].pk}:{LDTT}"' in text
    assert "Lưu các ô đã chọn" in text


def test_without_scripts_the_whole_sheet_is_saved_at_once(as_user, lan, registration, people):
    make_line(registration, person=people[2])
    ticked = [f"p{people[0].pk}:{LDTT}", f"p{people[1].pk}:{CSTDCS}"]
    answer = as_user(lan).post(page("registration", registration.pk), {"version": 1, "o": ticked})
    assert answer.status_code == 302
    assert stored(registration) == {(people[0].pk, LDTT), (people[1].pk, LDTT), (people[1].pk, CSTDCS)}


def test_cells_are_saved_and_what_changed_comes_back(as_user, lan, registration, people):
    answer = change(as_user(lan), registration, [f"p{people[0].pk}:{CSTDCS}", True], **HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-version="2"' in text
    assert f'id="dong-p{people[0].pk}"' in text
    assert f'id="dong-p{people[1].pk}"' not in text
    assert 'id="chi-tieu"' in text
    assert stored(registration) == {(people[0].pk, LDTT), (people[0].pk, CSTDCS)}


@pytest.mark.parametrize(
    "sent",
    ["", "[", "[1]", '[["p1"]]', '[["x1:lao_dong_tien_tien", true]]', '[["p1:khong_co", true]]', '{"a": 1}'],
)
def test_what_is_not_from_our_page_is_refused(as_user, lan, registration, sent):
    answer = as_user(lan).post(page("registration_cell", registration.pk), {"version": 1, "doi": sent})
    assert answer.status_code == 409
    assert stored(registration) == set()


def test_of_two_browsers_the_second_sees_both_sides_and_may_keep_its_own(as_user, lan, hung, registration, people):
    cell = f"p{people[0].pk}:{LDTT}"
    assert change(as_user(lan), registration, [cell, True], **HTMX).status_code == 200
    answer = change(as_user(hung), registration, [cell, False], **HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Trần Thị Lan", "Lê Mạnh Hùng", "không", "Giữ của tôi", 'name="version" value="2"'):
        assert words in text
    assert stored(registration) == {(people[0].pk, LDTT)}
    change(as_user(hung), registration, [cell, False], version=2)
    assert stored(registration) == set()


def test_with_the_version_it_saw_the_same_browser_goes_on(as_user, lan, hung, registration, people):
    cell = f"p{people[0].pk}:{LDTT}"
    change(as_user(lan), registration, [cell, True], **HTMX)
    assert change(as_user(hung), registration, [cell, False], version=2, **HTMX).status_code == 200


def test_without_scripts_a_stale_sheet_is_a_page_with_both_sides(as_user, lan, registration, people, now):
    ticks = [Tick(f"p{people[0].pk}", LDTT, True)]
    set_lines(registration=registration, ticks=ticks, by=lan, at=now, expected_version=1)
    answer = as_user(lan).post(page("registration", registration.pk), {"version": 1, "o": [f"p{people[1].pk}:{LDTT}"]})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f'name="o" value="p{people[1].pk}:{LDTT}"' in text
    assert stored(registration) == {(people[0].pk, LDTT)}


def test_everyone_at_once_and_nothing_to_copy(as_user, lan, registration, people):
    client = as_user(lan)
    client.post(page("registration_fill", registration.pk), {"version": 1, "viec": "tat-ca"})
    assert stored(registration) == {(person.pk, LDTT) for person in people}
    assert (
        client.post(page("registration_fill", registration.pk), {"version": 2, "viec": "nam-truoc"}).status_code == 409
    )
    assert client.post(page("registration_fill", registration.pk), {"version": 2, "viec": "khac"}).status_code == 404


def test_last_years_button_stands_only_where_there_is_a_last_year(as_user, lan, root, region, registration, people):
    client = as_user(lan)
    assert "Lấy theo năm" not in client.get(page("registration", registration.pk)).content.decode()
    make_registration(make_campaign(root, year=2026), region, state="locked")
    assert "Lấy theo năm 2026" in client.get(page("registration", registration.pk)).content.decode()


def test_a_verdict_is_a_page_and_a_fragment(as_user, lan, registration, people):
    make_line(registration, person=people[0])
    url = page("registration_verdict", registration.pk, people[0].pk)
    whole, part = as_user(lan).get(url).content.decode(), as_user(lan).get(url, headers=HTMX).content.decode()
    assert "<h1" in whole
    assert "<h1" not in part
    for text in (whole, part):
        assert "Lao động tiên tiến" in text
        assert "Luật 06/2022/QH15" in text


def test_the_verdict_of_somebody_elses_person_is_not_found(as_user, lan, registration):
    assert as_user(lan).get(page("registration_verdict", registration.pk, 999)).status_code == 404


def test_targets_are_saved_and_bad_numbers_explained(as_user, lan, registration):
    rows = {
        "ct-TOTAL_FORMS": 2,
        "ct-INITIAL_FORMS": 0,
        "ct-0-text": "Giải quyết án",
        "ct-0-amount": "1.5",
        "version": 1,
    }
    client = as_user(lan)
    answer = client.post(page("registration_targets", registration.pk), rows)
    assert answer.status_code == 422
    assert "Nhập số theo dạng 1.234,5" in answer.content.decode()
    assert "Giải quyết án" in answer.content.decode()
    answer = client.post(
        page("registration_targets", registration.pk), {**rows, "ct-0-amount": "98,5", "ct-0-measure": "%"}
    )
    assert answer.status_code == 302
    assert [str(row.amount) for row in registration.targets.all()] == ["98.50"]


def test_the_check_page_lists_answers_obstacles_and_warnings(as_user, hung, registration, people):
    make_line(registration, person=people[0])
    make_line(registration, person=people[1], answer="waiting")
    text = as_user(hung).get(page("registration_check", registration.pk)).content.decode()
    for words in (
        "Chưa gửi được",
        "Còn 1 đăng ký của cá nhân",
        "1 người: Lê Mạnh Hùng",
        "vẫn gửi được",
        'aria-disabled="true"',
    ):
        assert words in text


def test_a_clerk_sees_why_the_button_is_grey(as_user, lan, registration, people):
    make_line(registration, person=people[0])
    text = as_user(lan).get(page("registration_check", registration.pk)).content.decode()
    assert "Đồng chí không có quyền “Gửi bản đăng ký” ở đây." in text


def test_sending_leads_to_a_receipt_and_the_sheet_is_then_read_only(as_user, hung, registration, people):
    make_line(registration, person=people[0])
    client = as_user(hung)
    answer = client.post(page("registration_send", registration.pk), {"version": 1})
    assert answer.url == page("registration_receipt", registration.pk)
    assert "DK-2027-KV.A.1" in client.get(answer.url).content.decode()
    text = client.get(page("registration", registration.pk)).content.decode()
    assert "Đề nghị mở lại" in text
    assert "data-open-grid" not in text
    assert change(client, registration, [f"p{people[1].pk}:{LDTT}", True], version=2).status_code == 409


def test_there_is_no_receipt_before_sending(as_user, hung, registration):
    assert as_user(hung).get(page("registration_receipt", registration.pk)).status_code == 404


def test_sending_an_empty_sheet_is_refused_in_words(as_user, hung, registration):
    answer = as_user(hung).post(page("registration_send", registration.pk), {"version": 1})
    assert answer.status_code == 409
    assert "Chưa đăng ký danh hiệu, hình thức nào." in answer.content.decode()


def test_the_office_accepts(as_user, minh, campaign, region, people):
    sheet = make_registration(campaign, region, state="sent")
    as_user(minh).post(page("registration_answer", sheet.pk, "tiep-nhan"), {"version": 1})
    sheet.refresh_from_db()
    assert sheet.state == "accepted"


def test_the_same_state_has_the_words_of_each_side(
    as_user, make_user, assign, lan, minh, campaign, province, region, people
):
    sheet = make_registration(campaign, region, state="sent")
    clerk = assign(make_user("tinh", "Bùi Thị Tỉnh"), "unit_clerk", province)
    from_above = as_user(minh).get(page("registration", sheet.pk)).content.decode()
    assert "Chờ duyệt" in from_above
    assert "Đã gửi</span>" not in from_above
    assert "Đã gửi</span>" not in as_user(clerk).get(page("registration", sheet.pk)).content.decode()
    own = as_user(lan).get(page("registration", sheet.pk)).content.decode()
    assert "Đã gửi</span>" in own
    assert "Chờ duyệt" not in own


def test_returning_without_a_reason_is_explained_beside_the_field(as_user, minh, campaign, region, people):
    sheet = make_registration(campaign, region, state="sent")
    client = as_user(minh)
    answer = client.post(page("registration_answer", sheet.pk, "tra-lai"), {"version": 1, "reason": " "})
    assert answer.status_code == 422
    assert "Nhập lý do." in answer.content.decode()
    client.post(page("registration_answer", sheet.pk, "tra-lai"), {"version": 1, "reason": "Thiếu chỉ tiêu"})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.return_reason) == ("returned", "Thiếu chỉ tiêu")


def test_a_refusal_of_the_answer_stands_above_the_form(as_user, minh, campaign, region, people):
    sheet = make_registration(campaign, region)
    answer = as_user(minh).post(page("registration_answer", sheet.pk, "tra-lai"), {"version": 1, "reason": "Thiếu"})
    assert answer.status_code == 422
    assert "Không thể trả lại khi đang ở trạng thái" in answer.content.decode()


def test_a_plain_answer_is_not_given_by_a_link(as_user, minh, campaign, region):
    sheet = make_registration(campaign, region, state="sent")
    assert as_user(minh).get(page("registration_answer", sheet.pk, "tiep-nhan")).status_code == 404


def test_the_unit_asks_for_its_sheet_back(as_user, lan, campaign, region):
    sheet = make_registration(campaign, region, state="accepted")
    answer = as_user(lan).post(page("registration_ask", sheet.pk), {"reason": "Ghi nhầm"})
    assert answer.url == page("registration", sheet.pk)


def test_the_head_answers_proposals_on_the_page(as_user, hung, registration, people):
    line = make_line(registration, person=people[1], answer="waiting")
    client = as_user(hung)
    assert "Chờ xác nhận" in client.get(page("registration", registration.pk)).content.decode()
    client.post(page("registration_line", line.pk, "xac-nhan"), {"version": 1})
    line.refresh_from_db()
    assert line.answer == "confirmed"
    client.post(page("registration_line", line.pk, "tra-lai"), {"version": 2, "reason": "Rút theo đề nghị"})
    line.refresh_from_db()
    assert (line.answer, line.answer_reason) == ("returned", "Rút theo đề nghị")
    assert client.get(page("registration_line", line.pk, "xac-nhan")).status_code == 404


def test_a_returned_sheet_shows_the_reason_first(as_user, lan, campaign, region, people):
    sheet = make_registration(campaign, region, state="returned", return_reason="Bổ sung chỉ tiêu")
    text = as_user(lan).get(page("registration", sheet.pk)).content.decode()
    assert "Bổ sung chỉ tiêu" in text
    assert "data-open-grid" in text


def test_a_unit_without_people_says_what_will_make_them_appear(as_user, lan, registration):
    text = as_user(lan).get(page("registration", registration.pk)).content.decode()
    assert "Chưa có công chức trong đơn vị" in text


def test_more_people_cost_the_page_no_more_queries(as_user, lan, registration, region, people):
    client = as_user(lan)

    def read():
        with CaptureQueriesContext(connection) as queries:
            client.get(page("registration", registration.pk))
        return len(queries)

    make_line(registration, person=people[0])
    client.get(page("registration", registration.pk))
    first = read()
    for person in people[1:]:
        make_line(registration, person=person)
    assert read() == first
