"""The invitation to a session: as PDF and as Word, from the page of the session, with the members as they are."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document as Docx
from docx.oxml.ns import qn

from council.papers import invitation_paper
from council.services import sessions
from tests.factories.council import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world, as_user):
    return as_user(world.secretary)


def address(name, session):
    return reverse(f"council:{name}", args=[session.pk])


def test_the_page_of_a_session_offers_the_invitation_until_it_is_held(world, client):
    session = world.locked()
    assert address("invitation_word", session) in client.get(address("session", session)).content.decode()
    held = world.closed()
    assert address("invitation", held) not in client.get(address("session", held)).content.decode()


def test_the_invitation_names_time_place_matters_and_members(world, client):
    session = world.locked()
    facts = dict(invitation_paper(session).facts)
    assert facts["Địa điểm"] == f"{session.place}."
    assert "giờ" in facts["Thời gian"]
    assert facts["Nội dung"].startswith("Xem xét, bỏ phiếu kín về ")
    answer = client.get(address("invitation", session))
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    word = client.get(address("invitation_word", session))
    text = "\n".join(t.text or "" for t in Docx(BytesIO(word.content)).element.body.iter(qn("w:t")))
    for said in ("GIẤY MỜI", session.place, *(seat.full_name for seat in session.seats.all())):
        assert said in text


def test_nobody_is_invited_to_a_cancelled_session(world, client):
    session = world.draft()
    sessions.cancel(session=session, reason="Hoãn", expected_version=session.version, by=world.secretary, at=NOW)
    answer = client.get(address("invitation", session))
    assert (answer.status_code, "đã hủy nên không lập giấy mời" in answer.content.decode()) == (409, True)


def test_members_who_do_not_prepare_the_session_get_no_invitation_to_edit(world, as_user):
    session = world.locked()
    member = session.seats.exclude(user=world.secretary).first().user
    assert as_user(member).get(address("invitation_word", session)).status_code == 403
