"""The pages as their users meet them: drafting, sending, reviewing, returning."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from awards.models import Nomination, Submission
from awards.services import reviews
from tests.factories import awards as make
from tests.factories.units import make_person
from units.models import PendingMatter

pytestmark = pytest.mark.django_db


def _picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 4), "white").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def intake(root):
    """A movement that takes dossiers today, whatever day the tests run."""
    today = timezone.localdate()
    return make.make_intake(root, nomination_closes_on=today + timedelta(days=20))


@pytest.fixture
def draft(intake, region, lan):
    return make.make_submission(region, campaign=intake, created_by=lan)


def _queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_clerk_begins_a_draft_and_comes_to_its_desk(intake, region, lan, as_user):
    client = as_user(lan)
    page = client.get(reverse("awards:submission_new"))
    key = re.search(r'name="draft_key" value="([^"]+)"', page.content.decode())[1]
    form = {"campaign": intake.pk, "unit": region.pk, "level": "base", "title": "Đề nghị LĐTT", "draft_key": key}
    answers = [client.post(reverse("awards:submission_new"), form) for _ in range(2)]
    made = Submission.objects.get()
    assert [answer.url for answer in answers] == [reverse("awards:submission", args=[made.pk])] * 2
    assert client.get(answers[0].url).status_code == 200


def test_people_are_found_without_accents_and_added(draft, region, lan, as_user):
    person = make_person(region, full_name="Phạm Thị Đượm")
    client = as_user(lan)
    url = reverse("awards:people_add", args=[draft.pk])
    assert "Phạm Thị Đượm" in client.get(url, {"q": "pham thi duom"}).content.decode()
    assert "Phạm Thị Đượm" not in client.get(url, {"q": "nguyen van x"}).content.decode()
    client.post(url, {"people": [person.pk], "award": make.CSTDN, "type": "merit"})
    assert Nomination.objects.get().person == person


def test_a_list_that_is_cut_says_so(draft, region, lan, as_user):
    client, url = as_user(lan), reverse("awards:people_add", args=[draft.pk])
    assert "chỉ hiện" not in client.get(url).content.decode()
    for _ in range(21):
        make_person(region)
    assert "chỉ hiện 20 người đầu" in client.get(url).content.decode()


def test_adding_nobody_says_so_and_keeps_the_award(draft, lan, as_user):
    answer = as_user(lan).post(reverse("awards:people_add", args=[draft.pk]), {"award": make.CSTDN, "type": "merit"})
    assert answer.status_code == 422
    assert "Chọn ít nhất một người." in answer.content.decode()
    assert f'value="{make.CSTDN}" selected' in answer.content.decode()


def test_a_file_is_taken_by_what_it_holds(draft, lan, as_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client, url = as_user(lan), reverse("awards:submission_file", args=[draft.pk])
    refused = client.post(url, {"kind": "report", "file": SimpleUploadedFile("bao-cao.pdf", b"MZ not a pdf")})
    assert refused.status_code == 422
    assert "không phải PDF" in refused.content.decode()
    assert (
        client.post(url, {"kind": "report", "file": SimpleUploadedFile("bao-cao.png", _picture())}).status_code == 302
    )
    assert draft.attachments.get().name == "bao-cao.png"


def test_the_head_checks_sends_and_reads_the_receipt(draft, region, hung, as_user):
    make.make_nomination(draft, person=make.make_eligible_for_cstdn(make_person(region)))
    make.make_file(draft)
    client = as_user(hung)
    check = client.get(reverse("awards:submission_check", args=[draft.pk])).content.decode()
    assert 'aria-disabled="true"' not in check.split('class="sticky"')[1]
    sent = client.post(reverse("awards:submission_send", args=[draft.pk]), {"version": draft.version}, follow=True)
    again = client.post(reverse("awards:submission_send", args=[draft.pk]), {"version": draft.version}, follow=True)
    draft.refresh_from_db()
    assert draft.receipt_code in sent.content.decode()
    assert draft.receipt_code in again.content.decode()


def test_a_clerk_reads_why_the_button_is_grey(draft, lan, as_user):
    page = as_user(lan).get(reverse("awards:submission_check", args=[draft.pk])).content.decode()
    assert "việc phải xử lý trước khi gửi" in page
    assert 'aria-disabled="true"' in page


def test_the_queue_counts_its_tabs_and_finds_by_name(line, reviewed, thu, as_user):
    client, url = as_user(thu), reverse("awards:review_queue")
    page = client.get(url).content.decode()
    assert re.search(r"Chờ tiếp nhận<span class=\"c\">1</span>", page)
    assert re.search(r"Đang thẩm định<span class=\"c\">1</span>", page)
    assert line.name_printed not in client.get(url, {"muc": "reviewing"}).content.decode()
    assert line.name_printed in client.get(url, {"q": line.code.lower()}).content.decode()


def test_the_queue_costs_the_same_for_ten_rows_as_for_twenty(sent, province, thu, as_user):
    client, url = as_user(thu), reverse("awards:review_queue")
    for _ in range(10):
        make.make_nomination(sent, state="reviewing", held_by=province)
    ten = _queries(client, url)
    for _ in range(10):
        make.make_nomination(sent, state="reviewing", held_by=province)
    assert _queries(client, url) == ten


def test_the_list_costs_the_same_for_ten_rows_as_for_twenty(root, region, lan, hung, as_user):
    client, url, intake = as_user(lan), reverse("awards:submission_list"), make.make_intake(root)
    for _ in range(10):
        make.make_nomination(
            make.make_submission(region, campaign=intake, created_by=lan, sent_by=hung), state="submitted"
        )
    ten = _queries(client, url)
    for _ in range(10):
        make.make_nomination(
            make.make_submission(region, campaign=intake, created_by=lan, sent_by=hung), state="submitted"
        )
    assert _queries(client, url) == ten


def test_a_draft_costs_the_same_for_ten_lines_as_for_twenty(draft, region, lan, as_user):
    client = as_user(lan)
    for page in ("submission", "submission_check"):
        url = reverse(f"awards:{page}", args=[draft.pk])
        for _ in range(10):
            make.make_nomination(draft)
        ten = _queries(client, url)
        for _ in range(10):
            make.make_nomination(draft)
        assert _queries(client, url) == ten


def test_the_page_of_a_line_costs_the_same_however_long_its_history(reviewed, thu, as_user):
    client, url = as_user(thu), reverse("awards:nomination", args=[reviewed.pk])
    few = _queries(client, url)
    make.make_eligible_for_cstdn(reviewed.person)
    for kind in ("initiative", "opinion", "other"):
        make.make_file(reviewed, kind)
    assert _queries(client, url) == few


def test_the_page_of_a_line_says_why_confirming_is_closed(reviewed, thu, as_user):
    reviewed.verdict = make.NOT_ELIGIBLE
    reviewed.save()
    page = as_user(thu).get(reverse("awards:nomination", args=[reviewed.pk])).content.decode()
    assert "Chưa xác nhận đạt được: còn 1 điều kiện chưa đạt" in page
    assert "Điều 22 Luật 06/2022/QH15" in page


def test_a_reviewer_takes_up_and_confirms(line, thu, as_user):
    client = as_user(thu)
    url = reverse("awards:nomination_move", args=[line.pk, "tiep-nhan"])
    assert client.post(url, {"version": 1}).status_code == 302
    client.post(reverse("awards:nomination_move", args=[line.pk, "dat"]), {"version": 2})
    line.refresh_from_db()
    assert (line.state, line.reviewed_by) == ("qualified", thu)


def test_an_old_page_of_a_line_is_a_conflict(reviewed, thu, as_user):
    answer = as_user(thu).post(reverse("awards:nomination_move", args=[reviewed.pk, "dat"]), {"version": 7})
    assert answer.status_code == 409


def test_a_return_without_a_day_after_today_keeps_what_was_typed(reviewed, thu, as_user):
    today = timezone.localdate()
    typed = {
        "reasons": [],
        "other": "Thiếu quyết định",
        "guidance": "Tải quyết định lên.",
        "due_on": f"{today:%d/%m/%Y}",
    }
    url = reverse("awards:nomination_move", args=[reviewed.pk, "tra-lai"])
    for extra in ({}, {"hop-thoai": "1"}):
        page = as_user(thu).post(url, {**typed, **extra, "version": 1})
        text = page.content.decode()
        assert page.status_code == 422
        assert f"Hạn phải sau ngày {today:%d/%m/%Y}." in text
        assert "Tải quyết định lên." in text
        assert "Thiếu quyết định" in text
    reviewed.refresh_from_db()
    assert reviewed.state == "reviewing"


def test_a_returned_line_is_completed_and_the_reviewer_sees_the_difference(reviewed, thu, hung, as_user):
    make.make_eligible_for_cstdn(reviewed.person)
    due = timezone.localdate() + timedelta(days=9)
    office, unit = as_user(thu), as_user(hung)
    office.post(
        reverse("awards:nomination_move", args=[reviewed.pk, "tra-lai"]),
        {"other": "Thiếu số liệu", "guidance": "Ghi số vụ.", "due_on": f"{due:%d/%m/%Y}", "version": 1},
    )
    reviewed.refresh_from_db()
    assert "Ghi số vụ." in unit.get(reverse("awards:nomination", args=[reviewed.pk])).content.decode()
    unit.post(
        reverse("awards:line_edit", args=[reviewed.pk]),
        {
            "type": "merit",
            "achievement_from": "1/12/2025",
            "achievement_to": "30/11/2026",
            "achievement": "Giải quyết 120 vụ.",
            "explanation": "",
            "version": reviewed.version,
        },
    )
    reviewed.refresh_from_db()
    unit.post(reverse("awards:nomination_unit", args=[reviewed.pk, "gui-lai"]), {"version": reviewed.version})
    page = office.get(reverse("awards:nomination", args=[reviewed.pk])).content.decode()
    assert "Đơn vị đã bổ sung" in page
    assert "Giải quyết 120 vụ." in page


def test_bulk_confirmation_asks_first_and_then_names_the_rest(sent, province, thu, as_user):
    good = make.make_nomination(sent, state="reviewing", held_by=province)
    bad = make.make_nomination(sent, state="reviewing", held_by=province, verdict=make.NOT_ELIGIBLE)
    client, url = as_user(thu), reverse("awards:review_bulk")
    asked = client.post(url, {"viec": "dat", "dong": [good.pk, bad.pk]})
    assert "1 trên 2 hồ sơ đã chọn đủ để xác nhận" in asked.content.decode()
    good.refresh_from_db()
    assert good.state == "reviewing"
    done = client.post(url, {"viec": "dat", "dong": [good.pk, bad.pk], "xac-nhan": "1"}, follow=True).content.decode()
    assert "Đã xác nhận đạt 1 hồ sơ." in done
    assert f"{bad.name_printed} ({bad.code}): Còn 1 điều kiện chưa đạt" in done


def test_several_lines_are_returned_with_a_slip_each(sent, province, thu, as_user):
    lines = [make.make_nomination(sent, state="reviewing", held_by=province) for _ in range(2)]
    due = timezone.localdate() + timedelta(days=9)
    client, url = as_user(thu), reverse("awards:review_bulk")
    form = {"viec": "tra-lai", "dong": [line.pk for line in lines]}
    assert client.post(url, form).status_code == 200
    client.post(url, {**form, "xac-nhan": "1", "other": "Thiếu", "guidance": "Bổ sung.", "due_on": f"{due:%d/%m/%Y}"})
    assert set(Nomination.objects.values_list("state", flat=True)) == {"incomplete"}
    assert sum(line.returns.count() for line in lines) == 2


def test_lines_are_given_to_a_colleague_with_a_day(sent, province, thu, thanh, as_user):
    line = make.make_nomination(sent, state="reviewing", held_by=province)
    due = timezone.localdate() + timedelta(days=4)
    client, url = as_user(thu), reverse("awards:review_bulk")
    form = {"viec": "chuyen", "dong": [line.pk]}
    assert thanh.full_name in client.post(url, form).content.decode()
    client.post(url, {**form, "xac-nhan": "1", "to": thanh.pk, "due_on": f"{due:%d/%m/%Y}"})
    line.refresh_from_db()
    assert (line.reviewed_by, line.review_due) == (thanh, due)


def test_the_neighbours_are_lines_in_the_same_state(sent, province, thu, as_user):
    lines = [make.make_nomination(sent, state="reviewing", held_by=province) for _ in range(3)]
    page = as_user(thu).get(reverse("awards:nomination", args=[lines[1].pk])).content.decode()
    assert "Hồ sơ 2/3" in page
    assert reverse("awards:nomination", args=[lines[0].pk]) in page
    assert reverse("awards:nomination", args=[lines[2].pk]) in page


def test_the_queue_is_exported_with_its_filters(line, reviewed, thu, as_user):
    answer = as_user(thu).get(reverse("awards:review_export"), {"muc": "reviewing"})
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_a_slip_is_read_by_both_sides_and_not_by_others(reviewed, thu, lan, nam, as_user):
    at = timezone.now()
    returned = reviews.return_incomplete(
        nomination=reviewed,
        reasons=["Thiếu biên bản"],
        guidance="Tải lên.",
        due_on=at.date() + timedelta(days=5),
        by=thu,
        at=at,
        expected_version=1,
    )
    url = reverse("awards:return_slip", args=[returned.pk, returned.returns.get().pk])
    assert "Thiếu biên bản" in as_user(lan).get(url).content.decode()
    assert as_user(thu).get(url).status_code == 200
    assert as_user(nam).get(url).status_code == 404


def test_a_check_on_demand_stands_beside_the_frozen_verdict_with_what_is_otherwise(reviewed, thu, as_user):
    reviewed.verdict = make.NOT_ELIGIBLE
    reviewed.save()
    client, url = as_user(thu), reverse("awards:nomination", args=[reviewed.pk])
    assert "Khác so với kết luận khi trình" not in client.get(url).content.decode()
    make.make_eligible_for_cstdn(reviewed.person)
    client.post(reverse("awards:nomination_move", args=[reviewed.pk, "kiem-tra-lai"]), {"version": 1})
    page = client.get(url).content.decode()
    assert "Khác so với kết luận khi trình" in page
    assert "Khi trình không đạt: Chưa có sáng kiến được công nhận cấp ngành. " in page
    assert "Nay đạt: Có 1 sáng kiến: " in page


def test_a_check_that_finds_the_same_says_so(reviewed, thu, as_user, now):
    reviews.recheck(nomination=reviewed, by=thu, at=now, expected_version=1)
    reviewed.refresh_from_db()
    reviewed.verdict = reviewed.rechecked["verdict"]
    reviewed.save()
    page = as_user(thu).get(reverse("awards:nomination", args=[reviewed.pk])).content.decode()
    assert "Không có gì khác." in page


def test_the_office_sees_what_clashes_across_its_units_by_kind(reviewed, line, thu, as_user):
    client, url = as_user(thu), reverse("awards:conflict_list")
    assert "Không có hồ sơ trùng lặp, vướng mắc" in client.get(url).content.decode()
    PendingMatter.objects.create(person=line.person, kind="complaint", opened_on=timezone.localdate())
    page = client.get(url).content.decode()
    assert line.code in page
    assert reviewed.code not in page
    assert "chưa kết thúc" in page
    assert "Lãnh đạo thường trực, ghi đè có lý do" in page
    assert line.code in client.get(url, {"loai": "pending"}).content.decode()
    assert line.code not in client.get(url, {"loai": "double"}).content.decode()


def test_the_list_of_what_clashes_costs_the_same_for_few_as_for_many(sent, province, thu, as_user):
    client, url = as_user(thu), reverse("awards:conflict_list")

    def some(number):
        for _ in range(number):
            held = make.make_nomination(sent, state="submitted", held_by=province)
            PendingMatter.objects.create(person=held.person, kind="complaint", opened_on=timezone.localdate())

    some(2)
    few = _queries(client, url)
    some(9)
    assert _queries(client, url) == few
