"""A list of 16,000 rows in parts: time a row against 500 rows, memory of each process, two workers, other tools."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import fresh, rows

SHORT, LONG, ROUNDS = 500, 16_000, 3
#: Time a row of the long list against the short one, parts and merge; MiB of a process.
RATIO, MEMORY = 1.3, 150
OTHERS = 1_000
WORK = "benchmarks.rows:"


def run() -> Iterator[str]:
    """Says every figure, then raises when a gate was missed."""
    missed: list[str] = []
    yield from _long_against_short(missed)
    yield from _two_workers()
    yield from _others()
    if missed:
        raise AssertionError("; ".join(missed))


def _long_against_short(missed: list[str]) -> Iterator[str]:
    """The short list is measured before and after each long one, which takes minutes."""
    ratios, peaks, merges, pages = [], [], [], 0
    for _ in range(ROUNDS):
        before = [_whole(SHORT) for _ in range(3)]
        many = _whole(LONG)
        after = [_whole(SHORT) for _ in range(3)]
        short = median(each["cpu"] for each in (*before, *after)) / SHORT
        ratios.append(many["cpu"] / LONG / short)
        peaks.append(many["peak"])
        merges.append(many["merge peak"])
        pages = many["pages"]
    yield (
        f"{LONG} rows in {rows.parts(LONG)} parts against {SHORT} rows, CPU a row with merge: "
        f"{_spread(ratios)} times (gate {RATIO})"
    )
    yield f"{LONG} rows: {pages} pages; laying out takes at most {max(peaks):.0f} MiB, the merge {max(merges):.0f}"
    if median(ratios) > RATIO:
        missed.append(f"a row of {LONG} takes {median(ratios):.2f} times one of {SHORT}")
    if max(*peaks, *merges) > MEMORY:
        missed.append(f"{max(*peaks, *merges):.0f} MiB")


def _whole(count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        laid = fresh.run(WORK + "laid", count=count, first=0, last=rows.parts(count), folder=folder)
        joined = fresh.run(WORK + "joined", count=count, folder=folder)
    return {
        "cpu": laid.cpu + joined.cpu, "peak": laid.peak, "merge peak": joined.peak, "pages": joined.said["pages"],
    }  # fmt: skip


def _two_workers() -> Iterator[str]:
    ratios, half = [], rows.parts(LONG // 4) // 2
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            common = {"count": LONG // 4, "folder": folder}
            one = fresh.run(WORK + "laid", first=0, last=2 * half, **common).clock
            halves = [{"first": 0, "last": half}, {"first": half, "last": 2 * half}]
            two = fresh.together([(WORK + "laid", {**common, **each}) for each in halves])
            ratios.append(one / max(each.clock for each in two))
    yield f"{LONG // 4} rows by two processes instead of one: {_spread(ratios)} times as fast by the clock"


def _others() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        own = fresh.run(WORK + "laid", count=OTHERS, first=0, last=rows.parts(OTHERS), folder=folder)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    yield f"in one run, {OTHERS} rows: own {own.clock / OTHERS * 1000:.1f} ms and {size / OTHERS / 1024:.2f} KiB a row"
    for name in ("chromium", "typst"):
        said = fresh.run(WORK + name, count=OTHERS).said
        yield f"{name}: {said['seconds'] / OTHERS * 1000:.1f} ms and {said['bytes'] / OTHERS / 1024:.2f} KiB a row"


def _spread(values: list[float]) -> str:
    return f"{median(values):.2f} [{min(values):.2f}..{max(values):.2f}]"
