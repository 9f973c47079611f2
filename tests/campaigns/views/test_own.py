"""The page on which a person registers for oneself."""

import pytest

from campaigns.models import Commitment, RegistrationLine
from tests.factories.campaigns import CSTDCS, LDTT, make_campaign, make_line, make_registration

URL = "/dang-ky/cua-toi/"


@pytest.fixture
def an(people, make_user):
    person = people[2]
    person.user = make_user("an", "Đỗ Văn An")
    person.save()
    return person


def answers(person):
    return dict(RegistrationLine.objects.filter(person=person).values_list("award", "answer"))


def test_the_page_offers_the_titles_for_people_with_what_the_machine_says(as_user, an, campaign):
    text = as_user(an.user).get(URL).content.decode()
    for words in ("Chiến sĩ thi đua cơ sở", "điều kiện trong năm", "31/01/2027"):
        assert words in text
    assert "Tập thể lao động xuất sắc" not in text


def test_titles_and_commitment_are_sent_to_the_head(as_user, an, campaign):
    answer = as_user(an.user).post(URL, {"awards": [CSTDCS], "commitment": "Có sáng kiến"})
    assert answer.status_code == 302
    assert answers(an) == {CSTDCS: "waiting", LDTT: "waiting"}
    assert Commitment.objects.get().text == "Có sáng kiến"
    assert "Chờ thủ trưởng xác nhận" in as_user(an.user).get(URL).content.decode()


def test_what_the_head_returned_is_shown_with_the_reason(as_user, an, registration):
    make_line(registration, person=an, answer="returned", answer_reason="Chưa đủ 6 tháng")
    assert "Lý do: Chưa đủ 6 tháng" in as_user(an.user).get(URL).content.decode()


def test_what_the_unit_registered_cannot_be_taken_back(as_user, an, registration):
    make_line(registration, person=an)
    client = as_user(an.user)
    assert "Đơn vị đã đăng ký" in client.get(URL).content.decode()
    client.post(URL, {"awards": [], "commitment": ""})
    assert answers(an) == {LDTT: "confirmed"}


def test_after_the_sheet_was_sent_nothing_typed_is_lost(as_user, an, campaign, region):
    make_registration(campaign, region, state="sent")
    answer = as_user(an.user).post(URL, {"awards": [LDTT], "commitment": "Lời cam kết dài"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "không sửa được" in text
    assert "Lời cam kết dài" in text


def test_a_title_the_campaign_does_not_offer_is_refused(as_user, an, campaign):
    answer = as_user(an.user).post(URL, {"awards": ["anh_hung_lao_dong"], "commitment": ""})
    assert answer.status_code == 422
    assert answers(an) == {}


@pytest.mark.parametrize("linked", [True, False])
def test_nothing_open_is_said_in_words(as_user, an, make_user, linked):
    user = an.user if linked else make_user("khach")
    text = as_user(user).get(URL).content.decode()
    assert ("Chưa có phong trào nhận đăng ký" if linked else "Chưa có hồ sơ cá nhân") in text


def test_of_several_campaigns_one_is_chosen(as_user, an, root, campaign):
    other = make_campaign(root, awards=(LDTT,), kind="thematic", title="Thi đua chuyển đổi số")
    text = as_user(an.user).get(URL, {"phong-trao": other.pk}).content.decode()
    assert "Chiến sĩ thi đua cơ sở" not in text
