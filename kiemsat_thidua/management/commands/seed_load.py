"""A made-up sector of any size, to measure on."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from accounts.services.users import system_user
from core.workflow import Refused
from kiemsat_thidua.load.build import lay
from kiemsat_thidua.load.ledger import Ledger
from kiemsat_thidua.load.plan import Plan, is_laid, strangers


class Command(BaseCommand):
    """The same numbers give the same rows; run again, it changes nothing."""

    help = "Nạp một ngành giả định để đo: N người, Y năm trên cơ cấu thật. Cùng N, Y thì cùng dữ liệu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, required=True, metavar="N", help="số người")
        parser.add_argument("--years", type=int, required=True, metavar="Y", help="số năm, tính lùi từ 2025")
        parser.add_argument("--yes", action="store_true", help="nạp cả khi đã có người không thuộc dữ liệu mẫu")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            plan = Plan(options["people"], options["years"])
            ledger = self._lay(plan, sure=options["yes"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if ledger is None:
            self.stdout.write("Tải này đã có.")
            return
        self.stdout.write(f"Đã nạp {plan.people} người, {plan.years} năm, mã {ledger.sha256[:12]}:")
        for name, count in ledger.counts.items():
            self.stdout.write(f"  {name:<24} {count:>8}")

    def _lay(self, plan: Plan, *, sure: bool) -> Ledger | None:
        if settings.PRODUCTION:
            raise Refused("Máy chủ thật không nạp dữ liệu giả định. Dùng một cơ sở dữ liệu riêng để đo.")
        if is_laid(plan):
            return None
        if not sure and (found := strangers()):
            raise Refused(f"Cơ sở dữ liệu đang có {found} người không thuộc dữ liệu mẫu. Thêm --yes nếu vẫn muốn nạp.")
        return lay(plan=plan, by=system_user(), at=timezone.now(), tell=lambda done: self._tell(done, plan.people))

    def _tell(self, done: int, total: int) -> None:
        self.stderr.write(f"\r{done}/{total} người", ending="\n" if done == total else "")
        self.stderr.flush()
