"""The pages of a session: composing it, its steps, its results, its dossiers."""

import re

import pytest
from django.urls import reverse

from awards.models import Nomination
from awards.states import NominationState
from council.models import Recusal, Session
from council.services import agenda, ballots
from documents.models import Attachment
from documents.services.storage import store
from tests.factories.council import NOW, choices, make_line
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 as small as a test needs"


def _text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def _address(name, session, *more):
    return reverse(f"council:{name}", args=[session.pk, *more])


def _fresh(session):
    return Session.objects.get(pk=session.pk)


@pytest.fixture
def client(world, as_user):
    return as_user(world.secretary)


def test_a_session_is_made_edited_and_filled(world, client):
    answer = client.post(
        reverse("council:session_new"),
        {
            "council": world.council.pk, "title": "Phiên 01-2026", "held_at": "08:30 21/11/2026",
            "due_at": "11:30 21/11/2026", "place": "Hội trường A",
        },
    )  # fmt: skip
    session = Session.objects.get()
    assert answer["Location"] == _address("session", session)
    edited = {
        "title": "Phiên 02-2026",
        "held_at": "9h00 21/11/2026",
        "place": "Phòng họp 1",
        "version": session.version,
    }
    client.post(_address("session_edit", session), edited)
    line = make_line(world.unit)
    assert line.name_printed in _text(client.get(_address("agenda_add", session)))
    client.post(_address("agenda_add", session), {"ho-so": [line.pk], "version": _fresh(session).version})
    page = _text(client.get(_address("session", session)))
    assert "Phiên 02-2026" in page
    assert line.name_printed in page
    assert "90 % × 3 thành viên = 2,7, cần 3 phiếu" in page


def test_a_bad_moment_is_said_beside_its_field_and_nothing_is_lost(world, client):
    posted = {"council": world.council.pk, "title": "Phiên 01", "held_at": "sáng mai", "place": "Hội trường A"}
    answer = client.post(reverse("council:session_new"), posted)
    assert answer.status_code == 422
    assert "Nhập giờ và ngày theo dạng" in _text(answer)
    assert 'value="Hội trường A"' in _text(answer)


def test_the_page_warns_in_words_when_an_item_cannot_pass(world, client):
    session = world.draft(lines=1)
    agenda.recuse(
        item=session.items.get(), seat=session.seats.get(user=world.chair), reason="x", by=world.secretary, at=NOW
    )
    page = _text(client.get(_address("session", session)))
    assert "1 mục không thể đạt" in page
    assert "Cần 3 phiếu nhưng chỉ còn 2 người được biểu quyết" in page


def test_the_page_lists_what_keeps_the_list_from_being_locked(world, client):
    world.rule.delete()
    session = world.draft(lines=1)
    page = _text(client.get(_address("session", session)))
    assert "Chưa chốt được danh sách" in page
    assert "Lãnh đạo thường trực nhập quy chế Hội đồng có căn cứ" in page
    assert client.post(_address("session_lock", session), {"version": session.version}).status_code == 409


@pytest.mark.parametrize(
    ("step", "target"), [("session_lock", "locked"), ("session_open", "open"), ("session_close", "closed")]
)
def test_each_step_asks_first_and_is_done_by_post(world, client, step, target):
    session = {"session_lock": world.draft, "session_open": world.locked, "session_close": world.opened}[step](lines=1)
    before = session.state
    assert "Quay lại phiên họp" in _text(client.get(_address(step, session)))
    assert _fresh(session).state == before
    client.post(_address(step, session), {"version": session.version})
    assert _fresh(session).state == target


def test_a_step_on_an_older_version_is_a_conflict(world, client):
    session = world.draft(lines=1)
    agenda.add_nominations(session=session, nominations=[make_line(world.unit)], by=world.secretary, at=NOW)
    assert client.post(_address("session_lock", session), {"version": session.version}).status_code == 409
    assert _fresh(session).state == "draft"


def test_opening_without_quorum_says_who_is_missing(world, client):
    session = world.locked(lines=1)
    client.post(_address("attendance", session), {f"co-mat-{session.seats.first().pk}": "on"})
    answer = client.post(_address("session_open", session), {"version": _fresh(session).version})
    assert answer.status_code == 409
    assert "có mặt 1/3 thành viên, cần ít nhất 2" in _text(answer)


def test_absences_typed_are_kept_when_they_are_refused(world, client):
    session = world.opened(lines=1)
    seat = session.seats.first()
    answer = client.post(_address("attendance", session), {f"ly-do-{seat.pk}": "công tác"})
    assert answer.status_code == 409
    assert 'value="công tác"' in _text(answer)


def test_a_recusal_is_entered_and_taken_back(world, client):
    session = world.draft(lines=1)
    item, seat = session.items.get(), session.seats.get(user=world.chair)
    client.post(_address("recusal_add", session), {"item": item.pk, "seat": seat.pk, "reason": "Là người thân"})
    recusal = Recusal.objects.get()
    assert "Là người thân" in _text(client.get(_address("session", session)))
    client.post(_address("recusal_remove", session, recusal.pk))
    assert not Recusal.objects.exists()


def test_an_item_is_taken_off(world, client):
    session = world.draft(lines=1)
    item = session.items.get()
    client.post(_address("agenda_remove", session, item.pk), {"version": session.version})
    assert not session.items.exists()


