"""Work measured in processes of their own, as fresh as a worker's."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from kiemsat_thidua.bootstrap.environment import ROOT


@dataclass(frozen=True)
class Measured:
    """What the work said, its own CPU and clock seconds, and the process's largest memory in MiB."""

    said: dict[str, Any]
    cpu: float
    clock: float
    peak: float


def run(work: str, **options: Any) -> Measured:
    """`module:function` with `options`, in a new process."""
    return together([(work, options)])[0]


def together(works: Sequence[tuple[str, dict[str, Any]]]) -> list[Measured]:
    """Several at the same time. Raises RuntimeError when one of them fails."""
    started = []
    for work, options in works:
        command = [sys.executable, "-m", "benchmarks.fresh", work, json.dumps(options)]
        started.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=os.environ))
    answers = []
    for process, (work, _) in zip(started, works, strict=True):
        said, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{work}: ended with {process.returncode}")
        answers.append(Measured(**json.loads(said.splitlines()[-1])))
    return answers


def resident() -> float:
    """MiB this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20


def _here(work: str, options: dict[str, Any]) -> dict[str, Any]:
    import_module("django").setup()
    module, _, name = work.partition(":")
    function = getattr(import_module(module), name)
    # The engine and its libraries are there before the clock starts, as in a worker that has worked before.
    import_module("weasyprint").HTML(string="<p>x").write_pdf()
    cpu, clock = time.process_time(), time.perf_counter()
    said = function(**options)
    return {
        "said": said, "cpu": time.process_time() - cpu, "clock": time.perf_counter() - clock,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemsat_thidua.settings")
    print(json.dumps(_here(sys.argv[1], json.loads(sys.argv[2]))))
