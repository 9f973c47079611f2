"""The ballot as its voter sees it; nothing here needs a script."""

import logging
import re

import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.urls import reverse

from council import box
from council.models import Recusal
from council.services import ballots
from tests.conftest import PASSWORD
from tests.factories.council import NOW, choices

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(world):
    return world.opened(lines=2)


@pytest.fixture
def voter(world):
    user = world.users[1]
    user.set_password(PASSWORD)
    user.save()
    return user


def _ballot(session):
    return reverse("council:ballot", args=[session.pk])


def _receipt(session):
    return reverse("council:ballot_receipt", args=[session.pk])


def _chosen(session, votes="yes"):
    return {f"muc-{pk}": vote for pk, vote in choices(session, votes).items()}


def _text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_voter_chooses_reviews_and_casts(session, voter, as_user):
    client = as_user(voter, fresh=True)
    page = _text(client.get(_ballot(session)))
    assert page.count('type="radio"') == 4
    review = _text(client.post(_ballot(session), _chosen(session)))
    assert "Xem lại trước khi gửi" in review
    code = re.search(r'name="code" value="([^"]+)"', review)[1]
    done = _text(client.post(_receipt(session), {**_chosen(session), "understood": "on", "code": code}))
    assert "Đã nhận phiếu" in done
    assert code in done
    assert box.turnout_count(session) == 1


def test_the_review_shows_totals_and_no_line_of_its_own(session, voter, as_user):
    items = list(session.items.all())
    review = _text(as_user(voter).post(_ballot(session), {f"muc-{items[0].pk}": "yes"}))
    main = review.split("<main")[1].split("</main>")[0]
    assert "Còn <b>1 mục để trống</b>" in main
    assert not any(item.title in main for item in items)


def test_i_understand_is_never_ticked_beforehand(session, voter, as_user):
    client = as_user(voter)
    for page in (client.get(_ballot(session)), client.post(_ballot(session), _chosen(session))):
        tag = re.search(r'<input[^>]*name="understood"[^>]*>', _text(page))[0]
        assert "checked" not in tag


def test_going_back_from_the_review_keeps_every_choice(session, voter, as_user):
    back = _text(as_user(voter).post(_ballot(session), {**_chosen(session, "no"), "viec": "sua"}))
    assert back.count('value="no" checked') == 2


def test_without_i_understand_nothing_is_cast_and_nothing_is_lost(session, voter, as_user):
    answer = as_user(voter, fresh=True).post(_receipt(session), _chosen(session, "no"))
    assert answer.status_code == 422
    assert _text(answer).count('value="no">') == 2
    assert box.turnout_count(session) == 0


def test_the_password_is_asked_on_the_page_itself_and_no_choice_is_stored_meanwhile(session, voter, as_user):
    client = as_user(voter)
    posted = {**_chosen(session, "no"), "understood": "on"}
    asked = client.post(_receipt(session), posted)
    assert asked.status_code == 422
    assert 'type="password"' in _text(asked)
    for stored in BrowserSession.objects.all():
        assert "muc-" not in str(stored.get_decoded())
    wrong = client.post(_receipt(session), {**posted, "password": "sai"})
    assert "Mật khẩu không đúng" in _text(wrong)
    assert box.turnout_count(session) == 0
    assert "Đã nhận phiếu" in _text(client.post(_receipt(session), {**posted, "password": PASSWORD}))
    for stored in BrowserSession.objects.all():
        assert "muc-" not in str(stored.get_decoded())


def test_the_receipt_shows_no_choice_and_is_shown_once(session, voter, as_user):
    client = as_user(voter, fresh=True)
    code = box.new_code()
    done = _text(client.post(_receipt(session), {**_chosen(session), "understood": "on", "code": code}))
    receipt = done.split("<main")[1].split("</main>")[0]
    assert not any(word in receipt for word in ("Đồng ý", "Không đồng ý", "trắng", "muc-"))
    again = _text(client.get(_receipt(session)))
    assert "Đồng chí đã bỏ phiếu" in again
    assert code not in again


