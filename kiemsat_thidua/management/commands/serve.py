"""`manage.py serve`: everything a person needs to use the product on one machine."""

import http.client
import socket
from argparse import ArgumentParser
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from accounts.models import User
from kiemsat_thidua.demo.accounts import ACCOUNTS, PASSWORD
from kiemsat_thidua.serving.family import Family
from kiemsat_thidua.serving.preparation import prepare
from kiemsat_thidua.serving.programs import programs


class Command(BaseCommand):
    help = "Chuẩn bị và chạy toàn bộ hệ thống trên máy này; Ctrl-C để dừng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="cổng của trang web (mặc định 8000)")
        parser.add_argument("--no-demo", action="store_true", help="không nạp dữ liệu mẫu")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with code 0 when asked to end, 1 when a program could not be kept running."""
        port = options["port"]
        if not _is_free(port):
            raise CommandError(f"Cổng {port} đang được dùng. Chạy lại với: --port {port + 1}")
        prepare(demo=settings.DEMO and not options["no_demo"])
        children = programs(port=port, beat_schedule=settings.CELERY_BEAT_SCHEDULE_FILENAME)
        code = Family(children).run(lambda: self._greet(port))
        if code:
            raise SystemExit(code)

    def _greet(self, port: int) -> bool:
        if not _answers(port):
            return False
        self.stdout.write(f"\nMở trình duyệt tại: http://127.0.0.1:{port}/")
        self._name_accounts()
        self.stdout.write("Dừng: Ctrl-C")
        self.stdout.flush()
        return True

    def _name_accounts(self) -> None:
        names = set(User.objects.filter(is_demo=True, is_active=True).values_list("username", flat=True))
        connections.close_all()
        if not names:
            return
        self.stdout.write(f"Tài khoản mẫu (mật khẩu {PASSWORD}):")
        for who, same in groupby((name for name in ACCOUNTS if name in names), key=ACCOUNTS.__getitem__):
            self.stdout.write(f"  {', '.join(same)}: {who}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As gunicorn binds: connections of a server just ended do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _answers(port: int) -> bool:
    """True once any answer comes: the page itself says what is wrong, if anything."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asked.request("GET", "/health")
        return asked.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
