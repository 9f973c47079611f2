"""What an installation needs before its first page, each step skipped when it is already done."""

import hashlib
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from redis import RedisError

from accounts.models import User
from kiemsat_thidua.bootstrap.console import say


def prepare(*, demo: bool) -> None:
    """Database, cache, example data and static files; a second call changes nothing."""
    _reach_services()
    _migrate()
    if not settings.REDIS_URL:
        call_command("createcachetable", verbosity=0)
    if demo:
        _seed()
    _collect_static()
    # The children open their own connections.
    connections.close_all()


def _reach_services() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as reason:
        raise CommandError(f"Không kết nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL. ({reason})") from reason
    if settings.REDIS_URL:
        try:
            cache.get("serve")
        except RedisError as reason:
            raise CommandError(f"Không dùng được Redis. Kiểm tra REDIS_URL. ({reason})") from reason


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    say("Đang cập nhật cấu trúc cơ sở dữ liệu…")
    call_command("migrate", interactive=False, verbosity=0)


def _seed() -> None:
    """Example data for a database without users; it is loaded as a whole or not at all."""
    if User.objects.filter(is_system=False).exists():
        return
    say("Đang nạp dữ liệu mẫu…")
    call_command("seed_demo", stdout=sys.stderr)


def _collect_static() -> None:
    """Copy and compress static files when they changed since the last time."""
    stamp, now = Path(settings.STATIC_ROOT) / ".collected", _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.exists())
    stamp.write_text(now)


def _fingerprint() -> str:
    """Changes when a static file is added, removed or written."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            digest.update(f"{storage.path(path)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
