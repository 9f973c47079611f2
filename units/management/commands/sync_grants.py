"""Rebuild the rights on units from the role assignments and say what differed."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.services.users import system_user
from units.services.roles import differences, sync


class Command(BaseCommand):
    help = "Dựng lại quyền trên đơn vị từ bảng phân công vai trò và báo các chỗ khác nhau."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Chỉ báo, không sửa.")

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.now()
        day = timezone.localdate(now)
        found = differences(day) if options["dry_run"] else sync(day=day, by=system_user(), at=now)
        for word, rights in (("thiếu", found.missing), ("thừa", found.surplus)):
            for user, unit, code in rights:
                self.stdout.write(f"{word}: tài khoản {user}, đơn vị {unit}, quyền {code}")
        self.stdout.write(f"{len(found.missing)} quyền thiếu, {len(found.surplus)} quyền thừa.")
