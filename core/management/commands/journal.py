"""`manage.py journal verify`: does the chain of the journal hold?"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from core import journal
from core.models import JournalHead


class Command(BaseCommand):
    """Exit 0 when every link holds; exit 1 and name the first break otherwise."""

    help = "Kiểm tra chuỗi nhật ký: journal verify [--head MÃ_BĂM]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("--head", help="mã băm đầu chuỗi đã in hoặc lưu nơi khác, phải còn trong chuỗi")

    def handle(self, *args: Any, **options: Any) -> None:
        found = journal.verify()
        if found is None and options["head"] and not journal.contains(options["head"]):
            found = journal.Break(0, f"không còn mục có mã băm {options['head']}")
        if found is not None:
            self.stderr.write(f"Nhật ký bị đứt ở mục {found.seq}: {found.says}.")
            sys.exit(1)
        head = JournalHead.objects.filter(id=1).first()
        self.stdout.write(f"Nhật ký nguyên vẹn: {head.seq if head else 0} mục, đầu chuỗi {head.hash if head else '-'}.")
