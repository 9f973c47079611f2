"""A backup is one folder: the database first, then the files.

In that order because files are only ever added: each file that the copied rows name is there.
"""

import json
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from core.models import JournalHead
from kiemsat_thidua.backup import database

MANIFEST = "manifest.json"
FILES = "files"


def back_up(*, folder: Path, at: datetime) -> dict[str, str]:
    """Copy the installation into the new folder `folder`; what the manifest says.

    The head of the journal is read first: a copy that no longer holds it has lost something.
    """
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise CommandError(f"Thư mục {folder} đã có. Chọn một thư mục mới cho bản sao lưu.") from None
    head = JournalHead.objects.filter(id=1).first()
    database.copy_into(folder)
    kept = Path(settings.FILES_DIR)
    kept.mkdir(parents=True, exist_ok=True)
    shutil.copytree(kept, folder / FILES)
    manifest = {"at": at.isoformat(), "journal_head": head.hash if head else ""}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    return manifest
