"""`manage.py drill_restore`: back up, bring the copy to life beside the running system, examine it."""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from kiemsat_thidua.backup import database
from kiemsat_thidua.backup.copying import FILES, back_up


class Command(BaseCommand):
    help = "Diễn tập khôi phục: sao lưu, dựng lại từ bản sao ở nơi tạm, kiểm tra, rồi xóa nơi tạm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--keep", type=Path, help="giữ bản sao lưu trong thư mục mới này")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with an error that names the first thing the copy does not hold."""
        with tempfile.TemporaryDirectory(prefix="kstd-drill-") as temporary:
            scratch = Path(temporary)
            folder = options["keep"] or scratch / "backup"
            began = time.monotonic()
            manifest = back_up(folder=folder, at=timezone.now())
            copied = time.monotonic()
            with database.restored(folder, scratch) as address:
                (scratch / "files").symlink_to((folder / FILES).absolute(), target_is_directory=True)
                restored = time.monotonic()
                self._examine(address, scratch, manifest["journal_head"])
            ended = time.monotonic()
        parts = {"sao lưu": copied - began, "khôi phục": restored - copied, "kiểm tra": ended - restored}
        self.stdout.write(
            "Khôi phục được. " + ", ".join(f"{name} {seconds:.1f} giây" for name, seconds in parts.items())
        )

    def _examine(self, address: str, var: Path, head: str) -> None:
        """The copy is asked by a system of its own, as after a real loss."""
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            "DATABASE_PASSWORD": str(settings.DATABASES["default"].get("PASSWORD") or ""),
            "APP_VAR": str(var),
            "APP_BOOTSTRAP": "0",
        }
        verify = ["journal", "verify", *(["--head", head] if head else [])]
        for command in (["migrate", "--check"], verify, ["verify_files"]):
            arguments = [sys.executable, "manage.py", *command]
            ended = subprocess.run(
                arguments, cwd=settings.BASE_DIR, env=environment, check=False, capture_output=True, text=True
            )
            self.stdout.write(ended.stdout.strip())
            if ended.returncode:
                raise CommandError(f"Bản khôi phục không đạt ở bước {' '.join(command)}: {ended.stderr.strip()[-500:]}")