def test_the_same_ballot_sent_twice_shows_the_same_receipt(session, voter, as_user):
    client = as_user(voter, fresh=True)
    posted = {**_chosen(session), "understood": "on", "code": box.new_code()}
    first, second = client.post(_receipt(session), posted), client.post(_receipt(session), posted)
    assert posted["code"] in _text(first)
    assert posted["code"] in _text(second)
    assert box.turnout_count(session) == 1


@pytest.mark.parametrize("step", ["ballot", "review", "receipt", "voted"])
def test_no_page_with_a_ballot_may_be_stored(session, voter, as_user, step):
    client = as_user(voter, fresh=True)
    posted = {**_chosen(session), "understood": "on"}
    answers = {
        "ballot": lambda: client.get(_ballot(session)),
        "review": lambda: client.post(_ballot(session), posted),
        "receipt": lambda: client.post(_receipt(session), posted),
        "voted": lambda: client.get(_receipt(session)),
    }
    assert "no-store" in answers[step]()["Cache-Control"]


def test_the_ballot_is_not_filled_in_by_the_browser(session, voter, as_user):
    page = _text(as_user(voter).get(_ballot(session)))
    assert re.search(r'<form[^>]*id="phieu"[^>]*autocomplete="off"', page)


def test_a_recused_item_has_no_radio_and_says_why(session, voter, as_user, world):
    item = session.items.first()
    Recusal.objects.create(item=item, seat=session.seats.get(user=voter), reason="Là người thân", by=world.secretary)
    page = _text(as_user(voter).get(_ballot(session)))
    assert f'name="muc-{item.pk}"' not in page
    assert "Không tham gia bỏ phiếu mục này" in page
    assert "Là người thân" in page


def test_after_the_close_the_ballot_says_when_it_was(session, voter, as_user, world):
    ballots.close(session=session, by=world.chair, at=NOW)
    answer = as_user(voter, fresh=True).post(_receipt(session), {**_chosen(session), "understood": "on"})
    assert answer.status_code == 409
    assert "Phiên đã đóng lúc 10:00. Phiếu chưa được gửi." in _text(answer)


def test_an_absent_member_is_told_what_to_do(session, voter, as_user):
    session.seats.filter(user=voter).update(present=False)
    answer = as_user(voter).get(_ballot(session))
    assert answer.status_code == 409
    assert "Báo Thư ký ghi có mặt" in _text(answer)


def test_the_list_of_ballots_names_what_waits(session, voter, as_user):
    client = as_user(voter)
    assert "Chưa bỏ phiếu" in _text(client.get(reverse("council:my_ballots")))
    ballots.cast(session=session, choices=choices(session), by=voter, at=NOW)
    page = _text(client.get(reverse("council:my_ballots")))
    assert "Chưa bỏ phiếu" not in page
    assert "Đã bỏ phiếu" in page


def test_the_menu_counts_the_ballots_that_wait(session, voter):
    assert box.ballots_waiting(voter) == 1
    ballots.cast(session=session, choices=choices(session), by=voter, at=NOW)
    assert box.ballots_waiting(voter) == 0


def test_no_log_line_holds_a_choice(session, voter, as_user, caplog):
    with caplog.at_level(logging.DEBUG):
        client = as_user(voter, fresh=True)
        client.post(_ballot(session), _chosen(session))
        client.post(_receipt(session), {**_chosen(session), "understood": "on"})
    kept = [line for line in caplog.messages if "muc-" in line]
    assert kept == []


def test_the_ballot_costs_no_more_queries_for_more_lines(world, voter, as_user, django_assert_max_num_queries):
    few, many = world.opened(lines=2), world.opened(lines=8)
    client = as_user(voter)
    for session in (few, many):
        with django_assert_max_num_queries(34):
            client.get(_ballot(session))
