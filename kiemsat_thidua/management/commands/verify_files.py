"""`manage.py verify_files`: is every stored file there, byte for byte?"""

import sys
from typing import Any

from django.apps import apps
from django.core.management import BaseCommand

from documents.services.storage import is_whole


class Command(BaseCommand):
    help = "Kiểm tra mọi tệp được lưu: còn đủ và đúng nội dung."

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when all are whole; exit 1 and name the broken ones otherwise."""
        named = {sha256 for model in _models_of_files() for sha256 in model.objects.values_list("sha256", flat=True)}
        broken = sorted(sha256 for sha256 in named if not is_whole(sha256))
        for sha256 in broken:
            self.stderr.write(f"Thiếu hoặc sai nội dung: {sha256}")
        if broken:
            sys.exit(1)
        self.stdout.write(f"Tệp nguyên vẹn: {len(named)} tệp.")


def _models_of_files() -> list[Any]:
    return [model for model in apps.get_models() if any(field.name == "sha256" for field in model._meta.fields)]
