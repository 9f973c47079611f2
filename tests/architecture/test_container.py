"""The container files say what the code says; Compose itself reads docker-compose.yml."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kiemsat_thidua.bootstrap import systemlibs
from kiemsat_thidua.bootstrap.environment import ROOT

pytestmark = pytest.mark.once


def _compose(**environment: str) -> "subprocess.CompletedProcess[str]":
    program = Path(sys.executable).with_name("docker-compose")
    inherited = {key: value for key, value in os.environ.items() if key != "SITE_HOST"}
    return subprocess.run(
        [program, "--project-directory", ".", "-f", "docker-compose.yml", "config"],
        cwd=ROOT,
        env={**inherited, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def test_compose_accepts_the_file_and_every_lasting_service_tells_its_health() -> None:
    read = _compose(SITE_HOST="thidua.example.vn")
    assert read.returncode == 0, read.stderr
    services = yaml.safe_load(read.stdout)["services"]
    assert set(services) == {"setup", "web", "worker", "beat", "proxy", "db", "redis"}
    assert [name for name, service in services.items() if "healthcheck" not in service] == ["setup"]


def test_compose_says_what_is_missing() -> None:
    read = _compose()
    assert read.returncode != 0
    assert "Đặt SITE_HOST" in read.stderr


def test_no_secret_stands_in_the_file() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    named = {key for service in services.values() for key in service.get("environment", {})}
    assert {key for key in named if re.search("PASSWORD|SECRET|KEY", key) and not key.endswith("_FILE")} == set()


def test_the_image_installs_every_library_that_papers_need_and_runs_as_nobody_special() -> None:
    said = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert set(systemlibs.NEEDED.values()) <= set(said.split())
    assert re.findall(r"^USER (\S+)", said, re.MULTILINE) == ["app"]


def test_the_proxy_takes_a_whole_dossier() -> None:
    said = (ROOT / "docker" / "nginx.conf.template").read_text(encoding="utf-8")
    assert "client_max_body_size 100m;" in said
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in said
