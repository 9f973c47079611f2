"""`manage.py serve` as a person uses it: start, look, break, stop, start again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from kiemsat_thidua.bootstrap.environment import ROOT
from tests.kiemsat_thidua.waiting import processes_with, until

PROGRAMS = ("-m gunicorn", "-A kiemsat_thidua worker", "-A kiemsat_thidua beat")
MANAGE = [sys.executable, "manage.py"]
ADD_A_USER = """
from accounts.models import User
User.objects.create(username="con-lai", full_name="Người còn lại")
"""
COUNT_USERS = 'from accounts.models import User; print(User.objects.filter(username="con-lai").count())'


class Installation:
    """One folder of data and one port, started and stopped as often as a test likes."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        mark = str(uuid.uuid4())
        self.mark = f"SERVE_MARK={mark}"
        # As on a machine without the package index: whatever asked for it would fail.
        nowhere = "http://127.0.0.1:9/"
        self.environment = {
            **{key: value for key, value in os.environ.items() if key != "STATICFILES_BACKEND"},
            **_database(),
            "APP_VAR": str(folder / "var"),
            "APP_BOOTSTRAP": "0",
            "PIP_INDEX_URL": nowhere,
            "UV_INDEX_URL": nowhere,
            "SERVE_MARK": mark,
        }
        self.said = folder / "said"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [*MANAGE, "serve", "--port", str(self.port), "--no-demo"]
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=said, stderr=said)
        until(lambda: "Mở trình duyệt tại" in self.told() or self.process.poll() is not None, "the address")
        assert self.process.poll() is None, self.told()

    def told(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def health(self) -> int:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asked.request("GET", "/health")
            return asked.getresponse().status
        except OSError:
            return 0
        finally:
            asked.close()

    def below(self) -> list[int]:
        return [pid for pid in processes_with(self.mark) if pid != self.process.pid]

    def leader_of(self, program: str) -> int:
        leads = [pid for pid in self.below() if os.getpgid(pid) == pid and program in _command(pid)]
        assert len(leads) == 1, program
        return leads[0]

    def stop(self, asked: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(asked)
        return self.process.wait(60)

    def shell(self, code: str) -> str:
        return subprocess.run(
            [*MANAGE, "shell", "-v0", "-c", code],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def end(self) -> None:
        for pid in processes_with(self.mark):
            os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = Installation(tmp_path_factory.mktemp("serve"))
    yield made
    made.end()


def test_the_first_start_answers_and_is_stopped_without_a_trace(installation: Installation) -> None:
    installation.start()
    assert "Đang cập nhật cấu trúc cơ sở dữ liệu" in installation.told()
    assert installation.health() == 200
    for program in PROGRAMS:
        assert installation.leader_of(program)
    installation.shell(ADD_A_USER)

    assert installation.stop(signal.SIGINT) == 0
    assert processes_with(installation.mark) == []


def test_the_second_start_changes_nothing_keeps_the_data_and_survives_a_dead_child(installation: Installation) -> None:
    installation.start()
    assert "Đang" not in installation.told()
    assert installation.shell(COUNT_USERS) == "1"

    first = installation.leader_of(PROGRAMS[0])
    os.kill(first, signal.SIGKILL)
    until(lambda: "Tiến trình web đã dừng" in installation.told(), "the word about the dead web server")
    until(lambda: installation.health() == 200, "the web server's second life")
    assert installation.leader_of(PROGRAMS[0]) != first

    assert installation.stop(signal.SIGTERM) == 0
    assert processes_with(installation.mark) == []


def test_a_port_in_use_is_named_and_nothing_is_started(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [*MANAGE, "serve", "--port", str(port)],
            cwd=ROOT,
            env=installation.environment,
            check=False,
            capture_output=True,
            text=True,
        )
    assert ended.returncode == 1
    assert f"Cổng {port} đang được dùng" in ended.stderr


def _database() -> dict[str, str]:
    """A database of its own on the server of this round, or nothing: SQLite in the folder of data."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        return {}
    parts = urlsplit(address)
    name = f"{parts.path.lstrip('/')}_serve"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return {
        "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}")),
        "REDIS_KEY_PREFIX": f"{os.environ['REDIS_KEY_PREFIX']}_serve",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
