"""A copy of the database while it is in use, and the same copy as a running database again."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.core.management import CommandError
from django.db import connection

SQLITE_COPY = "db.sqlite3"
POSTGRES_COPY = "database.dump"


def copy_into(folder: Path) -> Path:
    """Write a consistent copy into `folder`; users may go on meanwhile."""
    if connection.vendor == "sqlite":
        target = folder / SQLITE_COPY
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(target)) as to,
        ):
            source.backup(to)
        return target
    target = folder / POSTGRES_COPY
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}", *_whom(), _name()])
    return target


@contextmanager
def restored(folder: Path, scratch: Path) -> Iterator[str]:
    """The address of a database made from the copy in `folder`; it is gone afterwards."""
    if connection.vendor == "sqlite":
        place = scratch / SQLITE_COPY
        shutil.copyfile(folder / SQLITE_COPY, place)
        yield f"sqlite:///{quote(str(place))}"
        return
    name = f"{_name()}_drill"
    _run(["dropdb", "--if-exists", "--force", *_whom(), name])
    _run(["createdb", "--template=template0", "--encoding=UTF8", *_whom(), name])
    try:
        _run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", *_whom(), str(folder / POSTGRES_COPY)])
        yield _address(name)
    finally:
        _run(["dropdb", "--if-exists", "--force", *_whom(), name])


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _whom() -> list[str]:
    wanted = {"host": "HOST", "port": "PORT", "username": "USER"}
    held = {option: connection.settings_dict[key] for option, key in wanted.items()}
    return [f"--{option}={value}" for option, value in held.items() if value]


def _address(name: str) -> str:
    """As DATABASE_URL; the password goes by DATABASE_PASSWORD and is never in an argument."""
    held = connection.settings_dict
    user, host, port = quote(held["USER"]), held["HOST"], held["PORT"]
    if host.startswith("/"):
        return f"postgres://{user}@/{name}?host={host}"
    return f"postgres://{user}@{host}{f':{port}' if port else ''}/{name}"


def _run(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        raise CommandError(f"Thiếu chương trình {command[0]}. Chạy: sudo apt-get install -y postgresql-client")
    environment = {**os.environ, "PGPASSWORD": str(connection.settings_dict["PASSWORD"] or "")}
    ended = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if ended.returncode:
        raise CommandError(f"{command[0]}: {ended.stderr.strip()[-500:]}")
