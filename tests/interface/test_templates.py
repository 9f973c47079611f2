"""Templates keep to the content security policy, to plain numbers in attributes, and to their contracts."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

pytestmark = pytest.mark.once

ROOT = Path(settings.BASE_DIR) / "templates"
#: Papers are drawn by WeasyPrint, never by a browser.
PAGES = sorted(
    path for path in ROOT.rglob("*.html") if path.relative_to(ROOT).parts[0] != "documents" or "verif" in path.name
)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.DOTALL)


def _found(pattern: str) -> list[str]:
    searched = re.compile(pattern, re.IGNORECASE)
    return [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in PAGES
        for match in searched.finditer(COMMENT.sub("", path.read_text()))
    ]


def test_no_style_stands_in_a_page() -> None:
    assert _found(r"\sstyle\s*=|<style") == []


def test_no_script_stands_in_a_page() -> None:
    assert _found(r"<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:") == []


def test_nothing_asks_htmx_to_evaluate_code() -> None:
    assert _found(r"hx-on|hx-(vals|headers|vars)\s*=\s*[\"']js:|hx-trigger\s*=\s*[\"'][^\"']*\[") == []


def test_nothing_asks_for_bootstraps_scripts() -> None:
    assert _found(r"data-bs-") == []


def test_nothing_is_fetched_from_another_host() -> None:
    assert _found(r"(src|href|action)\s*=\s*[\"'](https?:)?//") == []


def test_numbers_in_attributes_are_written_plainly() -> None:
    # {{ x.pk }} inside an attribute would print 12.345; {% url %} and |plain do not.
    assert _found(r"=\s*[\"'][^\"'<>]*{{\s*[\w.]+\.(pk|id)\s*}}") == []


@pytest.mark.parametrize("path", [path.relative_to(ROOT).as_posix() for path in PAGES])
def test_a_template_can_be_read(path: str) -> None:
    assert get_template(path)


@pytest.mark.parametrize("path", sorted((ROOT / "components").glob("*.html")), ids=lambda path: path.name)
def test_a_component_begins_with_its_contract(path: Path) -> None:
    assert path.read_text().startswith("{% comment %}")


def test_the_frame_stays_short() -> None:
    assert len((ROOT / "base.html").read_text().splitlines()) <= 120


def test_a_colour_is_named_in_one_place() -> None:
    # Paper and its marks stay as they are when the colours of the screen change.
    allowed = {"#fff", "#000", "#9aa1ab"}
    styles = Path(settings.BASE_DIR) / "static/css"
    named = {
        f"{path.name}: {colour}"
        for path in styles.glob("*.css")
        if path.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*{)", path.read_text())
        if colour.lower() not in allowed
    }
    assert named == set()


def test_every_icon_named_in_a_template_exists() -> None:
    icons = Path(settings.BASE_DIR) / "static/vendor/bootstrap-icons-1.13.2/bootstrap-icons.min.css"
    known = set(re.findall(r"\.bi-([a-z0-9-]+)::before", icons.read_text()))
    used = {
        name for path in PAGES for name in re.findall(r"\bbi-([a-z0-9-]+)(?=[\"' ])", COMMENT.sub("", path.read_text()))
    }
    assert used - known == set()
