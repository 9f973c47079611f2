"""Children are kept alive, given up after five deaths in a minute, and never left behind."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiemsat_thidua.bootstrap.environment import ROOT
from tests.kiemsat_thidua.waiting import processes_with, until

pytestmark = pytest.mark.once

PARENT = """
import os, sys
from kiemsat_thidua.serving.family import Child, Family
child = Child("thử", [sys.executable, "-c", sys.argv[1], sys.argv[2]], dict(os.environ))
sys.exit(Family([child]).run(lambda: True))
"""
# Starts a process of its own that will not listen, as the pool of a worker may not.
STUBBORN = """
import subprocess, sys, pathlib, signal
deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"
below = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
below.stdout.readline()
with open(sys.argv[1], "a") as told: told.write("up\\n")
signal.pause()
"""
FINISHES = """
import sys, signal, time
def finish(*_):
    time.sleep(0.5)
    with open(sys.argv[1], "a") as told: told.write("finished\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, finish)
with open(sys.argv[1], "a") as told: told.write("up\\n")
while True: signal.pause()
"""
DIES = """
import sys
with open(sys.argv[1], "a") as told: told.write("up\\n")
sys.exit(3)
"""


class Home:
    """A family in a process of its own, every member of which carries a mark."""

    def __init__(self, folder: Path, child: str) -> None:
        self.told = folder / "told"
        self.told.touch()
        self.mark = f"FAMILY_MARK={uuid.uuid4()}"
        environment = {**os.environ, "FAMILY_MARK": self.mark.partition("=")[2]}
        command = [sys.executable, "-c", PARENT, child, str(self.told)]
        self.parent = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)

    def lines(self) -> list[str]:
        return self.told.read_text().split()

    def members(self) -> list[int]:
        return processes_with(self.mark)

    def below(self) -> list[int]:
        return [pid for pid in self.members() if pid != self.parent.pid]


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[Callable[[str], Home]]:
    homes: list[Home] = []

    def start(child: str) -> Home:
        homes.append(Home(tmp_path, child))
        return homes[-1]

    yield start
    for home in homes:
        for pid in home.members():
            os.kill(pid, signal.SIGKILL)
        home.parent.communicate()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_nobody_is_left_behind_when_asked_to_end(at_home: Callable[[str], Home], asked: signal.Signals) -> None:
    home = at_home(STUBBORN)
    until(lambda: home.lines() == ["up"], "the child and the process below it")
    assert len(home.below()) == 2

    home.parent.send_signal(asked)

    assert home.parent.wait(60) == 0
    assert home.members() == []


def test_a_child_may_finish_what_it_is_doing(at_home: Callable[[str], Home]) -> None:
    home = at_home(FINISHES)
    until(lambda: home.lines() == ["up"], "the child")

    home.parent.terminate()

    assert home.parent.wait(60) == 0
    assert home.lines() == ["up", "finished"]


def test_a_dead_child_is_started_again_and_what_stood_below_it_is_gone(at_home: Callable[[str], Home]) -> None:
    home = at_home(STUBBORN)
    until(lambda: home.lines() == ["up"], "the child")
    first = home.below()

    os.kill(first[0], signal.SIGKILL)

    until(lambda: home.lines() == ["up", "up"], "the child's second life")
    assert len(home.below()) == 2
    assert set(home.below()).isdisjoint(first)


def test_a_child_that_dies_five_times_in_a_minute_is_given_up(at_home: Callable[[str], Home]) -> None:
    home = at_home(DIES)

    _, said = home.parent.communicate(timeout=60)

    assert home.parent.returncode == 1
    assert home.lines() == ["up"] * 5
    assert "dừng 5 lần trong một phút (mã 3)" in said
