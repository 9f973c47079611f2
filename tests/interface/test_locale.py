"""No English reaches a screen: what third parties may say to a user has a Vietnamese text."""

import ast
import gettext as gettext_module
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

pytestmark = pytest.mark.once

FOLDER = Path(settings.BASE_DIR) / "locale/vi/LC_MESSAGES"
#: Files whose words reach users: forms, fields, validators, passwords, time, signing in, lock-out.
SOURCES = [
    "django/forms/**/*.py", "django/core/validators.py", "django/core/paginator.py", "django/db/models/**/*.py",
    "django/contrib/auth/password_validation.py", "django/contrib/auth/validators.py", "django/contrib/auth/forms.py",
    "django/contrib/humanize/templatetags/humanize.py", "django/utils/timesince.py", "django/views/csrf.py",
    "allauth/account/adapter.py", "allauth/account/fields.py", "allauth/account/forms.py", "allauth/account/models.py",
    "allauth/mfa/[!w]*/*.py", "allauth/mfa/*.py", "axes/conf.py", "axes/models.py", "guardian/models/*.py",
]  # fmt: skip
#: The same in both languages.
NEUTRAL = {"…", "IPv4", "IPv6", ":", ":?.!", ", ", "%(size)d byte", "WebAuthn"}
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}


def _messages() -> set[tuple[str, str | None]]:
    found: set[tuple[str, str | None]] = set()
    for pattern in SOURCES:
        package, _, rest = pattern.partition("/")
        root = Path(find_spec(package).submodule_search_locations[0])
        for path in root.glob(rest):
            found.update(_messages_of(path))
    return found


def _messages_of(path: Path) -> set[tuple[str, str | None]]:
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    found = set()
    for call in calls:
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        words = [part.value for part in call.args[:2] if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if name in MARKERS and words:
            found.add((words[0], words[1] if name.startswith("n") and len(words) == 2 else None))
    return found


def test_everything_third_parties_say_to_a_user_is_vietnamese() -> None:
    messages = _messages()
    assert len(messages) > 200
    with translation.override("vi"):
        untranslated = [
            one
            for one, many in messages
            if one not in NEUTRAL and (ngettext(one, many, 2) if many else gettext(one)) in {one, many}
        ]
    assert untranslated == []


def test_the_compiled_texts_match_the_written_ones() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext_module.GNUTranslations(file)._catalog
    written = _entries((FOLDER / "django.po").read_text())
    known = {key if isinstance(key, str) else key[0]: text for key, text in compiled.items() if key}
    assert known == written


def test_placeholders_survive_translation() -> None:
    fields = re.compile(r"%\(\w+\)[sdr]|%[sd]|{\w*}")
    for original, text in _entries((FOLDER / "django.po").read_text()).items():
        assert set(fields.findall(text)) <= set(fields.findall(original)), original


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext chưa được cài trên máy này")
def test_the_written_texts_are_well_formed(tmp_path: Path) -> None:
    subprocess.run(["msgfmt", "--check-format", "-o", tmp_path / "x.mo", FOLDER / "django.po"], check=True)


def _entries(text: str) -> dict[str, str]:
    """Singular and text of each entry of a .po file without comments inside entries."""
    found = {}
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        parts = {
            line.partition(" ")[0]: ast.literal_eval(line.partition(" ")[2]) for line in lines if line.startswith("msg")
        }
        if parts.get("msgid"):
            found[parts["msgid"]] = parts.get("msgstr") or parts["msgstr[0]"]
    return found
