"""Real workers, killed: what was asked for is there once, and nobody has to help."""

import http.client
import os
import re
import signal
from contextlib import closing
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from core.models import Event, Job
from core.services import jobs
from decisions.models import Certificate, Decision, DecisionLine
from decisions.services import issuing
from decisions.states import DecisionState
from documents.models import Document
from documents.services import storage
from kiemsat_thidua.testing import launcher, probe, services
from tests.core import machinery, poisoned
from tests.core.machinery import state
from tests.decisions.conftest import DAY, Desk, make_desk
from tests.factories.council import NOW
from tests.factories.units import make_person
from tests.kiemsat_thidua.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = "-A kiemsat_thidua worker"
#: Lines of the annex: some seconds of rendering, so that a kill finds the work half done.
LINES = 150


@pytest.fixture
def desk() -> Desk:
    """A session with passed lines and everybody who decides."""
    return make_desk()


def _awaiting(desk: Desk, lines: int) -> Decision:
    """With the signer, its annex made long by lines that need no certificate."""
    draft = desk.draft()
    first = draft.lines.order_by("order").first()
    more = [_line(draft, first, order) for order in range(3, 3 + lines)]
    DecisionLine.objects.bulk_create(more)
    numbered = issuing.give_number(decision=draft, dated=DAY, expected_version=draft.version, by=desk.clerk, at=NOW)
    return issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=desk.clerk, at=NOW)


def _line(draft: Decision, like: DecisionLine, order: int) -> DecisionLine:
    return DecisionLine(
        decision=draft, order=order, award="lao_dong_tien_tien", person=make_person(full_name=f"Trần Văn Số {order}"),
        name_printed=f"Trần Văn Số {order}", post_printed="Kiểm sát viên sơ cấp", year=like.year,
        unit_printed="Viện kiểm sát nhân dân khu vực 1", achievement_from=like.achievement_from,
        achievement_to=like.achievement_to,
    )  # fmt: skip


def _sign(desk: Desk, lines: int = LINES) -> Job:
    """Sign a decision; the job that renders its long part."""
    awaiting = _awaiting(desk, lines)
    issuing.sign(decision=awaiting, expected_version=awaiting.version, by=desk.signer, at=NOW)
    return Job.objects.filter(kind="decisions.render_part", payload__kind="decision").latest("total_units")


def _all_done() -> bool:
    failed = Job.objects.filter(state="failed").values_list("title", "error")
    assert not failed, list(failed)
    return not Job.objects.exclude(state="done").exists()


def _assert_everything_is_there_once() -> None:
    papers = Document.objects.all()
    assert {paper.kind for paper in papers} == {"decision", "certificates:chien_si_thi_dua_nganh"}
    assert len(papers) == 2
    assert all(paper.is_current and paper.supersedes is None for paper in papers)
    assert set(Certificate.objects.values_list("state", flat=True)) == {"rendered"}
    rendered = Event.objects.filter(kind="certificate.render").values_list("subject_id", flat=True)
    assert sorted(rendered) == sorted(map(str, Certificate.objects.values_list("pk", flat=True)))


def test_a_worker_killed_in_mid_render_leaves_each_paper_once_and_nobody_helps(desk, tmp_path):
    with machinery.served(tmp_path) as site:
        part = _sign(desk)
        until(lambda: state(part) == "running", "a worker at work on the long part")
        os.killpg(site.leader_of(WORKER), signal.SIGKILL)
        assert (state(part), part.attempts) == ("running", 1)
        until(_all_done, "everything done by those whom serve started again")
        assert "Tiến trình worker đã dừng" in site.told()
        assert site.stop() == 0
    part.refresh_from_db()
    assert part.attempts == 2
    _assert_everything_is_there_once()
    paper = PdfReader(BytesIO(storage.read_stored(Document.objects.get(kind="decision").sha256)))
    text = "\n".join(page.extract_text() for page in paper.pages)
    assert f"Trần Văn Số {LINES + 2}" in text


