"""A production installation passes Django's deployment checks, and ours."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks
from django.utils import timezone

from accounts.models import User
from documents.services import signing_demo
from kiemsat_thidua.bootstrap import systemlibs
from kiemsat_thidua.bootstrap.environment import ROOT
from kiemsat_thidua.checks import no_demo_account_is_left, no_demo_certificate_is_left, papers_can_be_made

PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "Zm9yIHRlc3RzIG9ubHksIG5ldmVyIGZvciBhIHJlYWwgc2VydmVyIQ-0123456789-abcdef",
    "ALLOWED_HOSTS": "thidua.example.vn",
    "APP_BOOTSTRAP": "0",
}


def _check(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**os.environ, "APP_VAR": str(folder), **environment},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.once
def test_production_settings_pass_the_deployment_checks(tmp_path: Path) -> None:
    ended = _check(tmp_path, **PRODUCTION)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.once
def test_production_without_a_secret_or_a_host_name_does_not_pass(tmp_path: Path) -> None:
    assert _check(tmp_path, **{**PRODUCTION, "SECRET_KEY": ""}).returncode != 0
    assert "ALLOWED_HOSTS" in _check(tmp_path, **{**PRODUCTION, "ALLOWED_HOSTS": ""}).stderr


@pytest.mark.django_db
def test_a_demo_account_fails_the_deployment_checks(settings: LazySettings, tmp_path: Path) -> None:
    settings.SIGNING_DIR = tmp_path
    assert no_demo_account_is_left() == []
    User.objects.create(username="thutruong", full_name="Thủ trưởng mẫu", is_demo=True)
    assert [message.id for message in run_checks(include_deployment_checks=True) if message.is_serious()] == [
        "kiemsat.E001"
    ]


@pytest.mark.django_db
def test_certificates_of_the_demonstration_fail_the_deployment_checks(settings: LazySettings, tmp_path: Path) -> None:
    settings.SIGNING_DIR = tmp_path
    signing_demo.make_folder({"nguoiky": "Vũ Đình Quang"}, at=timezone.now())
    (told,) = [message for message in run_checks(include_deployment_checks=True) if message.is_serious()]
    assert told.id == "kiemsat.E002"
    assert "nguoiky.p12, anchors/ca-minh-hoa.pem" in told.msg
    (tmp_path / "anchors" / "ca-minh-hoa.pem").unlink()
    assert "nguoiky.p12." in str(no_demo_certificate_is_left()[0].msg)
    (tmp_path / "nguoiky.p12").unlink()
    assert no_demo_certificate_is_left() == []


def test_a_missing_library_is_a_warning_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    assert papers_can_be_made() == []
    monkeypatch.setitem(systemlibs.NEEDED, "libkhong-co.so.9", "libkhong-co9")
    assert "libkhong-co9" in str(papers_can_be_made()[0].hint)


BROKEN = """
import runpy, sys
from pathlib import Path
from rulebook import book
book.DATA = Path(sys.argv[1])
sys.argv = ["manage.py", "check"]
runpy.run_path("manage.py", run_name="__main__")
"""


def _check_with(data: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", BROKEN, str(data)],
        cwd=ROOT,
        env={**os.environ, "APP_VAR": str(folder), "APP_BOOTSTRAP": "0"},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.once
def test_a_faulty_value_of_the_law_stops_the_check_with_file_line_and_key(tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "rulebook" / "data", tmp_path / "data"))
    assert _check_with(data, tmp_path).returncode == 0
    faulty = data / "common" / "quotas.yaml"
    text = faulty.read_text(encoding="utf-8")
    line = next(number for number, row in enumerate(text.splitlines(), 1) if "15/100" in row)
    faulty.write_text(text.replace("15/100", "15 phần trăm"), encoding="utf-8")
    ended = _check_with(data, tmp_path)
    key = "parameters.chien_si_thi_dua_co_so.values[0].value"
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        f"Sổ quy tắc có lỗi: rulebook/data/common/quotas.yaml:{line}: {key}: phải là phân số dạng «90/100»"
    ]
