"""A decision with thousands of certificates rendered by Celery workers that are killed on the way."""

import os
import re
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.core.management import call_command
from django.db.models import Count

from core.models import Event, Job
from decisions.models import Certificate, Decision, DecisionLine
from decisions.services import issuing
from documents.models import Document
from documents.services import storage
from history.models import Grant
from tests.core import machinery
from tests.decisions.conftest import DAY, Desk, make_desk
from tests.factories import documents as words
from tests.factories.council import NOW
from tests.kiemsat_thidua.waiting import processes_with
from units.models import Person

AWARD = "chien_si_thi_dua_nganh"
#: Shares of all jobs done at which every worker is killed.
KILLS = (0.25, 0.6)
LONGEST = 2400


def whole(count: int, folder: str) -> dict[str, Any]:
    """Sign a decision of `count` lines, render it by two workers killed twice, look at what came out, issue it."""
    call_command("migrate", verbosity=0)
    desk = make_desk()
    decision, acts = _signed(desk, count)
    began = time.monotonic()
    with machinery.crew(Path(folder), WEB_CONCURRENCY="1") as crew:
        workers = [crew.start("worker"), crew.start("worker")]
        crew.start("beat")
        said = _until_done(crew, workers)
    said["seconds"] = time.monotonic() - began
    said |= _looked_at(decision, count)
    acts["issue"], issued = _timed(issuing.issue, decision=decision, by=desk.clerk)
    assert issued.lines.count() == Grant.objects.count() == count
    return said | {"acts": acts}


def _signed(desk: Desk, count: int) -> tuple[Decision, dict[str, float]]:
    """Numbered and signed, and the seconds that each act took: what a user waits for."""
    draft = desk.draft()
    first = draft.lines.order_by("order").first()
    DecisionLine.objects.bulk_create(
        [
            DecisionLine(
                decision=draft, order=place, award=AWARD, person=person, name_printed=person.full_name,
                post_printed="Kiểm sát viên sơ cấp", unit_printed=f"Viện kiểm sát nhân dân khu vực {place % 12 + 1}",
                achievement="Đã có thành tích xuất sắc trong phong trào thi đua năm 2026.", year=first.year,
                achievement_from=first.achievement_from, achievement_to=first.achievement_to,
            )
            for place, person in enumerate(_people(count), 3)
        ],
        batch_size=500,
    )  # fmt: skip
    acts: dict[str, float] = {}
    acts["number"], numbered = _timed(issuing.give_number, decision=draft, dated=DAY, by=desk.clerk)
    _, sent = _timed(issuing.send_to_sign, decision=numbered, by=desk.clerk)
    acts["sign"], signed = _timed(issuing.sign, decision=sent, by=desk.signer)
    return signed, acts


def _people(count: int) -> list[Person]:
    """All but the two of the council's session."""
    people = [
        Person(code=f"KT{place:05}", full_name=f"{words.person_name(place)} {place:05}", sex="male")
        for place in range(3, count + 1)
    ]
    for person in people:
        person.fill_keys()
    return Person.objects.bulk_create(people, batch_size=500)


def _timed(act: Callable[..., Decision], *, decision: Decision, **options: Any) -> tuple[float, Decision]:
    began = time.monotonic()
    done = act(decision=decision, expected_version=decision.version, at=NOW, **options)
    return time.monotonic() - began, done


def _until_done(crew: machinery.Crew, workers: list[subprocess.Popen[bytes]]) -> dict[str, Any]:
    kills, peak, in_hand = list(KILLS), 0.0, 0
    end = time.monotonic() + LONGEST
    while Job.objects.exclude(state="done").exists():
        if time.monotonic() > end or Job.objects.filter(state="failed").exists():
            raise RuntimeError(list(Job.objects.exclude(state="done").values_list("title", "state", "error")[:5]))
        peak = max([peak, *map(_peak, processes_with(crew.mark))])
        done, running = Job.objects.filter(state="done").count(), Job.objects.filter(lease_token__isnull=False).count()
        if kills and running and done / Job.objects.count() >= kills[0]:
            kills.pop(0)
            in_hand += running
            for worker in workers:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
            workers = [crew.start("worker"), crew.start("worker")]
        time.sleep(0.2)
    return {"peak": peak, "kills": len(KILLS) - len(kills), "in hand": in_hand}


def _peak(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def _looked_at(decision: Decision, count: int) -> dict[str, Any]:
    """Raises AssertionError where a certificate is missing, doubled, or on another page than it says."""
    papers = Counter(Document.objects.filter(subject_id=decision.pk).values_list("kind", flat=True))
    assert papers == {"decision": 1, f"certificates:{AWARD}": 1}, papers
    joint = Document.objects.get(kind=f"certificates:{AWARD}")
    assert joint.pages == count, joint.pages
    assert set(Certificate.objects.values_list("state", flat=True)) == {"rendered"}
    twice = Event.objects.filter(kind="certificate.render").values("subject_id").annotate(n=Count("pk")).exclude(n=1)
    assert Event.objects.filter(kind="certificate.render").count() == count
    assert not twice.exists()
    rows = Certificate.objects.values_list("page", "line__name_printed", "line__order")
    assert sorted(page for page, _, _ in rows) == list(range(1, count + 1))
    pages = _texts(_without_ornament(storage.read_stored(joint.sha256)))
    assert len(pages) == count, len(pages)
    for page, name, order in rows:
        assert name in pages[page - 1], (page, name)
        assert re.findall(r"Số sổ vàng: (\d+)", pages[page - 1]) == [str(order)], (page, order)
    annex = " ".join(" ".join(_texts(storage.read_stored(Document.objects.get(kind="decision").sha256))).split())
    names = Counter(re.findall(r" (\d{5})(?= (?!cá nhân))", annex))
    doubled = [place for place in range(3, count + 1) if names[f"{place:05}"] != 1]
    assert not doubled, doubled[:5]
    again = Job.objects.filter(attempts__gt=1).count()
    return {"pages": len(pages), "bytes": joint.size, "again": again, "jobs": Job.objects.count()}


def _without_ornament(pdf: bytes) -> bytes:
    """The same file, the drawing that all pages share emptied: a reader would go through it 16,000 times."""
    with pikepdf.open(BytesIO(pdf)) as joint:
        joint.pages[0].Resources.XObject.Nen.write(b"")
        lighter = BytesIO()
        joint.save(lighter)
        return lighter.getvalue()


def _texts(pdf: bytes) -> list[str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        told = subprocess.run(["pdftotext", file.name, "-"], check=True, capture_output=True, text=True)
    return told.stdout.split("\f")[:-1]
