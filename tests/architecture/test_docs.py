"""Pages written from the code are up to date, and every command is told of."""

from pathlib import Path

import pytest
from django.conf import settings

from kiemsat_thidua import docs

pytestmark = pytest.mark.once
BASE = Path(settings.BASE_DIR)


def test_pages_written_from_the_code_are_not_stale():
    stale = [
        path.name
        for path, text in docs.pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "chạy manage.py write_docs"


def test_every_command_stands_in_the_operations_guide():
    guide = (BASE / "docs" / "operations.md").read_text(encoding="utf-8")
    commands = {
        path.stem
        for path in BASE.glob("*/management/commands/*.py")
        if path.stem != "__init__" and ".venv" not in path.parts
    }
    assert sorted(name for name in commands if name not in guide) == []


def test_the_readme_fits_on_a_page():
    assert len((BASE / "README.md").read_text(encoding="utf-8").splitlines()) <= 60
