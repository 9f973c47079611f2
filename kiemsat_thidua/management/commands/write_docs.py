"""Write the pages of docs/ that come from the code."""

from typing import Any

from django.core.management import BaseCommand

from kiemsat_thidua.docs import pages


class Command(BaseCommand):
    """Overwrites docs/workflows/*.md, docs/roles.md and docs/rulebook.md."""

    help = "Viết lại các trang tài liệu sinh từ mã nguồn (quy trình, vai trò, bộ quy tắc)."

    def handle(self, *args: Any, **options: Any) -> None:
        for path, text in pages().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.stdout.write(str(path.name))
