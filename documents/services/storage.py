"""Files by what they contain: `files/<first two>/<sha256>`, written so that a crash leaves no half file.

The same bytes are stored once, whoever brings them; nothing here deletes a file that a row may name.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

TEMPORARY = ".tam-"


class Missing(Exception):
    """A row names a file that is not there, or that holds other bytes."""


@dataclass(frozen=True)
class Stored:
    """Where bytes went."""

    sha256: str
    size: int


def store(data: bytes) -> Stored:
    """Write `data` under its hash: beside its place, flushed to disk, then put in place at once."""
    digest = hashlib.sha256(data).hexdigest()
    place = path_of(digest)
    if not (place.is_file() and place.stat().st_size == len(data)):
        _write(place, data)
    return Stored(digest, len(data))


def open_stored(sha256: str) -> BinaryIO:
    """The file for reading. Raises Missing."""
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError as gone:
        raise Missing(sha256) from gone


def read_stored(sha256: str) -> bytes:
    """The bytes, checked against their name. Raises Missing."""
    with open_stored(sha256) as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Missing(sha256)
    return data


def is_whole(sha256: str) -> bool:
    """Is the file there, byte for byte?"""
    try:
        read_stored(sha256)
    except Missing:
        return False
    return True


def path_of(sha256: str) -> Path:
    """The place of a file; only hashes are accepted, so no name can lead elsewhere."""
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise Missing(sha256)
    return Path(settings.FILES_DIR) / sha256[:2] / sha256


def store_piece(data: bytes) -> str:
    """Keep a part of a paper until the job that joins the parts has run; returns its name."""
    name = hashlib.sha256(data).hexdigest()
    _write(_pieces() / name, data)
    return name


def read_piece(name: str) -> bytes:
    """A part kept by another job. Raises Missing when it was swept: lay it out anew."""
    try:
        return (_pieces() / path_of(name).name).read_bytes()
    except FileNotFoundError as gone:
        raise Missing(name) from gone


def drop_pieces(names: Iterable[str]) -> None:
    """The paper is whole and stored; its parts are no longer needed."""
    for name in names:
        (_pieces() / path_of(name).name).unlink(missing_ok=True)


def sweep_leftovers(*, at: datetime, older_than: timedelta = timedelta(days=1)) -> int:
    """Delete half-written files and forgotten parts that killed processes left; returns how many."""
    limit = (at - older_than).timestamp()
    places = (
        *Path(settings.FILES_DIR).glob(f"??/{TEMPORARY}*"),
        *_pieces().glob("*"),
        *_pieces().glob(f"{TEMPORARY}*"),
    )
    found = [path for path in dict.fromkeys(places) if _is_older(path, limit)]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _is_older(path: Path, limit: float) -> bool:
    """False also for what a worker has put away meanwhile."""
    try:
        return path.stat().st_mtime < limit
    except FileNotFoundError:
        return False


def _pieces() -> Path:
    return Path(settings.FILES_DIR) / "parts"


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=TEMPORARY, delete=False) as written:
        temporary = Path(written.name)
        try:
            written.write(data)
            written.flush()
            os.fsync(written.fileno())
            temporary.chmod(0o640)
            temporary.replace(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    _flush_folder(place.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