def test_something_else_to_vote_on_is_one_of_two(world, client):
    session = world.draft(lines=0)
    assert client.post(_address("agenda_other", session), {"version": session.version}).status_code == 422
    posted = {"version": session.version, "title": "Suy tôn đơn vị dẫn đầu cụm 3"}
    client.post(_address("agenda_other", session), posted)
    assert session.items.get().title == "Suy tôn đơn vị dẫn đầu cụm 3"


def test_a_session_is_cancelled_with_a_reason(world, client):
    session = world.locked(lines=1)
    assert client.post(_address("session_cancel", session), {"version": session.version}).status_code == 422
    client.post(_address("session_cancel", session), {"version": session.version, "reason": "Lùi ngày họp"})
    assert "Lùi ngày họp" in _text(client.get(_address("session", session)))
    assert Nomination.objects.get().state == NominationState.QUALIFIED


def test_results_show_the_count_the_seal_and_the_codes(world, client):
    session = world.closed(lines=1)
    page = _text(client.get(_address("result", session)))
    assert "100,0 %" in page
    assert session.seal_shown in page
    assert "3 phiếu phát ra, 3 thu về, 3 hợp lệ" in page
    assert "Khớp" in page
    codes = re.findall(r"<code>([0-9A-Z-]{14})</code>", page)
    assert codes == sorted(codes)
    assert len(codes) == 3


def test_results_print_under_the_national_heading(world, client):
    page = _text(client.get(_address("result", world.closed(lines=1))))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page


def test_fewer_than_three_ballots_show_no_numbers(world, client):
    session = world.opened(lines=1)
    for user in world.users[:2]:
        ballots.cast(session=session, choices=choices(session), by=user, at=NOW)
    ballots.close(session=session, by=world.chair, at=NOW)
    page = _text(client.get(_address("result", session)))
    assert "Dưới 3 phiếu nên không nêu số phiếu" in page
    assert "66,7 %" not in page


def test_results_wait_for_the_close(world, client):
    page = _text(client.get(_address("result", world.opened(lines=1))))
    assert "Kết quả hiển thị sau khi đóng phiếu" in page


def test_minutes_are_queued_and_offered(world, client):
    session = world.closed(lines=1)
    client.post(
        _address("session_minute", session),
        {"version": session.version, "number": "4", "note": "Không có ý kiến khác."},
    )
    assert "04/BB-HĐTĐKT" in _text(client.get(_address("result", session)))
    assert "Đang dựng" in _text(client.get(_address("result", session)))


def test_a_member_reads_the_dossier_and_its_files_and_no_others(world, as_user):
    session, other = world.locked(lines=2), world.locked(lines=1)
    item, foreign = session.items.first(), other.items.get()
    file = _attach(item.nomination, "bao-cao.pdf")
    hidden = _attach(foreign.nomination, "khac.pdf")
    reader = as_user(world.users[1])
    page = _text(reader.get(_address("dossier", session, item.pk)))
    assert item.title in page
    assert "bao-cao.pdf" in page
    assert reader.get(_address("dossier_file", session, item.pk, hidden.pk)).status_code == 404
    assert reader.get(_address("dossier", session, foreign.pk)).status_code == 404
    assert reader.get(_address("dossier_file", session, item.pk, file.pk)).getvalue() == PDF


def _attach(line, name):
    return Attachment.objects.create(
        subject=line, kind="report", name=name, sha256=store(PDF).sha256, size=len(PDF), mime="application/pdf",
        created_by=make_user(), created_at=NOW,
    )  # fmt: skip


def test_the_dossier_shows_the_verdict_as_it_was_when_sent(world, as_user):
    verdict = {
        "outcome": "eligible",
        "findings": [
            {"rule": "r", "met": True, "says": "Đã công tác 120 tháng; cần 10", "cite": [], "confirmed": True}
        ],
        "to_be_confirmed_by_people": [{"rule": "p", "says": "Gương mẫu", "cite": []}],
    }
    session = world.locked(lines=1, verdict=verdict)
    page = _text(as_user(world.users[1]).get(_address("dossier", session, session.items.get().pk)))
    assert "Đã công tác 120 tháng; cần 10" in page
    assert "Gương mẫu" in page


def test_the_dossiers_before_the_council_are_listed_while_it_decides(world, as_user):
    session = world.opened(lines=2)
    reader = as_user(world.users[1])
    assert session.items.first().title in _text(reader.get(reverse("council:agenda")))
    ballots.close(session=session, by=world.chair, at=NOW)
    assert "Chưa có hồ sơ trình" in _text(reader.get(reverse("council:agenda")))


@pytest.mark.parametrize("name", ["session_list", "results", "agenda"])
def test_a_list_costs_the_same_queries_however_long(world, as_user, name, django_assert_max_num_queries):
    reader = as_user(world.users[1])
    make = {"session_list": world.locked, "results": world.closed, "agenda": world.locked}[name]
    counts = []
    reader.get(reverse(f"council:{name}"))
    for _ in range(2):
        for _ in range(2):
            make(lines=1)
        with django_assert_max_num_queries(40) as seen:
            reader.get(reverse(f"council:{name}"))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["session", "result"])
def test_a_page_costs_the_same_queries_for_two_lines_as_for_eight(world, as_user, name, django_assert_max_num_queries):
    reader = as_user(world.secretary)
    counts = []
    reader.get(reverse("council:session_list"))
    for lines in (2, 8):
        session = world.closed(lines=lines)
        with django_assert_max_num_queries(60) as seen:
            reader.get(_address(name, session))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
