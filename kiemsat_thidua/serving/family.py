"""Keeps child processes alive, and takes every one of them along when it ends."""

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from kiemsat_thidua.bootstrap.console import say

TICK = 0.2  # seconds between looks at the children
STOP_WITHIN = 20.0  # seconds a child has to finish what it is doing
DEATHS_ALLOWED = 5
WITHIN = 60.0  # seconds
END_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Child:
    """One program that must run; it leads a process group of its own.

    Ctrl-C then reaches only us, and we ask only the programs themselves to end: a signal to the pool
    processes of a worker as well leaves the worker waiting for answers that never come.
    """

    name: str
    command: list[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_end(self) -> None:
        if self.process is not None and self.is_running():
            self.process.terminate()

    def sweep(self) -> None:
        """Kill whatever is left of the group, and collect the program itself."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def died_too_often(self, now: float) -> bool:
        """Count one death; True at the fifth within a minute."""
        self.deaths.append(now)
        while now - self.deaths[0] > WITHIN:
            self.deaths.popleft()
        return len(self.deaths) >= DEATHS_ALLOWED


class Family:
    """The children together: started together, ended together."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.asked_to_end = 0

    def run(self, when_ready: Callable[[], bool]) -> int:
        """Until someone asks to end (0), or a child cannot be kept alive (1).

        `when_ready` is called at each look until it answers True: it greets the user once the pages answer.
        """
        previous = {each: signal.signal(each, self._ask) for each in END_SIGNALS}
        try:
            for child in self.children:
                child.start()
            return self._watch(when_ready)
        finally:
            self._end()
            for each, handler in previous.items():
                signal.signal(each, handler)

    def _ask(self, *_: object) -> None:
        self.asked_to_end += 1

    def _watch(self, when_ready: Callable[[], bool]) -> int:
        greeted = False
        while not self.asked_to_end:
            for child in self.children:
                if not child.is_running() and not self._revive(child):
                    return 1
            greeted = greeted or when_ready()
            time.sleep(TICK)
        return 0

    def _revive(self, child: Child) -> bool:
        code = child.process.returncode if child.process else None
        child.sweep()
        if self.asked_to_end:
            return True
        if child.died_too_often(time.monotonic()):
            say(f"Tiến trình {child.name} dừng {DEATHS_ALLOWED} lần trong một phút (mã {code}); dừng tất cả.")
            return False
        say(f"Tiến trình {child.name} đã dừng (mã {code}); đang chạy lại.")
        child.start()
        return True

    def _end(self) -> None:
        say("Đang dừng…")
        for child in self.children:
            child.ask_to_end()
        asked, until = self.asked_to_end, time.monotonic() + STOP_WITHIN
        # A second Ctrl-C means now.
        while any(child.is_running() for child in self.children):
            if time.monotonic() > until or self.asked_to_end > asked:
                break
            time.sleep(TICK)
        for child in self.children:
            child.sweep()
