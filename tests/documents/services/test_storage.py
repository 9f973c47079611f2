"""Files by their hash: whole or not at all, once, and nowhere else."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from documents.services import storage
from documents.services.storage import (
    Missing,
    drop_pieces,
    is_whole,
    open_stored,
    path_of,
    read_piece,
    read_stored,
    store,
    store_piece,
    sweep_leftovers,
)

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def test_a_file_lies_under_its_hash_and_reads_back():
    stored = store(b"noi dung")
    assert path_of(stored.sha256).parent.name == stored.sha256[:2]
    assert read_stored(stored.sha256) == b"noi dung"


def test_the_same_bytes_are_stored_once(settings):
    assert store(b"x") == store(b"x")
    assert len([path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]) == 1


def test_a_file_is_not_executable_and_not_for_others():
    assert path_of(store(b"x").sha256).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "g" * 64, "A" * 64, "/" + "a" * 63])
def test_only_a_hash_is_a_name(name):
    with pytest.raises(Missing):
        path_of(name)


def test_a_file_that_is_not_there_is_missing():
    with pytest.raises(Missing):
        open_stored("0" * 64)


def test_changed_bytes_are_noticed():
    stored = store(b"goc")
    path_of(stored.sha256).write_bytes(b"sua")
    assert not is_whole(stored.sha256)
    with pytest.raises(Missing):
        read_stored(stored.sha256)


def test_a_full_disk_leaves_neither_the_file_nor_a_part_of_it(settings, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store(b"x" * 1000)
    assert [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()] == []


def test_leftovers_of_a_killed_process_are_swept_after_a_day_and_files_never(settings):
    stored = store(b"x")
    left = path_of(stored.sha256).with_name(".tam-abc")
    left.write_bytes(b"nua chung")
    now = datetime.now(UTC)
    assert sweep_leftovers(at=now) == 0
    old = (now - timedelta(days=2)).timestamp()
    os.utime(left, (old, old))
    os.utime(path_of(stored.sha256), (old, old))
    assert sweep_leftovers(at=now) == 1
    assert is_whole(stored.sha256)


def test_parts_wait_for_the_job_that_joins_them_and_go_when_it_is_done():
    names = [store_piece(part) for part in (b"mot", b"hai")]
    assert [read_piece(name) for name in names] == [b"mot", b"hai"]
    drop_pieces(names)
    with pytest.raises(Missing):
        read_piece(names[0])


def test_dropping_a_part_never_touches_a_stored_file_of_the_same_bytes():
    stored = store(b"nhu nhau")
    drop_pieces([store_piece(b"nhu nhau")])
    assert is_whole(stored.sha256)


def test_a_part_is_not_read_from_elsewhere():
    with pytest.raises(Missing):
        read_piece("../../etc/passwd")


def test_a_part_that_goes_while_the_sweeper_looks_stops_nothing(settings):
    name = store_piece(b"con lai")
    (settings.FILES_DIR / "parts" / "da-don").symlink_to("khong-con")
    assert sweep_leftovers(at=datetime.now(UTC) + timedelta(days=3)) == 1
    with pytest.raises(Missing):
        read_piece(name)


def test_forgotten_parts_are_swept():
    name = store_piece(b"bo quen")
    assert sweep_leftovers(at=datetime.now(UTC) + timedelta(days=3)) == 1
    with pytest.raises(Missing):
        read_piece(name)
