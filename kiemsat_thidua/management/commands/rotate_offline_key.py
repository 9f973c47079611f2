"""`manage.py rotate_offline_key`: a new key for codes that are checked offline, from a day on."""

from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.services.users import system_user
from core.workflow import Refused
from documents.services import offline


class Command(BaseCommand):
    help = "Tạo khóa mới cho mã kiểm tra ngoại tuyến; khóa cũ hết dùng từ hôm trước, vẫn giữ để kiểm tra văn bản cũ."

    def add_arguments(self, parser: CommandParser) -> None:
        """The first day of the new key."""
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="YYYY-MM-DD; mặc định hôm nay")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the key and say which it is."""
        first = options["first"] or timezone.localdate()
        try:
            made = offline.rotate(valid_from=first, by=system_user(), at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Khóa {made.key_id} dùng cho văn bản từ ngày {made.valid_from:%d/%m/%Y}.")
