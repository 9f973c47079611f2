"""Static files can be collected under names that carry their content's hash."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

pytestmark = pytest.mark.once


@pytest.fixture
def collected(settings, tmp_path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_file_that_a_style_names_exists(collected: Path) -> None:
    assert list(collected.glob("css/tokens.*.css"))
    for style in collected.glob("css/*.*.css"):
        for name in re.findall(r'url\("([^"]+)"\)', style.read_text()):
            assert (style.parent / name).resolve().is_file(), f"{style.name}: {name}"


def test_a_public_page_stays_light() -> None:
    # The budget of the verification page: 60 KB without fonts, styles included.
    root = Path(settings.BASE_DIR) / "static"
    head = (Path(settings.BASE_DIR) / "templates/components/head.html").read_text()
    styles = re.findall(r"{% static '([\w./-]+\.css)' %}", head)
    assert len(styles) == 10
    assert sum(len(gzip.compress((root / name).read_bytes())) for name in styles) < 62_000


def test_scripts_are_plain_files_of_ours() -> None:
    root = Path(settings.BASE_DIR)
    named = set(re.findall(r"{% static '(js/[\w-]+\.js)' %}", (root / "templates/components/head.html").read_text()))
    elsewhere = {
        name
        for page in (root / "templates").rglob("*.html")
        for name in re.findall(r"{% static '(js/[\w-]+\.js)' %}", page.read_text())
    }
    assert named <= elsewhere
    assert {f"js/{path.name}" for path in (root / "static/js").glob("*.js")} == elsewhere


def test_scripts_write_no_styles_as_text_and_evaluate_nothing() -> None:
    for script in (Path(settings.BASE_DIR) / "static/js").glob("*.js"):
        text = script.read_text()
        assert not re.search(r"\beval\(|new Function|\.innerHTML|setAttribute\(\"style\"|document\.write", text), (
            script.name
        )
