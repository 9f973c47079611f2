"""The command that compares every row with its file."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.services.keeping import attach
from documents.services.storage import path_of
from documents.services.uploads import Accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def attachment(settings, tmp_path, region, lan, now):
    settings.FILES_DIR = tmp_path
    return attach(subject=region, kind="x", file=Accepted("báo cáo.pdf", "application/pdf", b"%PDF"), by=lan, at=now)


def test_whole_files_are_counted(attachment):
    out = StringIO()
    call_command("check_files", stdout=out)
    assert "Đã đối chiếu 1 tệp" in out.getvalue()


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDG")])
def test_a_missing_or_changed_file_is_named(attachment, harm):
    harm(path_of(attachment.sha256))
    with pytest.raises(CommandError, match=r"báo cáo\.pdf"):
        call_command("check_files", stdout=StringIO())
