"""What others wrote stands unchanged beside its name, version and licence."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

VENDOR = Path(settings.BASE_DIR) / "static/vendor"
PACKAGES = json.loads((VENDOR / "VENDOR.json").read_text())


def test_every_vendored_file_is_named_and_unchanged() -> None:
    listed = {file["path"]: file["sha256"] for package in PACKAGES for file in package["files"]}
    present = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VENDOR.json"
    }
    assert present == listed


def test_every_package_names_its_version_and_carries_its_licence() -> None:
    for package in PACKAGES:
        folder = f"{package['npm'].rpartition('/')[2]}-{package['version']}"
        assert package["licence"] in {"MIT", "OFL-1.1"}
        assert (VENDOR / folder / "LICENSE").read_text().strip()
        assert all(file["path"].startswith(f"{folder}/") for file in package["files"])
