"""A backup can be brought back; the drill notices when one could not."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from accounts.models import User
from core import journal
from core.act import act
from documents.models import Attachment
from documents.services.storage import path_of, store
from tests.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@act
def _add_a_file(*, by: User) -> str:
    stored = store("tờ trình của đơn vị".encode())
    attachment = Attachment.objects.create(
        subject=by, kind="thu", name="to-trinh.pdf",
        sha256=stored.sha256, size=stored.size, mime="application/pdf", pages=1, created_by=by, created_at=NOW,
    )  # fmt: skip
    journal.record(attachment, by=by, at=NOW, kind="attachment.add", changes={"sha256": [None, stored.sha256]})
    return stored.sha256


@pytest.fixture
def sha256(settings: LazySettings, tmp_path: Path) -> str:
    """A file, a row that names it, an entry of the journal that speaks of it."""
    settings.FILES_DIR = tmp_path / "files"
    return _add_a_file(by=User.objects.create(username="lan", full_name="Trần Thị Lan"))


def test_what_was_copied_can_be_brought_back(sha256: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("drill_restore", keep=tmp_path / "kept")

    said = capsys.readouterr().out
    assert "Nhật ký nguyên vẹn: 1 mục" in said
    assert "Tệp nguyên vẹn: 1 tệp" in said
    assert "Khôi phục được" in said
    assert (tmp_path / "kept" / "files" / sha256[:2] / sha256).is_file()


def test_a_file_with_other_bytes_fails_the_drill_by_name(sha256: str) -> None:
    path_of(sha256).write_bytes(b"khac")

    with pytest.raises(CommandError, match=f"Thiếu hoặc sai nội dung: {sha256}"):
        call_command("drill_restore")


def test_a_backup_never_overwrites_another(sha256: str, tmp_path: Path) -> None:
    call_command("backup", tmp_path / "kept")

    with pytest.raises(CommandError, match="đã có"):
        call_command("backup", tmp_path / "kept")
