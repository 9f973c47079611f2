"""Are all stored files there, byte for byte? For the drill of restoring and for every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents.models import Attachment, Document
from documents.services.storage import is_whole, sweep_leftovers


class Command(BaseCommand):
    """Compares every row with its file and sweeps what killed processes left half written."""

    help = "Đối chiếu từng tệp lưu trữ với mã băm của nó; dọn tệp viết dở."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [*Document.objects.values_list("sha256", "name"), *Attachment.objects.values_list("sha256", "name")]
        names = dict(rows)
        wrong = [f"{sha256}  {name}" for sha256, name in names.items() if not is_whole(sha256)]
        swept = sweep_leftovers(at=timezone.now())
        self.stdout.write(
            f"Đã đối chiếu {len(names)} tệp của {len(rows)} văn bản, tệp đính kèm; dọn {swept} tệp viết dở."
        )
        if wrong:
            raise CommandError("Tệp thiếu hoặc sai nội dung:\n" + "\n".join(wrong))