def test_without_the_sweeper_the_work_of_a_killed_worker_stays_lost(desk, tmp_path):
    with machinery.crew(tmp_path) as crew:
        first = crew.start("worker")
        part = _sign(desk)
        until(lambda: state(part) == "running", "a worker at work on the long part")
        os.killpg(first.pid, signal.SIGKILL)
        assert (state(part), part.attempts) == ("running", 1)
        crew.start("worker")
        until(lambda: part.lease_until < timezone.now(), "the end of the dead worker's lease")
        after = _tell_units(desk, part)
        until(lambda: state(after) == "done", "another job, done by the new worker")
        assert (state(part), part.attempts) == ("running", 1)

        assert jobs.sweep(at=timezone.now())
        until(lambda: state(part) == "done", "the lost part, once the sweeper has looked")
    assert part.attempts == 2


def _tell_units(desk: Desk, part: Job) -> Job:
    payload = {"id": part.payload["decision"]}
    return jobs.queue(
        kind="decisions.tell_units", key="sau", title="Sau", payload=payload, by=desk.clerk, at=timezone.now()
    )


def test_a_poison_job_stops_after_five_tries_with_a_reason_while_others_proceed(van, tmp_path):
    with machinery.crew(tmp_path, JOB_LEASE_SECONDS="2", SWEEP_SECONDS="1") as crew:
        poison = _queue(poisoned.POISON, 0, van)
        others = [_queue(poisoned.HARMLESS, number, van) for number in range(1, 31)]
        worker = crew.start("worker", app="tests.core.poisoned")
        crew.start("beat")
        until(lambda: state(poison) == "failed" or worker.poll() is not None, "the end of the poison")
        later = _queue(poisoned.HARMLESS, 31, van)
        until(lambda: state(later) == "done", "a job after the poison")
        assert worker.poll() is None
    assert poison.attempts == 5
    assert poison.error == "Đã thử 5 lần mà việc không xong (tiến trình bị dừng giữa chừng)."
    assert all(state(other) == "done" and other.finished_at < poison.finished_at for other in others)


def _queue(kind: str, number: int, by) -> Job:
    name = f"{kind}:{number}"
    return jobs.queue(kind=kind, key=name, title=name, payload={"number": number}, by=by, at=timezone.now())


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the queue on disk has no server that could be away")
def test_with_the_broker_away_the_request_succeeds_and_the_work_is_done_when_it_is_back(desk, as_user, tmp_path):
    awaiting = _awaiting(desk, 5)
    server, address = launcher.redis(next(services._redis_binaries()))
    try:
        with machinery.served(tmp_path, REDIS_URL=address) as site:
            browser = Browser(site.port, as_user(desk.signer, fresh=True))
            page = reverse("decisions:decision", args=[awaiting.pk])
            token = browser.token(page)
            command = _stop(server)
            sign = reverse("decisions:decision_sign", args=[awaiting.pk])
            assert browser.post(sign, version=awaiting.version, csrfmiddlewaretoken=token) == 302
            awaiting.refresh_from_db()
            assert awaiting.state == DecisionState.SIGNED
            assert set(Job.objects.filter(parent__isnull=False).values_list("state", "attempts")) == {("queued", 0)}

            server.start(command, lambda: probe.redis(address) is not None)
            until(_all_done, "the work, with the broker back")
            assert site.stop() == 0
    finally:
        server.stop()
    _assert_everything_is_there_once()


def _stop(server: launcher.Server) -> list[str]:
    """End the program as an accident does; the command that started it."""
    server.process.kill()
    server.process.wait()
    return server.process.args


class Browser:
    """Someone signed in, over a real connection."""

    def __init__(self, port: int, client) -> None:
        self.port, self.cookies = port, client.cookies

    def token(self, path: str) -> str:
        """What the forms of a page carry."""
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self._ask("GET", path)[1])[1]

    def post(self, path: str, **values: object) -> int:
        """The status of the answer."""
        return self._ask("POST", path, urlencode(values))[0]

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = {"Cookie": sent, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                self.cookies.load(cookie)
            return answer.status, answer.read().decode()
