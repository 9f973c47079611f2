"""The product as a user has it: `manage.py serve` with demo data, on a database of its own."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
STOP_SECONDS = 40


@contextmanager
def running_site() -> Iterator[str]:
    """The address of a running product; database, keys and processes are gone afterwards."""
    name = f"kstd_e2e_{secrets.token_hex(4)}"
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="kstd-e2e-"))
        url = stack.enter_context(_database(name))
        port = _free_port()
        environment = {
            **os.environ, "DATABASE_URL": url, "REDIS_KEY_PREFIX": name, "APP_VAR": folder, "DEMO": "1",
            "APP_BOOTSTRAP": "0", "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}", "SWEEP_SECONDS": "5",
        }  # fmt: skip
        environment.pop("STATICFILES_BACKEND", None)
        log = stack.enter_context((Path(folder) / "serve.log").open("w+"))
        program = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_it_answers(program, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(STOP_SECONDS)
            _forget_keys(environment.get("REDIS_URL", ""), name)


@contextmanager
def _database(name: str) -> Iterator[str]:
    """A new PostgreSQL database beside the one the round was given."""
    given = urlsplit(os.environ["DATABASE_URL"])
    maintenance = urlunsplit(given._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield urlunsplit(given._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(maintenance, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _forget_keys(url: str, prefix: str) -> None:
    """Only keys of our own prefix; other keys of the server are not ours."""
    if not url:
        return
    server = redis.Redis.from_url(url)
    for key in server.scan_iter(match=f"*{prefix}*", count=1000):
        server.delete(key)
    server.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(program: "subprocess.Popen[bytes]", port: int, log) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if program.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    log.seek(0)
    raise RuntimeError(f"serve did not answer on port {port}:\n{log.read()[-4000:]}")
