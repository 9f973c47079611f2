"""Load the published structure of the sector; safe to repeat."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.services.users import system_user
from units.importers import BadData, load_units


class Command(BaseCommand):
    help = "Nạp cơ cấu tổ chức đã công bố (units/data/*.csv); chạy lại không làm thay đổi gì."

    def handle(self, *args: object, **options: object) -> None:
        try:
            loaded = load_units(by=system_user(), at=timezone.now())
        except BadData as bad:
            raise CommandError("\n".join(bad.problems)) from bad
        self.stdout.write(f"Thêm {loaded.units} đơn vị, {loaded.links} quan hệ trực thuộc, {loaded.events} sự kiện.")
        if loaded.differing:
            self.stdout.write(f"Giữ nguyên {len(loaded.differing)} đơn vị khác tệp: {', '.join(loaded.differing[:20])}")
