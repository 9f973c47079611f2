"""One installation started and stopped from outside, as a person does it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import uuid
from pathlib import Path

from kiemsat_thidua.bootstrap.environment import ROOT
from tests.kiemsat_thidua.waiting import processes_with, until

PROGRAMS = ("-m gunicorn", "-A kiemsat_thidua worker", "-A kiemsat_thidua beat")
# Nothing listens there: whoever asks a package index fails at once.
NOWHERE = "http://127.0.0.1:9/"
NO_INDEX = {"PIP_INDEX_URL": NOWHERE, "UV_INDEX_URL": NOWHERE, "UV_DEFAULT_INDEX": NOWHERE, "PIP_FIND_LINKS": ""}


class Installation:
    """One folder of data and one port, started and stopped as often as a test likes."""

    def __init__(self, folder: Path, *, source: Path = ROOT, python: str = sys.executable, **environment: str) -> None:
        """`source` is the checkout, `python` what a person types; `environment` as set in the person's shell."""
        self.port, self.source, self.manage = _free_port(), source, [python, "manage.py"]
        mark = str(uuid.uuid4())
        self.mark = f"SERVE_MARK={mark}"
        inherited = {key: value for key, value in os.environ.items() if key != "STATICFILES_BACKEND"}
        self.environment = {**inherited, "APP_VAR": str(folder / "var"), "SERVE_MARK": mark, **environment}
        self.said = folder / "said"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        command = [*self.manage, "serve", "--port", str(self.port), *options]
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(command, cwd=self.source, env=self.environment, stdout=said, stderr=said)
        until(lambda: "Mở trình duyệt tại" in self.told() or self.process.poll() is not None, "the address")
        assert self.process.poll() is None, self.told()

    def told(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def health(self) -> int:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asked.request("GET", "/health")
            return asked.getresponse().status
        except OSError:
            return 0
        finally:
            asked.close()

    def below(self) -> list[int]:
        return [pid for pid in processes_with(self.mark) if pid != self.process.pid]

    def leader_of(self, program: str) -> int:
        leads = [pid for pid in self.below() if os.getpgid(pid) == pid and program in _command(pid)]
        assert len(leads) == 1, program
        return leads[0]

    def stop(self, asked: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(asked)
        return self.process.wait(60)

    def shell(self, code: str) -> str:
        return subprocess.run(
            [*self.manage, "shell", "-v0", "-c", code],
            cwd=self.source,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def end(self) -> None:
        for pid in processes_with(self.mark):
            os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
