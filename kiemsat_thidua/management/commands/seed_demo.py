"""A lifelike sector in miniature: invented people, real texts, one thing in every state."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from core.forms import parse_day
from kiemsat_thidua.demo.build import build, is_built


class Command(BaseCommand):
    """Run again, it changes nothing."""

    help = "Nạp dữ liệu mẫu (chỉ khi DEMO=1); chạy lại không làm thay đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=parse_day, help="ngày coi là hôm nay của năm đang chạy, dd/mm/yyyy")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Máy chủ thật không nạp dữ liệu mẫu. Đặt DEMO=1 nếu đây là máy dùng thử.")
        if is_built():
            self.stdout.write("Dữ liệu mẫu đã có.")
            return
        today: date = options["today"] or timezone.localdate()
        scene = build(today=today)
        people = sum(len(staff) for staff in scene.staff.values())
        self.stdout.write(
            f"Đã nạp dữ liệu mẫu: {people} người, {len(scene.users)} tài khoản, hôm nay là {today:%d/%m/%Y}."
        )
