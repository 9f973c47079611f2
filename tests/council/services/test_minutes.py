"""The minutes say what the law wants in them, and are laid out by a job that may run twice."""

import re

import pytest

from core.models import Job
from core.workflow import Refused
from council.models import Session
from council.papers import minutes_paper
from council.services import agenda, ballots, minutes, sessions
from council.states import MemberRole
from documents.models import Document
from documents.papers import AnnexRow, Table
from documents.services.render import render_pdf
from tests.documents.decree import faults
from tests.factories.council import NOW, World, choices

pytestmark = pytest.mark.django_db


def _words(session):
    paper = minutes_paper(Session.objects.select_related("council__unit").get(pk=session.pk))
    said = [f"{block.lead}{block.text}" for block in paper.blocks if block.kind == "para"]
    rows = [
        row.cells
        for block in paper.blocks
        if isinstance(block, Table)
        for row in block.rows
        if isinstance(row, AnnexRow)
    ]
    return paper, " ".join(said), rows


def test_the_minutes_hold_roll_rule_count_and_seal(world):
    session = world.closed(lines=2)
    paper, said, rows = _words(session)
    assert "Hội đồng có 03 thành viên bỏ phiếu, có mặt 03; túc số quy định 2/3." in said
    assert "90 % tổng số thành viên, theo Điều 9 Quy chế hoạt động của Hội đồng." in said
    assert "Số phiếu phát ra: 03; số phiếu thu về: 03; số phiếu hợp lệ: 03." in said
    assert [cells[2:] for cells in rows] == [("3", "0", "0", "3", "100,0 %", "Đạt")] * 2
    assert session.seal_shown in said
    assert [signature.name for signature in paper.signatures] == ["Thư ký Hội đồng", "Ủy viên số 1"]


def test_the_chair_signs_with_the_post_in_the_council_and_the_one_in_the_office(world):
    session = world.closed(lines=1)
    session.seats.filter(role=MemberRole.CHAIR).update(post_title="Phó Viện trưởng")
    paper, _, _ = _words(session)
    assert paper.signatures[-1].authority == ("CHỦ TỊCH HỘI ĐỒNG", "PHÓ VIỆN TRƯỞNG")


def test_the_minutes_as_printed_keep_to_the_decree(world):
    paper, said, _ = _words(world.closed(lines=2))
    assert faults(render_pdf(paper), paper) == []
    assert re.search(r"kết thúc vào \d\d giờ \d\d phút, ngày \d\d tháng \d+ năm \d{4}\./\.$", said)


def test_recusals_and_absences_are_named_with_their_reasons():
    world = World(5)
    session = world.draft(lines=1)
    item = session.items.get()
    agenda.recuse(
        item=item, seat=session.seats.get(user=world.users[4]), reason="Là người thân", by=world.secretary, at=NOW
    )
    away = session.seats.get(user=world.users[3])
    present = set(session.seats.exclude(pk=away.pk).values_list("pk", flat=True))
    agenda.record_attendance(
        session=session, present=present, absences={away.pk: "đi công tác"}, by=world.secretary, at=NOW
    )
    session = sessions.lock_list(session=Session.objects.get(pk=session.pk), by=world.secretary, at=NOW)
    session = sessions.open_voting(session=session, by=world.chair, at=NOW)
    for user in world.users[:3]:
        ballots.cast(session=session, choices=choices(session), by=user, at=NOW)
    _, said, rows = _words(ballots.close(session=session, by=world.chair, at=NOW))
    assert "Ủy viên số 5, mục 1 (là người thân)" in said
    assert "Ủy viên số 4 (đi công tác)" in said
    assert rows[0][5:] == ("5", "60,0 %", "Không đạt")


def test_a_count_of_fewer_than_three_slips_is_not_written_down(world):
    session = world.opened(lines=1)
    for user in world.users[:2]:
        ballots.cast(session=session, choices=choices(session), by=user, at=NOW)
    _, _, rows = _words(ballots.close(session=session, by=world.chair, at=NOW))
    assert rows[0][2:5] == ("…", "…", "…")


def test_the_pdf_is_made_once_however_often_the_job_runs(world):
    session = world.closed(lines=1)
    minutes.minute(session=session, note="Nhất trí.", number=4, by=world.secretary, at=NOW)
    job = Job.objects.get(kind="council.minutes")
    assert job.payload == {"session": session.pk}
    first, second = minutes.make(job=job), minutes.make(job=job)
    document = Document.objects.get(pk=second["document"])
    assert first == second
    assert document.subject == session
    assert not document.is_draft


def test_minutes_are_made_once(world):
    session = world.closed(lines=1)
    minutes.minute(session=session, note="", by=world.secretary, at=NOW)
    with pytest.raises(Refused, match="Không thể lập biên bản"):
        minutes.minute(session=session, note="", by=world.secretary, at=NOW)


def test_nothing_is_minuted_before_the_close(world):
    with pytest.raises(Refused):
        minutes.minute(session=world.opened(lines=1), note="", by=world.secretary, at=NOW)
