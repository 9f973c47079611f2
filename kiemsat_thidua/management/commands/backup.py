"""`manage.py backup FOLDER`: a copy of the database and of every file, while the system is in use."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from kiemsat_thidua.backup.copying import back_up


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và tệp vào một thư mục mới; hệ thống vẫn dùng được trong khi sao lưu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="thư mục mới để chứa bản sao lưu")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the head of the journal: kept elsewhere, it proves later that nothing was lost."""
        manifest = back_up(folder=options["folder"], at=timezone.now())
        self.stdout.write(f"Đã sao lưu vào {options['folder']}. Đầu chuỗi nhật ký: {manifest['journal_head'] or '-'}")
