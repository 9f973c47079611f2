"""“Sắp đủ điều kiện” on screen: who sees it, what the row says, and what its buttons do."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.models import Nomination, Submission
from campaigns.models import Registration
from history.models import Discovery
from tests.factories import awards as make
from tests.factories.campaigns import make_campaign
from tests.factories.history import make_discovery
from tests.factories.units import make_person, make_role

pytestmark = pytest.mark.django_db
LIST, ACT, EXPORT = (reverse(f"awards:discovery_{name}") for name in ("list", "act", "export"))
FINDING = {
    "rule": "sector_initiative", "met": False, "says": "Có 0 sáng kiến phù hợp", "confirmed": False,
    "cite": [{"doc": "06/2022/QH15", "at": "Điều 22 khoản 1 điểm b"}],
}  # fmt: skip
VERDICT = {"outcome": "not_eligible", "findings": [FINDING], "confirmed": False,
           "to_be_confirmed_by_people": [{"rule": "ethics", "says": "Phẩm chất đạo đức tốt", "cite": []}]}  # fmt: skip


@pytest.fixture
def campaign(root):
    today = timezone.localdate()
    return make.make_intake(root, year=2026, nomination_closes_on=today + timedelta(days=20))


@pytest.fixture
def an(campaign, region):
    return make_discovery(make_person(region, full_name="Nguyễn Văn An"))


@pytest.fixture
def binh(region):
    return make_discovery(
        make_person(region, full_name="Lê Thị Bình"), outcome="one_missing", verdict=VERDICT,
        missing_says="Có 0 sáng kiến phù hợp", missing_cite=FINDING["cite"], expected_on=date(2027, 12, 31),
    )  # fmt: skip


def text(response):
    return response.content.decode()


def test_a_head_sees_who_is_eligible_and_begins_a_dossier(as_user, hung, an):
    page = as_user(hung).get(LIST)
    assert "Nguyễn Văn An" in text(page)
    assert f'value="lap-ho-so:{an.pk}"' in text(page)
    answer = as_user(hung).post(ACT, {"mot": f"lap-ho-so:{an.pk}"})
    draft = Submission.objects.get()
    assert answer.url == reverse("awards:submission", args=[draft.pk])
    assert draft.nominations.get().person == an.person


def test_a_second_click_opens_the_same_draft(as_user, lan, an):
    client = as_user(lan)
    first, second = (client.post(ACT, {"mot": f"lap-ho-so:{an.pk}"}) for _ in range(2))
    assert first.url == second.url
    assert Nomination.objects.count() == 1


def test_the_popover_names_the_numbers_the_article_and_what_nobody_checked(as_user, hung, binh):
    page = text(as_user(hung).get(LIST, {"muc": "thieu"}))
    assert "Có 0 sáng kiến phù hợp" in page
    assert "Điều 22 khoản 1 điểm b Luật 06/2022/QH15" in page
    assert "chưa đối chiếu" in page
    assert "Phẩm chất đạo đức tốt" in page
    assert "Sớm nhất 31/12/2027" in page
    assert f'popovertarget="dieu-kien-{binh.pk}"' in page


def test_who_lacks_something_has_no_button_to_begin(as_user, hung, an, binh):
    page = text(as_user(hung).get(LIST, {"muc": "thieu"}))
    assert "lap-ho-so" not in page
    assert "Nguyễn Văn An" not in page


def test_the_office_looks_on(as_user, minh, an):
    page = text(as_user(minh).get(LIST))
    assert "Nguyễn Văn An" in page
    assert "Chờ đơn vị" in page
    assert "lap-ho-so" not in page
    assert as_user(minh).post(ACT, {"mot": f"lap-ho-so:{an.pk}"}).status_code == 403


def test_another_province_sees_nothing_and_changes_nothing(as_user, nam, an):
    client = as_user(nam)
    assert "Nguyễn Văn An" not in text(client.get(LIST))
    client.post(ACT, {"viec": "khong", "dong": an.pk, "xac-nhan": "1", "reason": "Lý do"})
    an.refresh_from_db()
    assert an.state == "open"


def test_putting_off_asks_for_a_day_and_a_reason_and_loses_nothing_typed(as_user, lan, an):
    client = as_user(lan)
    asked = client.post(ACT, {"mot": f"hoan:{an.pk}", "ve": LIST})
    assert asked.status_code == 200
    assert "Nguyễn Văn An" in text(asked)
    given = {"viec": "hoan", "dong": an.pk, "xac-nhan": "1", "ve": LIST, "reason": "Chờ nghiệm thu"}
    wrong = client.post(ACT, {**given, "until": "01/01/2020"})
    assert wrong.status_code == 422
    assert "Chờ nghiệm thu" in text(wrong)
    until = timezone.localdate() + timedelta(days=9)
    done = client.post(ACT, {**given, "until": f"{until:%d/%m/%Y}"})
    assert done.url == LIST
    an.refresh_from_db()
    assert (an.state, an.until, an.by) == ("postponed", until, lan)
    assert "Chờ nghiệm thu" in text(client.get(LIST, {"muc": "hoan"}))


def test_declining_needs_a_reason_and_a_head(as_user, lan, hung, minh, an):
    empty = as_user(hung).post(ACT, {"viec": "khong", "dong": an.pk, "xac-nhan": "1", "reason": ""})
    assert empty.status_code == 422
    assert "Không đề nghị</button>" not in text(as_user(lan).get(LIST))
    as_user(lan).post(ACT, {"viec": "khong", "dong": an.pk, "xac-nhan": "1", "reason": "Lý do"})
    an.refresh_from_db()
    assert an.state == "open"
    as_user(hung).post(ACT, {"viec": "khong", "dong": an.pk, "xac-nhan": "1", "reason": "Cá nhân xin nhường"})
    assert "Nguyễn Văn An" not in text(as_user(hung).get(LIST))
    assert "Cá nhân xin nhường" in text(as_user(minh).get(LIST, {"muc": "khong"}))


def test_what_was_declined_is_taken_up_again(as_user, hung, an):
    client = as_user(hung)
    client.post(ACT, {"viec": "khong", "dong": an.pk, "xac-nhan": "1", "reason": "Lý do"})
    client.post(ACT, {"mot": f"xem-lai:{an.pk}"})
    assert "Nguyễn Văn An" in text(client.get(LIST))


def test_many_at_once(as_user, hung, campaign, region):
    rows = [make_discovery(make_person(region)) for _ in range(3)]
    as_user(hung).post(ACT, {"viec": "lap-ho-so", "dong": [row.pk for row in rows]})
    assert Submission.objects.get().nominations.count() == 3


def test_nothing_ticked_and_words_nobody_knows_are_told(as_user, hung, an):
    for data in ({}, {"viec": "lap-ho-so"}, {"viec": "xoa", "dong": an.pk}, {"mot": "x:y"}):
        page = as_user(hung).post(ACT, data, follow=True)
        assert "Chọn ít nhất một dòng" in text(page)


@pytest.mark.parametrize("away", ["https://ke-xau.example/", "//ke-xau.example/", "javascript:1"])
def test_the_way_back_never_leads_elsewhere(as_user, hung, an, away):
    answer = as_user(hung).post(ACT, {"mot": f"xem-lai:{an.pk}", "ve": away})
    assert answer.url == LIST


def test_an_award_no_campaign_takes_says_so_instead_of_a_button(as_user, hung, root, region):
    make.make_intake(root, awards=("lao_dong_tien_tien",), nomination_closes_on=None)
    make_discovery(make_person(region))
    page = text(as_user(hung).get(LIST))
    assert "Chưa có phong trào năm 2026 nhận hồ sơ" in page
    assert 'value="lap-ho-so:' not in page


def test_filters_narrow_and_the_numbers_of_tabs_stay(as_user, hung, an, region):
    make_discovery(region, "bang_khen_vien_truong")
    client = as_user(hung)
    people = text(client.get(LIST, {"doi-tuong": "ca-nhan"}))
    assert "Nguyễn Văn An" in people
    assert "Bằng khen của Viện trưởng VKSND tối cao</span>" not in people
    assert "Nguyễn Văn An" not in text(client.get(LIST, {"q": "không có ai"}))
    assert "Nguyễn Văn An" in text(client.get(LIST, {"q": "nguyen van an"}))
    assert "Nguyễn Văn An" not in text(client.get(LIST, {"danh-hieu": "bang_khen_vien_truong"}))
    assert "Nguyễn Văn An" in text(client.get(LIST, {"don-vi": region.pk}))


def test_queries_do_not_grow_with_the_rows(as_user, hung, campaign, region):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            assert as_user(hung).get(LIST).status_code == 200
        return len(queries)

    make_discovery(make_person(region))
    counted()
    few = counted()
    for _ in range(12):
        make_discovery(make_person(region))
    assert counted() == few


def test_the_sheet_holds_what_the_screen_shows(as_user, hung, an, binh):
    answer = as_user(hung).get(EXPORT, {"muc": "thieu"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        words = packed.read("xl/sharedStrings.xml").decode()
    assert "Lê Thị Bình" in words
    assert "Nguyễn Văn An" not in words
    assert "Điều 22 khoản 1 điểm b" in words


def test_the_head_finds_it_in_the_menu_and_among_the_tasks(as_user, hung, minh, an, region):
    make_role(hung, "unit_head", region)
    make_discovery(an.person, "bang_khen_vien_truong")
    home = text(as_user(hung).get(reverse("reports:home")))
    assert "Xem xét 1 cá nhân, tập thể đủ điều kiện khen thưởng cao hơn" in home
    assert f'href="{LIST}"' in home
    assert "Xem xét 1 cá nhân" not in text(as_user(minh).get(reverse("reports:home")))


def test_the_page_of_a_person_begins_the_dossier_too(as_user, hung, minh, campaign, region):
    person = make.make_eligible_for_cstdn(make_person(region))
    row = make_discovery(person)
    page = reverse("history:person", args=[person.pk])
    assert f'value="lap-ho-so:{row.pk}"' in text(as_user(hung).get(page))
    assert "lap-ho-so" not in text(as_user(minh).get(page))
    Discovery.objects.filter(pk=row.pk).update(state="declined", reason="Nhường", by=hung, at=timezone.now())
    assert "lap-ho-so" not in text(as_user(hung).get(page))


def test_the_page_of_a_unit_shows_its_next_steps(as_user, hung, region):
    page = text(as_user(hung).get(reverse("history:unit", args=[region.pk])))
    assert "Bước tiếp theo" in page


def test_who_lacks_one_thing_may_be_registered_for_next_year(as_user, hung, region, root):
    today = timezone.localdate()
    make_campaign(root, registration_opens_on=today - timedelta(days=5), registration_closes_on=today)
    row = make_discovery(make_person(region), "chien_si_thi_dua_co_so", outcome="one_missing")
    client = as_user(hung)
    assert f'value="dang-ky:{row.pk}"' in text(client.get(LIST, {"muc": "thieu"}))
    answer = client.post(ACT, {"mot": f"dang-ky:{row.pk}"})
    assert answer.url == reverse("campaigns:registration", args=[Registration.objects.get().pk])
    page = text(client.get(LIST, {"muc": "thieu"}))
    assert "Đã đăng ký năm sau" in page
    assert f'value="dang-ky:{row.pk}"' not in page
