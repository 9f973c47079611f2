"""`manage.py verify_code MÃ --key TỆP`: is a code genuine? Needs neither database nor network."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from documents.services import offline


class Command(BaseCommand):
    help = "Kiểm tra mã TDKT1 in trên văn bản bằng tệp khóa công khai, không cần mạng."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The code, and the file of public keys."""
        parser.add_argument("code", help="mã bắt đầu bằng TDKT1.")
        parser.add_argument("--key", required=True, help="tệp khoa.json tải từ trang /xm/khoa/")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 and the words of a genuine code; exit 1 and the reason otherwise."""
        try:
            keys = offline.from_json(Path(options["key"]).read_text(encoding="utf-8"))
            words = offline.verify(options["code"], keys)
        except (OSError, UnicodeDecodeError):
            self._refuse("Không đọc được tệp khóa công khai.")
        except offline.CodeRefused as refused:
            self._refuse(str(refused))
        else:
            lines = [("Số", words.number), ("Ngày", f"{words.dated:%d/%m/%Y}"), ("Nội dung", words.award),
                     ("Được tặng", words.recipient), ("Cơ quan ban hành", words.issuer)]  # fmt: skip
            self.stdout.write("Mã đúng: văn bản đã được ban hành với các thông tin sau.")
            for name, value in lines:
                if value:
                    self.stdout.write(f"{name}: {value}")
            self.stdout.write("Văn bản còn hiệu lực hay không phải tra cứu qua mạng.")

    def _refuse(self, why: str) -> None:
        self.stderr.write(why)
        sys.exit(1)
