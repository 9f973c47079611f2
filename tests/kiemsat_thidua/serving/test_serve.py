"""`manage.py serve` as a person uses it: start, look, break, stop, start again."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.kiemsat_thidua.serving.installation import NO_INDEX, PROGRAMS, Installation
from tests.kiemsat_thidua.waiting import processes_with, until

ADD_A_USER = """
from accounts.models import User
User.objects.create(username="con-lai", full_name="Người còn lại")
"""
COUNT_USERS = 'from accounts.models import User; print(User.objects.filter(username="con-lai").count())'


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    # As on a machine without the package index: whatever asked for it would fail.
    made = Installation(tmp_path_factory.mktemp("serve"), APP_BOOTSTRAP="0", **NO_INDEX, **_database())
    yield made
    made.end()


def test_the_first_start_answers_and_is_stopped_without_a_trace(installation: Installation) -> None:
    installation.start("--no-demo")
    assert "Đang cập nhật cấu trúc cơ sở dữ liệu" in installation.told()
    assert installation.health() == 200
    for program in PROGRAMS:
        assert installation.leader_of(program)
    installation.shell(ADD_A_USER)

    assert installation.stop(signal.SIGINT) == 0
    assert processes_with(installation.mark) == []


def test_the_second_start_changes_nothing_keeps_the_data_and_survives_a_dead_child(installation: Installation) -> None:
    installation.start("--no-demo")
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
            [*installation.manage, "serve", "--port", str(port)],
            cwd=installation.source,
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
